"""The files of a release as bytes: the same contents always give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from passerelle.publishing.contents import Contents
from passerelle.publishing.exports import initiatives_csv
from schemas.base import Shape
from schemas.json_schema import published_json
from schemas.release import Change, ReleaseFile

MEDIA_TYPES = {
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
}

README = Path(__file__).with_name("release_readme.md")


@dataclass(frozen=True)
class OutFile:
    """A file to write: its path in the release, its bytes in pieces, how many records it holds."""

    path: str
    chunks: Iterable[bytes]
    records: int | None = None


@cache
def fixed_files() -> dict[str, bytes]:
    """Give the files that are the same in every release of this version of the code: schemas and the README."""
    schemas = {f"schema/{name}": text.encode() for name, text in published_json().items()}
    return {**schemas, "README.md": README.read_bytes()}


def release_files(contents: Contents, changes: Sequence[Change]) -> Iterator[OutFile]:
    """Yield every file of a release save the manifest."""
    lists: tuple[tuple[str, Sequence[Shape]], ...] = (
        ("initiatives", contents.initiatives),
        ("organizations", contents.organizations),
        ("news", contents.news),
    )
    for name, records in lists:
        yield OutFile(f"{name}.json", _array(records), len(records))
        yield OutFile(f"{name}.ndjson", _lines(records), len(records))
    for initiative in contents.initiatives:
        yield OutFile(f"initiatives/{initiative.id}.json", [pretty(initiative)], 1)
    for provenance in contents.provenance:
        yield OutFile(f"provenance/{provenance.id}.json", [pretty(provenance)], 1)
    yield OutFile("changes.ndjson", _lines(changes), len(changes))
    yield OutFile("issues.ndjson", _lines(contents.issues), len(contents.issues))
    table = initiatives_csv(contents.initiatives)
    yield OutFile("exports/initiatives.csv", [table], len(contents.initiatives))
    for path, body in fixed_files().items():
        yield OutFile(path, [body])


def pretty(shape: Shape) -> bytes:
    """Write a shape for people: fields in the order of the model, two spaces, accents as they are."""
    return f"{shape.model_dump_json(indent=2)}\n".encode()


def media_type(path: str) -> str:
    """Give the media type of a file of a release."""
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


def _array(records: Iterable[Shape]) -> Iterator[bytes]:
    """Write a JSON array a record at a time, so that a large one never stands whole in memory."""
    opening = "[\n"
    for record in records:
        yield f"{opening}{record.model_dump_json(indent=2)}".encode()
        opening = ",\n"
    yield b"[]\n" if opening == "[\n" else b"\n]\n"


def _lines(shapes: Iterable[Shape]) -> Iterator[bytes]:
    return (f"{shape.model_dump_json()}\n".encode() for shape in shapes)
