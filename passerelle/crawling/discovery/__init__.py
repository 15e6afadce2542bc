"""Which pages a site has: read from its feeds, sitemaps, listings and links.

Everything here is a function of bytes already fetched; nothing touches a network. What is found is hostile until
proven otherwise: sizes, depths and numbers are bounded, and a broken file gives what can be read of it and a problem
in words.

- ``feeds``: RSS and Atom; ``sitemaps``: sitemaps and their indexes, and ``SitemapWalk`` through them;
- ``listings``: pages that list pages, and ``ListingWalk`` from one to the next;
- ``links``: the links, language partners and hints of a page;
- ``scope``: which URLs belong to a source; ``traps``: which of those lead nowhere.
"""
