"""Working records as the desk loads them: before decisions, after them, and with their fillings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.review.errors import InvalidAct
from passerelle.review.help import Record
from passerelle.store.decisions import decisions_on
from passerelle.store.records import SHAPES, load_outcome
from passerelle.store.tables import FillingRow, PageRow, RecordRow
from schemas.capture import digest_of
from schemas.decision import Decision, in_force
from schemas.records import Organization, Provenance
from schemas.working import Filling, RecordType

LIFE = frozenset({"sources", "first_seen", "last_seen", "last_changed", "version", "review"})
"""Fields that tell a record's life, not what it says."""


@dataclass(frozen=True)
class Held:
    """One record as it lies in the store, with all that was decided on it."""

    id: str
    type: RecordType
    record: Record
    """With decisions, as last matched or decided; without translations."""
    base: Record
    """Before decisions: what the pages say."""
    evidence: Provenance | None
    """Where the pages say it."""
    parts: tuple[str, ...]
    """Source keys that it was made of."""
    decisions: tuple[Decision, ...]
    """All of them, undone or not, also those on records merged into it; oldest first."""

    @property
    def standing(self) -> tuple[Decision, ...]:
        """The decisions in force, oldest first."""
        return in_force(self.decisions)

    @property
    def version(self) -> str:
        """What an act expects: it changes with each decision (comments aside) and with what the pages say."""
        last = next((one.id for one in reversed(self.decisions) if one.action != "comment"), "")
        return f"{last}~{said(self.base)}"


def said(record: Record) -> str:
    """Compute a short digest of what a record says, its life aside."""
    content = record.model_dump(mode="json", exclude=set(LIFE))
    return digest_of(json.dumps(content, sort_keys=True).encode())[7:19]


def merged_into(session: Session, record: str) -> tuple[str, ...]:
    """Give the ids that redirect to a record."""
    redirects = load_outcome(session, "match").get("redirects", {})
    return tuple(old for old, new in redirects.items() if new == record)


def hold(session: Session, record: str) -> Held:
    """Load a record; an id that was merged gives the record that lives on.

    Raises:
        InvalidAct: there is no such record (key ``no-record``).
    """
    redirects = load_outcome(session, "match").get("redirects", {})
    return _held(session, redirects.get(record, record), redirects)


def hold_many(session: Session, records: Iterable[str]) -> dict[str, Held]:
    """Load records by id; those that are not there are left out."""
    wanted = sorted(set(records))
    redirects = load_outcome(session, "match").get("redirects", {})
    rows = _rows(session, wanted)
    aliases = {row: (row, *(old for old, new in redirects.items() if new == row)) for row in rows}
    by_record: dict[str, list[Decision]] = {}
    names = [name for group in aliases.values() for name in group]
    for start in range(0, len(names), 500):
        for decision in decisions_on(session, names[start : start + 500]):
            by_record.setdefault(decision.record, []).append(decision)
    return {
        id_: _from_row(row, [one for name in aliases[id_] for one in by_record.get(name, ())])
        for id_, row in rows.items()
    }


def pages_of(session: Session, held: Held) -> tuple[str, ...]:
    """Give the pages that a record was read from; of an organisation those that are kept as evidence of its name."""
    named = {key.split("|", 1)[1].rpartition("|")[0] for key in held.parts if held.type != "organization"}
    refs = () if isinstance(held.record, Organization) else held.record.sources
    told = held.evidence.fields.values() if held.evidence else ()
    digests = {ref.digest for ref in refs} | {one.digest for evidence in told for one in evidence}
    rows = session.scalars(select(PageRow.page).where(PageRow.digest.in_(digests)))
    return tuple(sorted(named.union(rows)))


def fillings_of(session: Session, record: str) -> tuple[Filling, ...]:
    """Give what translation made of a record's gaps, by path."""
    rows = session.scalars(select(FillingRow.payload).where(FillingRow.record == record).order_by(FillingRow.path))
    return tuple(Filling.model_validate_json(row) for row in rows)


def _rows(session: Session, records: list[str]) -> dict[str, RecordRow]:
    found = {}
    for start in range(0, len(records), 500):
        for row in session.scalars(select(RecordRow).where(RecordRow.id.in_(records[start : start + 500]))):
            found[row.id] = row
    return found


def _held(session: Session, record: str, redirects: dict[str, str]) -> Held:
    row = session.get(RecordRow, record)
    if row is None:
        raise InvalidAct("no-record", record=record)
    names = (record, *(old for old, new in redirects.items() if new == record))
    return _from_row(row, decisions_on(session, names))


def _from_row(row: RecordRow, decisions: Iterable[Decision]) -> Held:
    shape = SHAPES[row.type]
    evidence = row.base_provenance or row.provenance
    return Held(
        id=row.id,
        type=row.type,  # type: ignore[arg-type]  # a RecordType, which the column does not know
        record=shape.model_validate_json(row.payload),
        base=shape.model_validate_json(row.base or row.payload),
        evidence=Provenance.model_validate_json(evidence) if evidence else None,
        parts=tuple(json.loads(row.parts)) if row.parts else (),
        decisions=tuple(sorted(decisions, key=lambda one: one.id)),
    )
