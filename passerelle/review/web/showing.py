"""A record laid out for the page: its fields in order, each with its value, its texts and where the pages say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from passerelle.review.errors import InvalidAct
from passerelle.review.record_view import Proposal, RecordView, Text
from passerelle.review.web.fields import Field, field_at, fields_of, walk
from schemas.base import LANGUAGES, LanguageMap
from schemas.decision import Decision
from schemas.paths import as_json, value_at, with_value
from schemas.records import FieldEvidence

QUOTES = 3
"""Quotations of the pages shown beside a field."""


@dataclass(frozen=True)
class Entry:
    """One entry of a field that has several with fields of their own."""

    path: str
    parts: tuple[Shown, ...]


@dataclass(frozen=True)
class Shown:
    """One field as it is shown."""

    path: str
    field: Field
    value: Any
    """As JSON; for a text in both languages nothing, see ``texts``."""
    texts: tuple[Text, ...]
    """French, then English, for a text in both languages."""
    entries: tuple[Entry, ...]
    edited: Decision | None
    quotes: tuple[FieldEvidence, ...]
    proposals: tuple[Proposal, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.path)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.value or self.value == 0 or self.entries or any(text.text for text in self.texts))


def anchor(path: str) -> str:
    """Give the id of a field on the page."""
    return f"f-{path.replace('.', '-')}"


def shown_fields(view: RecordView) -> tuple[Shown, ...]:
    """Lay out every field that people edit, groups opened."""
    return tuple(_shown(view, path, field) for path, field in walk(fields_of(type(view.record))))


def shown_field(view: RecordView, path: str) -> Shown:
    """Lay out the field at a path; for a text in one language, the field of both.

    Raises:
        InvalidAct: nobody edits such a field (key ``no-field``).
    """
    bare = path.rpartition(".")[0] if path.rpartition(".")[2] in LANGUAGES else path
    try:
        field = field_at(type(view.record), bare)
        value_at(view.record, bare)
    except KeyError:
        raise InvalidAct("no-field", path=path) from None
    return _shown(view, bare, field)


def whole_of(view: RecordView, path: str) -> str:
    """Give the path of the list whose entry a path leads into, or the path itself: what is shown as one."""
    known = {one for one, _ in walk(fields_of(type(view.record)))}
    steps = path.split(".")
    return next((whole for n in range(len(steps), 0, -1) if (whole := ".".join(steps[:n])) in known), path)


def stored_value(view: RecordView, path: str) -> Any:
    """Give a value as JSON without what translation filled in: what may stand in an edit of a whole list."""
    record = view.record
    for text in view.texts.values():
        if text.badge in {"machine", "memory"} or (text.badge == "stale" and not text.reviewed):
            record = with_value(record, text.path, None)
    return as_json(value_at(record, path))


def evidence_of(view: RecordView, path: str) -> tuple[FieldEvidence, ...]:
    """Give where the pages say a field, or any part of it; for a translation, where they say the other language."""
    found = tuple(
        dict.fromkeys(
            one
            for place, evidence in view.evidence.items()
            if place == path or place.startswith(f"{path}.") or path.startswith(f"{place}.")
            for one in evidence
        )
    )
    parent, _, last = path.rpartition(".")
    return evidence_of(view, parent) if not found and parent and last in LANGUAGES else found


def _shown(view: RecordView, path: str, field: Field) -> Shown:
    value = value_at(view.record, path)
    two_sided = field.kind in {"text", "markdown"} or isinstance(value, LanguageMap)
    return Shown(
        path=path,
        field=field,
        value=None if two_sided or field.kind in {"items", "texts"} else as_json(value),
        texts=tuple(_text(view, f"{path}.{language}") for language in LANGUAGES) if two_sided else (),
        entries=tuple(_entries(view, path, field, value)) if not two_sided and isinstance(value, tuple) else (),
        edited=_edit(view, path),
        quotes=evidence_of(view, path)[:QUOTES],
        proposals=tuple(one for one in view.proposals if one.path == path or one.path.startswith(f"{path}.")),
    )


def _entries(view: RecordView, path: str, field: Field, values: tuple[Any, ...]) -> Iterable[Entry]:
    if field.kind not in {"items", "texts"}:
        return
    for place in range(len(values)):
        here = f"{path}.{place}"
        parts = walk(field.parts, f"{here}.") if field.kind == "items" else [(here, field)]
        yield Entry(here, tuple(_shown(view, at, part) for at, part in parts))


def _text(view: RecordView, path: str) -> Text:
    known = view.texts.get(path)
    if known:
        return known
    language = LANGUAGES[0] if path.endswith(f".{LANGUAGES[0]}") else LANGUAGES[1]
    return Text(path, language, None, "pending", False, None, (), None, None)


def _edit(view: RecordView, path: str) -> Decision | None:
    edits = [one for place, one in view.edited.items() if place == path or place.startswith(f"{path}.")]
    return max(edits, key=lambda one: one.id, default=None)
