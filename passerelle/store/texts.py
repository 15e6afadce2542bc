"""The translation memory and the fillings of gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.store.tables import FillingRow, MemoryRow
from schemas.working import Filling, MemoryEntry


def load_memory(session: Session) -> tuple[MemoryEntry, ...]:
    """Give the whole memory, a person's texts and a machine's."""
    rows = session.scalars(
        select(MemoryRow).order_by(MemoryRow.direction, MemoryRow.source_hash, MemoryRow.origin, MemoryRow.engine)
    )
    return tuple(MemoryEntry.model_validate_json(row.payload) for row in rows)


def add_memory(session: Session, entries: Iterable[MemoryEntry]) -> None:
    """Add to the memory; an entry of the same source, direction, origin, engine and context is replaced."""
    for entry in entries:
        session.merge(MemoryRow(**_key(entry), payload=entry.model_dump_json(exclude_defaults=True)))


def import_memory(session: Session, entries: Iterable[MemoryEntry], digest: str) -> None:
    """Add the entries of a file to the memory; each keeps what it replaces, so that the file can be taken back.

    Args:
        session: an open transaction.
        entries: of people.
        digest: the file's SHA-256.
    """
    for entry in entries:
        row = session.get(MemoryRow, _key(entry))
        before = MemoryEntry.model_validate_json(row.payload) if row else None
        add_memory(session, [entry.model_copy(update={"given_by": digest, "replaces": before})])


def take_back(session: Session, digest: str) -> int:
    """Take the entries of an imported file out of the memory, and put back what they replaced; give how many."""
    taken = 0
    for row in session.scalars(select(MemoryRow).where(MemoryRow.origin == "human")):
        entry = MemoryEntry.model_validate_json(row.payload)
        left = _without(entry, digest)
        if left is None:
            session.delete(row)
        elif left != entry:
            row.payload = left.model_dump_json(exclude_defaults=True)
        taken += left != entry
    return taken


def _without(entry: MemoryEntry | None, digest: str) -> MemoryEntry | None:
    """Leave a file's entry out of what stands in one place, one import over another."""
    if entry is None:
        return None
    before = _without(entry.replaces, digest)
    return before if entry.given_by == digest else entry.model_copy(update={"replaces": before})


def _key(entry: MemoryEntry) -> dict[str, str]:
    return {
        "source_hash": entry.source_hash,
        "direction": f"{entry.source_language}-{entry.target_language}",
        "origin": entry.origin,
        "engine": entry.engine or "",
        "context": entry.context or "",
    }


def load_fillings(session: Session) -> tuple[Filling, ...]:
    """Give what translation made of every gap."""
    rows = session.scalars(select(FillingRow).order_by(FillingRow.record, FillingRow.path))
    return tuple(Filling.model_validate_json(row.payload) for row in rows)


def fillings_by_record(session: Session, records: Collection[str]) -> dict[str, tuple[Filling, ...]]:
    """Give what translation made of the gaps of some records, by path."""
    lines = filling_lines(session, records)
    return {record: tuple(map(Filling.model_validate_json, told)) for record, told in lines.items()}


def filling_lines(session: Session, records: Collection[str]) -> dict[str, list[str]]:
    """Give the same, each filling still in its JSON."""
    wanted = select(FillingRow.record, FillingRow.payload).where(FillingRow.record.in_(tuple(records)))
    found: dict[str, list[str]] = {}
    for record, payload in session.execute(wanted.order_by(FillingRow.record, FillingRow.path)):
        found.setdefault(record, []).append(payload)
    return found


def save_fillings(session: Session, fillings: Iterable[Filling]) -> int:
    """Replace all fillings; give how many were new, changed or gone."""
    wanted = {(filling.record, filling.path): filling.model_dump_json() for filling in fillings}
    changed = 0
    for row in session.scalars(select(FillingRow)):
        payload = wanted.pop((row.record, row.path), None)
        if payload is None:
            session.delete(row)
            changed += 1
        elif payload != row.payload:
            row.payload = payload
            changed += 1
    for (record, path), payload in sorted(wanted.items()):
        session.add(FillingRow(record=record, path=path, payload=payload))
    return changed + len(wanted)


def save_filling(session: Session, filling: Filling) -> None:
    """Keep what translation made of one gap."""
    session.merge(FillingRow(record=filling.record, path=filling.path, payload=filling.model_dump_json()))
