"""Plain data as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping


def written(told: object) -> bytes:
    """Write plain data as JSON for people."""
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def array(things: Iterable[object]) -> Iterator[bytes]:
    """Write a JSON array one thing at a time."""
    opening = b"[\n"
    for thing in things:
        yield opening + written(thing).rstrip(b"\n")
        opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


def without_gaps(told: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is empty, as standards ask that know neither null nor empty lists."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}
