"""Cursors: where a page ended, in which release, of which question; opaque to clients."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from passerelle.publishing.api.index import Position

_WRITTEN = re.compile(r"([0-9a-f]{12})([0-9a-f]{8})\.([0-9])\.([0-9]{1,9})")


@dataclass(frozen=True)
class Cursor:
    """Where a page ended."""

    tag: str
    """Tag of the release."""
    question: str
    """Digest of the question, so that a cursor is not taken to another one."""
    after: Position

    def __str__(self) -> str:
        said = f"{self.tag}{self.question}.{self.after.tier}.{self.after.seq}"
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(written: str) -> Cursor | None:
    """Read a cursor; ``None`` for anything else."""
    try:
        said = urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    found = _WRITTEN.fullmatch(said)
    return found and Cursor(found[1], found[2], Position(int(found[3]), int(found[4])))


def question_digest(*parts: object) -> str:
    """Give the digest of a question."""
    return sha256(repr(parts).encode()).hexdigest()[:8]
