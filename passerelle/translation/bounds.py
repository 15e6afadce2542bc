"""Tells whether a translation loses or adds a bound: « 18 ans et plus » is “18 and over”, not “18”.

A bound is lower (et plus, au moins, at least, over) or upper (moins de, jusqu’à, under, up to), and stands at a number.
What one text asks for strictly, the other may say in any way that ``words/bounds.yml`` accepts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from passerelle.translation.figures import LEAST_SPELLED, value_of_word
from passerelle.translation.spans import KEPT, NUMBER, number_values
from schemas.base import Language
from schemas.beside import yaml_beside

Side = Literal["lower", "upper"]
_PATTERNS = yaml_beside(Path(__file__).with_name("words") / "bounds.yml")
_N = rf"({NUMBER.pattern}|[^\W\d_]{{3,}})"
_UNIT = r"(?:[ \u00a0\u202f-](?!and\b|or\b|et\b|ou\b)[^\W\d_]+\.?|[ \u00a0\u202f]?\$){0,2}"
"""Up to two words between a number and its bound: ans, years old."""


def changes_bound(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether either text has a bound at a number of which the other has none."""
    return _lacks(source, output, source_language, target_language) or _lacks(
        output, source, target_language, source_language
    )


def _lacks(text: str, other: str, language: Language, other_language: Language) -> bool:
    return any(
        not _has(side, value, other, other_language)
        for side in ("lower", "upper")
        for value in _values(language, side, text)
    )


def _has(side: str, value: str, text: str, language: Language) -> bool:
    """Tell whether a text has this bound at this number, or at one whose value it does not write."""
    if _pattern(language, side, "loose").search(text):
        return True
    found = _values(language, side, text)
    return value in found or (bool(found) and value not in number_values(text))


@lru_cache(maxsize=4 * KEPT)
def _values(language: Language, side: str, text: str) -> frozenset[str]:
    """Give the numbers at which a text has a bound; a word that is no number is none."""
    found = set()
    for one in _pattern(language, side, "strict").finditer(text):
        number = next(filter(None, one.groups()))
        if number[0].isdigit():
            found.add(next(iter(number_values(number))))
        elif (value := value_of_word(number)) is not None and value >= LEAST_SPELLED:
            found.add(str(value))
    return frozenset(found)


@cache
def _pattern(language: Language, side: str, how: str) -> re.Pattern[str]:
    rows = _PATTERNS[language][side][how]
    written = (row.replace("{n}", _N).replace("{unit}", _UNIT) for row in rows)
    return re.compile("|".join(rf"(?<!\w)(?:{row})" for row in written), re.IGNORECASE)
