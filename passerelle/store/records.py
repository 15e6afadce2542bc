"""Records, identities, judgements and decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, LargeBinary, and_, cast, delete, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from passerelle.store.tables import DecisionRow, FillingRow, IdentityRow, JudgementRow, OutcomeRow, RecordRow
from schemas.decision import Decision
from schemas.records import Initiative, NewsItem, Organization, Provenance
from schemas.working import PREFIXES, Identity, Judgement, Matched, RecordType

SHAPES: dict[str, type[Initiative | NewsItem | Organization]] = {
    "initiative": Initiative,
    "news": NewsItem,
    "organization": Organization,
}
"""The shape of each type of record."""
_STREAMED = 500
"""Rows fetched at a time where a whole table is gone through."""
_SAID = ("type", "payload", "provenance")
"""Columns of a record's row that tell what it says."""
_MAP = TypeAdapter(dict[str, dict[str, str]])


def save_matched(session: Session, matched: Matched) -> int:
    """Replace the working records by what matching made; give how many rows were new, changed or gone."""
    wanted = _rows(matched)
    changed = 0
    for row in session.scalars(select(RecordRow)):
        kept = wanted.pop(row.id, None)
        if kept is None:
            session.delete(row)
            changed += 1
        elif kept != {name: getattr(row, name) for name in kept}:
            changed += any(kept[name] != getattr(row, name) for name in _SAID)
            for name, value in kept.items():
                setattr(row, name, value)
    for id_, kept in sorted(wanted.items()):
        session.add(RecordRow(id=id_, **kept))
    _add_identities(session, matched.identities)
    _replace_proposals(session, matched.judgements)
    save_outcome(session, "match", {"redirects": matched.redirects, "withdrawn": matched.withdrawn})
    return changed + len(wanted)


def _rows(matched: Matched) -> dict[str, dict[str, str | None]]:
    """Write each record as its row, by id; what decisions left as it was is not written twice."""
    provenance = {entry.id: entry.model_dump_json() for entry in matched.provenance}
    rows = {}
    for type_, records in (
        ("initiative", matched.initiatives),
        ("news", matched.news),
        ("organization", matched.organizations),
    ):
        for record in records:
            id_, payload, evidence = record.id, record.model_dump_json(), provenance.get(record.id)
            base = matched.bases[id_].model_dump_json() if id_ in matched.bases else payload
            trail = matched.trails[id_].model_dump_json() if id_ in matched.trails else evidence
            rows[id_] = {
                "type": type_,
                "payload": payload,
                "provenance": evidence,
                "base": base if base != payload else None,
                "base_provenance": trail if trail != evidence else None,
                "parts": json.dumps(matched.parts.get(id_, ()), ensure_ascii=False),
            }
    return rows


def load_matched(session: Session) -> Matched:
    """Give the working records as matching last left them."""
    records: dict[str, list[Any]] = {type_: [] for type_ in SHAPES}
    provenance = []
    for row in session.scalars(select(RecordRow).order_by(RecordRow.id)):
        records[row.type].append(SHAPES[row.type].model_validate_json(row.payload))
        if row.provenance:
            provenance.append(Provenance.model_validate_json(row.provenance))
    outcome = load_outcome(session, "match")
    return Matched(
        initiatives=tuple(records["initiative"]),
        organizations=tuple(records["organization"]),
        news=tuple(records["news"]),
        provenance=tuple(provenance),
        identities=load_identities(session),
        judgements=load_judgements(session),
        redirects=outcome.get("redirects", {}),
        withdrawn=outcome.get("withdrawn", {}),
    )


class StoredRecord(NamedTuple):
    """A record as the stations left it, everything still in its JSON: what did not change need not be read."""

    id: str
    payload: bytes
    provenance: bytes | None
    fillings: tuple[bytes, ...]
    """Fillings of its gaps, by path."""


def stored_records(session: Session, type_: RecordType) -> Iterator[StoredRecord]:
    """Yield the working records of a type with their fillings, sorted by id, without holding them all in memory."""
    session.flush()
    connection = session.connection()  # rows as they come: the session would make its own of each
    id_, record = bytewise(session, RecordRow.id), bytewise(session, FillingRow.record)
    columns = RecordRow.payload, RecordRow.provenance, FillingRow.payload
    said, proof, text = (_undecoded(session, column) for column in columns)
    rows = select(RecordRow.id, said, proof).where(_begins(id_, type_)).order_by(id_)
    gaps = select(FillingRow.record, text).where(_begins(record, type_)).order_by(record, FillingRow.path)
    offered = chain.from_iterable(connection.execute(gaps.execution_options(yield_per=_STREAMED)).partitions())
    filling = next(offered, None)
    found = connection.execute(rows.execution_options(yield_per=_STREAMED)).partitions()
    for name, payload, provenance in chain.from_iterable(found):
        fillings = []
        while filling and filling[0] <= name:
            fillings.append(filling[1])
            filling = next(offered, None)
        yield StoredRecord(name, payload, provenance, tuple(fillings))


