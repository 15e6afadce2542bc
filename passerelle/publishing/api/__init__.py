"""The read API: a release served to other programs over HTTP, from its files and an index made from them."""
