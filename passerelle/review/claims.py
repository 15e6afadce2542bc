"""Claims, and what people left: so that two do not work on one record, and none is offered what they are done with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from passerelle.review.lines import split
from passerelle.store.decisions import lock_decisions
from passerelle.store.pages import IN_ONE
from passerelle.store.review_tables import ClaimRow, ReviewRow, SkipRow

MINUTES = 20
"""How long a claim holds; each act on the record renews it."""
SITTING = timedelta(hours=12)
"""How long a record that a person approved or skipped is not offered to them: to the next working day."""


@dataclass(frozen=True)
class Claim:
    """Who works on a record, until when."""

    record: str
    by: str
    until: datetime


def claim(session: Session, record: str, by: str, minutes: int = MINUTES, *, now: datetime | None = None) -> Claim:
    """Claim a record, or renew one's claim; where another person holds it, theirs is given back unchanged."""
    lock_decisions(session)
    at = now or datetime.now(UTC)
    row = session.get(ClaimRow, record)
    if row and row.by != by and row.until > at:
        return Claim(row.record, row.by, row.until)
    until = at + timedelta(minutes=minutes)
    session.merge(ClaimRow(record=record, by=by, until=until))
    session.flush()
    return Claim(record, by, until)


def claim_on(session: Session, record: str, *, now: datetime | None = None) -> Claim | None:
    """Give the claim on a record that has not expired."""
    row = session.get(ClaimRow, record)
    return Claim(row.record, row.by, row.until) if row and row.until > (now or datetime.now(UTC)) else None


def claims_on(session: Session, records: Collection[str], *, now: datetime | None = None) -> dict[str, str]:
    """Give record → who holds it, of some records."""
    held = ClaimRow.record.in_(tuple(records)), ClaimRow.until > (now or datetime.now(UTC))
    return dict(session.execute(select(ClaimRow.record, ClaimRow.by).where(*held)).tuples().all())


def release_claim(session: Session, record: str, by: str) -> None:
    """Give up one's claim; another person's is left alone."""
    session.execute(delete(ClaimRow).where(ClaimRow.record == record, ClaimRow.by == by))


def renew(session: Session, records: Collection[str], by: str, now: datetime | None = None) -> None:
    """Let a person's claims on records hold for their whole time again."""
    until = (now or datetime.now(UTC)) + timedelta(minutes=MINUTES)
    mine = ClaimRow.record.in_(tuple(records)), ClaimRow.by == by
    session.execute(update(ClaimRow).where(*mine).values(until=until))


def skip(session: Session, record: str, by: str, *, now: datetime | None = None) -> None:
    """Do not offer a record to a person again for a while; a claim of theirs is given up."""
    lock_decisions(session)
    leave(session, [record], by, now)
    release_claim(session, record, by)


def leave(session: Session, records: Collection[str], by: str, now: datetime | None = None) -> None:
    """Note that a person is done with records for this sitting, and why these are in the queue all the same."""
    until = (now or datetime.now(UTC)) + SITTING
    several = sorted(records)
    for start in range(0, len(several), IN_ONE):
        some = several[start : start + IN_ONE]
        session.execute(delete(SkipRow).where(SkipRow.by == by, SkipRow.record.in_(some)))
        lines = session.execute(select(ReviewRow.record, ReviewRow.reasons).where(ReviewRow.record.in_(some)))
        known = dict(lines.tuples().all())
        session.execute(
            insert(SkipRow),
            [{"record": one, "by": by, "until": until, "reasons": known.get(one, "")} for one in some],
        )


def left(session: Session, by: str, at: datetime) -> frozenset[str]:
    """Give the records that a person left in this sitting, those aside that have a new reason to be looked at."""
    rows = select(SkipRow.record, SkipRow.reasons, ReviewRow.reasons).join(
        ReviewRow, ReviewRow.record == SkipRow.record
    )
    found = session.execute(rows.where(SkipRow.by == by, SkipRow.until > at)).tuples()
    return frozenset(record for record, then, since in found if set(split(since)) <= set(split(then)))
