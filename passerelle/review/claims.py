"""Claims and skips: so that two people do not work on the same record, and none is offered what they left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from passerelle.store.decisions import lock_decisions
from passerelle.store.review_tables import ClaimRow, SkipRow

MINUTES = 20
"""How long a claim holds; each act on the record renews it."""
SKIPPED = timedelta(hours=12)
"""How long a skipped record is not offered: to the next working day."""


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
    session.merge(SkipRow(record=record, by=by, until=(now or datetime.now(UTC)) + SKIPPED))
    release_claim(session, record, by)
