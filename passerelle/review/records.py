"""Working records as the desk loads them: before decisions, after them, and with their fillings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.review.errors import InvalidAct
from passerelle.review.help import Help, Record
from passerelle.store.decisions import decisions_on
from passerelle.store.pages import IN_ONE
from passerelle.store.records import SHAPES, load_outcome
from passerelle.store.review_tables import ReviewRow
from passerelle.store.tables import PageRow, RecordRow
from passerelle.store.texts import fillings_by_record
from schemas.capture import digest_of
from schemas.decision import Decision, in_force
from schemas.records import Organization, Provenance
from schemas.working import Filling, RecordType

LIFE = frozenset({"sources", "first_seen", "last_seen", "last_changed", "version", "review"})
"""Fields that tell a record's life, not what it says."""


OUT = ("reject", "withdraw")
"""Acts that take a record out of the data set."""


@dataclass(frozen=True)
class Held:
    """One record as it lies in the store, with all that was decided on it."""

    id: str
    type: RecordType
    record: Record
    """With decisions, as last matched or decided; without translations."""
    base: Record
    """Before decisions: what the pages say."""
    trail: str | None
    """Where the pages say it, still in its JSON."""
    parts: tuple[str, ...]
    """Source keys that it was made of."""
    decisions: tuple[Decision, ...]
    """All of them, undone or not, also those on records merged into it; oldest first."""
    there: bool = True
    """Whether it is in the data set; else curators put it out, and matching has done so or not yet brought it back."""

    @cached_property
    def evidence(self) -> Provenance | None:
        """Where the pages say it; read when it is asked for, as lists of records do not."""
        return Provenance.model_validate_json(self.trail) if self.trail else None

    @cached_property
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


def hold(session: Session, record: str) -> Held:
    """Load a record; an id that was merged gives the record that lives on.

    Raises:
        InvalidAct: there is no such record (key ``no-record``).
    """
    found = hold_named(session, [record])
    if not found:
        raise InvalidAct("no-record", record=record)
    return found[record]


def hold_named(session: Session, names: Iterable[str]) -> dict[str, Held]:
    """Load records by the ids that they are called, merged ones too; those that are not there are left out."""
    redirects = load_outcome(session, "match").get("redirects", {})
    called = {name: redirects.get(name, name) for name in names}
    rows = {row.id: row for row in record_rows(session, called.values())}
    merged: dict[str, list[str]] = {}
    for old, new in redirects.items():
        merged.setdefault(new, []).append(old)
    on: dict[str, list[Decision]] = {}
    for decision in decisions_on(session, [name for id_ in rows for name in (id_, *merged.get(id_, ()))]):
        on.setdefault(redirects.get(decision.record, decision.record), []).append(decision)
    held = {id_: held_row(row, on.get(id_, ())) for id_, row in rows.items()}
    return {name: held[id_] for name, id_ in called.items() if id_ in held}


def put_out(session: Session, record: str, help: Help) -> Held | None:  # noqa: A002
    """Give a record that curators took out of the data set, as it would come back; none if it is no such."""
    decisions = decisions_on(session, [record])
    if not any(one.action in OUT for one in decisions):
        return None
    recalled = help.recall(session, record)
    found, evidence = recalled or (_remembered(session, record, decisions), None)
    if found is None:
        return None
    type_ = next(name for name, shape in SHAPES.items() if isinstance(found, shape))
    trail = evidence.model_dump_json() if evidence else None
    return Held(
        id=record,
        type=type_,  # type: ignore[arg-type]  # a RecordType, which the shapes' table does not know
        record=found,
        base=found,
        trail=trail,
        parts=(),
        decisions=decisions,
        there=False,
    )


def _remembered(session: Session, record: str, decisions: Sequence[Decision]) -> Organization | None:
    """Give an organisation as its rejection found it, else by the name in its line; no page is known to name it."""
    line = session.get(ReviewRow, record)
    if not record.startswith("org-") or line is None:
        return None
    told = [one.source_value for one in decisions if one.action == "reject" and one.source_value]
    if told:
        return Organization.model_validate(told[-1])
    seen = line.captured_at or decisions[0].at
    return Organization(id=record, name=line.name_fr, first_seen=seen, last_seen=seen)


def record_rows(session: Session, records: Iterable[str]) -> Iterator[RecordRow]:
    """Yield the rows of some records."""
    several = sorted(set(records))
    for start in range(0, len(several), IN_ONE):
        yield from session.scalars(select(RecordRow).where(RecordRow.id.in_(several[start : start + IN_ONE])))


def held_row(row: RecordRow, decisions: Iterable[Decision]) -> Held:
    """Read a row; ``decisions`` are all that concern it."""
    shape = SHAPES[row.type]
    record = shape.model_validate_json(row.payload)
    return Held(
        id=row.id,
        type=row.type,  # type: ignore[arg-type]  # a RecordType, which the column does not know
        record=record,
        base=shape.model_validate_json(row.base) if row.base else record,
        trail=row.base_provenance or row.provenance,
        parts=tuple(json.loads(row.parts)) if row.parts else (),
        decisions=tuple(sorted(decisions, key=lambda one: one.id)),
    )


def merged_into(session: Session, record: str) -> frozenset[str]:
    """Give the ids that redirect to a record."""
    redirects = load_outcome(session, "match").get("redirects", {})
    return frozenset(old for old, new in redirects.items() if new == record)


def pages_of(session: Session, held: Held) -> tuple[str, ...]:
    """Give the pages that a record was read from; of an organisation those that are kept as evidence of its name."""
    named = pages_named(held.parts)
    refs = () if isinstance(held.record, Organization) else held.record.sources
    told = held.evidence.fields.values() if held.evidence else ()
    digests = {ref.digest for ref in refs} | {one.digest for evidence in told for one in evidence}
    rows = session.scalars(select(PageRow.page).where(PageRow.digest.in_(digests)))
    return tuple(sorted(named.union(rows)))


def pages_named(keys: Iterable[str]) -> set[str]:
    """Give the pages that source keys name; those of organisations name none."""
    several = (key.split("|", 1) for key in keys)
    return {rest.rpartition("|")[0] for type_, rest in several if type_ != "organization"}


def fillings_of(session: Session, record: str) -> tuple[Filling, ...]:
    """Give what translation made of a record's gaps, by path."""
    return fillings_by_record(session, [record]).get(record, ())
