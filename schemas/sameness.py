"""What is a difference between two readings of a page.

White space, kinds of quotes, days in a text and the random tokens that sites put into addresses are none.
"""

from __future__ import annotations

import re

from schemas.texts import normal_form

TEXT_LEAST = 6
"""Words from which a value is a text, in which a day says little; in a shorter one it may be all that is said."""

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
DAY = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:\.\d+)?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?\b"
    rf"|\b\d{{1,2}}(?:er)?\s(?:{_MONTHS})\s\d{{4}}\b"
    rf"|\b(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\b(?=[\w-]*[a-z])(?=(?:[\w-]*\d){3})[\w-]{16,}\b", re.IGNORECASE)


def same(one: object, other: object) -> bool:
    """Tell whether two values, as JSON, say the same."""
    if isinstance(one, str) and isinstance(other, str):
        return _stable(one) == _stable(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    return one == other


def _stable(text: str) -> str:
    plain = normal_form(text)
    return without_noise(plain) if len(plain.split()) >= TEXT_LEAST else plain


def without_noise(text: str) -> str:
    """Bring a text to its normal form, with days and random tokens left out."""
    return _TOKEN.sub("…", DAY.sub("…", normal_form(text)))
