"""The one way in which decisions are taken: by the app, the command line, the imports and the tests.

All acts of one call stand or fall together. Decisions are only ever added; each record acted upon is folded anew in
the same transaction, so that the desk shows at once what the next release will say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from passerelle.review.claims import leave, renew
from passerelle.review.creating import keep_created
from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.help import Help
from passerelle.review.joining import lists_of_both
from passerelle.review.judging import last_word
from passerelle.review.making import UNSEEN, Act, Maker, Unseen, check_together
from passerelle.review.records import Held, hold_named
from passerelle.review.refreshing import refresh, refresh_put_out
from passerelle.store.decisions import (
    add_decision,
    decisions_of,
    decisions_on,
    decisions_with,
    lock_decisions,
    next_moment,
)
from passerelle.store.log import issues_by_record
from schemas.decision import Decision, in_force, undone
from schemas.issue import Issue
from schemas.settled import disputes

__all__ = [
    "UNSEEN",
    "Act",
    "Conflict",
    "InvalidAct",
    "Unseen",
    "decide",
    "redo",
    "redoable",
    "taken_before",
    "undo",
    "undoable",
]

REMEMBERED = 200
"""Decisions of a person gone through to find what they may undo."""


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
    """Take decisions, all or none, in the order of the acts; an edit that changes nothing makes none.

    Args:
        session: a transaction in which nothing was written yet.
        acts: what is to be done; several make one batch, undone as one.
        by: who decides.
        help: what other stations do.
        expected: record → ``version`` that the person saw; a record not named is not checked.
        act_id: made by the client; the same one again gives the same decisions and does nothing.
        now: the moment, for tests.

    Raises:
        Conflict: a record changed since the person saw it, where the act touches it.
        InvalidAct: an act cannot be done.
    """
    if taken := taken_before(session, act_id):
        return taken
    at = next_moment(session, now or datetime.now(UTC))
    acts = [each for act in acts for each in _meant(session, act)]
    held = hold_named(session, [act.record for act in acts])
    maker = Maker(session, held, help, by, act_id, expected or {})
    tried = (maker.make(act, at + timedelta(microseconds=number)) for number, act in enumerate(acts))
    made = [decision for decision in tried if decision is not None]
    for one in {one.id: one for one in held.values()}.values():
        check_together(one, [decision for decision in made if decision.record == one.id], help)
    if len(made) > 1:
        made = [decision.model_copy(update={"batch": made[0].id}) for decision in made]
    made = list(_remembering(session, made, held.values()))
    for decision in made:
        add_decision(session, decision)
    session.flush()
    touched = {name for decision in made for name in _concerned(session, decision)}
    keep_created(session, touched, help)
    refresh(session, touched, help)
    refresh_put_out(session, touched, help)
    renew(session, touched, by, now)
    leave(session, {one.record for one in made if one.action == "approve" and not one.path}, by, now)
    return tuple(made)


def _remembering(session: Session, made: Sequence[Decision], held: Iterable[Held]) -> Iterator[Decision]:
    """Let edits and approvals remember what pages disagreed on when they were made."""
    deciding = {one.record for one in made if one.action in ("edit", "approve")}
    logged = issues_by_record(session, deciding)
    before = {one.id: one.decisions for one in held}
    for one in made:
        if one.record in deciding and one.action in ("edit", "approve"):
            issues = map(Issue.model_validate_json, logged.get(one.record, ()))
            yield one.model_copy(update={"disputed": disputes(issues, before.get(one.record, ()), one.path)})
        else:
            yield one


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
        InvalidAct: there is no such decision (``no-decision``), or it is undone already (``undone-already``).
    """
    if taken := taken_before(session, act_id):
        return taken
    found = decisions_with(session, [decision])
    if not found:
        raise InvalidAct("no-decision", decision=decision)
    batch = decisions_of(session, batch=found[0].batch) if found[0].batch else found
    gone = undone(decisions_on(session, {one.record for one in batch}))
    if decision in gone:
        raise InvalidAct("undone-already", decision=decision)
    acts = [Act("undo", one.record, undoes=one.id, reason=reason) for one in batch if one.id not in gone]
    return decide(session, acts, by=by, help=help, act_id=act_id, now=now)


