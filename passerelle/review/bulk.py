"""Acts on many records at once: a list to look at first, one batch of decisions, one undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review import queue
from passerelle.review.deciding import Act, InvalidAct, decide, taken_before
from passerelle.review.help import Help
from passerelle.review.proposals import Proposal, edits_by_path, proposals
from passerelle.review.queue import Filter, QueueItem
from passerelle.review.reasons import Reason
from passerelle.review.records import Held, hold_named
from schemas.decision import Decision
from schemas.paths import dumped

HARMLESS: frozenset[Reason] = frozenset({"new", "low-completeness", "missing-translation"})
"""Reasons that do not speak against approving a record with many others: nothing changed, nothing contradicts."""


@dataclass(frozen=True)
class Change:
    """An open change of the pages of one record."""

    record: str
    version: str
    name_fr: str
    name_en: str
    proposal: Proposal


def approvable(session: Session, wanted: Filter) -> tuple[QueueItem, ...]:
    """Give the records of a filter that may be approved together: unreviewed, with nothing that wants eyes."""
    found = queue.items(session, replace(wanted, status="unreviewed"))
    return tuple(item for item in found if set(item.reasons) <= HARMLESS)


def approve_many(
    session: Session,
    records: Sequence[str],
    *,
    by: str,
    help: Help,  # noqa: A002
    expected: Mapping[str, str] | None = None,
    act_id: str | None = None,
) -> tuple[Decision, ...]:
    """Approve records as one batch, all or none."""
    return decide(session, [Act("approve", one) for one in records], by=by, help=help, expected=expected, act_id=act_id)


def versions(session: Session, records: Iterable[str]) -> dict[str, str]:
    """Give the versions of records, to be handed back as ``expected``."""
    return {name: held.version for name, held in hold_named(session, records).items()}


def changes(session: Session, wanted: Filter) -> tuple[Change, ...]:
    """Give the open changes of the records that a filter finds, equal ones beside each other."""
    lines = {item.record: item for item in queue.items(session, replace(wanted, reason="changed-source"))}
    found = [
        Change(id_, held.version, lines[id_].name_fr, lines[id_].name_en, proposal)
        for id_, held in hold_named(session, lines).items()
        for proposal in proposals(held)
    ]
    return tuple(sorted(found, key=lambda one: (one.proposal.path, str(one.proposal.was), str(one.proposal.is_now))))


def settle(
    session: Session,
    accepted: Iterable[tuple[str, str]] = (),
    kept: Iterable[tuple[str, str]] = (),
    *,
    by: str,
    help: Help,  # noqa: A002
    expected: Mapping[str, str] | None = None,
    act_id: str | None = None,
    now: datetime | None = None,
) -> tuple[Decision, ...]:
    """Answer open changes, each named by record and path, as one batch.

    Accepted: the record follows its pages again (edits of that field are undone), and the change is not shown again.
    Kept: the record says what it said; the same value of the pages is not proposed again.

    Raises:
        Conflict: a record changed since.
        InvalidAct: a change is not open any more (``no-proposal``).
    """
    if taken := taken_before(session, act_id):
        return taken
    answers = [(*one, True) for one in accepted] + [(*one, False) for one in kept]
    held = hold_named(session, [record for record, _, _ in answers])
    acts = [act for record, path, accept in answers for act in _answer(held.get(record), record, path, accept=accept)]
    return decide(session, acts, by=by, help=help, expected=expected, act_id=act_id, now=now)


def _answer(held: Held | None, record: str, path: str, *, accept: bool) -> list[Act]:
    found = next((one for one in proposals(held) if one.path == path), None) if held else None
    if held is None or found is None:
        raise InvalidAct("no-proposal", record=record, path=path)
    if accept:
        undos = [Act("undo", held.id, undoes=one.id) for one in edits_by_path(held).get(path, ())]
        return [*undos, Act("approve", held.id, path, found.is_now)]
    return [Act("edit", held.id, path, _kept(held, found))]


def _kept(held: Held, proposal: Proposal) -> JsonValue:
    """Give what "mine" is: a person's edit, or what an approved record said before its pages changed."""
    return dumped(held.record, proposal.path) if proposal.edited else proposal.was
