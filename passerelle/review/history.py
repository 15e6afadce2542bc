"""What was decided: of one record, of one person, of everybody; newest first, one entry an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from passerelle.review.duplicates import names_of_records
from passerelle.review.judging import JUDGEMENTS
from passerelle.store.decisions import decisions_of, decisions_on, decisions_with
from passerelle.store.tables import DecisionRow
from schemas.decision import Decision, undone

PAGE = 50
"""Acts on a page of history."""


@dataclass(frozen=True)
class Entry:
    """One act: a decision, or the decisions of one batch."""

    decisions: tuple[Decision, ...]
    """Oldest first."""
    undone: bool
    """Whether it does not stand any more."""
    undoes: Decision | None
    """What it took back, or brought back, where it is an undo."""
    again: bool
    """Whether it is an undo of an undo, and so brings something back."""
    names: dict[str, tuple[str, str]]
    """French and English names of its records, by id."""

    @property
    def first(self) -> Decision:
        """The decision that stands for the act."""
        return self.decisions[0]


@dataclass(frozen=True)
class HistoryPage:
    """A page of history."""

    entries: tuple[Entry, ...]
    next: str | None
    """``before`` of the next page."""


def history(session: Session, *, by: str | None = None, before: str | None = None, size: int = PAGE) -> HistoryPage:
    """Give what a person, or everybody, decided before a decision, newest first."""
    told: list[Decision] = []
    acts: set[str] = set()
    place, more = before, True
    while more and len(acts) <= size:
        some = decisions_of(session, by=by, before=place, limit=4 * size)
        more = len(some) == 4 * size
        for one in some:
            acts.add(one.batch or one.id)
            if len(acts) > size:
                break
            told.append(one)
        place = some[-1].id if some else place
    entries = _entries(session, told)
    return HistoryPage(entries, told[-1].id if told and len(acts) > size else None)


def record_history(session: Session, record: str) -> tuple[Entry, ...]:
    """Give everything decided on a record, also one that is gone, newest first, without what merged into it."""
    told = {one.id: one for one in (*decisions_on(session, [record]), *_judged_with(session, record))}
    return _entries(session, [told[id_] for id_ in sorted(told, reverse=True)])


def _judged_with(session: Session, record: str) -> list[Decision]:
    """Give the merges and splits that name a record as the other one, and what was undone and redone of them."""
    found = [one for one in decisions_of(session, actions=JUDGEMENTS) if one.value == record]
    ids = {one.id for one in found}
    for one in decisions_on(session, {one.record for one in found}):
        if one.undoes in ids:
            found.append(one)
            ids.add(one.id)
    return found


def people(session: Session) -> dict[str, int]:
    """Count the decisions of each person."""
    rows = session.execute(select(DecisionRow.by, func.count()).group_by(DecisionRow.by)).tuples()
    return dict(sorted(rows.all(), key=lambda row: (-row[1], row[0])))


def _entries(session: Session, told: Iterable[Decision]) -> tuple[Entry, ...]:
    acts: dict[str, list[Decision]] = {}
    for one in told:
        acts.setdefault(one.batch or one.id, []).insert(0, one)
    records = {one.record for act in acts.values() for one in act}
    gone = undone(decisions_on(session, records))
    firsts = [act[0] for act in acts.values()]
    origins = origins_of(firsts, _named_by(session, firsts))
    others = {str(one.value) for act in acts.values() for one in act if one.action in ("merge", "split")}
    names = names_of_records(session, records | others)
    return tuple(
        Entry(
            decisions=tuple(act),
            undone=all(one.id in gone for one in act),
            undoes=origins.get(act[0].id, (None, False))[0],
            again=origins.get(act[0].id, (None, False))[1],
            names={id_: names[id_] for one in act for id_ in (one.record, str(one.value)) if id_ in names},
        )
        for act in acts.values()
    )


def origins_of(decisions: Iterable[Decision], known: Mapping[str, Decision]) -> dict[str, tuple[Decision, bool]]:
    """Give what each undo took back in the end, by its id, and whether it brings that back: an undo of an undo does.

    Args:
        decisions: any; only the undos among them are told of.
        known: the decisions that they name, by id; one that names another not in it is left out.
    """
    found = {}
    for one in decisions:
        chain, again = one, True
        while chain.action == "undo" and (before := known.get(chain.undoes or "")):
            chain, again = before, not again
        if chain.action != "undo" and chain is not one:
            found[one.id] = (chain, again)
    return found


def _named_by(session: Session, decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Load what undos name, and what these name, to the end."""
    known: dict[str, Decision] = {}
    wanted = {one.undoes for one in decisions if one.undoes}
    while wanted:
        some = decisions_with(session, wanted)
        known |= {one.id: one for one in some}
        wanted = {one.undoes for one in some if one.undoes} - known.keys()
    return known
