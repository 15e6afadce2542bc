"""The files of a release as bytes: the same contents always give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import schemas
from passerelle.publishing.contents import Contents
from passerelle.publishing.exports import initiatives_csv
from schemas.base import Shape
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
    folder = Path(schemas.__file__).with_name("json")
    found = {f"schema/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.schema.json"))}
    return {**found, "README.md": README.read_bytes()}


def release_files(contents: Contents, changes: Sequence[Change]) -> Iterator[OutFile]:
    """Yield every file of a release save the manifest."""
    lists: tuple[tuple[str, Sequence[Shape]], ...] = (
        ("initiatives", contents.initiatives),
        ("organizations", contents.organizations),
        ("news", contents.news),
    )
    for name, records in lists:
        yield OutFile(f"{name}.json", _array(records), len(records))
    yield OutFile("initiatives.ndjson", _lines(contents.initiatives), len(contents.initiatives))
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
    return f"{_indented(shape.model_dump(mode='json'))}\n".encode()


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
        yield f"{opening}{_indented(record.model_dump(mode='json'))}".encode()
        opening = ",\n"
    yield b"[]\n" if opening == "[\n" else b"\n]\n"


def _lines(shapes: Iterable[Shape]) -> Iterator[bytes]:
    for shape in shapes:
        text = json.dumps(shape.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))
        yield f"{text}\n".encode()


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
