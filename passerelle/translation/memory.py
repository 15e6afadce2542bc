"""The translation memory: people's translations by source text, and a cache of what engines answered.

A person's entry pairs a whole text, or a block of it, as the pages or a curator wrote it. A machine's entry pairs
what was sent to an engine with its raw answer, one sentence each, so that a second run asks nothing again even where
the checks refused the answer, and better rules take effect without a new request. What people wrote of a nearly equal
text is found too (``fuzzy``), and labelled so.
"""

from __future__ import annotations

from collections.abc import Iterable

from passerelle.translation.fuzzy import NearTexts, Similar
from schemas.base import Language
from schemas.texts import text_digest as source_hash
from schemas.working import MemoryEntry

__all__ = ["Memory", "source_hash"]

_Key = tuple[Language, Language, str]


class Memory:
    """An index over memory entries, which also collects the entries made during a run."""

    def __init__(self, entries: Iterable[MemoryEntry] = ()) -> None:
        self._human: dict[_Key, list[MemoryEntry]] = {}
        self._machine: dict[_Key, dict[str, MemoryEntry]] = {}
        self._approved: dict[_Key, list[MemoryEntry]] = {}
        self._made: list[MemoryEntry] = []
        self._near: dict[tuple[Language, Language], NearTexts] = {}
        for entry in entries:
            self._index(entry)

    def human(self, text: str, source: Language, target: Language, context: str | None = None) -> MemoryEntry | None:
        """Find a person's translation of exactly this text.

        One from the same field wins, then one of no field, then any; between equals the order of the texts
        decides, so that the same entries always give the same answer.
        """
        return _closest(self._human.get((source, target, source_hash(text)), ()), context)

    def approved(self, text: str, source: Language, target: Language, context: str | None = None) -> MemoryEntry | None:
        """Find a machine's translation of exactly this text that a person approved, chosen in the same way."""
        return _closest(self._approved.get((source, target, source_hash(text)), ()), context)

    def similar(self, text: str, source: Language, target: Language, context: str | None = None) -> Similar | None:
        """Find a person's translation of nearly this text; see ``fuzzy``."""
        direction = (source, target)
        if direction not in self._near:
            kept = (entries for key, entries in self._human.items() if key[:2] == direction)
            self._near[direction] = NearTexts(entry for entries in kept for entry in entries)
        return self._near[direction].find(text, context)

    @property
    def by_people(self) -> tuple[MemoryEntry, ...]:
        """Entries that people wrote, in the order in which they came."""
        return tuple(entry for entries in self._human.values() for entry in entries)

    def machine(self, text: str, source: Language, target: Language, engine: str | None) -> MemoryEntry | None:
        """Find what an engine answered to exactly this text.

        ``engine`` is the label of the engine in use; without one (none installed) any engine's answer will do,
        the highest label first.
        """
        entries = self._machine.get((source, target, source_hash(text)), {})
        found = {label: entry for label, entry in entries.items() if entry.source == text}
        if engine is not None:
            return found.get(engine)
        return found[max(found)] if found else None

    def add(self, entry: MemoryEntry) -> None:
        """Take in an entry made during this run."""
        self._index(entry)
        self._made.append(entry)

    @property
    def made(self) -> tuple[MemoryEntry, ...]:
        """Entries added since the index was built, to be saved."""
        return tuple(self._made)

    def _index(self, entry: MemoryEntry) -> None:
        key = (entry.source_language, entry.target_language, entry.source_hash)
        if entry.origin == "human":
            self._human.setdefault(key, []).append(entry)
            self._near.pop(key[:2], None)
        elif entry.reviewed:
            self._approved.setdefault(key, []).append(entry)
        else:
            self._machine.setdefault(key, {})[entry.engine or ""] = entry


def _closest(entries: Iterable[MemoryEntry], context: str | None) -> MemoryEntry | None:
    return min(entries, key=lambda entry: (_distance(entry.context, context), entry.target), default=None)


def _distance(entry: str | None, wanted: str | None) -> int:
    if entry == wanted:
        return 0
    return 1 if entry is None else 2
