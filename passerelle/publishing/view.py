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
from schemas.release import Change, Licence

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
        initiatives=Lines(folder / "initiatives.ndjson", Initiative.model_validate_json, folder / "initiatives"),
        organizations=Lines(folder / "organizations.ndjson", Organization.model_validate_json),
        news=Lines(folder / "news.ndjson", NewsItem.model_validate_json),
        changes=Lines(folder / "changes.ndjson", Change.model_validate_json),
    )


def json_lines(shapes: Iterable[M]) -> Iterator[bytes]:
    """Yield shapes as lines of JSON; from a file, without making shapes of them first."""
    return shapes.json_lines() if isinstance(shapes, Lines) else (shape.model_dump_json().encode() for shape in shapes)


class Lines(Generic[M]):
    """The shapes of a file of JSON lines, read anew each time, one at a time."""

    def __init__(self, path: Path, read: Callable[[bytes], M], files: Path | None = None) -> None:
        """Make it of the lines; ``files`` is the folder in which each record has a file of its own, if so."""
        self._path = path
        self._read = read
        self._files = files

    def __iter__(self) -> Iterator[M]:
        with self._path.open("rb") as lines:
            for line in lines:
                yield self._read(line)

    def json_lines(self) -> Iterator[bytes]:
        """Yield the lines as they are, unchecked."""
        with self._path.open("rb") as lines:
            yield from lines

    def among(self, ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
        """Yield id and JSON of the records of some ids that are there, sorted; of all others nothing is read."""
        if self._files is None:
            msg = f"the records of {self._path} have no files of their own"
            raise ValueError(msg)
        for id_ in sorted(ids):
            path = self._files / f"{id_}.json"
            if path.exists():
                yield id_, path.read_bytes()
