"""What people translated of texts somewhat like this one, for a translator to choose from; never taken unseen."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from passerelle.translation.memory import Memory
from schemas.base import Language
from schemas.texts import normal_form

LEAST = 75.0
"""Similarity, in per cent, from which a translation is worth showing: below, correcting it costs more than writing
anew, which is why translators’ tools begin at 70 to 75."""
MOST = 3
"""Candidates for a text."""


@dataclass(frozen=True)
class Candidate:
    """Another text that a person translated."""

    source: str
    target: str
    similarity: float
    """rapidfuzz's ratio of the two sources, in per cent."""


class Candidates:
    """The texts of one direction that people translated."""

    def __init__(self, memory: Memory, source: Language, target: Language) -> None:
        direction = (source, target)
        entries = (one for one in memory.by_people if (one.source_language, one.target_language) == direction)
        self._entries = sorted({(one.source, one.target) for one in entries})
        self._forms = [normal_form(one) for one, _ in self._entries]

    def of(self, text: str) -> tuple[Candidate, ...]:
        """Give the nearest, the best first; of equal translations one."""
        found = process.extract(
            normal_form(text), self._forms, scorer=fuzz.ratio, score_cutoff=LEAST, limit=4 * MOST, processor=None
        )
        best: dict[str, Candidate] = {}
        for _, score, at in found:
            source, target = self._entries[at]
            best.setdefault(target, Candidate(source, target, score))
        return tuple(best.values())[:MOST]
