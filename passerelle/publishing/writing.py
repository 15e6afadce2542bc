"""Write the lists and record files of a growing release, taking over from the release before what did not change."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from passerelle.publishing.files import ListFile, RecordFile, media_type
from passerelle.publishing.folder import FileWriter, link, write_body
from passerelle.publishing.gzipping import Blocks, GzipBefore, GzipWriter
from schemas.base import Shape
from schemas.release import ReleaseFile

_CHUNK = 1 << 18
"""Bytes copied at once: as much as a processor keeps at hand."""

Written = tuple[int, str]
"""Size and SHA-256 of a record file."""


@dataclass(frozen=True)
class ListBefore:
    """A list file of the release before, with the blocks of its gzip."""

    path: Path
    blocks: Blocks


class ListWriter:
    """A list file that grows by one piece a record, in the order of the ids.

    Pieces that stand together in the release before are copied together, with what stands between them.
    """

    def __init__(self, root: Path, listed: ListFile[Any], before: ListBefore | None = None) -> None:
        self._listed = listed
        self._file = FileWriter(root / listed.path)
        self._gzip = None
        if listed.gzip:
            self._gzip = GzipWriter(
                root / f"{listed.path}.gz", GzipBefore(before.path, before.blocks) if before else None
            )
        self._before = before.path.open("rb", buffering=0) if before else None
        self._buffer = memoryview(bytearray(_CHUNK if before else 0))  # taken once: the system clears new memory first
        self._read = 0
        self.left: list[tuple[int, int]] = []
        """Place and length of each piece of the release before that was left out."""
        self.added: list[tuple[int, int]] = []
        """Place and length of each piece that was not taken over, where there is a release before."""
        self._count, self._check = 0, 0

    def render(self, id_: str, record: Shape) -> int:
        """Add the piece of a record; give its length."""
        piece = self._listed.render(record)
        self.add(id_, piece)
        return len(piece)

    def add(self, id_: str, piece: bytes) -> None:
        """Add a piece as it is written."""
        self._write(self._listed.between if self._count else self._listed.opening)
        if self._before:
            self.added.append((self._file.bytes, len(piece)))
        self._write(piece)
        self._count += 1
        if self._gzip:
            self._gzip.add(id_, piece)

    def copy(self, ids: Sequence[str], lengths: Sequence[int]) -> None:
        """Add the next pieces of the release before, which stand together in it as they will here.

        Raises:
            ValueError: there is no release before.
        """
        if self._before is None:
            msg = "there is no release before to copy from"
            raise ValueError(msg)
        between = len(self._listed.between)
        start = self._read + self._gap
        self._read = start + sum(lengths) + between * (len(lengths) - 1)
        self._write(self._listed.between if self._count else self._listed.opening)
        for place in range(start, self._read, _CHUNK):
            part = self._buffer[: self._read - place]
            self._write(part[: os.preadv(self._before.fileno(), [part], place)])
        self._count += len(ids)
        if self._gzip:
            starts = accumulate((length + between for length in lengths), initial=start)
            for id_, length, place in zip(ids, lengths, starts, strict=False):
                self._gzip.copy(id_, place, length)

    def skip(self, length: int) -> None:
        """Leave out the next piece of the release before."""
        self.left.append((self._read + self._gap, length))
        self._read += self._gap + length

    @property
    def _gap(self) -> int:
        """Length of what stands before the next piece of the release before."""
        return len(self._listed.between if self._read else self._listed.opening)

    def close(self) -> Iterator[ReleaseFile]:
        """End the file; yield its line of the manifest, and that of its gzip."""
        for chunk in self._listed.ending(self._count):
            self._file.write(chunk)
        if self._gzip:
            self._gzip.close(self._check, self._file.bytes)
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
        return self._gzip.blocks if self._gzip else []

    def _write(self, chunk: bytes | memoryview) -> None:
        self._file.write(chunk)
        if self._gzip:
            self._check = zlib.crc32(chunk, self._check)


def write_record_files(root: Path, files: Sequence[RecordFile[Any]], id_: str, record: Shape) -> list[Written]:
    """Write the files of a record; give size and digest of each."""
    bodies = [(f"{root}/{file.path_of(id_)}", file.render(record)) for file in files]
    for path, body in bodies:
        write_body(path, body)
    return [(len(body), hashlib.sha256(body).hexdigest()) for _, body in bodies]


class Linker:
    """Takes record files over from the release before, without a copy where that can be.

    Folders are held open, so that the system need not walk to them: this is done for every file of every unchanged
    record.
    """

    def __init__(self, root: Path, before: Path, files: Sequence[RecordFile[Any]]) -> None:
        self._open = ExitStack()
        self._places = [self._place(before / file.path, root / file.path) for file in files]

    def link(self, counts: Mapping[str, int]) -> None:
        """Take over the first files of records, as many as told of each; those of a folder together."""
        for place, (old, new, (source, target), end) in enumerate(self._places):
            for name in [f"{id_}{end}" for id_, count in counts.items() if count > place]:
                try:
                    os.link(name, name, src_dir_fd=source, dst_dir_fd=target)
                except OSError:
                    link(f"{old}/{name}", f"{new}/{name}")

    def release(self) -> None:
        """Give the folders back."""
        self._open.close()

    def _place(self, old: Path, new: Path) -> tuple[Path, Path, tuple[int, int], str]:
        new.parent.mkdir(parents=True, exist_ok=True)
        there = old.parent if old.parent.is_dir() else new.parent  # without the folder no record has the file
        held = os.open(there, os.O_RDONLY), os.open(new.parent, os.O_RDONLY)
        for folder in held:
            self._open.callback(os.close, folder)
        return old.parent, new.parent, held, new.name.removeprefix("{id}")


def entry(path: str, file: FileWriter, records: int | None) -> ReleaseFile:
    """Give the line of the manifest of a written file."""
    return ReleaseFile(path=path, media_type=media_type(path), bytes=file.bytes, sha256=file.sha256, records=records)
