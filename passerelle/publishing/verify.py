"""Read a release back and say everything that is not as its manifest promises."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from passerelle.publishing.folder import FILES, MANIFEST, PublishError, Release
from schemas.base import Shape
from schemas.delta import Delta
from schemas.issue import Issue
from schemas.records import SCHEMA_VERSION, Initiative, NewsItem, Organization, Provenance
from schemas.release import Change, ReleaseFile

_READ_SIZE = 1 << 20

_SHAPES: dict[str, type[Shape]] = {
    "initiatives.json": Initiative,
    "initiatives.ndjson": Initiative,
    "initiatives": Initiative,
    "organizations.json": Organization,
    "organizations.ndjson": Organization,
    "news.json": NewsItem,
    "news.ndjson": NewsItem,
    "provenance": Provenance,
    "changes.ndjson": Change,
    "issues.ndjson": Issue,
    FILES: ReleaseFile,
    "changes": Delta,
}


def verify_release(folder: Path) -> list[str]:
    """Check a release against its manifest: files, sizes, checksums, numbers of records, shapes of records.

    Records are held against the shapes of this version of the code, if the release has the same schema version.

    Returns:
        One line a problem; empty when the release is whole.
    """
    root = folder.resolve()
    try:
        manifest = Release(root).manifest
    except PublishError as error:
        return [str(error)]
    try:
        entries = (*manifest.files, *_of_records(root))
    except ValidationError as error:
        return [f"{FILES}: {error}"]
    listed = {entry.path for entry in entries}
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    problems = [f"{path}: not listed in {MANIFEST}" for path in sorted(there - listed - {MANIFEST})]
    for entry in entries:
        if entry.path not in there:
            problems.append(f"{entry.path}: missing")
            continue
        broken = list(_wrong_bytes(root / entry.path, entry))
        problems += broken
        if not broken and manifest.schema_version == SCHEMA_VERSION:
            problems += _wrong_records(root / entry.path, entry)
    return problems


def _of_records(root: Path) -> Iterator[ReleaseFile]:
    path = root / FILES
    if path.is_file():
        with path.open("rb") as lines:
            yield from (ReleaseFile.model_validate_json(line) for line in lines)


def _wrong_bytes(path: Path, entry: ReleaseFile) -> Iterator[str]:
    size, digest = path.stat().st_size, hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_READ_SIZE):
            digest.update(chunk)
    if size != entry.bytes:
        yield f"{entry.path}: {size} bytes, the manifest says {entry.bytes}"
    elif digest.hexdigest() != entry.sha256:
        yield f"{entry.path}: its SHA-256 is not the one in the manifest"


def _wrong_records(path: Path, entry: ReleaseFile) -> Iterator[str]:
    shape = _SHAPES.get(entry.path.partition("/")[0])
    if shape is None:
        return
    number = 0
    for number, record in enumerate(_records(path), 1):
        try:
            shape.model_validate(record)
        except ValidationError as error:
            first = error.errors()[0]
            yield f"{entry.path}: record {number}, {'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
    if number != entry.records:
        yield f"{entry.path}: {number} records, the manifest says {entry.records}"


def _records(path: Path) -> Iterator[object]:
    if path.suffix == ".ndjson":
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
    else:
        content = json.loads(path.read_bytes())
        yield from content if isinstance(content, list) else (content,)
