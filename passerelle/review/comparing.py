"""What is a difference between two readings of a page, and how two texts differ word by word.

White space, kinds of quotes, days in a text and the random tokens that sites put into addresses are none.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from schemas.texts import normal_form

Change = Literal["same", "removed", "added"]
Word = tuple[Change, str]

TEXT_LEAST = 6
"""Words from which a value is a text, in which a day says little; in a shorter one it may be all that is said."""

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_DAY = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:\.\d+)?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?\b"
    rf"|\b\d{{1,2}}(?:er)?\s(?:{_MONTHS})\s\d{{4}}\b"
    rf"|\b(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\b(?=[\w-]*[a-z])(?=(?:[\w-]*\d){3})[\w-]{16,}\b", re.IGNORECASE)
_PIECES = re.compile(rf"(?:«\s+)?(?:{_DAY.pattern}|\S+)\S*(?:\s+»)?\s*", re.IGNORECASE)
"""Words with the marks and spaces that go with them; a day is one piece."""


def same(one: object, other: object) -> bool:
    """Tell whether two values, as JSON, say the same."""
    if isinstance(one, str) and isinstance(other, str):
        return _stable(one) == _stable(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    return one == other


def words_changed(was: str, now: str) -> tuple[Word, ...]:
    """Tell word by word how a text changed; what is no difference comes as ``same``, in the new writing."""
    old, new = _PIECES.findall(was), _PIECES.findall(now)
    keys = _keys(old), _keys(new)
    told: list[Word] = []
    for change, start, end, from_, to in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if change == "equal":
            told.append(("same", "".join(new[from_:to])))
            continue
        told += [("removed", "".join(old[start:end]))] if end > start else []
        told += [("added", "".join(new[from_:to]))] if to > from_ else []
    return tuple(told)


def _keys(pieces: list[str]) -> list[str]:
    long = len(pieces) >= TEXT_LEAST
    return [_without_noise(piece) if long else normal_form(piece) for piece in pieces]


def _stable(text: str) -> str:
    plain = normal_form(text)
    return _without_noise(plain) if len(plain.split()) >= TEXT_LEAST else plain


def _without_noise(text: str) -> str:
    return _TOKEN.sub("…", _DAY.sub("…", normal_form(text)))
