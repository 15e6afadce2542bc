"""What becomes of every field when two records merge."""

from __future__ import annotations

from collections.abc import Iterator

from passerelle.review.help import Fate, FieldFate, Record
from passerelle.review.records import LIFE
from schemas.texts import normal_form

_LEFT_OUT = LIFE | {"id", "slug", "text_status"}


def fates(one: Record, other: Record, merged: Record) -> tuple[FieldFate, ...]:
    """Tell of every field that any of the three fills what a merge makes of it; order of the shape.

    Structures (audience, territory, contact) and texts are told part by part, lists as a whole.
    """
    sides: list[object] = [record.model_dump(mode="json", exclude=set(_LEFT_OUT)) for record in (one, other, merged)]
    return tuple(
        FieldFate(path, *values, fate=_fate(*values))
        for path, values in _leaves("", sides)
        if any(map(_filled, values))
    )


def _leaves(path: str, sides: list[object]) -> Iterator[tuple[str, tuple[object, object, object]]]:
    names = next((list(side) for side in sides if isinstance(side, dict)), [])
    if names and "id" not in names:
        for name in names:
            inner = [side.get(name) if isinstance(side, dict) else None for side in sides]
            yield from _leaves(f"{path}.{name}" if path else name, inner)
    else:
        one, other, merged = sides
        yield path, (one, other, merged)


def _fate(one: object, other: object, merged: object) -> Fate:
    if not _filled(merged):
        return "lost"
    if _same(one, other) and _same(one, merged):
        return "same"
    if _same(one, merged):
        return "one"
    if _same(other, merged):
        return "other"
    if isinstance(merged, list) and isinstance(one, list) and isinstance(other, list):
        return "joined"
    return "changed"


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return normal_form(one) == normal_form(other)
    return one == other


def _filled(value: object) -> bool:
    return value not in (None, "", [], {})
