"""Finds what a person translated of the same text written another way, and puts this text's numbers into it.

Two texts are the same where they differ in numbers, capitals, accents, punctuation, inclusive forms and the plural of a
participle alone. Any other difference, of tense (accueillait), of person, of an article, may change what is said: such
a text is a candidate for a translator to choose (``candidates``), never put under a person's words unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from passerelle.translation.figures import has_same_figures
from passerelle.translation.negation import loses_negation
from passerelle.translation.spans import NUMBER, fold_word, number_values
from passerelle.translation.typography import localise
from schemas.inclusive import expand_inclusive
from schemas.texts import normal_form
from schemas.working import MemoryEntry

LEAST = 0.90
"""Similarity from which a text is near, numbers aside: rapidfuzz's ratio, from 0 to 1."""
_PARTICIPLE = ("é", "ée", "i", "ie", "u", "ue")
"""Endings of French participles."""
_BEGINNING = 3
"""Letters of words by which entries are found."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Similar:
    """A person's translation of a similar text, numbers adapted."""

    entry: MemoryEntry
    target: str
    score: float
    """Similarity of the two sources, from 0 to 1, numbers included."""

    @property
    def label(self) -> str:
        """Say it as the reason in text_status."""
        return f"fuzzy-{int(self.score * 100) / 100:.2f}"


class NearTexts:
    """The human entries of one direction, by the beginnings of their words: only equal ones can be near."""

    def __init__(self, entries: Iterable[MemoryEntry]) -> None:
        self._entries: dict[tuple[str, ...], list[MemoryEntry]] = {}
        for entry in entries:
            self._entries.setdefault(_beginnings(entry.source), []).append(entry)

    def find(self, text: str, context: str | None) -> Similar | None:
        """Give the nearest entry that fits; of equals one of the same field, then the first in the order of texts."""
        key = _without_numbers(text)
        near = [
            entry
            for entry in self._entries.get(_beginnings(text), ())
            if fuzz.ratio(key, _without_numbers(entry.source)) >= LEAST * 100
        ]
        near.sort(key=lambda entry: (entry.context != context, entry.source, entry.target))
        found = [similar for entry in near if (similar := _fit(text, entry))]
        return max(found, key=lambda similar: similar.score, default=None)


def _beginnings(text: str) -> tuple[str, ...]:
    return tuple(fold_word(word)[:_BEGINNING] for word in _WORD.findall(expand_inclusive(text)))


def _without_numbers(text: str) -> str:
    return NUMBER.sub("0", normal_form(text)).lower()


def _fit(text: str, entry: MemoryEntry) -> Similar | None:
    """Hold a text against an entry word by word, and adapt the numbers."""
    if not _same_words(text, entry.source):
        return None
    target = _with_numbers(text, entry)
    if target is None:
        return None
    languages = (entry.source_language, entry.target_language)
    if loses_negation(text, target, *languages) or not has_same_figures(text, target):
        return None
    return Similar(entry, target, fuzz.ratio(normal_form(text), normal_form(entry.source)) / 100)


def _same_words(text: str, other: str) -> bool:
    """Compare word by word, inclusive forms read as plain ones."""
    ours, theirs = (_WORD.findall(expand_inclusive(one)) for one in (text, other))
    return len(ours) == len(theirs) and all(_near(*pair) for pair in zip(ours, theirs, strict=True))


def _near(one: str, two: str) -> bool:
    """Tell two writings of one word, or a participle in the singular and the plural: invité, invités."""
    left, right = sorted((fold_word(one), fold_word(two)), key=len)
    if left == right:
        return True
    return right == f"{left}s" and min((one, two), key=len).lower().endswith(_PARTICIPLE)


def _with_numbers(text: str, entry: MemoryEntry) -> str | None:
    """Put the text's numbers in the place of the entry's; ``None`` where it is not plain which is which."""
    ours, theirs = NUMBER.findall(text), NUMBER.findall(entry.source)
    if len(ours) != len(theirs):
        return None
    changes: dict[str, str] = {}
    for new, old in zip(map(str, ours), map(_one_value, theirs), strict=True):
        if changes.setdefault(old, new) != new:
            return None
    changes = {old: new for old, new in changes.items() if _one_value(new) != old}
    if any((old in "01") != (_one_value(new) in "01") for old, new in changes.items()):  # plural would have to follow
        return None
    standing = number_values(entry.target)
    if any(standing[old] != 1 for old in changes):
        return None

    def put(found: re.Match[str]) -> str:
        new = changes.get(_one_value(found[0]))
        return found[0] if new is None else localise(new, entry.target_language)

    return re.sub(rf"(?<!\w)(?:{NUMBER.pattern})(?!\w)", put, entry.target)


def _one_value(number: str) -> str:
    return next(iter(number_values(number)))
