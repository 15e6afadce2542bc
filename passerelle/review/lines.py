"""The lines of the queue in memory: what counting and searching go through, read anew only where a line changed.

Each change of the lines gives them a new edition, a word kept beside them: as long as it stands, what this process
holds is true, and no statement has to go through the words of every record again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.store.pages import IN_ONE
from passerelle.store.records import load_outcome, save_outcome
from passerelle.store.review_tables import ReviewRow

Likeness = tuple[tuple[str, ...], ...]
"""The values of the facets of a line, in the order of ``FACETS``; lines that are alike share one."""

FACETS = ("type", "status", "sources", "regions", "themes", "missing", "reasons")
"""Columns of a line that are counted."""
NEVER = float("inf")
"""Moment of a record without captures."""

_PLACE = "queue"
_HELD: WeakKeyDictionary[Any, Lines] = WeakKeyDictionary()


class Line(NamedTuple):
    """What the queue counts, searches and sorts of one record."""

    record: str
    like: Likeness
    captured_at: float
    """Newest capture of its pages, in seconds."""
    priority: int
    sort_name: str
    completeness: int
    search: str
    stamp: str


@dataclass(frozen=True)
class Lines:
    """All lines of one edition."""

    edition: str
    by_record: Mapping[str, Line]

    def with_words(self, words: Iterable[str]) -> list[Line]:
        """Give the lines in which each of some words stands, anywhere."""
        found = list(self.by_record.values())
        for word in words:
            found = [line for line in found if word in line.search]
        return found


def lines_of(session: Session) -> Lines:
    """Give the lines as a transaction sees them."""
    engine = session.get_bind()
    edition = load_outcome(session, _PLACE).get("lines", {}).get("edition", "")
    held = _HELD.get(engine)
    if held and edition and held.edition == edition:
        return held
    known = held.by_record if held else {}
    now = stamps(session)
    kept = {record: line for record, line in known.items() if now.get(record) == line.stamp}
    others = [record for record in now if record not in kept]
    told = Lines(edition, kept | {line.record: line for line in _read(session, others, kept)})
    _HELD[engine] = told
    return told


def new_edition(session: Session) -> None:
    """Note that lines changed; under ``lock_decisions``."""
    save_outcome(session, _PLACE, {"lines": {"edition": token_hex(8)}})


def stamps(session: Session, records: Collection[str] | None = None) -> dict[str, str]:
    """Give the digest of what each line was made from, by record: of some records, else of all."""
    wanted = select(ReviewRow.record, ReviewRow.stamp)
    wanted = wanted if records is None else wanted.where(ReviewRow.record.in_(tuple(records)))
    return dict(session.execute(wanted).tuples().all())


def split(told: str) -> tuple[str, ...]:
    """Read a list of a line: ``|one|two|``."""
    return tuple(told.strip("|").split("|")) if told else ()


def _read(session: Session, records: list[str], beside: Mapping[str, Line]) -> Iterator[Line]:
    shared: dict[Likeness, Likeness] = {line.like: line.like for line in beside.values()}
    others = ("captured_at", "priority", "sort_name", "completeness", "search", "stamp")
    columns = [getattr(ReviewRow, name) for name in ("record", *others, *FACETS)]
    for start in range(0, len(records), IN_ONE):
        rows = select(*columns).where(ReviewRow.record.in_(records[start : start + IN_ONE]))
        for record, captured, *rest in session.execute(rows):
            like = tuple(map(split, rest[len(others) - 1 :]))
            yield Line(record, shared.setdefault(like, like), _seconds(captured), *rest[: len(others) - 1])


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else NEVER
