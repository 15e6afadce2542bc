"""Write the lists and record files of a growing release, taking over from the release before what did not change."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from passerelle.publishing.files import ListFile, RecordFile, media_type
from passerelle.publishing.folder import FileWriter, write_file
from passerelle.publishing.gzipping import Blocks, GzipWriter
from schemas.base import Shape
from schemas.release import ReleaseFile

_NO_LINKS = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a file system says that has no hard links, or no more of them."""

Written = tuple[int, str]
"""Size and SHA-256 of a record file."""


@dataclass(frozen=True)
class ListBefore:
    """A list file of the release before, with the blocks of its gzip."""

    path: Path
    blocks: Mapping[str, tuple[int, int]]


class ListWriter:
    """A list file that grows by one piece a record, in the order of the ids."""

    def __init__(self, root: Path, listed: ListFile[Any], before: ListBefore | None = None) -> None:
        self._listed = listed
        self._file = FileWriter(root / listed.path)
        self._gzip = None
        if listed.gzip:
            packed = before.path.with_name(f"{before.path.name}.gz") if before else None
            self._gzip = GzipWriter(root / f"{listed.path}.gz", packed, before.blocks if before else None)
        self._before = before.path.open("rb") if before else None
        self._read, self._at = 0, 0
        self._count = 0

    def render(self, id_: str, record: Shape) -> int:
        """Add the piece of a record; give its length."""
        piece = self._listed.render(record)
        self._add(id_, piece)
        return len(piece)

    def copy(self, id_: str, length: int) -> None:
        """Add the next piece of the release before."""
        if self._before is None:
            msg = "there is no release before to copy from"
            raise ValueError(msg)
        self.skip(length)
        start = self._read - length
        self._before.read(start - self._at)  # not a seek: that would throw away what was read ahead
        self._at = self._read
        self._add(id_, self._before.read(length))

    def skip(self, length: int) -> None:
        """Leave out the next piece of the release before."""
        self._read += length + len(self._listed.between if self._read else self._listed.opening)

    def close(self) -> Iterator[ReleaseFile]:
        """End the file; yield its line of the manifest, and that of its gzip."""
        for chunk in self._listed.ending(self._count):
            self._file.write(chunk)
        if self._gzip:
            self._gzip.close()
        self.release()
        yield entry(self._listed.path, self._file, self._count)
        if self._gzip:
            yield entry(f"{self._listed.path}.gz", self._gzip.file, self._count)

    def release(self) -> None:
        """Give the files back, ended or not."""
        self._file.close()
        if self._before:
            self._before.close()
        if self._gzip:
            self._gzip.release()

    @property
    def blocks(self) -> Blocks:
        """Blocks of the gzip."""
        return self._gzip.blocks if self._gzip else {}

    def _add(self, id_: str, piece: bytes) -> None:
        self._file.write((self._listed.between if self._count else self._listed.opening) + piece)
        self._count += 1
        if self._gzip:
            self._gzip.add(id_, piece)


def write_record_files(root: Path, files: Sequence[RecordFile[Any]], id_: str, record: Shape) -> list[Written]:
    """Write the files of a record; give size and digest of each."""
    done = [write_file(root / file.path_of(id_), [file.render(record)]) for file in files]
    return [(file.bytes, file.sha256) for file in done]


class Linker:
    """Takes record files over from the release before, without a copy where that can be.

    Paths are joined as text: this is done once for every file of every unchanged record.
    """

    def __init__(self, root: Path, before: Path, files: Sequence[RecordFile[Any]]) -> None:
        self._stems = [(f"{before}/{file.path}", f"{root}/{file.path}") for file in files]
        for file in files:
            (root / file.path).parent.mkdir(parents=True, exist_ok=True)

    def link(self, id_: str, count: int) -> None:
        """Take over the first so many files of a record."""
        for old, new in self._stems[:count]:
            _link(old.replace("{id}", id_), new.replace("{id}", id_))


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(old, new)


def entry(path: str, file: FileWriter, records: int | None) -> ReleaseFile:
    """Give the line of the manifest of a written file."""
    return ReleaseFile(path=path, media_type=media_type(path), bytes=file.bytes, sha256=file.sha256, records=records)
