"""What each column means, for who edits a sheet: on the first sheet of a workbook, or as a table of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from passerelle.review.exchange.columns import ID, ORIGIN, TOLD, VERSION, Column
from passerelle.review.exchange.sheets import Sheet
from passerelle.review.help import Help
from schemas.base import LANGUAGES, LanguageMap
from schemas.cells import harmless

_MANY_CODES = 60
"""Codes told in one cell."""


@dataclass(frozen=True)
class Guide:
    """Explains columns in both languages."""

    help: Help

    def lines(self, sheets: Iterable[Sheet]) -> Iterator[tuple[str, str, str, str]]:
        """Yield the lines of the guide: how to edit first, then column, format, and meaning in both languages."""
        texts = _texts()
        for key in ("title", "edit", "leave", "lists", "conflicts", "formulas"):
            yield "", "", *_both(texts[key])
        for sheet in sheets:
            yield "", "", "", ""
            yield sheet.type.upper(), "", "", ""
            for column in sheet.columns:
                yield column.name, self._format(column), *self._meaning(column)

    def table(self, sheets: Iterable[Sheet]) -> bytes:
        """Write the guide as CSV, for sheets that are CSV themselves."""
        page = io.StringIO(newline="")
        page.write("\ufeff")
        lines = csv.writer(page)
        lines.writerow(("column", "format", "fr", "en"))
        lines.writerows([harmless(text) for text in line] for line in self.lines(sheets))
        return page.getvalue().encode()

    def _format(self, column: Column) -> str:
        texts = _texts()
        if not column.edited:
            return " · ".join(_both(texts["told"]))
        codes = self.help.codes(column.name) if column.kind in ("code", "codes") else None
        if not codes:
            return " · ".join(_both(texts[column.kind])) if column.kind in texts else ""
        said = ", ".join(f"{code} ({label.fr})" for code, label in list(codes.items())[:_MANY_CODES])
        return f"{' · '.join(_both(texts[column.kind]))}: {said}"

    def _meaning(self, column: Column) -> tuple[str, str]:
        texts = _texts()
        if column.name in (ID, VERSION, *TOLD):
            return _both(texts[f"column-{column.name}"])
        if column.name.endswith(ORIGIN):
            return _both(texts["column-origin"])
        if column.field is None:
            return "", ""
        field = column.field
        return f"{field.title('fr')} – {field.hint('fr')}", f"{field.title('en')} – {field.hint('en')}"


def _both(text: LanguageMap) -> tuple[str, str]:
    return tuple(text.get(language) or "" for language in LANGUAGES)  # type: ignore[return-value]


def _texts() -> Mapping[str, LanguageMap]:
    read = yaml.load(Path(__file__).with_name("guide.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {key: LanguageMap(**both) for key, both in read.items()}
