"""Write a list as gzip with the same bytes from the same lines, and without compressing again what did not change.

The lines are compressed in blocks that know nothing of one another, and where a block begins depends on the id of its
first record alone. A record that changes, comes or goes therefore moves one block, and the others can be taken from
the release before. All the same it is one ordinary gzip member, without a time or a name.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from passerelle.publishing.folder import FileWriter

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""RFC 1952: deflate, no flags, no time, slowest compression, unknown system."""
_END = b"\x03\x00"
"""An empty last block (RFC 1951)."""
_LEVEL = 9
_RECORDS_A_BLOCK = 16
"""On average; larger blocks compress better, smaller ones leave more to be taken over."""

Blocks = list[tuple[int, int]]
"""Length of each block as it was, and compressed, in order."""


class GzipBefore:
    """The gzip of a list of the release before, and the list itself, to take blocks and pieces from."""

    def __init__(self, path: Path, blocks: Iterable[tuple[int, int]]) -> None:
        """Open both; ``path`` is the list's, its gzip stands beside it."""
        blocks = list(blocks)
        places = accumulate((packed for _, packed in blocks), initial=len(_HEADER))
        starts = accumulate((length for length, _ in blocks), initial=0)
        self._known = {
            start: (length, place, packed)
            for start, place, (length, packed) in zip(starts, places, blocks, strict=False)
        }
        self._list: BinaryIO = path.open("rb", buffering=0)
        self._gzip: BinaryIO = path.with_name(f"{path.name}.gz").open("rb", buffering=0)

    def packed(self, start: int, length: int) -> bytes | None:
        """Give the compressed block that holds just these bytes of the list; none where there is no such block."""
        known, place, packed = self._known.get(start, (0, 0, 0))
        if known != length:
            return None
        return os.pread(self._gzip.fileno(), packed, place)

    def piece(self, start: int, length: int) -> bytes:
        """Give bytes of the list."""
        return os.pread(self._list.fileno(), length, start)

    def close(self) -> None:
        """Give the files back."""
        self._list.close()
        self._gzip.close()


class GzipWriter:
    """A gzip file of pieces, one a record."""

    def __init__(self, path: Path, before: GzipBefore | None = None) -> None:
        self.file = FileWriter(path)
        self.blocks: Blocks = []
        self._before = before
        self._waiting: list[bytes] = []
        self._taken: list[tuple[int, int]] = []
        """Where the pieces of the block stand in the list before, while all of them come from there."""
        self.file.write(_HEADER)

    def add(self, id_: str, piece: bytes) -> None:
        """Add the piece of a record."""
        self._begin(id_)
        self._read_taken()
        self._waiting.append(piece)

    def copy(self, id_: str, start: int, length: int) -> None:
        """Add the piece of a record that stands in the list before."""
        self._begin(id_)
        if self._waiting and self._before:
            self._waiting.append(self._before.piece(start, length))
        else:
            self._taken.append((start, length))

    def close(self, check: int, length: int) -> None:
        """End the file with the CRC-32 and the length of all pieces."""
        self._flush()
        self.file.write(_END + struct.pack("<II", check, length & 0xFFFFFFFF))
        self.release()

    def release(self) -> None:
        """Give the files back, ended or not."""
        self.file.close()
        if self._before:
            self._before.close()

    def _begin(self, id_: str) -> None:
        if zlib.crc32(id_.encode()) % _RECORDS_A_BLOCK == 0:
            self._flush()

    def _read_taken(self) -> None:
        if self._before:
            self._waiting += [self._before.piece(*place) for place in self._taken]
            self._taken.clear()

    def _flush(self) -> None:
        if self._taken and self._before:
            start, total = self._taken[0][0], sum(length for _, length in self._taken)
            together = sum(self._taken[-1]) == start + total
            packed = self._before.packed(start, total) if together else None
            if packed is not None:
                self._taken.clear()
                self._write(total, packed)
                return
            self._read_taken()
        if self._waiting:
            block = b"".join(self._waiting)
            self._waiting.clear()
            self._write(len(block), _packed(block))

    def _write(self, length: int, packed: bytes) -> None:
        self.blocks.append((length, len(packed)))
        self.file.write(packed)


def _packed(block: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(block) + packer.flush(zlib.Z_SYNC_FLUSH)
