"""The tables of the data package as Parquet, each column with its type; needs pyarrow (the extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from passerelle.publishing.exports.package_rows import rows_of
from passerelle.publishing.exports.package_tables import TABLES
from passerelle.publishing.exports.tables import Row, Table, spooled
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language

GROUP = 5_000
"""Rows written at once."""


def parquet_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield a Parquet file for each table."""
    tables = [table.in_languages(languages) for table in TABLES]
    return (file for file, _ in spooled(tables, rows_of(view), ParquetSpool, ".parquet"))


@dataclass
class ParquetSpool:
    """A table as Parquet, compressed, a few thousand rows at a time."""

    table: Table
    file: IO[bytes]
    records: int = 0
    _waiting: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        from pyarrow import parquet  # type: ignore[import-untyped]  # noqa: PLC0415

        self._schema = _schema(self.table)
        self._writer = parquet.ParquetWriter(self.file, self._schema, compression="zstd")

    def add(self, row: Row) -> None:
        """Take a row; it is written with those after it."""
        self._waiting.append(row)
        self.records += 1
        if len(self._waiting) == GROUP:
            self._write()

    def finish(self) -> None:
        """Write the rows left and the end of the file."""
        if self._waiting:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow  # noqa: PLC0415

        arrays = [
            pyarrow.array([row.get(one.name) for row in self._waiting], self._schema.field(one.name).type)
            for one in self.table.columns
        ]
        self._writer.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting.clear()


def _schema(table: Table) -> Any:
    import pyarrow  # noqa: PLC0415

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "datetime": pyarrow.timestamp("s", "UTC"),
    }
    fields = [
        pyarrow.field(one.name, types[one.type], not one.required, {"description": one.description})
        for one in table.columns
    ]
    return pyarrow.schema(fields, {"title": table.title})
