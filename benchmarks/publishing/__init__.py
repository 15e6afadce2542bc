"""Publishing a release of many records: time and memory, whole and where little changed."""
