"""The one way in which decisions are taken: by the app, the command line, the imports and the tests.

All acts of one call stand or fall together. Decisions are only ever added; each record acted upon is folded anew in
the same transaction, so that the desk shows at once what the next release will say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.help import Help
from passerelle.review.records import Held, hold
from passerelle.review.refreshing import refresh
from passerelle.store.decisions import add_decision, decisions_by, lock_decisions, next_moment
from schemas.decision import Action, Decision, decision_id

__all__ = ["Act", "Conflict", "InvalidAct", "decide", "redo", "redoable", "undo", "undoable"]


class Unseen:
    """Stands for a value that the client does not tell."""


UNSEEN = Unseen()


@dataclass(frozen=True)
class Act:
    """What is to be done to one record; the service fills in what the record and its pages said before."""

    action: Action
    record: str
    path: str | None = None
    value: JsonValue = None
    before: JsonValue | Unseen = UNSEEN
    """The value that the person saw, where the client tells it: another one now is a conflict."""
    translated_from: str | None = None
    reason: str | None = None


def decide(
    session: Session,
    acts: Sequence[Act],
    *,
    by: str,
    help: Help,  # noqa: A002  # the word of the house for what the other stations do
    expected: Mapping[str, str] | None = None,
    act_id: str | None = None,
    now: datetime | None = None,
) -> tuple[Decision, ...]:
    """Take decisions, all or none, in the order of the acts.

    Args:
        session: a transaction in which nothing was written yet.
        acts: what is to be done.
        by: who decides.
        help: what other stations do.
        expected: record → ``version`` that the person saw; a record not named is not checked.
        act_id: made by the client; the same one again gives the same decisions and does nothing.
        now: the moment, for tests.

    Raises:
        Conflict: a record changed since the person saw it, where the act touches it.
        InvalidAct: an act cannot be done.
    """
    lock_decisions(session)
    if act_id and (taken := decisions_by(session, act=act_id)):
        return taken
    at = next_moment(session, now or datetime.now(UTC))
    held = {act.record: hold(session, act.record) for act in acts}
    made: list[Decision] = []
    for number, act in enumerate(acts):
        record = held[act.record]
        _check(record, act, (expected or {}).get(act.record))
        moment = at + timedelta(microseconds=number)
        made.append(
            Decision(
                id=decision_id(moment),
                at=moment,
                by=by,
                action=act.action,
                record=record.id,
                path=act.path,
                value=act.value,
                translated_from=act.translated_from,
                reason=act.reason,
                act=act_id,
                batch=made[0].id if made else None,
            )
        )
    for decision in made:
        add_decision(session, decision)
    session.flush()
    refresh(session, {decision.record for decision in made}, help)
    return tuple(made)


def undo(
    session: Session,
    decision: str,
    *,
    by: str,
    help: Help,  # noqa: A002
    reason: str | None = None,
    act_id: str | None = None,
    now: datetime | None = None,
) -> tuple[Decision, ...]:
    """Undo a decision, and all others of its batch with it.

    Raises:
        InvalidAct: there is no such decision, or it is undone already.
    """
    raise NotImplementedError


def redo(
    session: Session,
    decision: str,
    *,
    by: str,
    help: Help,  # noqa: A002
    act_id: str | None = None,
    now: datetime | None = None,
) -> tuple[Decision, ...]:
    """Bring back a decision that was undone, and its batch; ``decision`` is its id or that of the undo."""
    raise NotImplementedError


def undoable(session: Session, by: str, limit: int = 20) -> tuple[tuple[Decision, ...], ...]:
    """Give what a person can undo, newest first; the decisions of one act together."""
    raise NotImplementedError


def redoable(session: Session, by: str) -> tuple[tuple[Decision, ...], ...]:
    """Give what a person undid since their last other act, the last undone first."""
    raise NotImplementedError


def _check(held: Held, act: Act, expected: str | None) -> None:
    if expected is not None and expected != held.version:
        last = expected.split("~")[0]
        since = tuple(one for one in held.decisions if one.id > last and one.action != "comment")
        raise Conflict(held.id, since, held.version)
