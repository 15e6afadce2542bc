"""A release as the exports, the public pages and the read API see it: one record after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from passerelle.publishing.folder import Release
from schemas.records import Initiative, NewsItem, Organization
from schemas.release import Change, Licence, ReleaseManifest

M = TypeVar("M", bound=BaseModel)


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
    manifest: ReleaseManifest = release.manifest
    folder = release.folder
    return View(
        number=manifest.version,
        as_of=manifest.as_of,
        licence=manifest.licence,
        terms=manifest.sources,
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
