"""Tells whether a translation drops an item of a list: “tutoring, camps and meals” as « tutorat et repas »."""

from __future__ import annotations

import re

MOST_WORDS = 5
"""Of an item; what is longer is a clause, which a translation may join to another."""
LEAST = 2
"""Separators of a list: “A and B” is often said in one word."""
_JOIN = re.compile(r"(?:et|ou|and|or|ainsi que|as well as|&)\b|&", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;]?\s+(?:et|ou|and|or|ainsi que|as well as|&)\s+|[,;](?!\s?\d)\s*", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?:])\s+|\s*[()–—]\s*")


def loses_item(source: str, output: str) -> bool:
    """Tell whether the source has a list and the output fewer separators than it; commas before figures aside."""
    asked = max(map(_separators, _END.split(source)))
    return asked >= LEAST and len(_SEPARATOR.findall(output)) < asked


def _separators(text: str) -> int:
    """Count the separators of a text's longest list: short items, the last one joined, or short items alone."""
    items, between = _SEPARATOR.split(text), _SEPARATOR.findall(text)
    joins = [at for at, separator in enumerate(between) if _JOIN.match(separator.strip(" ,;"))]
    if not joins and not text.endswith(".") and all(map(_is_item, items)):
        return len(between)
    longest = 0
    for at in joins:
        first = at
        while first and first - 1 not in joins and _is_item(items[first]):
            first -= 1
        longest = max(longest, at - first + 1)
    return longest


def _is_item(text: str) -> bool:
    """Tell an item from a clause, and from a number, which has a check of its own."""
    return len(text.split()) <= MOST_WORDS and not any(map(str.isdigit, text))
