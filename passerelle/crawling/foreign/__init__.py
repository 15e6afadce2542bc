"""Take in what others archived: WARC and WACZ files, folders of HTML files, lists of URLs.

- ``copying``: the pages of WARC and WACZ files; ``records``, ``messages``: those files read leniently;
- ``trees``: folders; ``lists``: URLs to fetch.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from passerelle.crawling.foreign.copying import ingest_warc
from passerelle.crawling.foreign.lists import UrlList, ingest_urls, read_url_list
from passerelle.crawling.foreign.trees import ingest_tree
from schemas.urls import normal_url

__all__ = ["Kind", "UrlList", "ingest_tree", "ingest_urls", "ingest_warc", "kind_of", "read_url_list"]

Kind = Literal["tree", "archive", "manifest", "urls", "page"]


def kind_of(path: Path) -> Kind:
    """Tell what was given, by content where that tells and by name where not.

    Raises:
        OSError: there is nothing, or it cannot be read.
    """
    if path.is_dir():
        return "tree"
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith((b"WARC/", b"PK\x03\x04")) or path.name.lower().endswith((".warc", ".warc.gz", ".wacz")):
        return "archive"
    if path.suffix.lower() == ".json":
        return "manifest"
    lines = start.decode("utf-8-sig", "replace").splitlines()
    first = next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")
    return "urls" if normal_url(first) and " " not in first else "page"
