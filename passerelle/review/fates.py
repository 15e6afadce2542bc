"""What becomes of every field when two records merge, and which entries of either do not stay."""

from __future__ import annotations

from collections.abc import Iterator

from passerelle.review.help import Fate, FieldFate, Record
from passerelle.review.proposals import WORKED_OUT
from schemas.texts import normal_form

_FIXED = frozenset({"territory.province"})
"""Values that are the same in every record."""
_LEAD, _PARTNERS = "lead_organization", "partners"


def fates(one: Record, other: Record, merged: Record) -> tuple[FieldFate, ...]:
    """Tell of every field that any of the three fills what a merge makes of it; order of the shape.

    Structures (audience, territory, contact) and texts are told part by part, lists as a whole. What follows from
    other records (links between them, news that speak of them) is worked out anew and not told.
    """
    sides: list[object] = [record.model_dump(mode="json", exclude=set(WORKED_OUT)) for record in (one, other, merged)]
    partners = getattr(merged, _PARTNERS, ())
    staying = [{"id": partner.id} for partner in partners]  # a lead that becomes a partner stays
    return tuple(
        FieldFate(
            path,
            *values,
            fate=_fate(*values),
            lost=tuple(_lost(side, values[2], staying if path == _LEAD else []) for side in values[:2]),
        )
        for path, values in _leaves("", sides)
        if path not in _FIXED and any(map(_filled, values))
    )


def entries_of(value: object) -> list[object]:
    """Give the entries of a list, a single value as one."""
    return (value if isinstance(value, list) else [value]) if _filled(value) else []


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


def _lost(side: object, merged: object, staying: list[dict[str, str]]) -> tuple[int, ...]:
    """Give the places of the entries of one record that the merged one does not say."""
    whole = [*entries_of(merged), *staying]
    return tuple(n for n, entry in enumerate(entries_of(side)) if not any(says(known, entry) for known in whole))


def says(known: object, entry: object) -> bool:
    """Tell whether an entry says all that another one does; organisations are known by their id."""
    if not _filled(entry):
        return True
    if isinstance(known, dict) and isinstance(entry, dict):
        if "id" in entry:
            return bool(known.get("id") == entry["id"])
        return all(says(known.get(name), value) for name, value in entry.items())
    return _same(known, entry)


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return normal_form(one) == normal_form(other)
    return one == other


def _filled(value: object) -> bool:
    return value not in (None, "", [], {})
