"""Rows as the index before read them: to read the words of a record takes longer than all else, and most stay."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic_core import from_json, to_json

from passerelle.publishing.api.rows import READERS, Row, Words


class Remembered:
    """Rows by the digest of the line that they were read from; each one asked for is left for the next index."""

    def __init__(self, before: BinaryIO | None, after: BinaryIO) -> None:
        """Take both files: one a line, the digest, a tab, the row as JSON."""
        self._before, self._after = before, after
        self._places = dict(_places(before)) if before else {}

    def row(self, kind: str, line: bytes) -> Row:
        """Read a line of a list, or give the row that it gave before."""
        digest = hashlib.sha256(kind.encode() + b"\0" + line).hexdigest().encode()
        row = self._known(digest) or READERS[kind](line)
        words = tuple(sorted(stems) for stems in (row.words.names, row.words.labels, row.words.body))
        rest = (row.id, row.facets, row.changed, row.published, row.min_age, row.max_age, row.reviewed)
        self._after.write(b"%b\t%b\n" % (digest, to_json((words, rest))))
        return row

    def _known(self, digest: bytes) -> Row | None:
        place = self._places.get(digest)
        if place is None or self._before is None:
            return None
        self._before.seek(place)
        try:
            words, rest = from_json(self._before.readline())
        except ValueError:  # cut off by a power failure: read again from the release
            return None
        id_, facets, *more = rest
        return Row(id_, tuple(facets), Words(*map(frozenset, words)), *more)


@contextmanager
def remembered(folder: Path, made_with: str) -> Iterator[Remembered]:
    """Open the rows that indexes of a folder were made from; those made with other words or code are removed.

    Args:
        folder: where indexes are.
        made_with: digest of all that a row depends on besides its line.
    """
    path = folder / f"rows-{made_with}.ndjson"
    growing = folder / f".{path.name}.{os.getpid()}"
    before = path.open("rb") if path.exists() else None
    try:
        with growing.open("wb") as after:
            yield Remembered(before, after)
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)
        if before:
            before.close()
    for other in folder.glob("rows-*.ndjson"):
        if other != path:
            other.unlink(missing_ok=True)


def _places(lines: BinaryIO) -> Iterator[tuple[bytes, int]]:
    start = 0
    for line in lines:
        digest, tab, _ = line.partition(b"\t")
        yield digest, start + len(digest) + len(tab)
        start += len(line)
