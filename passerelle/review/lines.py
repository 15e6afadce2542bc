"""The lines of the queue in memory: what counting and searching go through, read anew only where a line changed.

Each change of the lines gives them a new edition, and beside the lines it is kept which of them the last editions
changed: what this process holds is made true by reading those, and no statement goes through every record's words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.review.searching import asked
from passerelle.store.pages import IN_ONE
from passerelle.store.records import load_outcome, save_outcome
from passerelle.store.review_tables import ReviewRow

FACETS = ("type", "status", "sources", "regions", "themes", "missing", "reasons")
"""Columns of a line that are counted."""
NEVER = float("inf")
"""Moment of a record without captures."""

REMEMBERED = 2_000
"""Changed lines that are named, with the last editions; a process that slept longer reads all lines anew."""

NAMESAKES = 20
"""Organisations of one acronym that are looked for."""

_PLACE = "queue"
_HELD: WeakKeyDictionary[Any, Lines] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Likeness:
    """What lines have in common; those that are alike share one, which is itself and equal to no other."""

    values: tuple[tuple[str, ...], ...]
    """Of the facets, in the order of ``FACETS``."""


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


@dataclass(frozen=True)
class Lines:
    """All lines of one edition."""

    edition: str
    by_record: Mapping[str, Line]
    alike: Mapping[tuple[tuple[str, ...], ...], Likeness]
    """By what is alike."""

    def with_words(self, said: str) -> list[Line]:
        """Give the lines in which each of some words stands, anywhere."""
        found = list(self.by_record.values())
        for parts, others in self.looked_for(said):
            found = [
                line
                for line in found
                if all(part in line.search for part in parts) or any(one in line.search for one in others)
            ]
        return found

    def looked_for(self, said: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield what each word may stand for: its parts, all of them, or the id of an organisation of that acronym."""
        for word in asked(said):
            marked = word.acronym
            known = [line.record for line in self.by_record.values() if marked in line.search] if marked else []
            yield word.parts, tuple(sorted(known)[:NAMESAKES])


def lines_of(session: Session) -> Lines:
    """Give the lines as a transaction sees them."""
    engine = session.get_bind()
    editions = load_outcome(session, _PLACE).get("editions", {})
    newest = next(reversed(editions), "")
    held = _HELD.get(engine)
    if held is None or held.edition not in editions:
        told = _with(session, Lines(newest, {}, {}), list(session.scalars(select(ReviewRow.record))))
    elif held.edition == newest:
        return held
    else:
        later = list(editions)[list(editions).index(held.edition) + 1 :]
        changed = {record for edition in later for record in editions[edition].split()}
        told = _with(session, replace(held, edition=newest), sorted(changed))
    _HELD[engine] = told
    return told


def new_edition(session: Session, records: Collection[str]) -> None:
    """Note that the lines of some records changed; under ``lock_decisions``."""
    editions = load_outcome(session, _PLACE).get("editions", {})
    editions[token_hex(8)] = " ".join(records)
    kept: dict[str, str] = {}
    named = 0
    for edition, changed in reversed(editions.items()):
        named += len(changed.split())
        if kept and named > REMEMBERED:
            break
        kept[edition] = changed
    save_outcome(session, _PLACE, {"editions": dict(reversed(kept.items()))})


def stamps(session: Session, records: Collection[str] | None = None) -> dict[str, str]:
    """Give the digest of what each line was made from, by record: of some records, else of all."""
    wanted = select(ReviewRow.record, ReviewRow.stamp)
    wanted = wanted if records is None else wanted.where(ReviewRow.record.in_(tuple(records)))
    return dict(session.execute(wanted).tuples().all())


def split(told: str) -> tuple[str, ...]:
    """Read a list of a line: ``|one|two|``."""
    return tuple(told.strip("|").split("|")) if told else ()


def _with(session: Session, lines: Lines, records: Sequence[str]) -> Lines:
    """Read some lines anew; those that are gone are taken out."""
    by_record, alike = dict(lines.by_record), dict(lines.alike)
    columns = [getattr(ReviewRow, name) for name in (*Line._fields, *FACETS) if name != "like"]
    for start in range(0, len(records), IN_ONE):
        some = records[start : start + IN_ONE]
        for record in some:
            by_record.pop(record, None)
        for row in session.execute(select(*columns).where(ReviewRow.record.in_(some))):
            record, captured, *others = row[: -len(FACETS)]
            values = tuple(map(split, row[-len(FACETS) :]))
            like = alike.setdefault(values, Likeness(values))
            by_record[record] = Line(record, like, _seconds(captured), *others)
    return Lines(lines.edition, by_record, alike)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else NEVER
