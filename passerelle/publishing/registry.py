"""Which files a release holds: the one place where an export, a feed or the public site is hooked in.

Three kinds, by what they cost a run in which little changed:

- a **record file** (``initiatives/ID.json``, a page of the site) depends on one record alone, so that a release links
  to the file of the release before wherever the record is the same;
- a **list file** (``initiatives.ndjson``, a table) is one piece a record, each of one record alone, so that the pieces
  of unchanged records are copied from the release before;
- a **whole file** (a feed, a summary) is made anew from the whole release, so it should read few records or say little
  of each.

Pieces and record files are reused only while the code stays the same (``code_fingerprint``), so a changed renderer
needs no number of its own.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from passerelle.publishing.exports.feeds import release_feeds
from passerelle.publishing.exports.jsonld import context
from passerelle.publishing.exports.jsons import written
from passerelle.publishing.exports.spreadsheet import table_head, table_row
from passerelle.publishing.figures import FIGURES_LIST
from passerelle.publishing.files import ListFile, OutFile, Pieces, RecordFile, line, pretty
from passerelle.publishing.licences import licence_file
from passerelle.publishing.site import SITE_LISTS, SITE_PAGES, site_files
from passerelle.publishing.site.names import Names
from passerelle.publishing.view import View
from schemas.json_schema import published_json
from schemas.working import RecordType

README = Path(__file__).with_name("release_readme.md")

RECORD_FILES: dict[RecordType, tuple[RecordFile[Any], ...]] = {
    "initiative": (RecordFile("initiatives/{id}.json", pretty), *SITE_PAGES["initiative"]),
    "news": (),
    "organization": SITE_PAGES["organization"],
}
"""Files of each record, by its type; ``render`` is given the record as published."""

PROVENANCE_FILES = (RecordFile("provenance/{id}.json", pretty),)
"""Files of each record's ``Provenance``, where it has one."""


def _lists(name: str) -> tuple[ListFile[Any], ...]:
    return (
        ListFile(f"{name}.json", _element, opening=b"[\n", between=b",\n", closing=b"\n]\n", empty=b"[]\n"),
        ListFile(f"{name}.ndjson", line, gzip=True),
    )


def _element(record: Any) -> bytes:
    return pretty(record).rstrip(b"\n")


LIST_FILES: dict[RecordType, tuple[ListFile[Any], ...]] = {
    "initiative": (
        *_lists("initiatives"),
        ListFile("exports/initiatives.csv", table_row, opening=table_head()),
        FIGURES_LIST,
        *SITE_LISTS["initiative"],
    ),
    "news": _lists("news"),
    "organization": (*_lists("organizations"), *SITE_LISTS["organization"]),
}
"""Files with one piece for each record of a type, in the order of their ids."""


def whole_files(view: View, names: Names, pieces: Pieces) -> Iterator[OutFile]:
    """Yield the files that are made from the whole release; those with a key, only where what they say changed."""
    yield from release_feeds(view, pieces)
    yield OutFile("exports/context.jsonld", [written(context())])
    yield licence_file(view.licence, view.terms)
    yield from site_files(view, names, pieces)


@cache
def fixed_files() -> dict[str, bytes]:
    """Give the files that are the same in every release of this version of the code: schemas and the README.

    A change of theirs makes a new release, so assets that say nothing of the data belong into ``whole_files``.
    """
    schemas = {f"schema/{name}": text.encode() for name, text in published_json().items()}
    return {**schemas, "README.md": README.read_bytes()}


@cache
def code_fingerprint() -> str:
    """Give the digest of all code and data files that the files of a release depend on besides the records."""
    here = Path(__file__).parent
    schemas = here.parents[1] / "schemas"
    digest = hashlib.sha256()
    apart = {"api", "__pycache__"}  # the API reads releases and writes nothing into them
    for top in (here, here.with_name("charting"), schemas):
        for folder, below, names in os.walk(top):
            below[:] = sorted(set(below) - apart)
            for name in sorted(names):
                path = Path(folder, name)
                digest.update(os.path.relpath(path, top).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
