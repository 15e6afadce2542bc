"""What became of each record since the newest release: the lines of changes.ndjson, and record versions from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from passerelle.publishing.contents import Contents, Json, content_of, record_type
from schemas.records import Initiative, NewsItem
from schemas.release import Change

R = TypeVar("R", Initiative, NewsItem)

NO_LONGER_FOUND = "no-longer-found"
"""Reason of a record that no page gives any more and that nobody withdrew."""


def changes_since(
    before: Mapping[str, Json], history: Sequence[Change], contents: Contents, *, release: int, at: datetime
) -> tuple[Change, ...]:
    """Compare what a release says with the records of the newest one; give the new lines, sorted by id.

    Args:
        before: written records of the newest release, by id; empty for the first.
        history: all lines written so far, oldest first.
        contents: what the new release says.
        release: its number.
        at: its ``as_of``.
    """
    last = {change.id: change for change in history}
    alive: set[str] = set()
    lines: list[Change] = []

    def say(**told: object) -> None:
        lines.append(
            Change.model_validate({"release": release, "at": at, "type": record_type(str(told["id"])), **told})
        )

    for record in contents.records:
        alive.add(record.id)
        old = before.get(record.id)
        if old is None:
            say(change="added", id=record.id)
        elif fields := changed_fields(old, record.model_dump(mode="json")):
            say(change="changed", id=record.id, fields=fields)
    for gone, ending in _endings(before, contents).items():
        known = last.get(gone)
        if gone not in alive and (known is None or (known.change, known.into, known.reason) != ending):
            say(change=ending[0], id=gone, into=ending[1], reason=ending[2])
    return tuple(sorted(lines, key=lambda line: line.id))


def changed_fields(old: Json, new: Json) -> tuple[str, ...]:
    """Name the top-level fields whose content differs between two written records, in the order of the model."""
    left, right = content_of(old), content_of(new)
    return tuple(name for name in {**right, **left} if left.get(name) != right.get(name))


def with_versions(records: Iterable[R], history: Iterable[Change]) -> tuple[R, ...]:
    """Give the records with ``version`` and ``last_changed`` as the lines of changes.ndjson tell them.

    ``version`` counts the releases that added or changed the record; ``last_changed`` is the ``as_of`` of the last.
    """
    told: dict[str, list[datetime]] = {}
    for change in history:
        if change.change in {"added", "changed"}:
            told.setdefault(change.id, []).append(change.at)
    return tuple(
        record.model_copy(update={"version": len(told[record.id]), "last_changed": told[record.id][-1]})
        for record in records
    )


def _endings(before: Mapping[str, Json], contents: Contents) -> dict[str, tuple[str, str | None, str | None]]:
    """Give the kind of change, the id that lives on and the reason for each id that may have ended.

    The end of a redirect is among them: if nothing lives there any more, a reader who follows it finds a tombstone.
    """
    lost = {*before, *contents.redirects.values()}
    endings: dict[str, tuple[str, str | None, str | None]] = dict.fromkeys(lost, ("withdrawn", None, NO_LONGER_FOUND))
    endings.update({record: ("withdrawn", None, reason) for record, reason in contents.withdrawn.items()})
    endings.update({old: ("merged", into, None) for old, into in contents.redirects.items()})
    return endings
