"""The queue: what needs eyes, most useful first, filtered, counted and searched; everything else by a filter."""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from operator import attrgetter
from typing import Any, get_args

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from passerelle.review.claims import claims_on, left
from passerelle.review.lines import Likeness, Line, lines_of, split
from passerelle.review.reasons import Reason, Status
from passerelle.store.records import bytewise, load_outcome
from passerelle.store.review_tables import ClaimRow, ReviewRow
from schemas.base import LANGUAGES
from schemas.working import RecordType

PAGE = 50
"""Records on a page of the queue."""
AGES = ("30", "90", "365")
"""Days since the newest capture, as filters."""
OUT = ("rejected", "withdrawn")
"""States of records that the queue shows only when asked for."""
ANY = "any"
"""Reason that stands for whatever has one."""
ALL = "all"
"""Reason that stands for every record, whether it has one or not."""

_LISTS: Mapping[str, InstrumentedAttribute[str]] = {
    "source": ReviewRow.sources,
    "region": ReviewRow.regions,
    "theme": ReviewRow.themes,
    "language": ReviewRow.missing,
    "reason": ReviewRow.reasons,
}
_SINGLE: Mapping[str, InstrumentedAttribute[str]] = {"type": ReviewRow.type, "status": ReviewRow.status}
_SORTS: Mapping[str, InstrumentedAttribute[Any]] = {
    "priority": ReviewRow.priority,
    "name": ReviewRow.sort_name,
    "age": ReviewRow.captured_at,
    "completeness": ReviewRow.completeness,
}
SORTS = tuple(_SORTS)
KNOWN: Mapping[str, tuple[str, ...]] = {
    "type": get_args(RecordType),
    "language": LANGUAGES,
    "reason": (*get_args(Reason), ANY, ALL),
    "status": get_args(Status),
    "age": AGES,
    "sort": SORTS,
}
"""Values of a filter that are not known are left out."""


@dataclass(frozen=True)
class Filter:
    """What of the queue somebody looks at; empty means everything. It is kept in the URL."""

    q: str = ""
    type: str = ""
    source: str = ""
    region: str = ""
    theme: str = ""
    language: str = ""
    """A language in which a text is missing."""
    reason: str = ""
    """A ``Reason``, ``any``: whatever has one, or ``all``: as if empty, said aloud."""
    status: str = ""
    age: str = ""
    """At least so many days since its pages were captured: one of ``AGES``."""
    sort: str = "priority"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filter:
        """Read the query of a URL; what is unknown or wrong in it is left out."""
        told = {one.name: query.get(one.name, "").strip() for one in fields(cls)}
        return cls(**{name: value for name, value in told.items() if value and value in KNOWN.get(name, (value,))})

    @staticmethod
    def unknown(query: Mapping[str, str]) -> dict[str, str]:
        """Give the values of a URL's query that ``from_query`` leaves out, by the name of their filter."""
        told = {name: query.get(name, "").strip() for name in KNOWN}
        return {name: value for name, value in told.items() if value and value not in KNOWN[name]}

    def looking(self) -> Filter:
        """Give what a queue lists: what needs eyes, unless a reason, a status or words ask for something else."""
        return self if self.reason or self.status or self.q else replace(self, reason=ANY)

    def query(self, **changes: str) -> dict[str, str]:
        """Give the query of a URL, with changes; empty values are left out."""
        told = {one.name: getattr(self, one.name) for one in fields(self)} | changes
        return {name: value for name, value in told.items() if value and (name, value) != ("sort", "priority")}


@dataclass(frozen=True)
class QueueItem:
    """A line of the queue."""

    record: str
    type: RecordType
    name_fr: str
    name_en: str
    sources: tuple[str, ...]
    regions: tuple[str, ...]
    reasons: tuple[Reason, ...]
    status: Status
    completeness: int
    captured_at: datetime | None
    claimed_by: str | None = None
    missing: tuple[str, ...] = ()
    """Languages in which texts wait for a translation."""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue."""

    items: tuple[QueueItem, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Facet → value → records, under all the other filters; facets are named as the fields of ``Filter``."""
    total: int = 0
    next: str | None = None
    """Cursor of the next page."""


