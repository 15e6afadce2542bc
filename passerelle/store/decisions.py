"""Decisions as the desk reads and appends them: by record, person, batch and act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, event, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session, SessionTransaction

from passerelle.store.database import BUSY_SECONDS
from passerelle.store.pages import IN_ONE
from passerelle.store.records import add_decision
from passerelle.store.tables import DecisionRow
from schemas.decision import Decision

__all__ = ["add_decision", "decisions_of", "decisions_on", "decisions_with", "lock_decisions", "next_moment"]

_LINES: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()
_IN_LINE = "in line to decide"
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
        _wait_in_line(session, connection.engine)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    session.expire_all()


def _wait_in_line(session: Session, engine: Engine) -> None:
    """Let the threads of this process come one after the other.

    SQLite has whoever waits try again now and then, so that one of many may wait for long. Who has waited here in vain
    goes on: the database decides.
    """
    line = _LINES.setdefault(engine, Lock())
    if session.info.get(_IN_LINE) or not line.acquire(timeout=BUSY_SECONDS):
        return
    session.info[_IN_LINE] = True

    def leave(session: Session, transaction: SessionTransaction) -> None:
        if transaction.parent is None and session.info.pop(_IN_LINE, False):
            line.release()

    event.listen(session, "after_transaction_end", leave)


def next_moment(session: Session, now: datetime) -> datetime:
    """Give the moment of the next decision: now, or just after the newest where the clock stands before it."""
    newest = session.scalar(select(func.max(DecisionRow.id)))
    if newest is None:
        return now
    last = datetime.strptime(newest.split("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return max(now, last + timedelta(microseconds=1))


def decisions_on(session: Session, records: Iterable[str]) -> tuple[Decision, ...]:
    """Give every decision on some records, oldest first."""
    return tuple(sorted(_found(session, select(DecisionRow), DecisionRow.record, records), key=_by_id))


def decisions_with(session: Session, ids: Iterable[str]) -> tuple[Decision, ...]:
    """Give the decisions of some ids, oldest first; unknown ids are left out."""
    return tuple(sorted(_found(session, select(DecisionRow), DecisionRow.id, ids), key=_by_id))


def decisions_of(
    session: Session,
    *,
    by: str | None = None,
    batch: str | None = None,
    act: str | None = None,
    actions: Collection[str] = (),
    before: str | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> tuple[Decision, ...]:
    """Give the decisions of a person, a batch, an act or some kinds, newest first; ``before`` and ``after`` an id."""
    wanted = select(DecisionRow.payload).order_by(DecisionRow.id.desc())
    for column, value in ((DecisionRow.by, by), (DecisionRow.batch, batch), (DecisionRow.act, act)):
        wanted = wanted.where(column == value) if value is not None else wanted
    wanted = wanted.where(DecisionRow.action.in_(actions)) if actions else wanted
    wanted = wanted.where(DecisionRow.id < before) if before else wanted
    wanted = wanted.where(DecisionRow.id > after) if after else wanted
    return tuple(map(Decision.model_validate_json, session.scalars(wanted.limit(limit))))


def _found(
    session: Session, rows: Select[tuple[DecisionRow]], column: InstrumentedAttribute[str], values: Iterable[str]
) -> Iterator[Decision]:
    several = sorted(set(values))
    for start in range(0, len(several), IN_ONE):
        for row in session.scalars(rows.where(column.in_(several[start : start + IN_ONE]))):
            yield Decision.model_validate_json(row.payload)


def _by_id(decision: Decision) -> str:
    return decision.id
