"""Sheets as files that spreadsheet programs open, and such files as rows of texts again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from passerelle.review.errors import InvalidAct
from passerelle.review.exchange.columns import ID, VERSION
from passerelle.review.exchange.guide import Guide
from passerelle.review.exchange.sheets import Sheet
from schemas.cells import harmless, plain_text

Format = Literal["csv", "xlsx"]
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BOM = "\ufeff"
MOST_BYTES = 20 * 1024**2
MOST_UNPACKED = 400 * 1024**2
"""Bytes of a workbook once unpacked: a small file may hide a very large one."""
MOST_ROWS = 50_000
MOST_COLUMNS = 2_000
GUIDE = "Lisez-moi Read me"
_GREY = PatternFill("solid", fgColor="EEEEEE")
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Grid:
    """A table of a file: rows of texts by column, with their numbers in the file."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    formulas: tuple[tuple[int, str], ...] = ()
    """Row and column of cells that hold a formula, which nobody works out here."""


def to_csv(sheet: Sheet) -> bytes:
    """Write a sheet as CSV: UTF-8 with a byte order mark, formulas neutralised."""
    page = io.StringIO(newline="")
    page.write(BOM)
    lines = csv.writer(page)
    lines.writerow(sheet.head)
    lines.writerows([harmless(text) for text in row] for row in sheet.rows)
    return page.getvalue().encode()


def to_xlsx(sheets: Sequence[Sheet], guide: Guide) -> bytes:
    """Write sheets as a workbook: a guide first, then a sheet a type; every cell is a text."""
    book = Workbook(write_only=True)
    page = book.create_sheet(GUIDE)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 46
    page.column_dimensions["C"].width = page.column_dimensions["D"].width = 70
    for line in guide.lines(sheets):
        page.append([_cell(page, text, bold=line[0] == line[0].upper() != "") for text in line])
    for sheet in sheets:
        _write(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_file(body: bytes, name: str) -> tuple[Grid, ...]:
    """Read a file that somebody edited: a workbook, or CSV with commas, semicolons or tabs.

    Raises:
        InvalidAct: it is too large (``sheet-too-large``) or no such file (``sheet-unreadable``).
    """
    if len(body) > MOST_BYTES:
        raise InvalidAct("sheet-too-large", most=MOST_BYTES // 1024**2)
    grids = _workbook(body) if body.startswith(b"PK") else (_read_csv(body, name),)
    with_ids = tuple(grid for grid in grids if ID in grid.head)
    if not with_ids:
        raise InvalidAct("sheet-without-ids")
    if any(VERSION not in grid.head for grid in with_ids):
        raise InvalidAct("sheet-without-versions")
    return with_ids


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.type)
    page.freeze_panes = "B2"
    for place, column in enumerate(sheet.columns, 1):
        letter = page.column_dimensions[_letter(place)]
        letter.width = 42 if column.kind in ("text", "long") else 18
        letter.hidden = column.name == VERSION
    page.append([_cell(page, name, bold=True) for name in sheet.head])
    grey = [not column.edited for column in sheet.columns]
    for row in sheet.rows:
        page.append([_cell(page, text, grey=told) if text else None for text, told in zip(row, grey, strict=True)])


def _cell(page: object, text: str, *, bold: bool = False, grey: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(page, harmless(text))  # type: ignore[arg-type]
    cell.data_type = "s"  # whatever it looks like
    cell.number_format = "@"
    cell.alignment = _WRAP
    if bold:
        cell.font = Font(bold=True)
    if grey:
        cell.fill = _GREY
    return cell


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return str(get_column_letter(place))


def _read_csv(body: bytes, name: str) -> Grid:
    text = _decoded(body)
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    try:
        lines = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=between), 1))
    except csv.Error as error:
        raise InvalidAct("sheet-unreadable", said=str(error)) from error
    return _grid(name, iter(lines))


def _decoded(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")  # what Excel in French saves as plain CSV


def _workbook(body: bytes) -> tuple[Grid, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise InvalidAct("sheet-too-large", most=MOST_UNPACKED // 1024**2)
        book = load_workbook(io.BytesIO(body), read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        if isinstance(error, InvalidAct):
            raise
        raise InvalidAct("sheet-unreadable", said=type(error).__name__) from error
    grids = []
    for page in book.worksheets:
        formulas: list[tuple[int, int]] = []
        page.reset_dimensions()
        grid = _grid(page.title, _lines(page.iter_rows(max_col=MOST_COLUMNS), formulas))
        found = tuple((row, grid.head[place]) for row, place in formulas if place < len(grid.head))
        grids.append(Grid(grid.name, grid.head, grid.rows, found))
    book.close()
    return tuple(grids)


def _lines(rows: Iterator[Sequence[object]], formulas: list[tuple[int, int]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, 1):
        cells = []
        for place, cell in enumerate(row):
            if getattr(cell, "data_type", "") == "f":
                formulas.append((number, place))
            cells.append(_text(getattr(cell, "value", None)))
        yield number, cells


def _text(value: object) -> str:
    """Give the text of what a spreadsheet made of a cell: of a date its day, of a number its digits."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _grid(name: str, lines: Iterator[tuple[int, list[str]]]) -> Grid:
    _, head = next(lines, (1, []))
    names = tuple(one.strip() for one in head)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in lines:
        if len(rows) >= MOST_ROWS:
            raise InvalidAct("sheet-too-long", most=MOST_ROWS)
        row = {column: plain_text(text) for column, text in zip(names, cells, strict=False) if column}
        if any(row.values()):
            rows.append((number, row))
    return Grid(name, names, tuple(rows))
