"""Read WARC files made by others, leniently: what is damaged is said and passed over, what comes after it is read.

A file may be plain, one gzip stream, or one gzip member a record.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from passerelle.crawling.archive.records import Record, parse_fields

MOST_BYTES = 64 << 20
"""A record whose block is larger is passed over: no page is that long."""
_MOST_HEAD = 1 << 16
_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_START = b"WARC/"


@dataclass(frozen=True)
class Trouble:
    """A record that could not be read, near a byte of the file (of its content, where it is compressed)."""

    kind: Literal["damaged", "huge", "misplaced"]
    near: int
    reason: str


class _DamageError(Exception):
    pass


class _MemberEnd:
    pass


_Piece = bytes | str | _MemberEnd
"""Content, or a reason why some is missing, or the end of a gzip member."""


def read_records(stream: BinaryIO, most: int = MOST_BYTES) -> Iterator[Record | Trouble]:
    """Give the records of a WARC file, and the troubles between them; ``most`` is in bytes of a record's block."""
    return iter(_Reader(stream, most))


class _Reader:
    def __init__(self, stream: BinaryIO, most: int) -> None:
        head = stream.read(_CHUNK)
        self._pieces = (_inflate if head.startswith(_MAGIC[:2]) else _plain)(stream, head)
        self._buffer = bytearray()
        self._read = 0
        self._most = most
        self._at_member = False
        """Whether what comes next is a gzip member's first byte."""

    def __iter__(self) -> Iterator[Record | Trouble]:
        while True:
            try:
                found = self._next()
            except _DamageError as damage:
                yield Trouble("damaged", self._read, str(damage))
                self._look_for_start()
                continue
            if found is None:
                return
            yield found

    def _next(self) -> Record | Trouble | None:
        if not self._skip_blank():
            return None
        head = self._take_head()
        fields = parse_fields(head)
        try:
            length = int(fields["content-length"])
        except (KeyError, ValueError):
            length = -1
        if length < 0:
            msg = "a record does not say how long it is"
            raise _DamageError(msg)
        if length > self._most:
            self._pass_over(length)
            return Trouble("huge", self._read, f"a record of {length} bytes")
        self._fill(length)
        if len(self._buffer) < length:
            msg = "the file ends in the middle of a record"
            raise _DamageError(msg)
        return Record(fields, self._drop(length))

    def _skip_blank(self) -> bool:
        """Go to the next record; give False at the end of the file."""
        while True:
            while self._buffer.startswith((b"\r", b"\n")):
                self._drop(len(self._buffer) - len(self._buffer.lstrip(b"\r\n")))
            if self._buffer:
                return True
            if not self._pull(across=True):
                return False

    def _take_head(self) -> bytes:
        self._fill(len(_START))
        if not self._buffer.startswith(_START):
            msg = "no record where one should begin"
            raise _DamageError(msg)
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > _MOST_HEAD or not self._pull():
                msg = "a record without an end to its head"
                raise _DamageError(msg)
        head = bytes(self._buffer[:end])
        self._drop(end + 4)
        return head

    def _pass_over(self, length: int) -> None:
        while length:
            if not self._buffer and not self._pull():
                return
            length -= len(self._drop(min(length, len(self._buffer))))

    def _look_for_start(self) -> None:
        """After damage, go to where the next record begins: after an end of line, or in the next gzip member."""
        is_fresh = self._at_member
        if is_fresh:
            self._buffer.clear()
        while True:
            if is_fresh and self._buffer.startswith(_START):
                return
            if (at := self._buffer.find(b"\n" + _START)) >= 0:
                self._drop(at + 1)
                return
            self._drop(0 if is_fresh else max(0, len(self._buffer) - len(_START)))
            piece = next(self._pieces, None)
            if isinstance(piece, bytes):
                self._buffer += piece
                is_fresh = is_fresh and len(self._buffer) < _CHUNK
                continue
            self._buffer.clear()
            is_fresh = True
            if piece is None:
                return

    def _fill(self, size: int) -> None:
        while len(self._buffer) < size and self._pull():
            pass

    def _pull(self, *, across: bool = False) -> bool:
        """Read on; give False at the end of the file, or of the gzip member unless told to go across."""
        for piece in self._pieces:
            self._at_member = not isinstance(piece, bytes)
            if isinstance(piece, str):
                raise _DamageError(piece)
            if isinstance(piece, bytes):
                self._buffer += piece
                return True
            if not across:
                return False
        return False

    def _drop(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._read += size
        return taken


def _plain(stream: BinaryIO, head: bytes) -> Iterator[_Piece]:
    while head:
        yield head
        head = stream.read(_CHUNK)


def _inflate(stream: BinaryIO, ahead: bytes) -> Iterator[_Piece]:
    """Inflate member by member, never much at a time; after damage go on at the next member that inflates."""
    while ahead:
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        while ahead and not inflate.eof:
            try:
                piece = inflate.decompress(ahead, _CHUNK)
            except zlib.error as error:
                yield str(error)
                ahead = _next_member(stream, ahead)
                break
            if piece:
                yield piece
            ahead = inflate.unused_data if inflate.eof else inflate.unconsumed_tail or stream.read(_CHUNK)
        else:
            if inflate.eof:
                yield _MemberEnd()
                ahead = ahead or stream.read(_CHUNK)
            else:
                yield "the file ends in the middle of a record"


def _next_member(stream: BinaryIO, data: bytes) -> bytes:
    """Give what is read already from where the next gzip member may begin; nothing at the end of the file."""
    data = data[1:]
    while (at := data.find(_MAGIC)) < 0:
        more = stream.read(_CHUNK)
        if not more:
            return b""
        data = data[-len(_MAGIC) :] + more
    return data[at:]
