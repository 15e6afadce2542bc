"""What curators decided to publish although a rule would withhold it: the fields that they edited.

Only a guess gives way: what a person asked to be withheld, and what a source withholds, stays withheld.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, JsonValue

from schemas.decision import Decision, in_force
from schemas.paths import value_at
from schemas.records import Initiative, NewsItem, Organization


@dataclass(frozen=True)
class Released:
    """The edits in force, by record: path and value of each."""

    edits: Mapping[str, tuple[tuple[str, JsonValue], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Released:
        """Take them from everything that curators decided."""
        found: defaultdict[str, dict[str, JsonValue]] = defaultdict(dict)
        for one in in_force(tuple(decisions)):
            if one.action == "edit" and one.path:
                found[one.record][one.path] = one.value
        return cls({record: tuple(edits.items()) for record, edits in found.items()})

    def paths(self, record: Initiative | NewsItem | Organization) -> frozenset[str]:
        """Give the paths of a record that still say what a curator wrote there; an entry that moved is none."""
        return frozenset(path for path, value in self.edits.get(record.id, ()) if _says(record, path, value))

    def mark(self, record: str) -> str:
        """Give what the files of a record depend on here, as text; empty where nobody edited it."""
        edits = self.edits.get(record)
        return json.dumps(edits, ensure_ascii=False, sort_keys=True) if edits else ""


def _says(record: BaseModel, path: str, value: JsonValue) -> bool:
    try:
        there = value_at(record, path)
    except KeyError:
        return False
    if isinstance(there, BaseModel):
        return there == type(there).model_validate(value)
    if isinstance(there, tuple):
        plain = [one.model_dump(mode="json") if isinstance(one, BaseModel) else one for one in there]
        return plain == value
    return there == value
