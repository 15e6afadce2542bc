"""Tables of an export: what columns they have, and rows that wait on disk until their table is whole.

A release is gone through once, however many tables it fills; what stands in memory does not grow with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile
from typing import IO, Any, Literal, Protocol

from passerelle.publishing.exports.spreadsheet import csv_line
from passerelle.publishing.files import OutFile
from schemas.base import LANGUAGES, Language
from schemas.documentation import shape_texts

Row = Mapping[str, object]
"""Values by column; a column that is not named is empty, a value whose column the table lacks is left out."""
ColumnType = Literal["string", "integer", "boolean", "datetime"]

_READ_SIZE = 1 << 20


@dataclass(frozen=True)
class Column:
    """One column; ``means`` is the published field that it holds, as ``Shape.field``."""

    name: str
    means: str
    type: ColumnType = "string"
    required: bool = False
    language: Language | None = None
    unit: str = ""
    """Words of its own, bilingual, where no published field says it."""

    @property
    def title(self) -> str:
        """Its title in both languages."""
        return self._said("title") or self.name

    @property
    def description(self) -> str:
        """What it holds, in both languages."""
        return self.unit or self._said("description")

    def _said(self, what: Literal["title", "description"]) -> str:
        shape, _, name = self.means.partition(".")
        if not name:
            return ""
        text = shape_texts()[shape].fields[name]
        both = text.title if what == "title" else text.description
        mark = f" ({self.language})" if self.language else ""
        return " · ".join(dict.fromkeys(f"{both.get(language)}{mark}" for language in LANGUAGES))


@dataclass(frozen=True)
class Reference:
    """Columns whose values stand in the columns of another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its columns, those that name a row, and what it refers to."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    def in_languages(self, languages: tuple[Language, ...]) -> Table:
        """Give the table without the columns of other languages."""
        kept = tuple(column for column in self.columns if column.language in {None, *languages})
        return replace(self, columns=kept)


class Spool(Protocol):
    """Rows of one table that wait on disk."""

    records: int

    def add(self, row: Row) -> None:
        """Add a row."""

    def finish(self) -> None:
        """Write what is still held back; no row comes after."""

    @property
    def file(self) -> IO[bytes]:
        """Where the rows wait."""


@dataclass
class CsvSpool:
    """A table as CSV, in UTF-8 without a byte order mark."""

    table: Table
    file: IO[bytes]
    line: Callable[[Iterable[object]], bytes] = csv_line
    records: int = 0
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.names = tuple(column.name for column in self.table.columns)
        self.file.write(self.line(self.names))

    def add(self, row: Row) -> None:
        """Write a row."""
        self.file.write(self.line(row.get(name) for name in self.names))
        self.records += 1

    def finish(self) -> None:
        """Nothing is held back."""


@dataclass(frozen=True)
class Filled:
    """A table that is whole: its path in the export, its size and digest."""

    table: Table
    path: str
    records: int
    bytes: int
    sha256: str


def spooled(
    tables: Iterable[Table], rows: Iterable[tuple[str, Row]], kind: Any, suffix: str
) -> Iterator[tuple[OutFile, Filled]]:
    """Fill tables from rows that each name theirs, then yield each as a file, with what a manifest says of it.

    Args:
        tables: the tables, in the order of the files.
        rows: names of tables, each with a row.
        kind: makes a ``Spool`` of a table and an open file.
        suffix: suffix of the files, with its dot.
    """
    with ExitStack() as stack:
        spools: dict[str, Spool] = {}
        whole = {table.name: table for table in tables}
        for table in whole.values():
            spools[table.name] = kind(table, stack.enter_context(TemporaryFile()))
        for name, row in rows:
            spools[name].add(row)
        for name, spool in spools.items():
            spool.finish()
            path = f"{name}{suffix}"
            digest, size = hashlib.sha256(), 0
            for chunk in _chunks(spool.file):
                digest.update(chunk)
                size += len(chunk)
            filled = Filled(whole[name], path, spool.records, size, digest.hexdigest())
            yield OutFile(path, _chunks(spool.file), spool.records), filled


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_READ_SIZE):
        yield chunk
