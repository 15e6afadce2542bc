"""What the gate compares between the release being served and the next one: initiatives, and their filled fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from passerelle.publishing.facts import KEY_FIELDS

ALL = ""
"""Stands for all sources together."""


@dataclass(frozen=True)
class Glance:
    """What the gate looks at of an initiative."""

    id: str
    sources: list[str]
    filled: int
    """A bit for each of ``KEY_FIELDS`` that has a value."""


@dataclass
class Measures:
    """Initiatives and filled key fields, by source and (``ALL``) together."""

    initiatives: Counter[str] = field(default_factory=Counter)
    filled: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By source and field."""

    def rate(self, source: str, name: str) -> int:
        """Give the percentage of a source's initiatives that have a value in a field."""
        count = self.initiatives[source]
        return round(100 * self.filled[source, name] / count) if count else 0


def measured(initiatives: Iterable[Glance], resting: frozenset[str]) -> Measures:
    """Count initiatives and filled fields; those only of sources that stepped aside are not counted."""
    found = Measures()
    for one in initiatives:
        names = {ALL, *one.sources} - resting
        if len(names) > 1 or not one.sources:
            found.initiatives.update(names)
            filled = [name for place, name in enumerate(KEY_FIELDS) if one.filled >> place & 1]
            found.filled.update((source, name) for source in names for name in filled)
    return found
