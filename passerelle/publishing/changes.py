"""What became of each record since the newest release: the lines of changes.ndjson."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json

from passerelle.publishing.contents import record_type
from passerelle.publishing.streams import Json
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
    """What the lines of changes.ndjson tell so far of ids that ended."""

    ended: dict[str, Ending] = field(default_factory=dict)
    """Ids whose last line says that they ended."""
    versions: dict[str, int] = field(default_factory=dict)
    """How often each of them was added or changed."""


class Head(NamedTuple):
    """What a line of changes.ndjson begins with."""

    release: bytes
    change: bytes
    id: bytes
    type: bytes


_HEAD = re.compile(rb'{"release":(\d+),"at":"[^"]*","change":"(\w+)","id":"([^"]+)","type":"(\w+)"')
ENDED = (b"merged", b"withdrawn")
"""Changes after which an id is no record any more."""


def head_of(line: bytes) -> Head:
    """Read what a line begins with as ``Change`` is written; to parse all of it takes twice as long.

    Raises:
        ValueError: it is no such line.
    """
    found = _HEAD.match(line)
    if found is None:
        msg = f"{line[:80]!r} is no line of changes.ndjson; bring the release back from a copy"
        raise ValueError(msg)
    return Head(*found.groups())


def last_ends(lines: Iterable[bytes]) -> dict[str, Json]:
    """Give the line of each id whose last line says that it ended, by id, the one that ended last at the end."""
    ends: dict[bytes, bytes] = {}
    for line in lines:
        _, change, id_, _ = head_of(line)
        if ends:
            ends.pop(id_, None)
        if change in ENDED:
            ends[id_] = line
    return {id_.decode(): from_json(line) for id_, line in ends.items()}


def past_of(changes: Path | None) -> Past:
    """Read the lines of the newest release; a record that is there tells its version itself."""
    if changes is None:
        return Past()
    with changes.open("rb") as lines:
        ends = last_ends(lines)
        lines.seek(0)
        times = Counter(_entered(lines, ends)) if ends else {}
    return Past({id_: Ending(told["change"], told["into"], told["reason"]) for id_, told in ends.items()}, times)


def _entered(lines: Iterable[bytes], ids: Collection[str]) -> Iterator[str]:
    """Yield some ids as often as they were added or changed."""
    for told in map(head_of, lines):
        if told.change not in ENDED and (id_ := told.id.decode()) in ids:
            yield id_


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
