"""The dashboard of the desk: the same charts as in a release, of the records as they are now, and how crawling goes."""