def page(
    session: Session,
    wanted: Filter,
    cursor: str | None = None,
    *,
    implied: bool = False,
    size: int = PAGE,
    now: datetime | None = None,
) -> QueuePage:
    """Give a page of the queue; a cursor that cannot be read starts anew.

    Args:
        session: the transaction.
        wanted: what is listed.
        cursor: where the page begins.
        implied: the reason is the one that ``looking`` adds; asking for a state takes it off, so that states are
            counted without it.
        size: records on the page.
        now: the moment, for tests.
    """
    at = now or datetime.now(UTC)
    found = lines_of(session).with_words(_said(session, wanted))
    bounds = sorted(_before(at, age).timestamp() for age in AGES)
    kinds = [(line.like, len(bounds) - bisect_left(bounds, line.captured_at)) for line in found]
    counts, total, fitting = _counts(wanted, Counter(kinds), implied=implied)
    key, place = attrgetter(_SORTS[wanted.sort].key, "record"), _place(wanted, cursor)
    fit = (line for line, kind in zip(found, kinds, strict=True) if kind in fitting)
    first = nsmallest(size + 1, (line for line in fit if place is None or key(line) > place), key)
    shown, more = [line.record for line in first[:size]], len(first) > size
    rows = {row.record: row for row in session.scalars(select(ReviewRow).where(ReviewRow.record.in_(shown)))}
    holders = claims_on(session, shown, now=at)
    return QueuePage(
        items=tuple(_item(rows[record], holders.get(record)) for record in shown if record in rows),
        counts=counts,
        total=total,
        next=_cursor(wanted, first[size - 1]) if more else None,
    )


def ids(session: Session, wanted: Filter, *, now: datetime | None = None) -> tuple[str, ...]:
    """Give every record that a filter finds, in its order, for exports and bulk acts."""
    return tuple(session.scalars(_ordered(session, select(ReviewRow.record), wanted, now or datetime.now(UTC))))


def items(session: Session, wanted: Filter, *, now: datetime | None = None) -> tuple[QueueItem, ...]:
    """Give every line that a filter finds, in its order."""
    at = now or datetime.now(UTC)
    return tuple(_item(row, None) for row in session.scalars(_ordered(session, select(ReviewRow), wanted, at)))


Place = tuple[Any, str]
"""Where a record stands in an order: what it is sorted by, and its id."""


def place_of(session: Session, record: str, wanted: Filter) -> Place | None:
    """Give where a record stands in the order of a filter; none where it has no line."""
    row = session.get(ReviewRow, record)
    return (getattr(row, _SORTS[wanted.sort].key), row.record) if row else None


def neighbours(
    session: Session, record: str, wanted: Filter, *, now: datetime | None = None
) -> tuple[str | None, str | None]:
    """Give the record before and the one after, in the order of a filter."""
    place, at = place_of(session, record, wanted), now or datetime.now(UTC)
    if place is None:
        return None, None
    after = session.scalar(_ordered(session, select(ReviewRow.record), wanted, at, place).limit(1))
    before = session.scalar(_ordered(session, select(ReviewRow.record), wanted, at, place, back=True).limit(1))
    return before, after


def next_for(
    session: Session, by: str, wanted: Filter, *, after: Place | None = None, now: datetime | None = None
) -> str | None:
    """Give the next record for a person: none that another claims, nor one that they left in this sitting.

    Args:
        session: the transaction.
        by: the person.
        wanted: where it names no reason, whatever has one.
        after: what comes behind this place, if anything does; else anew from the top. It is where the record that
            the person leaves stood before they acted: an approval sends it to the end of the queue.
        now: the moment, for tests.
    """
    at = now or datetime.now(UTC)
    wanted = wanted if wanted.reason not in ("", ALL) else replace(wanted, reason=ANY)
    held = select(ClaimRow.record).where(ClaimRow.by != by, ClaimRow.until > at)
    done = left(session, by, at) | ({after[1]} if after else set())
    for start in (after, None) if after else (None,):
        rows = _ordered(session, select(ReviewRow.record), wanted, at, start).where(ReviewRow.record.not_in(held))
        for record in session.scalars(rows.limit(len(done) + 1)):
            if record not in done:
                return str(record)
    return None


def _where(session: Session, wanted: Filter, at: datetime) -> list[ColumnElement[bool]]:
    """Write a filter as conditions."""
    told = _search(session, wanted)
    for name, column in _SINGLE.items():
        if getattr(wanted, name):
            told.append(column == getattr(wanted, name))
    for name, column in _LISTS.items():
        value = getattr(wanted, name)
        if value and value != ALL:
            told.append(column != "" if value == ANY else column.contains(f"|{value}|", autoescape=True))
    if wanted.age:
        told.append(ReviewRow.captured_at <= _before(at, wanted.age))
    if not wanted.status:
        told.append(ReviewRow.status.not_in(OUT))
    return told


