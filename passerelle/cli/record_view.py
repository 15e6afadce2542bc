"""Draw a record: facts, texts in both languages side by side with their origins, evidence and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from passerelle.cli.desk import Desk
from passerelle.cli.search import Record, names_of
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.paths import language_maps
from schemas.records import Initiative, Provenance, TextStatus
from schemas.vocabulary import NAMES, vocabulary

_COLOURS = {"source": "green", "human": "green", "memory": "cyan", "machine": "yellow", "pending": "red"}
_APART = {"text_status", "sources", "id", "slug"}
"""Fields that have a place of their own in the view."""


def as_data(record: Record, provenance: Provenance | None) -> dict[str, Any]:
    """Give a record with its evidence as plain data."""
    evidence = provenance.model_dump(mode="json")["fields"] if provenance else {}
    return {"record": record.model_dump(mode="json"), "provenance": evidence}


def view(desk: Desk, record: Record, provenance: Provenance | None, names: Mapping[str, str]) -> RenderableType:
    """Draw a record; ``names`` gives a name for each id that it refers to."""
    slug = f"  {record.slug}" if isinstance(record, Initiative) else ""
    head = Text.assemble((names_of(record)[0], "bold"), f"\n{record.id}{slug}")
    parts: list[RenderableType] = [head]
    for title, body in (
        ("show.texts", _texts(desk, record)),
        ("show.facts", _facts(desk, record, names)),
        ("show.evidence", _evidence(provenance)),
        ("show.sources", _sources(record)),
    ):
        if body.row_count:
            parts += [Text(f"\n{desk.text(title)}", style="bold"), Padding(body, (0, 0, 0, 2))]
    return Group(*parts)


def badge(desk: Desk, status: TextStatus | None) -> Text:
    """Say in a word or two where a text comes from; no status means that a page gives it."""
    origin = status.origin if status else "source"
    words = [desk.text(f"origin.{origin}")]
    if status:
        words += [status.engine] if status.engine else []
        words += [status.reason] if status.reason else []
        words += [] if status.fresh else [desk.text("stale")]
        words += [desk.text("reviewed")] if status.reviewed else []
    return Text(f"[{' · '.join(words)}]", style=_COLOURS[origin])


def _texts(desk: Desk, record: Record) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), show_edge=False)
    table.add_column("")
    table.add_column(desk.text("french"), ratio=1, overflow="fold")
    table.add_column(desk.text("english"), ratio=1, overflow="fold")
    statuses = record.text_status if isinstance(record, Initiative) else {}
    for path, texts in language_maps(record):
        cells = [_cell(desk, texts, language, statuses.get(f"{path}.{language}")) for language in LANGUAGES]
        table.add_row(Text(path, style="dim"), *cells)
    return table


def _cell(desk: Desk, texts: LanguageMap, language: Language, status: TextStatus | None) -> Text:
    text = texts.get(language)
    return Text.assemble(badge(desk, status), "\n" if text else "", text or "")


def _facts(desk: Desk, record: Record, names: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name in type(record).model_fields:
        value = "" if name in _APART else _plain(getattr(record, name), name, desk.language, names)
        if value:
            table.add_row(name, Text(value))
    return table


def _plain(value: object, name: str, language: Language, names: Mapping[str, str]) -> str:
    """Write a value on one line; language maps are left to the texts."""
    if value is None or isinstance(value, LanguageMap):
        return ""
    if isinstance(value, BaseModel):
        parts = ((field, _plain(getattr(value, field), field, language, names)) for field in type(value).model_fields)
        return " · ".join(f"{field} {text}" for field, text in parts if text)
    if isinstance(value, tuple):
        return "; ".join(text for item in value if (text := _plain(item, name, language, names)))
    return names.get(str(value)) or _label(str(value), name, language)


def _label(code: str, field: str, language: Language) -> str:
    """Give the label of a vocabulary's code, else the value as it is."""
    listed = next((known for known in NAMES if field in {known, known.removesuffix("s")}), None)
    terms = vocabulary(listed).terms if listed else ()
    label = next((term.label.get(language) for term in terms if term.code == code), None)
    return label or code


def _evidence(provenance: Provenance | None) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for path, places in _by_field(provenance):
        table.add_row(path, places)
    return table


def _by_field(provenance: Provenance | None) -> Iterator[tuple[str, Text]]:
    for path, places in provenance.fields.items() if provenance else ():
        lines = [
            Text.assemble(
                f"« {place.quote} »",
                (f"  {place.url or place.digest} · {place.rule} · {place.block}:{place.start}-{place.end}", "dim"),
            )
            for place in places
        ]
        yield path, Text("\n").join(lines)


def _sources(record: Record) -> Table:
    table = Table.grid(padding=(0, 2))
    for ref in getattr(record, "sources", ()):
        at = ref.captured_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(ref.url or ref.digest, ref.language, at, ref.extractor)
    return table
