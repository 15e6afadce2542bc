"""A release opened for reading: what it says of itself, its index, and the bytes of its records."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from passerelle.publishing.api.index import Ended, Hit, ReleaseIndex
from passerelle.publishing.api.rows import READERS, Json
from passerelle.publishing.folder import MANIFEST, damaged, numbers, taken_back
from passerelle.publishing.withholding.kept import removed

CHANGES = "changes"
_FILES = b'\n  "files": ['
"""Where the manifest's long list of files begins, its last field."""
HEAD = 1_000_000
"""Bytes of a manifest in which that list begins, unless it names thousands of sources."""
_TAIL = 2
"""Bytes that a manifest ends with."""
_LOOPS = 10


@dataclass(frozen=True)
class OpenRelease:
    """A release that stays readable until it is closed, even if its folder is removed meanwhile."""

    folder: Path
    number: int
    as_of: str
    tag: str
    """Short digest of its manifest: two releases never share one, whatever their numbers."""
    written: float
    """When its manifest was written, seconds since 1970."""
    index: ReleaseIndex
    files: dict[str, int]

    @classmethod
    def open(cls, folder: Path, index: ReleaseIndex) -> OpenRelease:
        """Open a release and its lists.

        Raises:
            OSError: a file is missing.
            PublishError: its manifest cannot be read.
        """
        head = manifest_head(folder)
        tag = sha256((folder / MANIFEST).read_bytes()).hexdigest()[:12]
        written = (folder / MANIFEST).stat().st_mtime
        files: dict[str, int] = {}
        try:
            for name in (*READERS, CHANGES):
                files[name] = os.open(folder / f"{name}.ndjson", os.O_RDONLY)
        except OSError:
            _close(files)
            raise
        return cls(folder, head["version"], head["as_of"], tag, written, index, files)

    def close(self) -> None:
        """Give files and connections back."""
        self.index.close()
        _close(self.files)

    def read(self, name: str, hit: Hit) -> bytes:
        """Give the JSON of a record, or of a line of changes, as the release has it."""
        return os.pread(self.files[name], hit.length, hit.start)

    def end_of(self, record: str) -> tuple[str, Ended | None]:
        """Follow merges to the id that lives on, or to the one whose end is told."""
        told = None
        for _ in range(_LOOPS):
            ended = self.index.ended(record)
            if ended is None:
                return record, None
            if ended.into is None:
                return record, ended
            record, told = ended.into, ended
        return record, told


def last_number(release: OpenRelease) -> int:
    """Give the highest number that a release beside this one ever had, as far as the folder knows."""
    curated = release.folder.parents[1]
    gone: Iterator[int] = (told["release"] for told in removed(curated))
    return max(release.number, *numbers(curated), *taken_back(curated), *gone)


def manifest_head(folder: Path) -> Json:
    """Read a manifest without its list of files, which may be hundreds of thousands of lines long.

    Raises:
        PublishError: there is none, or it is not a manifest.
    """
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            before, found, _ = head.partition(_FILES)
            about: Json = json.loads(before.rstrip().rstrip(b",") + b"}" if found else head + file.read())
            file.seek(-_TAIL, os.SEEK_END)
            if not file.read().rstrip().endswith(b"}"):
                msg = "it is cut off"
                raise ValueError(msg)
    except (OSError, ValueError) as error:
        raise damaged(folder, error) from error
    about.pop("files", None)
    return about


def _close(files: dict[str, int]) -> None:
    for handle in files.values():
        os.close(handle)
