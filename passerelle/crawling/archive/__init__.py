"""The archive: WARC files that are written once and never changed, each with an index beside it.

- ``places``: a folder or an object store; ``records``, ``digests``: WARC records as bytes;
- ``files``: one file being written; ``writing``: what a crawl writes;
- ``reading``, ``index``: bodies and captures read back; ``announcing``: the database is told; ``recovery``: after a
  crash.
"""

from passerelle.crawling.archive.announcing import Announce, record_pages
from passerelle.crawling.archive.errors import ArchiveError, UnreachableError
from passerelle.crawling.archive.files import WarcFile, new_warc
from passerelle.crawling.archive.index import IndexEntry, find, find_digest, list_captures
from passerelle.crawling.archive.places import OPEN_SUFFIX, RawPlace, raw_place
from passerelle.crawling.archive.reading import Archived, read_body, show
from passerelle.crawling.archive.recovery import recover
from passerelle.crawling.archive.writing import ArchiveWriter, Known

__all__ = [
    "OPEN_SUFFIX",
    "Announce",
    "ArchiveError",
    "ArchiveWriter",
    "Archived",
    "IndexEntry",
    "Known",
    "RawPlace",
    "UnreachableError",
    "WarcFile",
    "find",
    "find_digest",
    "list_captures",
    "new_warc",
    "raw_place",
    "read_body",
    "record_pages",
    "recover",
    "show",
]