def stored_payload(session: Session, record: str) -> str | None:
    """Give one working record as JSON; none where there is none."""
    return session.scalar(select(RecordRow.payload).where(RecordRow.id == record))


def load_identities(session: Session, record: str | None = None) -> tuple[Identity, ...]:
    """Give every id ever minted, by key, or those of one record."""
    rows = select(IdentityRow).order_by(IdentityRow.key)
    return tuple(
        Identity.model_validate({"key": row.key, "id": row.record, "type": row.type, "first_seen": row.first_seen})
        for row in session.scalars(rows if record is None else rows.where(IdentityRow.record == record))
    )


def is_minted(session: Session, record: str) -> bool:
    """Tell whether an id was ever given to a record."""
    return session.scalar(select(IdentityRow.key).where(IdentityRow.record == record).limit(1)) is not None


def minted_id(session: Session, key: str) -> str | None:
    """Give the id that a source key made, if it ever made one."""
    row = session.get(IdentityRow, key)
    return row.record if row else None


def load_judgements(session: Session) -> tuple[Judgement, ...]:
    """Give every judgement, the proposals of matching and the words of curators."""
    rows = session.scalars(select(JudgementRow).order_by(JudgementRow.left, JudgementRow.right, JudgementRow.by))
    return tuple(Judgement.model_validate_json(row.payload) for row in rows)


def add_decision(session: Session, decision: Decision) -> None:
    """Append a decision."""
    session.add(
        DecisionRow(
            id=decision.id,
            record=decision.record,
            by=decision.by,
            action=decision.action,
            batch=decision.batch,
            act=decision.act,
            payload=decision.model_dump_json(),
        )
    )


def load_decisions(session: Session) -> tuple[Decision, ...]:
    """Give every decision, oldest first."""
    rows = session.scalars(select(DecisionRow).order_by(DecisionRow.id))
    return tuple(Decision.model_validate_json(row.payload) for row in rows)


def save_outcome(session: Session, station: str, outcome: dict[str, dict[str, str]]) -> None:
    """Keep what a station leaves beside its records."""
    session.merge(OutcomeRow(station=station, payload=_MAP.dump_json(outcome).decode()))


def load_outcome(session: Session, station: str) -> dict[str, dict[str, str]]:
    """Give what a station left, empty before its first run."""
    row = session.get(OutcomeRow, station)
    return _MAP.validate_json(row.payload) if row else {}


def bytewise(session: Session, column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Order as Python orders: PostgreSQL would follow the language of the database."""
    return column.collate("C") if session.get_bind().dialect.name == "postgresql" else column.expression


def _begins(id_: ColumnElement[str], type_: RecordType) -> ColumnElement[bool]:
    """Keep the ids of a type: a span of the index by id, from which SQLite need not sort whole records."""
    first = PREFIXES[type_]
    return and_(id_ >= first, id_ < f"{first[:-1]}{chr(ord(first[-1]) + 1)}")


def _undecoded(session: Session, column: InstrumentedAttribute[Any]) -> ColumnElement[bytes]:
    """Give a text as the UTF-8 that it is stored as."""
    if session.get_bind().dialect.name == "postgresql":
        return func.convert_to(column, literal_column("'UTF8'"), type_=LargeBinary)
    return cast(column, LargeBinary)


def _add_identities(session: Session, identities: Iterable[Identity]) -> None:
    # Law 6: an id once stored is never changed, so known keys are left as they are.
    known = set(session.scalars(select(IdentityRow.key)))
    for identity in identities:
        if identity.key not in known:
            session.add(
                IdentityRow(key=identity.key, record=identity.id, type=identity.type, first_seen=identity.first_seen)
            )


def _replace_proposals(session: Session, judgements: Iterable[Judgement]) -> None:
    session.execute(delete(JudgementRow).where(JudgementRow.by == "matching"))
    for judgement in judgements:
        if judgement.by == "matching":
            session.add(
                JudgementRow(
                    left=judgement.left, right=judgement.right, by="matching", payload=judgement.model_dump_json()
                )
            )
