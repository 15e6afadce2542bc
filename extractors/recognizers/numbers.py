"""Numbers written in words, French and English, 0 to 99."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

_FR_UNITS = [
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_EN_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@cache
def number_words() -> dict[str, int]:
    """Give every number word in its folded spelling, with its value."""
    words = {word: value for value, word in enumerate(_FR_UNITS)} | {
        word: value for value, word in enumerate(_EN_UNITS)
    }
    for ten, name in _FR_TENS.items():
        words[name] = ten
        for unit in range(1, 20 if ten in (60, 80) else 10):
            joined = f"{name} et {_FR_UNITS[unit]}" if unit in (1, 11) and ten != 80 else f"{name}-{_FR_UNITS[unit]}"
            words[joined] = words[joined.replace(" ", "-")] = words[joined.replace("-", " ")] = ten + unit
    words["quatre-vingts"] = 80
    for place, name in enumerate(_EN_TENS):
        ten = 20 + 10 * place
        words[name] = ten
        for unit in range(1, 10):
            words[f"{name}-{_EN_UNITS[unit]}"] = words[f"{name} {_EN_UNITS[unit]}"] = ten + unit
    return words


@cache
def number_pattern() -> str:
    """Give a regular expression for a number of up to three digits, or in words, longest words first."""
    words = [word for word in number_words() if word != "un"]
    ends: dict[str, tuple[str, ...]] = {
        ten: tuple(word.removeprefix(ten) for word in words if word.startswith(ten))
        for ten in (*_FR_TENS.values(), *_EN_TENS)
    }
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for ten, rests in ends.items():
        alike[rests].append(ten)
    tens = [rf"(?:{'|'.join(names)}){_alternatives(rests)}" for rests, names in alike.items()]
    units = _alternatives(word for word in words if not word.startswith(tuple(ends)))
    return rf"(?:\d{{1,3}}|{'|'.join(tens)}|{units})"


def _alternatives(words: Iterable[str]) -> str:
    """Give an expression for any of the words, a longer one before one that begins it.

    What words begin with alike is written once, as what tens go on with alike: ages have eighteen patterns with two
    numbers in each to compile.
    """
    rests: dict[str, list[str]] = defaultdict(list)
    for word in words:
        rests[word[:1]].append(word[1:])
    ends = rests.pop("", None)
    branches = [re.escape(letter) + _alternatives(rest) for letter, rest in rests.items()]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if ends or len(branches) > 1 else branches[0]


def read_number(written: str) -> int:
    """Give the value of what ``number_pattern`` matched."""
    return int(written) if written.isdigit() else number_words()[written]