def redo(
    session: Session,
    decision: str,
    *,
    by: str,
    help: Help,  # noqa: A002
    act_id: str | None = None,
    now: datetime | None = None,
) -> tuple[Decision, ...]:
    """Bring back a decision that was undone, and its batch; ``decision`` is its id or that of the undo.

    Raises:
        InvalidAct: there is no such decision, or it is not undone (``not-undone``).
    """
    if taken := taken_before(session, act_id):
        return taken
    found = decisions_with(session, [decision])
    if not found:
        raise InvalidAct("no-decision", decision=decision)
    if found[0].action != "undo":
        beside = decisions_on(session, [found[0].record])
        gone = undone(beside)
        undos = [one for one in beside if one.undoes == decision and one.id not in gone]
        if not undos:
            raise InvalidAct("not-undone", decision=decision)
        decision = undos[-1].id
    return undo(session, decision, by=by, help=help, act_id=act_id, now=now)


def _meant(session: Session, act: Act) -> Sequence[Act]:
    """Give what an act comes to: to reopen a rejected record is to undo its rejections.

    A merge keeps the entries of both where people set a list whole in both: the later word alone would hide the other.
    """
    if act.action == "merge":
        return (act, *_joined(session, act))
    if act.action != "reopen" or act.path:
        return (act,)
    out = [one for one in in_force(decisions_on(session, [act.record])) if one.action == "reject"]
    return [replace(act, action="undo", undoes=one.id) for one in out] or (act,)


def _joined(session: Session, act: Act) -> Iterator[Act]:
    held = hold_named(session, [act.record, str(act.value)])
    ids = {one.id for one in held.values()}
    said = last_word(session, *ids) if len(ids) == 2 else None
    if len(ids) == 2 and not (said and said.action == "merge"):
        one, other = held[act.record], held[str(act.value)]
        yield from (Act("edit", one.id, path, value) for path, value in lists_of_both(one, other).items())


def taken_before(session: Session, act_id: str | None) -> tuple[Decision, ...]:
    """Lock the decisions, then give those that the same act of a client made before, oldest first."""
    lock_decisions(session)
    return tuple(reversed(decisions_of(session, act=act_id))) if act_id else ()


def undoable(session: Session, by: str, limit: int = 20) -> tuple[tuple[Decision, ...], ...]:
    """Give what a person can undo, newest first; the decisions of one act together, oldest first."""
    told = decisions_of(session, by=by, limit=REMEMBERED)
    gone = undone(decisions_on(session, {one.record for one in told}))
    return _acts(one for one in told if one.action != "undo" and one.id not in gone)[:limit]


def redoable(session: Session, by: str) -> tuple[tuple[Decision, ...], ...]:
    """Give the undos of a person since their last other act, the newest first: what ``redo`` brings back."""
    told = decisions_of(session, by=by, limit=REMEMBERED)
    gone = undone(decisions_on(session, {one.record for one in told}))
    undos: list[Decision] = []
    for one in told:
        if one.action != "undo":
            break
        if one.id not in gone and not _brings_back(session, one):
            undos.append(one)
    return _acts(undos)


def _brings_back(session: Session, decision: Decision) -> bool:
    """Tell whether an undo undoes an undo."""
    return any(one.action == "undo" for one in decisions_with(session, [decision.undoes or ""]))


def _acts(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], ...]:
    """Put the decisions of one batch together; given and returned newest first, each batch oldest first."""
    acts: dict[str, list[Decision]] = {}
    for decision in decisions:
        acts.setdefault(decision.batch or decision.id, []).insert(0, decision)
    return tuple(tuple(act) for act in acts.values())


def _concerned(session: Session, decision: Decision) -> set[str]:
    """Give the records that a decision changes: both of a merge, and of its undo."""
    chain = decision
    while chain.action == "undo" and (found := decisions_with(session, [chain.undoes or ""])):
        chain = found[0]
    other = {str(chain.value)} if chain.action in ("merge", "split") else set()
    return {decision.record} | other
