"""The lines of the queue: one a record, written anew where anything that it is made from changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from passerelle.review.duplicates import open_pairs
from passerelle.review.help import Folding, Record
from passerelle.review.lines import new_edition, stamps
from passerelle.review.reasons import completeness, missing_languages, priority, reasons_of, status_of
from passerelle.review.records import Held, held_row
from passerelle.review.searching import names_of, plain, words_of
from passerelle.store.log import issues_by_record
from passerelle.store.review_tables import ReviewRow
from passerelle.store.tables import RecordRow
from passerelle.store.texts import filling_lines
from schemas.decision import Decision
from schemas.issue import Issue
from schemas.records import Initiative, Organization
from schemas.working import Filling

CODE = "5"
"""Raised whenever lines are made in another way, so that all are written anew."""


@dataclass(frozen=True)
class Inputs:
    """What the lines of some records are made from beside their rows, by record; read only where it changed."""

    decided: Mapping[str, Sequence[str]]
    """Ids of the decisions that now concern it."""
    fillings: Mapping[str, Sequence[str]]
    issues: Mapping[str, Sequence[str]]
    duplicates: Mapping[str, Sequence[str]]

    @classmethod
    def load(
        cls,
        session: Session,
        records: Sequence[str],
        decided: Mapping[str, Sequence[str]],
        duplicates: Mapping[str, Sequence[str]] | None = None,
    ) -> Inputs:
        """Read them; those that the caller has for all records at once are given."""
        pairs = open_pairs(session, records) if duplicates is None else duplicates
        return cls(decided, filling_lines(session, records), issues_by_record(session, records), pairs)

    def stamp(self, record: str, payload: str, base: str | None) -> str:
        """Compute a digest of what a record's line is made from."""
        texts = (self.duplicates, self.fillings, self.issues, self.decided)
        parts = (CODE, payload, base or "", *(one for some in texts for one in some.get(record, ())))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def write_lines(
    session: Session,
    rows: Sequence[RecordRow],
    decisions: Mapping[str, Sequence[Decision]],
    inputs: Inputs,
    help: Folding,  # noqa: A002
) -> int:
    """Write the lines of some records; give how many had changed."""
    known = stamps(session, [row.id for row in rows])
    told = [(row, inputs.stamp(row.id, row.payload, row.base)) for row in rows]
    lines = [
        {"record": row.id, "stamp": stamp} | _line(held_row(row, decisions.get(row.id, ())), inputs, help)
        for row, stamp in told
        if known.get(row.id) != stamp
    ]
    if lines:
        drop_lines(session, [str(line["record"]) for line in lines])
        session.execute(insert(ReviewRow), lines)
    return len(lines)


def drop_lines(session: Session, records: Collection[str]) -> None:
    """Take the lines of some records out of the queue."""
    if records:
        session.execute(delete(ReviewRow).where(ReviewRow.record.in_(tuple(records))))
        new_edition(session, records)


def joined(values: Iterable[str]) -> str:
    """Write a list so that one of it can be looked for: ``|one|two|``."""
    told = "|".join(values)
    return f"|{told}|" if told else ""


def _line(held: Held, inputs: Inputs, help: Folding) -> dict[str, object]:  # noqa: A002
    whole = held.record
    if isinstance(whole, Initiative):
        whole = help.complete(whole, tuple(map(Filling.model_validate_json, inputs.fillings.get(held.id, ()))))
    issues = tuple(map(Issue.model_validate_json, inputs.issues.get(held.id, ())))
    reasons = reasons_of(held, whole, issues, len(inputs.duplicates.get(held.id, ())))
    french, english = names_of(whole)
    return {
        "type": held.type,
        "name_fr": french,
        "name_en": english,
        "sort_name": plain(french or english),
        "search": words_of(whole),
        "sources": joined(_sources(whole)),
        "regions": joined(_regions(whole)),
        "themes": joined(whole.themes) if isinstance(whole, Initiative) else "",
        "missing": joined(missing_languages(whole)),
        "reasons": joined(reasons),
        "status": status_of(held),
        "priority": priority(held.type, reasons),
        "completeness": completeness(whole),
        "captured_at": _captured(whole),
        "changed_at": None if isinstance(whole, Organization) else whole.last_changed,
    }


def _sources(record: Record) -> tuple[str, ...]:
    refs = () if isinstance(record, Organization) else record.sources
    return tuple(sorted({ref.source for ref in refs if ref.source}))


def _regions(record: Record) -> tuple[str, ...]:
    if isinstance(record, Initiative):
        return record.territory.regions
    return record.regions if isinstance(record, Organization) else ()


def _captured(record: Record) -> datetime:
    if isinstance(record, Organization):
        return record.last_seen
    return max((ref.captured_at for ref in record.sources), default=record.last_seen)
