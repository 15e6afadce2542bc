"""Sheets of records: what stands in each cell, with the mark by which an edit is known when the sheet comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from passerelle.review.exchange.cells import mark, written
from passerelle.review.exchange.columns import ID, ORIGIN, TOLD, VERSION, Column, columns_of
from passerelle.review.help import Help, Record
from passerelle.review.records import Held, fillings_of, hold_named
from schemas.paths import dumped
from schemas.records import Initiative, Organization, Translated
from schemas.working import RecordType

TYPES: tuple[RecordType, ...] = ("initiative", "organization", "news")


@dataclass(frozen=True)
class Sheet:
    """The records of one type as a table of texts."""

    type: RecordType
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def head(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Shown:
    """A record as a sheet shows it: with decisions and translations."""

    held: Held
    record: Record

    def cell(self, column: Column) -> str:
        """Give the text of a cell of a field."""
        return written(dumped(self.record, column.name), column.kind)


def shown(session: Session, held: Held, help: Help) -> Shown:  # noqa: A002
    """Lay decisions and translations over a record."""
    laid = help.fold(held.base, held.standing).record
    return Shown(held, help.complete(laid, fillings_of(session, held.id)) if isinstance(laid, Translated) else laid)


def sheets(session: Session, ids: Sequence[str], help: Help) -> tuple[Sheet, ...]:  # noqa: A002
    """Make a sheet for each type among some records, in their order; ids that are no more are left out."""
    held = hold_named(session, ids)
    found = [shown(session, held[id_], help) for id_ in dict.fromkeys(ids) if id_ in held]
    return tuple(_sheet(type_, some) for type_ in TYPES if (some := [one for one in found if one.held.type == type_]))


def _sheet(type_: RecordType, found: Sequence[Shown]) -> Sheet:
    columns = columns_of(type_, [one.record for one in found])
    return Sheet(type_, columns, tuple(tuple(_cells(one, columns)) for one in found))


def _cells(one: Shown, columns: Sequence[Column]) -> Iterator[str]:
    edited = {column.name: one.cell(column) for column in columns if column.edited}
    for column in columns:
        if column.name == ID:
            yield one.held.id
        elif column.name == VERSION:
            yield version_cell(one.held.version, edited)
        else:
            yield edited[column.name] if column.edited else told_cell(one, column)


def told_cell(one: Shown, column: Column) -> str:
    """Give the text of a cell that is read and not edited, the id and the version aside."""
    if column.name in TOLD:
        return _told(one.record, column.name)
    if column.name.endswith(ORIGIN):
        return _origin(one.record, column.name.removesuffix(ORIGIN))
    return one.cell(column)


def version_cell(version: str, cells: dict[str, str]) -> str:
    """Write what a row was made from: the record's version, and the mark of each cell that is not empty."""
    return " ".join([version, *(f"{name}:{mark(text)}" for name, text in cells.items() if text.strip())])


def read_version(cell: str) -> tuple[str, dict[str, str]]:
    """Read what ``version_cell`` wrote: the version, and marks by column."""
    version, *marks = cell.split() or [""]
    told = (one.rpartition(":") for one in marks)
    return version, {name: digest for name, _, digest in told}


def _told(record: Record, name: str) -> str:
    if name == "review":
        return record.review.status if isinstance(record, Initiative) else ""
    if isinstance(record, Organization):
        return ""
    return next((source.url for source in record.sources if source.url), "")


def _origin(record: Record, path: str) -> str:
    if not isinstance(record, Translated):
        return ""
    status = record.text_status.get(path)
    text = dumped(record, path)
    if status is None:
        return "source" if text else ""
    return status.origin if status.fresh else f"{status.origin} (stale)"
