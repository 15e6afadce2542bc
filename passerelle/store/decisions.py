"""Decisions as the desk reads and appends them: by record, person, batch and act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from passerelle.store.records import add_decision
from passerelle.store.tables import DecisionRow
from schemas.decision import Decision

__all__ = ["add_decision", "decisions_by", "decisions_on", "lock_decisions", "next_moment"]

_LOCK = 8484_0005
"""PostgreSQL advisory lock under which decisions are taken, one person after the other."""


def lock_decisions(session: Session) -> None:
    """Wait until nobody else decides; held to the end of the transaction, which has written nothing yet.

    SQLite lets one writer in anyway, and this makes it now rather than at the first write, so that what is read
    from here on still holds when it is written.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    elif not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    session.expire_all()


def next_moment(session: Session, now: datetime) -> datetime:
    """Give the moment of the next decision: now, or just after the newest where the clock stands before it."""
    newest = session.scalar(select(func.max(DecisionRow.id)))
    if newest is None:
        return now
    last = datetime.strptime(newest.split("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return max(now, last + timedelta(microseconds=1))


def decisions_on(session: Session, records: Iterable[str]) -> tuple[Decision, ...]:
    """Give every decision on some records, oldest first."""
    return _decisions(session, DecisionRow.record.in_(tuple(records)))


def decisions_by(
    session: Session, *, by: str | None = None, batch: str | None = None, act: str | None = None
) -> tuple[Decision, ...]:
    """Give the decisions of a person, a batch, a client's act, or all of them, oldest first."""
    wanted = [
        column == value
        for column, value in ((DecisionRow.by, by), (DecisionRow.batch, batch), (DecisionRow.act, act))
        if value is not None
    ]
    return _decisions(session, *wanted)


def _decisions(session: Session, *where: ColumnElement[bool]) -> tuple[Decision, ...]:
    rows = session.scalars(select(DecisionRow.payload).where(*where))
    return tuple(sorted((Decision.model_validate_json(row) for row in rows), key=lambda one: one.id))
