"""Content codings taken off while the bytes arrive, never more than a limit: a small bomb stays small."""

from __future__ import annotations

import zlib
from typing import Protocol

ACCEPTED = "gzip, deflate"
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_NOT_ASKED_FOR = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
_MOST_CODINGS = 3


class BodyTooLargeError(Exception):
    """The body is larger than the limit."""


class UndecodableError(Exception):
    """The body is not in the coding that the headers announce, or in one that we did not ask for."""


class UnfinishedError(Exception):
    """The compressed body stops before its end."""


class _Step(Protocol):
    def feed(self, data: bytes, room: int) -> bytes: ...

    def finish(self) -> None: ...


class _Inflate:
    """One gzip or deflate coding; of several gzip members the first is the body, as WARC readers have it."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._start = b""
        self._inner = zlib.decompressobj(_GZIP) if coding == "gzip" else None

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inner is None:
            # "deflate" is zlib by RFC 9110 and raw deflate from servers that read it otherwise: two bytes tell.
            self._start += data
            if len(self._start) < 2:
                return b""
            data, head = self._start, self._start[:2]
            is_zlib = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head) % 31 == 0
            self._inner = zlib.decompressobj(_ZLIB if is_zlib else _RAW)
        if self._inner.eof:
            return b""
        try:
            found = self._inner.decompress(data, room + 1)
        except zlib.error as error:
            msg = f"the body is not {self._coding}, as its headers say: {error}"
            raise UndecodableError(msg) from error
        if len(found) > room:
            raise BodyTooLargeError
        return found

    def finish(self) -> None:
        if self._inner is None or not self._inner.eof:
            msg = f"the {self._coding} body stops before its end"
            raise UnfinishedError(msg)


class Decoder:
    """Takes the codings named in a ``Content-Encoding`` header off a body; ``limit`` is in decoded bytes."""

    def __init__(self, header: str, limit: int) -> None:
        """Read the header.

        Raises:
            UndecodableError: it names a coding that we did not ask for. Words that are no coding at all
                (``utf-8``, ``none``) are passed over, as browsers do.
        """
        codings = [word.strip().lower().removeprefix("x-") for word in header.split(",")]
        if strange := _NOT_ASKED_FOR.intersection(codings):
            msg = f"the server sent Content-Encoding {min(strange)}, which was not asked for"
            raise UndecodableError(msg)
        steps = [coding for coding in codings if coding in {"gzip", "deflate"}]
        if len(steps) > _MOST_CODINGS:
            msg = f"{len(steps)} content codings, one over another"
            raise UndecodableError(msg)
        self._steps: list[_Step] = [_Inflate(coding) for coding in reversed(steps)]
        self._limit = limit
        self._size = 0
        self._empty = True

    @property
    def is_identity(self) -> bool:
        """Whether the body comes as it is."""
        return not self._steps

    def feed(self, data: bytes) -> bytes:
        """Decode what arrived.

        Raises:
            BodyTooLargeError: the decoded body passes the limit.
            UndecodableError: it is not in the coding announced.
        """
        self._empty = self._empty and not data
        for step in self._steps:
            data = step.feed(data, self._limit)
        self._size += len(data)
        if self._size > self._limit:
            raise BodyTooLargeError
        return data

    def finish(self) -> None:
        """Check that the body was whole; an empty one is.

        Raises:
            UnfinishedError: it was not.
        """
        if not self._empty:
            for step in self._steps:
                step.finish()
