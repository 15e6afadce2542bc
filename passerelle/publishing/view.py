"""A release as the exports, the public pages and the read API see it: one record after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from passerelle.publishing.folder import Release
from schemas.records import Initiative, NewsItem, Organization
from schemas.release import Change, Licence

M = TypeVar("M", bound=BaseModel)

_ID = re.compile(rb'"id":"([a-z]+-[0-9a-z]+)"')


@dataclass(frozen=True)
class View:
    """What a release says; each part can be gone through more than once, sorted by id."""

    number: int
    as_of: datetime
    licence: Licence
    terms: dict[str, Licence]
    """Terms by source."""
    initiatives: Iterable[Initiative]
    organizations: Iterable[Organization]
    news: Iterable[NewsItem]
    changes: Iterable[Change]
    """All lines of changes.ndjson, oldest first."""


def view_of(release: Release) -> View:
    """Give the view of a release on disk.

    Raises:
        PublishError: its manifest cannot be read.
    """
    manifest = release.manifest
    return view_over(
        release.folder,
        number=manifest.version,
        as_of=manifest.as_of,
        licence=manifest.licence,
        terms=manifest.sources,
    )


def view_over(folder: Path, *, number: int, as_of: datetime, licence: Licence, terms: dict[str, Licence]) -> View:
    """Give the view of the lists in a folder, which need no manifest yet."""
    return View(
        number=number,
        as_of=as_of,
        licence=licence,
        terms=terms,
        initiatives=Lines(folder / "initiatives.ndjson", Initiative.model_validate_json),
        organizations=Lines(folder / "organizations.ndjson", Organization.model_validate_json),
        news=Lines(folder / "news.ndjson", NewsItem.model_validate_json),
        changes=Lines(folder / "changes.ndjson", Change.model_validate_json),
    )


class Lines(Generic[M]):
    """The shapes of a file of JSON lines, read anew each time, one at a time."""

    def __init__(self, path: Path, read: Callable[[bytes], M]) -> None:
        self._path = path
        self._read = read

    def __iter__(self) -> Iterator[M]:
        with self._path.open("rb") as lines:
            for line in lines:
                yield self._read(line)

    def among(self, ids: frozenset[str]) -> Iterator[M]:
        """Yield the records of some ids; the lines of all others are not parsed."""
        with self._path.open("rb") as lines:
            for line in lines:
                # The first id of a line is the record's own: no text stands before it, and texts escape their quotes.
                found = _ID.search(line)
                if found and found[1].decode() in ids:
                    yield self._read(line)
