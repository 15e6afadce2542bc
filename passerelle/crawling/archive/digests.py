"""Labelled digests of WARC records, such as ``sha256:9f86…`` or ``sha1:3I42H3S6…``."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

_URL_SAFE = str.maketrans("-_", "+/")


def agrees(label: str | None, data: bytes) -> bool | None:
    """Tell whether data has a labelled digest; ``None`` where there is no digest that can be computed.

    The value may be in base 16, 32 or 64: WARC 1.1 (§5.8) leaves it to the writer.
    """
    algorithm, found, value = (label or "").strip().partition(":")
    name = algorithm.lower().replace("-", "")
    if not found or name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        return None
    actual = hashlib.new(name, data, usedforsecurity=False).digest()
    return actual in _values(value, len(actual))


def _values(text: str, size: int) -> list[bytes]:
    """Read a value in each base in which it has the right length."""
    bare = text.rstrip("=")
    decoders: tuple[tuple[int, Callable[[str], bytes]], ...] = (
        (size * 2, lambda t: base64.b16decode(t, casefold=True)),
        (-(-size * 8 // 5), lambda t: base64.b32decode(_padded(t, 8), casefold=True)),
        (-(-size * 8 // 6), lambda t: base64.b64decode(_padded(t, 4).translate(_URL_SAFE), validate=True)),
    )
    found = []
    for length, decode in decoders:
        if len(bare) == length:
            try:
                found.append(decode(bare))
            except ValueError:
                continue  # not in this base
    return found


def _padded(text: str, block: int) -> str:
    return text + "=" * (-len(text) % block)
