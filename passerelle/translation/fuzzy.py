"""Finds what a person translated of nearly the same text, and puts this text's numbers into it.

Two texts are near when nine tenths of their letters agree. That alone would take « fermé » for « ouvert » in a long
sentence, so their words must be the same too, but for endings, accents and articles; and names the same altogether.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from passerelle.translation.checks import has_same_numbers, loses_negation
from passerelle.translation.spans import NUMBER, fold_word, number_values
from passerelle.translation.typography import localise
from schemas.texts import normal_form
from schemas.working import MemoryEntry

LEAST = 0.90
"""Similarity from which a text is near, numbers aside: rapidfuzz's ratio, from 0 to 1."""
_NEAR_STEM, _NEAR_ENDING = 3, 3
"""Two forms of one word share at least so many first letters, and differ in at most so many last ones."""
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"])
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
    words = map(fold_word, _WORD.findall(text))
    return tuple(word[:_NEAR_STEM] for word in words if word not in _ARTICLES)


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
    if loses_negation(text, target, *languages) or not has_same_numbers(
        localise(text, entry.target_language), localise(target, entry.target_language)
    ):
        return None
    return Similar(entry, target, fuzz.ratio(normal_form(text), normal_form(entry.source)) / 100)


def _same_words(text: str, other: str) -> bool:
    ours, theirs = _WORD.findall(text), _WORD.findall(other)
    left, right = [fold_word(word) for word in ours], [fold_word(word) for word in theirs]
    for change, start, end, from_, to in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        one, two = ours[start:end], theirs[from_:to]
        if change == "replace" and len(one) == len(two):
            if not all(_near(*pair) for pair in zip(one, two, strict=True)):
                return False
        elif not all(fold_word(word) in _ARTICLES for word in (*one, *two)):
            return False
    return True


def _near(one: str, two: str) -> bool:
    """Tell two forms of one word: « accompagné », « accompagnées »; a name has one form only."""
    left, right = fold_word(one), fold_word(two)
    if left in _ARTICLES and right in _ARTICLES:
        return True
    if one[0].isupper() or two[0].isupper():
        return False
    shared = next((at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), None)
    stem = min(len(left), len(right)) if shared is None else shared
    return stem >= _NEAR_STEM and max(len(left), len(right)) - stem <= _NEAR_ENDING and stem * 2 > len(left)


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
