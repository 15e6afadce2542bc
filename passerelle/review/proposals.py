"""Changes of the pages that a person should accept or refuse: nothing is taken over in silence.

A value that a curator replaced once is not proposed again when it comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from passerelle.review.comparing import Word, words_changed
from passerelle.review.help import Record
from passerelle.review.records import LIFE, Held
from schemas.decision import Decision
from schemas.paths import dumped
from schemas.sameness import same

WORKED_OUT = LIFE | {"id", "slug", "text_status", "related", "mentions"}
"""Fields that are no words of a page."""

_POSITION = re.compile(r"^(?P<list>.*?)\.(?P<place>\d+)(?P<rest>(?:\..*)?)$")


@dataclass(frozen=True)
class Proposal:
    """A change of the pages; values as JSON."""

    path: str
    was: JsonValue
    """What the pages said when a person last looked."""
    is_now: JsonValue
    mine: JsonValue
    """What the record says."""
    edited: bool
    """Whether ``mine`` is a person's edit, which stays until the change is accepted; else the page's own."""
    diff: tuple[Word, ...]
    """Word by word from ``was`` to ``is_now``; empty where they are not texts."""


def proposals(held: Held) -> tuple[Proposal, ...]:
    """Give the open proposals of a record: first against edits, then against the last approval, by path."""
    edits = edits_by_path(held)
    against_edits = (_against_edits(held, path, edits[path]) for path in sorted(edits))
    return (*filter(None, against_edits), *_since_approval(held, tuple(edits)))


def edits_by_path(held: Held) -> dict[str, list[Decision]]:
    """Give the edits in force by path, oldest first."""
    found: dict[str, list[Decision]] = {}
    for decision in held.standing:
        if decision.action == "edit" and decision.path:
            found.setdefault(decision.path, []).append(decision)
    return found


def snapshot(record: Record) -> dict[str, JsonValue]:
    """Give what a record says by path: structures and texts part by part, lists as a whole."""
    return dict(_leaves("", record.model_dump(mode="json", exclude=set(WORKED_OUT))))


def _leaves(path: str, value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    if isinstance(value, dict) and "id" not in value:
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}" if path else name, inner)
    else:
        yield path, value


def _against_edits(held: Held, path: str, edits: list[Decision]) -> Proposal | None:
    now, last = dumped(held.base, path), edits[-1]
    known = [value for edit in edits for value in (edit.source_value, edit.value)]
    if now is None or any(same(now, value) for value in known) or _moved(held.base, path, last.source_value):
        return None
    return _proposal(path, last.source_value, now, dumped(held.record, path), edited=True)


def _since_approval(held: Held, edited: tuple[str, ...]) -> Iterator[Proposal]:
    seen = _seen(held)
    if not seen:
        return
    now = snapshot(held.base)
    for path in sorted(now.keys() & seen.keys()):
        touched = any(path == one or path.startswith(f"{one}.") or one.startswith(f"{path}.") for one in edited)
        if not touched and not same(seen[path], now[path]):
            yield _proposal(path, seen[path], now[path], dumped(held.record, path), edited=False)


def _seen(held: Held) -> Mapping[str, JsonValue]:
    """Give what the pages said when a person last approved the record, and the changes accepted since."""
    seen: dict[str, JsonValue] = {}
    for decision in held.standing:
        if decision.action == "approve" and not decision.path and decision.record == held.id:
            seen = dict(decision.source_value) if isinstance(decision.source_value, dict) else {}
        elif decision.action == "approve" and decision.path in seen:
            seen[decision.path] = decision.source_value
    return seen


def _proposal(path: str, was: JsonValue, now: JsonValue, mine: JsonValue, *, edited: bool) -> Proposal:
    texts = isinstance(was, str | None) and isinstance(now, str | None)
    diff = words_changed(str(was or ""), str(now or "")) if texts else ()
    return Proposal(path, was, now, mine, edited, diff)


def _moved(base: Record, path: str, value: JsonValue) -> bool:
    """Tell whether an entry of a list only stands elsewhere now."""
    found = _POSITION.match(path)
    entries = dumped(base, found["list"]) if found else None
    if not found or value is None or not isinstance(entries, list):
        return False
    return any(dumped(base, f"{found['list']}.{place}{found['rest']}") == value for place in range(len(entries)))
