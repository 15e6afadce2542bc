"""Values of two records side by side: every entry with all its words, and whether a merge keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from passerelle.review.fates import entries_of
from passerelle.review.help import FieldFate
from passerelle.review.web.fields import Field, field_at
from passerelle.review.web.paths import shape_of
from passerelle.review.web.words import label
from schemas.base import LANGUAGES, Language

Said = tuple[Language | None, str]
"""A text with its language, where it has one."""


@dataclass(frozen=True)
class Cell:
    """An entry of a field."""

    said: tuple[Said, ...]
    lost: bool = False


def cells_of(fate: FieldFate, record: str, language: Language) -> tuple[tuple[Cell, ...], ...]:
    """Lay out a field of the first record, of the second, and of the merged one; ``record``: an id of their kind."""
    try:
        field: Field | None = field_at(shape_of(record), fate.path)
    except KeyError:
        field = None
    tongue = next((one for one in LANGUAGES if fate.path.endswith(f".{one}")), None)
    sides = ((fate.one, fate.lost[0]), (fate.other, fate.lost[1]), (fate.merged, ()))
    return tuple(
        tuple(Cell(said_of(entry, field, language, tongue), n in lost) for n, entry in enumerate(entries_of(value)))
        for value, lost in sides
    )


def said_of(value: object, field: Field | None, language: Language, tongue: Language | None = None) -> tuple[Said, ...]:
    """Say all that an entry holds: labels for codes, names for organisations, texts with their language."""
    return tuple(_said(value, field, language, tongue))


def _said(value: object, field: Field | None, language: Language, tongue: Language | None) -> Iterator[Said]:
    if not isinstance(value, dict):
        if value not in (None, ""):
            yield tongue, label(field.called_by, str(value), language) if field and field.called_by else str(value)
    elif value.keys() <= set(LANGUAGES):
        yield from ((one, str(value[one])) for one in LANGUAGES if value.get(one))
    else:
        parts = {part.name: part for part in field.parts} if field else {}
        for name, inner in value.items():
            if name != "id":
                yield from _said(inner, parts.get(name), language, None)
