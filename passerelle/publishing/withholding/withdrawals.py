"""The withdrawals in force: which people and which records leave everything published, earlier releases included."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from passerelle.publishing.withholding.names import People
from passerelle.publishing.withholding.texts import strings_in
from schemas.decision import Decision, in_force

_LISTS = ("initiatives.ndjson", "organizations.ndjson", "news.ndjson")
_BESIDE = ("issues.ndjson", "changes.ndjson", "provenance/*.json", "changes/*.ndjson")


@dataclass(frozen=True)
class Withdrawals:
    """Who and what was withdrawn for good."""

    people: People = field(default_factory=People)
    records: frozenset[str] = frozenset()
    decisions: tuple[str, ...] = ()
    """Ids of the decisions that say so, sorted."""

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Withdrawals:
        """Take them from everything that curators decided."""
        standing = in_force(tuple(decisions))
        people = [one for one in standing if one.action == "withhold"]
        records = [one for one in standing if one.action == "withdraw" and one.everywhere]
        return cls(
            People.of(str(one.value) for one in people),
            frozenset(one.record for one in records),
            tuple(sorted(one.id for one in (*people, *records))),
        )

    def held_in(self, release: Path) -> bool:
        """Tell whether a release on disk holds a withdrawn record, or names a withdrawn person, deltas included."""
        lists = (release / name for name in _LISTS)
        if any(self.held_in_file(path, records=True) for path in lists if path.exists()):
            return True
        return any(self.held_in_file(path) for pattern in _BESIDE for path in sorted(release.glob(pattern)))

    def held_in_file(self, path: Path, *, records: bool = False) -> bool:
        """Tell whether a file of a release names a withdrawn person, or gives a withdrawn record.

        Args:
            path: JSON, or lines of JSON.
            records: each line is a record; else it is evidence, an issue, a change or a delta.
        """
        if not self.decisions:
            return False
        if path.suffix == ".json":
            return self.holds(path.read_text("utf-8"), records=False)
        with path.open(encoding="utf-8") as lines:
            return any(self.holds(line, records=records) for line in lines)

    def told_of(self, issue: str) -> bool:
        """Tell whether a line of the issue log is about a withdrawn record."""
        return any(id_ in issue for id_ in self.records) and json.loads(issue)["record"] in self.records

    def holds(self, written: str, *, records: bool) -> bool:
        """Tell whether one JSON value, or one line, of a release names a withdrawn person, or is a withdrawn record."""
        if any(id_ in written for id_ in self.records):
            told: dict[str, Any] = json.loads(written)
            if told.get("id") in self.records and (records or _gives_values(told)):
                return True
        return self.people.may_be_in(written) and any(map(self.people.named_in, strings_in(json.loads(written))))


def _gives_values(told: dict[str, Any]) -> bool:
    """Tell whether a line says what a record says: a delta that adds or changes it, or its evidence."""
    return any(name in told and told[name] for name in ("record", "patch")) or isinstance(told.get("fields"), dict)
