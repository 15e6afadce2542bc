"""The controlled lists behind fields: which codes a field takes, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.base import LanguageMap
from schemas.edition import per_edition
from schemas.gazetteer import regions
from schemas.vocabulary import vocabulary

_LISTS = {
    "kind": "kinds",
    "cost": "cost",
    "sector": "sectors",
    "sectors": "sectors",
    "collaboration": "collaboration",
    "themes": "themes",
    "activities": "activities",
    "genders": "genders",
    "groups": "groups",
}
"""Last step of a field's path → vocabulary."""


@per_edition
def codes(field: str) -> Mapping[str, LanguageMap] | None:
    """Give code → label of a field by its dotted path (``audience.genders``, ``benefits.0.sector``).

    None where the field takes any text.
    """
    steps = [step for step in field.split(".") if not step.isdigit()]
    if steps[-1] == "regions":
        return {region.code: region.name for region in regions()}
    name = _LISTS.get(steps[-1])
    return {term.code: term.label for term in vocabulary(name).terms} if name else None
