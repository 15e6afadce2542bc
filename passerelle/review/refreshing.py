"""Keeps the working row and the queue's line of a record in step with its decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.review.duplicates import open_pairs, refresh_pairs
from passerelle.review.help import Folding, Help
from passerelle.review.indexing import Inputs, drop_lines, write_lines
from passerelle.review.lines import stamps
from passerelle.review.records import Held, hold_named, put_out, record_rows
from passerelle.review.waiting import applied
from passerelle.store.database import Store
from passerelle.store.decisions import decisions_on, lock_decisions
from passerelle.store.pages import IN_ONE
from passerelle.store.records import load_outcome
from passerelle.store.review_tables import ReviewRow
from passerelle.store.tables import DecisionRow, RecordRow
from schemas.decision import Decision
from schemas.records import Provenance

T = TypeVar("T")

TOGETHER = 200
"""Lines written in one transaction: curators wait for no more than these."""


def refresh(session: Session, records: Iterable[str], help: Folding) -> None:  # noqa: A002
    """Fold records anew after decisions, and write their lines of the queue; those that are not there are left out."""
    held = {one.id: one for one in hold_named(session, records).values()}
    rows = list(record_rows(session, held))
    for row in rows:
        _lay(row, held[row.id], help)
    session.flush()
    _write(session, rows, {id_: one.decisions for id_, one in held.items()}, help)


def refresh_put_out(session: Session, records: Iterable[str], help: Help) -> None:  # noqa: A002
    """Write the lines of records that matching put out, as they would come back: what was decided shows at once."""
    absent = set(records) - hold_named(session, records).keys()
    _leave(session, absent & stamps(session, absent).keys())
    for record in sorted(absent):
        found = put_out(session, record, help)
        if found:
            row = RecordRow(id=found.id, type=found.type, payload=found.record.model_dump_json())
            _write(session, [row], {found.id: found.decisions}, help)


def refold_since(session: Session, known: Iterable[str], help: Folding) -> None:  # noqa: A002
    """Lay over the records that matching just wrote what was decided while it worked.

    Args:
        session: the transaction that wrote them, under ``lock_decisions``.
        known: ids of the decisions that matching knew.
        help: how decisions are laid.
    """
    known = set(known)
    applied(session, max(known, default=""))
    newer = set(session.scalars(select(DecisionRow.id))) - known
    several = sorted(newer)
    records: set[str] = set()
    for start in range(0, len(several), TOGETHER):
        wanted = DecisionRow.id.in_(several[start : start + TOGETHER])
        records.update(session.scalars(select(DecisionRow.record).where(wanted)))
    if records:
        session.flush()
        refresh(session, records, help)


def refresh_all(store: Store, help: Folding) -> int:  # noqa: A002
    """Write the queue and the likely duplicates anew where they changed, after matching or translating.

    Curators can go on meanwhile: what changed is found without keeping them, and written in short transactions, which
    look again. Gives how many lines changed.
    """
    with store.session() as session:
        lock_decisions(session)
        refresh_pairs(session)
        gone = set(session.scalars(select(ReviewRow.record))) - set(session.scalars(select(RecordRow.id)))
        _leave(session, gone)
    with store.session() as session:
        outdated = list(_outdated(session))
    changed = 0
    for some in _slices(outdated, TOGETHER):
        with store.session() as session:
            lock_decisions(session)
            changed += _write(session, list(record_rows(session, some)), _concerning(session, some), help)
    return changed


def _outdated(session: Session) -> Iterator[str]:
    """Give the records whose line was made from something else than what there is now; none of it is parsed."""
    redirects = load_outcome(session, "match").get("redirects", {})
    decided: dict[str, list[str]] = {}
    for id_, record in session.execute(select(DecisionRow.id, DecisionRow.record).order_by(DecisionRow.id)):
        decided.setdefault(redirects.get(record, record), []).append(id_)
    known, pairs = stamps(session), open_pairs(session)
    for some in _slices(list(session.scalars(select(RecordRow.id).order_by(RecordRow.id))), IN_ONE):
        inputs = Inputs.load(session, some, decided, pairs)
        rows = select(RecordRow.id, RecordRow.payload, RecordRow.base).where(RecordRow.id.in_(some))
        for id_, payload, base in session.execute(rows):
            if known.get(id_) != inputs.stamp(id_, payload, base):
                yield id_


def _write(
    session: Session,
    rows: Sequence[RecordRow],
    decisions: Mapping[str, Sequence[Decision]],
    help: Folding,  # noqa: A002
) -> int:
    """Write the lines of some records; ``decisions`` by the record that they now concern, oldest first."""
    decided = {record: [one.id for one in told] for record, told in decisions.items()}
    changed = 0
    for some in _slices(rows, TOGETHER):
        changed += write_lines(session, some, decisions, Inputs.load(session, [row.id for row in some], decided), help)
    return changed


def _lay(row: RecordRow, held: Held, help: Folding) -> None:  # noqa: A002
    laid = help.fold(held.base, held.standing)
    base, payload = held.base.model_dump_json(), laid.record.model_dump_json()
    row.base = base if base != payload else None
    row.payload = payload
    if held.evidence:
        kept = {
            path: evidence
            for path, evidence in held.evidence.fields.items()
            if not any(path == edited or path.startswith(f"{edited}.") for edited in laid.set_paths)
        }
        whole, told = held.evidence.model_dump_json(), Provenance(id=held.id, fields=kept).model_dump_json()
        row.base_provenance = whole if whole != told else None
        row.provenance = told


def _leave(session: Session, gone: set[str]) -> None:
    """Drop the lines of records that are no more; those that curators put out stay, so that this can be undone."""
    decided = decisions_on(session, gone)
    put_out = {one.record for one in decided if one.action in ("reject", "withdraw")}
    drop_lines(session, gone - put_out)


def _concerning(session: Session, records: Sequence[str]) -> dict[str, list[Decision]]:
    """Give decisions by the record that they now concern."""
    redirects = load_outcome(session, "match").get("redirects", {})
    wanted = set(records)
    names = [*records, *(old for old, new in redirects.items() if new in wanted)]
    found: dict[str, list[Decision]] = {}
    for decision in decisions_on(session, names):
        found.setdefault(redirects.get(decision.record, decision.record), []).append(decision)
    return found


def _slices(several: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(several), size):
        yield several[start : start + size]
