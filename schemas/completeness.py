"""How complete an initiative is: which of its key fields have a value."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

KEY_FIELDS = (
    "summary",
    "description",
    "lead_organization",
    "partners",
    "themes",
    "activities",
    "audience",
    "territory",
    "contact",
)
"""Fields of an initiative whose fill rate is watched."""


def filled(record: dict[str, Any] | BaseModel) -> tuple[bool, ...]:
    """Tell of each of ``KEY_FIELDS`` whether an initiative, as a shape or as written, has a value."""
    given = record if isinstance(record, dict) else vars(record)
    return tuple(_has_value(given.get(name)) for name in KEY_FIELDS)


def _has_value(value: Any) -> bool:
    if isinstance(value, BaseModel):
        value = vars(value)
    if isinstance(value, dict):
        return any(_has_value(inner) for name, inner in value.items() if name != "province")
    return value not in (None, "", [], ())
