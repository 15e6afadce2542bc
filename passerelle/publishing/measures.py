"""What the gate compares between the release being served and the next one: initiatives, and their filled fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.completeness import KEY_FIELDS

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


def kinds_of(initiatives: Iterable[Glance]) -> Counter[tuple[tuple[str, ...], int]]:
    """Count initiatives by sources and filled fields: few kinds, however many initiatives."""
    return Counter((tuple(one.sources), one.filled) for one in initiatives)


def measured(kinds: Counter[tuple[tuple[str, ...], int]], resting: frozenset[str]) -> Measures:
    """Count initiatives and filled fields; those only of sources that stepped aside are not counted."""
    found = Measures()
    for (sources, filled), count in kinds.items():
        names = {ALL, *sources} - resting
        if len(names) > 1 or not sources:
            for source in names:
                found.initiatives[source] += count
                for place, name in enumerate(KEY_FIELDS):
                    found.filled[source, name] += count if filled >> place & 1 else 0
    return found
