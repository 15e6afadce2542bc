"""Read the records of a release one at a time, and two releases side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic_core import from_json

from schemas.working import RecordType

Json = dict[str, Any]
L = TypeVar("L")
R = TypeVar("R")

LISTS: dict[RecordType, str] = {"initiative": "initiatives", "news": "news", "organization": "organizations"}
"""File name of the list of each type; in this order, all ids stand sorted."""


def lines_of(folder: Path, type_: RecordType) -> Iterator[bytes]:
    """Yield the records of a type as written in a release, sorted by id; none where the release has no such list."""
    path = folder / f"{LISTS[type_]}.ndjson"
    if path.exists():
        with path.open("rb") as lines:
            yield from lines


def records_of(folder: Path, type_: RecordType) -> Iterator[tuple[str, Json]]:
    """Yield id and content of the records of a type, sorted by id."""
    for line in lines_of(folder, type_):
        record: Json = from_json(line)
        yield record["id"], record


def differing(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[str, Json | None, Json | None]]:
    """Yield id, old and new record wherever two lists sorted by id differ; ``None`` where one has no such record.

    Lines that are the same in both are not parsed.
    """
    left, right = _Reader(old), _Reader(new)
    while left.line is not None or right.line is not None:
        if left.line == right.line:
            left.step()
            right.step()
            continue
        before, after = left.record, right.record
        first = min(record["id"] for record in (before, after) if record)
        here = [record if record and record["id"] == first else None for record in (before, after)]
        yield first, here[0], here[1]
        for reader, record in zip((left, right), here, strict=True):
            if record:
                reader.step()


def paired(left: Iterable[L], right: Iterable[R], *, key: Callable[[Any], str]) -> Iterator[tuple[L | None, R | None]]:
    """Yield two lists sorted by a key side by side: what has the same key together, the rest alone."""
    ours, theirs = iter(left), iter(right)
    one, other = next(ours, None), next(theirs, None)
    while one is not None and other is not None:
        first, second = key(one), key(other)
        yield (one if first <= second else None), (other if second <= first else None)
        if first <= second:
            one = next(ours, None)
        if second <= first:
            other = next(theirs, None)
    while one is not None:
        yield one, None
        one = next(ours, None)
    while other is not None:
        yield None, other
        other = next(theirs, None)


class _Reader:
    """A list of lines, one at a time, parsed once and only when asked."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.step()

    def step(self) -> None:
        self.line = next(self._lines, None)
        self._record: Json | None = None

    @property
    def record(self) -> Json | None:
        if self._record is None and self.line is not None:
            self._record = from_json(self.line)
        return self._record