def _search(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    """Look for each word anywhere; quicker than LIKE, which has patterns to think of."""
    if not wanted.q:
        return []
    finds = func.strpos if session.get_bind().dialect.name == "postgresql" else func.instr
    return [
        or_(
            and_(*(finds(ReviewRow.search, part) > 0 for part in parts)),
            *(finds(ReviewRow.search, one) > 0 for one in others),
        )
        for parts, others in lines_of(session).looked_for(_said(session, wanted))
    ]


def _said(session: Session, wanted: Filter) -> str:
    """Give what is looked for; the id of a record that was merged stands for the one that lives on."""
    redirects = load_outcome(session, "match").get("redirects", {}) if "-" in wanted.q else {}
    return " ".join(redirects.get(word.casefold(), word) for word in wanted.q.split())


def _before(at: datetime, age: str) -> datetime:
    return at - timedelta(days=int(age))


def _ordered(
    session: Session,
    rows: Select[Any],
    wanted: Filter,
    at: datetime,
    place: Place | None = None,
    *,
    back: bool = False,
) -> Select[Any]:
    """Order and filter, from a place on: behind it, or ``back`` before it."""
    column: Any = _SORTS[wanted.sort]
    id_ = bytewise(session, ReviewRow.record)
    column = bytewise(session, ReviewRow.sort_name) if column is ReviewRow.sort_name else column
    if place:
        beyond = column < place[0] if back else column > place[0]
        tie = id_ < place[1] if back else id_ > place[1]
        rows = rows.where(or_(beyond, and_(column == place[0], tie)))
    order = (column.desc(), id_.desc()) if back else (column, id_)
    return rows.where(*_where(session, wanted, at)).order_by(*order)


def _counts(
    wanted: Filter, kinds: Mapping[tuple[Likeness, int], int], *, implied: bool
) -> tuple[dict[str, dict[str, int]], int, set[tuple[Likeness, int]]]:
    """Count the values of every facet under the other filters; what all of them find, and of which kinds.

    Args:
        wanted: the filters; its search is done.
        kinds: lines that are alike and have reached as many ages, each kind with how many they are.
        implied: states are counted without the reason.
    """
    names = (*_SINGLE, *_LISTS)
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*names, "age")}
    total, fitting = 0, set()
    for kind, number in kinds.items():
        told = dict(zip(names, kind[0].values, strict=True)) | {"age": AGES[: kind[1]]}
        told["reason"] = (*told["reason"], *((ANY,) if told["reason"] else ()), ALL)
        missed = [name for name in told if not _fits(wanted, name, told[name])]
        if not missed:
            total += number
            fitting.add(kind)
        counted = set(told) if not missed else set(missed) if len(missed) == 1 else set()
        for name in counted | ({"status"} if implied and {*missed} <= {"reason", "status"} else set()):
            for value in told[name]:
                counts[name][value] += number
    return {name: dict(sorted(found.items())) for name, found in counts.items()}, total, fitting


def _fits(wanted: Filter, name: str, values: tuple[str, ...]) -> bool:
    value = getattr(wanted, name)
    if name == "status" and not value:
        return not set(values) & set(OUT)
    return not value or value in values


def _item(row: ReviewRow, holder: str | None) -> QueueItem:
    return QueueItem(
        record=row.record,
        type=row.type,  # type: ignore[arg-type]  # a RecordType, which the column does not know
        name_fr=row.name_fr,
        name_en=row.name_en,
        sources=split(row.sources),
        regions=split(row.regions),
        reasons=split(row.reasons),  # type: ignore[arg-type]
        status=row.status,  # type: ignore[arg-type]
        completeness=row.completeness,
        captured_at=row.captured_at,
        claimed_by=holder,
        missing=split(row.missing),
        changed_at=row.changed_at,
    )


def _cursor(wanted: Filter, line: Line) -> str:
    told = [wanted.sort, getattr(line, _SORTS[wanted.sort].key), line.record]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


def _place(wanted: Filter, cursor: str | None) -> Place | None:
    try:
        sort, value, record = json.loads(base64.urlsafe_b64decode(cursor or ""))
        if sort != wanted.sort or not isinstance(record, str):
            return None
        if sort == "name":
            return str(value), record
        return (float(value) if sort == "age" else int(value)), record
    except (binascii.Error, ValueError, TypeError):
        return None
