"""What became of each record since the newest release: the lines of changes.ndjson."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json

from passerelle.publishing.contents import record_type
from schemas.release import Change, ChangeKind

NO_LONGER_FOUND = "no-longer-found"
"""Reason of a record that no page gives any more and that nobody withdrew."""


class Ending(NamedTuple):
    """How an id ended: merged into another, or withdrawn for a reason."""

    change: ChangeKind
    into: str | None = None
    reason: str | None = None


@dataclass
class Past:
    """What the lines of changes.ndjson tell so far."""

    versions: dict[str, int] = field(default_factory=dict)
    """How often each id was added or changed."""
    ended: dict[str, Ending] = field(default_factory=dict)
    """Ids whose last line says that they ended."""


def past_of(changes: Path | None) -> Past:
    """Read the lines of the newest release; nothing of them is held but numbers and endings."""
    past = Past()
    if changes is None:
        return past
    with changes.open("rb") as lines:
        for line in lines:
            told = from_json(line)
            id_ = told["id"]
            if told["change"] in {"added", "changed"}:
                past.versions[id_] = past.versions.get(id_, 0) + 1
                past.ended.pop(id_, None)
            else:
                past.ended[id_] = Ending(told["change"], told["into"], told["reason"])
    return past


def endings(
    gone: Iterable[str],
    past: Past,
    *,
    there: Collection[str],
    redirects: Mapping[str, str],
    withdrawn: Mapping[str, str],
) -> dict[str, Ending]:
    """Give the ids that ended and how, where no line says so already.

    The end of a redirect is among them: if nothing lives there any more, a reader who follows it finds a tombstone.

    Args:
        gone: ids of the newest release that the new one has not.
        past: what the lines so far tell.
        there: ids of the new release.
        redirects: merged id → id that lives on, followed to the end.
        withdrawn: withdrawn id → reason.
    """
    found = dict.fromkeys((*gone, *redirects.values()), Ending("withdrawn", None, NO_LONGER_FOUND))
    found.update({id_: Ending("withdrawn", None, reason) for id_, reason in withdrawn.items()})
    found.update({old: Ending("merged", into, None) for old, into in redirects.items()})
    return {id_: end for id_, end in sorted(found.items()) if id_ not in there and past.ended.get(id_) != end}


def ends_followed(redirects: Mapping[str, str]) -> dict[str, str]:
    """Give each merged id with the id that lives on, later merges followed; a loop ends where it began."""
    return {old: _end_of(old, redirects) for old in sorted(redirects)}


def new_lines(
    differences: Iterable[tuple[str, list[str] | None]],
    ends: Mapping[str, Ending],
    *,
    release: int,
    at: datetime,
) -> Iterator[Change]:
    """Yield the lines that a release adds, sorted by id.

    Args:
        differences: ids added (no fields) and changed (their fields), sorted by id.
        ends: ids that ended.
        release: its number.
        at: its ``as_of``.
    """
    entered = ((id_, Ending("added") if fields is None else Ending("changed"), fields) for id_, fields in differences)
    left = ((id_, end, None) for id_, end in sorted(ends.items()))
    for id_, end, fields in heapq.merge(entered, left, key=lambda line: line[0]):
        yield Change.model_validate(
            {
                "release": release,
                "at": at,
                "change": end.change,
                "id": id_,
                "type": record_type(id_),
                "into": end.into,
                "fields": fields or (),
                "reason": end.reason,
            }
        )


def _end_of(record: str, redirects: Mapping[str, str]) -> str:
    seen = {record}
    here = redirects[record]
    while here in redirects and here not in seen:
        seen.add(here)
        here = redirects[here]
    return here
