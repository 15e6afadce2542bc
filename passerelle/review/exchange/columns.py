"""Columns of a sheet: one a field and language, named by its dotted path, which is also what decisions call it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from passerelle.review.help import Record
from passerelle.review.web.fields import SHAPES, Field, field_at, fields_of, walk
from schemas.base import LANGUAGES, Language
from schemas.paths import value_at
from schemas.working import RecordType

ID, VERSION = "id", "version"
TOLD = ("page", "review")
"""Columns about a record that are read and not edited, besides its id and version."""
ORIGIN = ".origin"
"""Ends the name of the column that says how the text before it came to be."""
READ_ONLY = frozenset({"lead_organization", "partners"})
"""Fields that name other records: the desk picks those from a list."""

CellKind = Literal["text", "line", "long", "number", "code", "codes", "lines", "told"]
"""How a cell is read; ``told`` is not."""


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    kind: CellKind
    field: Field | None = None

    @property
    def edited(self) -> bool:
        """Tell whether what is written here is taken in."""
        return self.kind != "told"

    @property
    def language(self) -> Language | None:
        """Give the language of a text."""
        return next((one for one in LANGUAGES if self.kind == "text" and self.name.endswith(f".{one}")), None)

    @property
    def other_side(self) -> str:
        """Give the name of the column with the same text in the other language."""
        place, _, language = self.name.rpartition(".")
        return f"{place}.{'en' if language == 'fr' else 'fr'}"


def columns_of(type_: RecordType, records: Sequence[Record]) -> tuple[Column, ...]:
    """Give the columns of a sheet of records of one type; lists have as many as the longest of them."""
    return (
        Column(ID, "told"),
        Column(VERSION, "told"),
        *(Column(name, "told") for name in TOLD),
        *(column for path, field in walk(fields_of(SHAPES[type_])) for column in _columns(path, field, records)),
    )


def column_named(type_: RecordType, name: str) -> Column | None:
    """Give the column of a name that a file has; none where a record of this type has no such field."""
    path = name.removesuffix(ORIGIN)
    if name in (ID, VERSION, *TOLD) or name.split(".", maxsplit=1)[0] in READ_ONLY:
        return Column(name, "told")
    try:
        field = field_at(SHAPES[type_], path)
    except KeyError:
        return None
    last = path.rpartition(".")[2]
    if name.endswith(ORIGIN):
        return Column(name, "told", field)
    kind = _CELLS.get(field.kind)
    fits = kind is not None and (kind == "text") == (last in LANGUAGES)
    return Column(name, kind, field) if kind and fits else None


_CELLS: dict[str, CellKind] = {
    "text": "text",
    "markdown": "text",
    "texts": "text",
    "line": "line",
    "long": "long",
    "number": "number",
    "code": "code",
    "codes": "codes",
    "lines": "lines",
}


def _columns(path: str, field: Field, records: Sequence[Record]) -> Iterator[Column]:
    if path in READ_ONLY:
        yield Column(path, "told", field)
    elif field.kind in ("text", "markdown"):
        yield from _both(path, field)
    elif field.kind == "texts":
        for place in range(_longest(path, records)):
            yield from _both(f"{path}.{place}", field)
    elif field.kind == "items":
        for place in range(_longest(path, records)):
            for part in field.parts:
                yield from _columns(f"{path}.{place}.{part.name}", part, records)
    elif field.kind in _CELLS:
        yield Column(path, _CELLS[field.kind], field)


def _both(path: str, field: Field) -> Iterable[Column]:
    for language in LANGUAGES:
        yield Column(f"{path}.{language}", "text", field)
        yield Column(f"{path}.{language}{ORIGIN}", "told", field)


def _longest(path: str, records: Sequence[Record]) -> int:
    lists = (value_at(record, path) for record in records)
    return max((len(one) for one in lists if isinstance(one, tuple)), default=0)
