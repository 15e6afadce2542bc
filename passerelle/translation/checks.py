"""Named checks that every machine text must pass; the name of the first that fails becomes the pending reason.

Thresholds were set by hand on short community-sector prose and are meant to be measured, then moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import yaml

from passerelle.translation.spans import number_values
from schemas.base import Language

Failure = Literal[
    "empty",
    "repetition",
    "length-ratio",
    "untranslated-copy",
    "wrong-language",
    "numbers-changed",
    "protected-changed",
    "termbase",
]

LONGEST, SHORTEST, SLACK = 2.2, 0.4, 20
"""Output characters for one source character, at most and at least, give or take SLACK characters."""
COPIED_SHARE, COPIED_LEAST = 0.8, 4
"""Share of a sentence's words (of at least so many) found again in the same order in an untranslated copy."""
FOREIGN_LEAST = 3
"""So many small words of the source language, and none of the target's, make an output the wrong language."""

_WORD = re.compile(r"[^\W\d_]+")
_WORDS = yaml.safe_load((Path(__file__).with_name("words") / "small_words.yml").read_text("utf-8"))
_SMALL: dict[Language, frozenset[str]] = {"fr": frozenset(_WORDS["fr"]), "en": frozenset(_WORDS["en"])}
_SHARED = _SMALL["fr"] & _SMALL["en"]
_NUMBER_WORDS: tuple[frozenset[str], ...] = tuple(frozenset(forms) for forms in _WORDS["numbers"])


def failed_check(
    source: str, output: str, source_language: Language, target_language: Language, *, name: bool = False
) -> Failure | None:
    """Name the first check that an output fails; ``None`` when it passes them all.

    ``source`` is what the engine read, placeholders included. ``name`` marks a proper name, which may stay as it is.
    """
    failures: tuple[tuple[Failure, Callable[[], bool]], ...] = (
        ("empty", lambda: not output.strip()),
        ("repetition", lambda: is_repetitive(output) and not is_repetitive(source)),
        ("length-ratio", lambda: not has_sane_length(source, output)),
        ("untranslated-copy", lambda: not name and is_copy(source, output, source_language)),
        ("wrong-language", lambda: is_wrong_language(output, source_language, target_language)),
        ("numbers-changed", lambda: not has_same_numbers(source, output)),
    )
    return next((failure for failure, failed in failures if failed()), None)


def is_repetitive(text: str) -> bool:
    """Tell a loop: a word four times in a row, two to five words three times, or letters again and again in a word."""
    words = [word.lower() for word in _WORD.findall(text)]
    for size in range(1, 6):
        times = 4 if size == 1 else 3
        for start in range(len(words) - size * times + 1):
            gram = words[start : start + size]
            if all(words[start + turn * size : start + (turn + 1) * size] == gram for turn in range(1, times)):
                return True
    return any(re.search(r"(\w{2,20})\1{2,}", word) for word in words)


def has_sane_length(source: str, output: str) -> bool:
    """Compare lengths in characters; see LONGEST, SHORTEST and SLACK."""
    return SHORTEST * len(source) - SLACK <= len(output) <= LONGEST * len(source) + SLACK


def is_copy(source: str, output: str, language: Language) -> bool:
    """Tell whether a source comes back untranslated: whole with a small word in it, or nearly whole."""
    before, after = ([word.lower() for word in _WORD.findall(text)] for text in (source, output))
    small = _SMALL[language] - _SHARED
    if before == after and any(word in small for word in before):
        return True
    if len(before) < COPIED_LEAST or not any(word in small for word in after):
        return before == after and len(before) >= COPIED_LEAST
    kept = sum(1 for word in before if word in set(after))
    return kept / len(before) >= COPIED_SHARE


def is_wrong_language(output: str, source: Language, target: Language) -> bool:
    """Count the small words of both languages; see FOREIGN_LEAST."""
    words = [word.lower() for word in _WORD.findall(output)]
    foreign = sum(1 for word in words if word in _SMALL[source] - _SHARED)
    own = sum(1 for word in words if word in _SMALL[target] - _SHARED)
    return foreign >= FOREIGN_LEAST and own == 0


def has_same_numbers(source: str, output: str) -> bool:
    """Compare the numbers by value; a number from 1 to 12 may be written as a word on one side."""
    before, after = number_values(source), number_values(output)
    lost, added = before - after, after - before
    return _as_words(lost, output) and _as_words(added, source)


def _as_words(numbers: dict[str, int], text: str) -> bool:
    words = {word.lower() for word in _WORD.findall(text)}
    for number in numbers:
        if not number.isdigit() or not 1 <= int(number) <= len(_NUMBER_WORDS):
            return False
        if not words.intersection(_NUMBER_WORDS[int(number) - 1]):
            return False
    return True
