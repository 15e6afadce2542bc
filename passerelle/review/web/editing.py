"""A field being edited: what stands in its form, and what helps with a translation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from passerelle.review.errors import InvalidAct
from passerelle.review.help import Suggestion, TermUse
from passerelle.review.record_view import RecordView, Text
from passerelle.review.vocabulary.deciding import ADDED_TO
from passerelle.review.web.desk import Desk
from passerelle.review.web.showing import Shown, anchor, shown_field, stored_value
from schemas.base import LANGUAGES, Language
from schemas.paths import value_at
from schemas.records import TextStatus, Translated

FILLS = ("translate", "memory", "source")
"""What can be put into the box: a new machine translation, what a person wrote before, the page's words or those
of the original."""


@dataclass(frozen=True)
class Editing:
    """A field, or one side of a text, being edited."""

    path: str
    """What is set: for a text with its language."""
    shown: Shown
    value: Any
    language: Language | None = None
    text: Text | None = None
    source: str = ""
    """What it translates; empty where a page says it itself."""
    filled: str = ""
    """Where the text in the box comes from, where that is not the record: of ``FILLS``, ``original`` or ``nothing``."""
    why: str = ""
    """Why there is nothing to offer: the reason of a pending text."""
    refused: tuple[str, ...] = ()
    """All checks that the new machine translation failed."""
    terms: tuple[TermUse, ...] = ()
    failed: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    error: str = ""
    """Why what was typed cannot be saved: key of the words."""
    seen: tuple[str, str] | None = None
    """Version and value, as JSON, that the box was opened with, where that was before this page was made."""

    @property
    def listed(self) -> bool:
        """Whether its codes are of a list that curators may add to."""
        return self.shown.field.vocabulary in ADDED_TO

    @property
    def before(self) -> str:
        """What the record said when the box was opened, as JSON: sent along, so that a change since is noticed."""
        now = json.dumps(self.text.text if self.text else self.shown.value, ensure_ascii=False)
        return self.seen[1] if self.seen else now

    @property
    def anchor(self) -> str:
        """Id of its box on the page."""
        return f"{anchor(self.path)}-box"


def editing(view: RecordView, desk: Desk, path: str, fill: str = "", *, typed: Any = None, error: str = "") -> Editing:
    """Open the field at a path; ``typed`` is what stands in the box already.

    Raises:
        InvalidAct: nobody edits such a field (key ``no-field``).
    """
    shown = shown_field(view, path)
    language = next((one for one in LANGUAGES if path == f"{shown.path}.{one}"), None)
    if shown.texts and language is None:
        raise InvalidAct("no-field", path=path)
    if language is None:
        value = stored_value(view, path) if shown.field.kind in {"items", "texts"} else shown.value
        return Editing(path, shown, value if typed is None else typed, error=error)
    text = shown.texts[LANGUAGES.index(language)]
    return replace(_text(view, desk, shown, text, fill=fill, typed=typed), error=error)


def other_side(shown: Shown, text: Text) -> Text:
    """Give the text in the other language."""
    return shown.texts[1 - LANGUAGES.index(text.language)]


def made_from(view: RecordView, shown: Shown, text: Text) -> str | None:
    """Give the text that a person translates when they write this side; none where a page says this side itself."""
    return None if _said(view, text.path) else other_side(shown, text).text


def _text(view: RecordView, desk: Desk, shown: Shown, text: Text, *, fill: str, typed: Any) -> Editing:
    source = made_from(view, shown, text) or ""
    suggestions = _suggestions(desk, source, text)
    value, filled = typed if typed is not None else text.text or "", ""
    why: TextStatus | None = None
    if typed is None and fill in FILLS:
        offered, filled, why = _fill(view, desk, text, fill, suggestions)
        value, filled = (offered, filled) if offered else (value, "nothing")
    other = other_side(shown, text).language
    return Editing(
        text.path,
        shown,
        value,
        text.language,
        text,
        source,
        filled,
        why.reason or "" if why else "",
        why.checks if why else (),
        desk.help.terms(source, value, other) if source else (),
        desk.help.failed_checks(source, value, other, text.path) if source and value else (),
        suggestions,
    )


def _suggestions(desk: Desk, source: str, text: Text) -> tuple[Suggestion, ...]:
    other: Language = "en" if text.language == "fr" else "fr"
    return desk.help.suggestions(source, other, text.path) if source else ()


def _fill(
    view: RecordView, desk: Desk, text: Text, fill: str, suggestions: Sequence[Suggestion]
) -> tuple[str | None, str, TextStatus | None]:
    """Give a text for the box, what it is, and the status that says why there is none."""
    if fill == "memory":
        return next((one.text for one in suggestions), None), fill, None
    if fill == "translate" and isinstance(view.record, Translated):
        made = desk.help.translate(view.record, text.path)
        what = "memory" if made.status.origin == "memory" else fill
        return made.text, what, None if made.text else made.status
    said = _said(view, text.path)
    return (said, "source", None) if said else (text.source, "original", None)


def _said(view: RecordView, path: str) -> str | None:
    """Give what the pages say at a path."""
    try:
        said = value_at(view.base, path)
    except KeyError:
        return None
    return said if isinstance(said, str) else None
