"""Write a list as gzip with the same bytes from the same lines, and without compressing again what did not change.

The lines are compressed in blocks that know nothing of one another, and where a block begins depends on the id of its
first record alone. A record that changes, comes or goes therefore moves one block, and the others can be taken from
the release before. All the same it is one ordinary gzip member, without a time or a name.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from passerelle.publishing.folder import FileWriter

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""RFC 1952: deflate, no flags, no time, slowest compression, unknown system."""
_END = b"\x03\x00"
"""An empty last block (RFC 1951)."""
_LEVEL = 9
_RECORDS_A_BLOCK = 16
"""On average; larger blocks compress better, smaller ones leave more to be taken over."""

Blocks = dict[str, tuple[int, int]]
"""Digest of a block as it was → where it begins in the compressed file, and its length."""


class GzipWriter:
    """A gzip file of pieces, one a record."""

    def __init__(
        self, path: Path, before: Path | None = None, known: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        self.file = FileWriter(path)
        self.blocks: Blocks = {}
        self._known = known or {}
        self._before = before.open("rb") if before else None
        self._waiting: list[bytes] = []
        self._check, self._length = 0, 0
        self.file.write(_HEADER)

    def add(self, id_: str, piece: bytes) -> None:
        """Add the piece of a record."""
        if zlib.crc32(id_.encode()) % _RECORDS_A_BLOCK == 0:
            self._flush()
        self._waiting.append(piece)

    def close(self) -> None:
        """End the file."""
        self._flush()
        self.file.write(_END + struct.pack("<II", self._check, self._length & 0xFFFFFFFF))
        self.release()

    def release(self) -> None:
        """Give the files back, ended or not."""
        self.file.close()
        if self._before:
            self._before.close()

    def _flush(self) -> None:
        if not self._waiting:
            return
        block = b"".join(self._waiting)
        self._waiting.clear()
        self._check, self._length = zlib.crc32(block, self._check), self._length + len(block)
        digest = hashlib.sha256(block).hexdigest()
        packed = self._taken_over(digest) or _packed(block)
        self.blocks[digest] = (self.file.bytes, len(packed))
        self.file.write(packed)

    def _taken_over(self, digest: str) -> bytes | None:
        place = self._known.get(digest)
        if place is None or self._before is None:
            return None
        self._before.seek(place[0])
        return self._before.read(place[1])


def _packed(block: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(block) + packer.flush(zlib.Z_SYNC_FLUSH)
