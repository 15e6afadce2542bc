"""Draw a record: facts, texts in both languages side by side with their origins, evidence and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from passerelle.cli.desk import Desk
from passerelle.cli.differences import difference
from passerelle.cli.messages import field_label, message
from passerelle.cli.search import Record, names_of
from passerelle.translation.reasons import reason_label
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.gazetteer import regions
from schemas.paths import language_maps, value_at
from schemas.records import Benefit, FieldEvidence, Initiative, Provenance, TextStatus, Translated
from schemas.vocabulary import NAMES, vocabulary

_COLOURS = {"source": "green", "human": "green", "memory": "cyan", "machine": "yellow", "pending": "red"}
_APART = {"text_status", "sources", "id", "slug", "benefits"}
"""Fields that have a place of their own in the view."""
_LABEL_WIDTH = 20
_TIME = "%Y-%m-%d %H:%M"


def as_data(record: Record, provenance: Provenance | None) -> dict[str, Any]:
    """Give a record with its evidence as plain data."""
    evidence = provenance.model_dump(mode="json")["fields"] if provenance else {}
    return {"record": record.model_dump(mode="json"), "provenance": evidence}


def view(
    desk: Desk,
    record: Record,
    provenance: Provenance | None,
    names: Mapping[str, str],
    made_from: Mapping[str, str] | None = None,
) -> RenderableType:
    """Draw a record.

    Args:
        desk: language.
        record: the record.
        provenance: its evidence.
        names: a name for each id that it refers to.
        made_from: by digest, the texts that translations were made from, to show what changed since.
    """
    slug = f"  {record.slug}" if isinstance(record, Initiative) else ""
    head = Text.assemble((names_of(record)[0], "bold"), f"\n{record.id}{slug}")
    pages = [ref.url or ref.digest for ref in getattr(record, "sources", ())]
    parts: list[RenderableType] = [head]
    for title, body in (
        ("show.texts", _texts(desk, record, made_from or {})),
        ("show.facts", _facts(desk, record, names)),
        ("show.evidence", _evidence(desk, provenance, pages)),
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
        told = dict.fromkeys((*filter(None, (status.reason,)), *status.checks))
        words += [reason_label(reason, desk.language) for reason in told]
        words += [] if status.fresh else [desk.text("stale")]
        words += [desk.text("reviewed")] if status.reviewed else []
    return Text(f"[{' · '.join(words)}]", style=_COLOURS[origin])


def _texts(desk: Desk, record: Record, made_from: Mapping[str, str]) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), show_edge=False)
    table.add_column("", width=_LABEL_WIDTH)
    table.add_column(desk.text("french"), ratio=1, overflow="fold")
    table.add_column(desk.text("english"), ratio=1, overflow="fold")
    statuses = record.text_status if isinstance(record, Translated) else {}
    for path, texts in language_maps(record):
        cells = [_cell(desk, texts, language, statuses.get(f"{path}.{language}")) for language in LANGUAGES]
        changes = [
            _change(desk, texts, language, statuses.get(f"{path}.{language}"), made_from) for language in LANGUAGES
        ]
        shown = (Text("\n\n").join(filter(None, both)) for both in zip(cells, changes, strict=True))
        table.add_row(_heading(desk, record, path), *shown)
    return table


def _heading(desk: Desk, record: Record, path: str) -> Text:
    """Name a text; one of a benefit with its sector."""
    parent = value_at(record, path.rpartition(".")[0]) if "." in path else None
    sector = _plain(parent.sector, "sector", desk.language, {}) if isinstance(parent, Benefit) else ""
    return Text(field_label(path, desk.language) + (f"\n{sector}" if sector else ""), style="dim")


def _cell(desk: Desk, texts: LanguageMap, language: Language, status: TextStatus | None) -> Text:
    text = texts.get(language)
    if not text and status is None:
        return Text("–", style="dim")
    return Text.assemble(badge(desk, status), "\n" if text else "", text or "")


def _change(
    desk: Desk, texts: LanguageMap, language: Language, status: TextStatus | None, made_from: Mapping[str, str]
) -> Text:
    """Show what changed in the other language since a stale text was made from it."""
    before = made_from.get(status.source_hash or "") if status and not status.fresh else None
    if before is None:
        return Text()
    other = next(one for one in LANGUAGES if one != language)
    return Text.assemble((desk.text("show.source-since"), "dim"), "\n", difference(before, texts.get(other) or ""))


def _facts(desk: Desk, record: Record, names: Mapping[str, str]) -> Table:
    table = _grid()
    for name in type(record).model_fields:
        value = "" if name in _APART else _plain(getattr(record, name), name, desk.language, names)
        if value:
            table.add_row(field_label(name, desk.language), Text(value))
    return table


def _plain(value: object, name: str, language: Language, names: Mapping[str, str]) -> str:
    """Write a value on one line; language maps are left to the texts."""
    if value is None or isinstance(value, LanguageMap):
        return ""
    if isinstance(value, datetime):
        return value.strftime(_TIME)
    if isinstance(value, BaseModel):
        fields = [field for field in type(value).model_fields if not (field == "id" and hasattr(value, "name"))]
        parts = ((field, _plain(getattr(value, field), field, language, names)) for field in fields)
        return " · ".join(
            text if field in {"id", "name"} else f"{field_label(field, language)} {text}"
            for field, text in parts
            if text
        )
    if isinstance(value, tuple):
        return "; ".join(text for item in value if (text := _plain(item, name, language, names)))
    return names.get(str(value)) or _label(str(value), name, language)


def _label(code: str, field: str, language: Language) -> str:
    """Give the label of a vocabulary's code, a region or a review's status, else the value as it is."""
    if field == "status":
        return message(f"review.{code}", language)
    if field == "regions":
        return next((f"{code} {region.name.get(language)}" for region in regions() if region.code == code), code)
    listed = next((known for known in NAMES if field in {known, known.removesuffix("s")}), None)
    terms = vocabulary(listed).terms if listed else ()
    label = next((term.label.get(language) for term in terms if term.code == code), None)
    return label or code


def _evidence(desk: Desk, provenance: Provenance | None, pages: Sequence[str]) -> Table:
    """Say where each value was read; pages by their number in the list of sources."""
    table = _grid()
    for path, places in provenance.fields.items() if provenance else ():
        lines = [
            Text.assemble(f"« {place.quote} »", (f"  {_page(place, pages)} · {place.rule} · {_at(place)}", "dim"))
            for place in places
        ]
        table.add_row(field_label(path, desk.language), Text("\n").join(lines))
    return table


def _page(place: FieldEvidence, pages: Sequence[str]) -> str:
    page = place.url or place.digest
    return f"[{pages.index(page) + 1}]" if page in pages else page


def _at(place: FieldEvidence) -> str:
    return f"{place.block}:{place.start}-{place.end}"


def _sources(record: Record) -> Table:
    table = Table.grid(padding=(0, 2))
    for number, ref in enumerate(getattr(record, "sources", ()), 1):
        at = ref.captured_at.strftime(_TIME)
        gone = f"† {ref.gone_at.strftime(_TIME)}" if ref.gone_at else ""
        table.add_row(f"[{number}]", Text(ref.url or ref.digest), ref.language, at, ref.extractor, gone)
    return table


def _grid() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", width=_LABEL_WIDTH)
    table.add_column(overflow="fold")
    return table
