"""The kinds of files of a release, and their bytes: the same records always give the same bytes.

Which files there are is said in ``registry``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

from schemas.base import Shape
from schemas.release import ReleaseFile

S = TypeVar("S", bound=Shape)

MEDIA_TYPES = {
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".gz": "application/gzip",
    ".atom": "application/atom+xml",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True)
class OutFile:
    """A file to write: its path in the release, its bytes in pieces, how many records it holds."""

    path: str
    chunks: Iterable[bytes]
    records: int | None = None
    key: str = ""
    """Digest of all that the file is made from besides the code, so that one made before is known; none means no."""


def keyed(path: str, made_from: object, make: Callable[[], bytes], records: int | None = None) -> OutFile:
    """Give a file that is made only if what it is made from changed; ``made_from`` is plain data."""
    return OutFile(path, _Made(make), records, plain_digest(made_from))


def plain_digest(told: object) -> str:
    """Compute the digest of plain data."""
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class _Made:
    make: Callable[[], bytes]

    def __iter__(self) -> Iterator[bytes]:
        yield self.make()


class Pieces:
    """Pieces of whole files by the digest of all that they are made from: one made before is not made again."""

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, Any] = {}
        """Those asked for so far, to be known next time."""

    def piece(self, made_from: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """Give a piece, which is plain data."""
        key = hashlib.sha256("\0".join(made_from).encode()).hexdigest()
        if key not in self.used:
            self.used[key] = self._known[key] if key in self._known else make()
        return self.used[key]


@dataclass(frozen=True)
class RecordFile(Generic[S]):
    """A file of one record: its path, with ``{id}`` in it, and its bytes, which depend on the record alone."""

    path: str
    render: Callable[[S], bytes]

    def path_of(self, record: str) -> str:
        """Give the path of the file of a record."""
        return self.path.format(id=record)


@dataclass(frozen=True)
class ListFile(Generic[S]):
    """A file of one piece a record, each depending on that record alone, between an opening and a closing.

    A gzip of it is made of the pieces alone, so it is for lists without opening, between and closing.
    """

    path: str
    render: Callable[[S], bytes]
    opening: bytes = b""
    between: bytes = b""
    closing: bytes = b""
    empty: bytes | None = None
    """The whole file where there is no record; none means opening and closing."""

    gzip: bool = False
    """Whether ``PATH.gz`` stands beside it."""

    def ending(self, count: int) -> tuple[bytes, ...]:
        """Give what follows the last of so many records."""
        if count:
            return (self.closing,)
        return (self.opening, self.closing) if self.empty is None else (self.empty,)

    def out(self, records: Iterable[S]) -> Iterator[bytes]:
        """Yield the file a record at a time."""
        count = 0
        for count, record in enumerate(records, 1):
            yield (self.between if count > 1 else self.opening) + self.render(record)
        yield from self.ending(count)


def pretty(shape: Shape) -> bytes:
    """Write a shape for people: fields in the order of the model, two spaces, accents as they are."""
    return f"{shape.model_dump_json(indent=2)}\n".encode()


def line(shape: Shape) -> bytes:
    """Write a shape as a line of NDJSON."""
    return f"{shape.model_dump_json()}\n".encode()


FEEDS = "exports/feeds/"
"""Where the feeds of a release stand in it."""


def media_type(path: str) -> str:
    """Give the media type of a file of a release."""
    if path.startswith(FEEDS) and path.endswith(".json"):
        return "application/feed+json"
    return "application/schema+json" if path.endswith(".schema.json") else MEDIA_TYPES[PurePosixPath(path).suffix]


class Measured:
    """Chunks of a file that are counted and digested as they pass."""

    def __init__(self, file: OutFile) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._file.chunks:
            self._digest.update(chunk)
            self._bytes += len(chunk)
            yield chunk

    def entry(self) -> ReleaseFile:
        """Give the file's line in the manifest, once all chunks have passed."""
        path = self._file.path
        return ReleaseFile(
            path=path,
            media_type=media_type(path),
            bytes=self._bytes,
            sha256=self._digest.hexdigest(),
            records=self._file.records,
        )
