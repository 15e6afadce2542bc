"""Folding: one spelling for matching, with the way back to the page's own characters.

Case, accents, ligatures, quotes, dashes and spaces do not count when words are compared, and inclusive writing is
read as its plain form: intervenant.es, usager·ères, acteur(trice)s → intervenants, usagers, acteurs.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_QUOTES = dict.fromkeys('«»“”„‟"', '"')
_APOSTROPHES = dict.fromkeys("’‘ʼ‛′`´", "'")
_HYPHENS = dict.fromkeys("‐‑‒–—―−", "-")
_PLAIN = _QUOTES | _APOSTROPHES | _HYPHENS
_INVISIBLE = {"Mn", "Cf", "Cc"}
MEMORY = 4096
"""Blocks that the recognizers keep in their caches: those of a long page, so that each reads them once."""
_CACHED_LENGTH = 20_000
"""Of longer blocks only the last two are kept: a cache of them would hold the memory of a whole crawl."""

_POINT = r"[.·∙•‧⋅・]"
_FEMININE = (
    r"(?:e|ne|le|te|se|fe|ve|que|che|ere|iere|euse|teuse|rice|trice|ice|ales?|elle|enne|onne|esse|sse|ive|ienne)"
)
_INCLUSIVE = re.compile(
    r"(?<![@.])\b(?P<base>[a-z]{2,}[a-z])"
    rf"(?:{_POINT}{_FEMININE}(?:{_POINT}?(?P<s1>s))?"
    rf"|\(-?{_FEMININE}(?P<s2>s)?\)(?P<s3>s)?"
    rf"|-{_FEMININE}-(?P<s4>s)"
    rf"|/{_FEMININE}(?:/?(?P<s5>s))?)"
    r"(?![a-z0-9@])(?!\.[a-z]{2,3}\b)"
)
_MAY_BE_INCLUSIVE = re.compile(r"[.·∙•‧⋅・(/-](?<=[a-z].)(?:(?<=-)[a-z]+-s|(?<!-)-?[a-z])")
"""What every inclusive spelling has, from its mark on: most texts have none, and marks are quick to look for."""


class Folded(NamedTuple):
    """A text in its folded spelling; ``offsets`` gives, for each of its characters and its end, the original place."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original characters behind folded characters ``start`` to ``end``."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], max(self.offsets[end - 1] + 1, self.offsets[end])

    def place(self, original: int) -> int:
        """Give the first folded character that stands for an original one, or for one after it."""
        return original if isinstance(self.offsets, range) else bisect_left(self.offsets, original)


def fold(text: str) -> Folded:
    """Fold a text for matching."""
    return _fold_cached(text) if len(text) <= _CACHED_LENGTH else _fold_long(text)


def fold_text(text: str) -> str:
    """Fold a text where the way back is not needed."""
    return (_fold_cached(text) if len(text) <= _CACHED_LENGTH else _fold_long(text)).text


@lru_cache(maxsize=32_768)
def fold_word(word: str) -> str:
    """Fold one word; words come back more often than blocks, so they have a memory of their own."""
    return word.lower() if word.isascii() and word.isalpha() else _fold(word).text


def _fold(text: str) -> Folded:
    offsets: Sequence[int] = range(len(text) + 1)
    if text.isascii() and text.isprintable():
        folded = text.lower().replace("`", "'")
    elif _CHARACTERS.all_single(text):
        folded = text.translate(_CHARACTERS.by_code)
    else:
        folded = text.translate(_CHARACTERS.by_code)
        offsets = _offsets(text)
    return _expand_inclusive(folded, offsets) if _MAY_BE_INCLUSIVE.search(folded) else Folded(folded, offsets)


def _offsets(text: str) -> array[int]:
    """Give the original place of each folded character, and of the end, where some fold to none or to several."""
    plain = array("I", range(len(text) + 1))
    offsets, after = array("I"), 0
    for place in sorted(place for odd in _CHARACTERS.odd.intersection(text) for place in _places(text, odd)):
        offsets += plain[after:place]
        offsets.extend([place] * len(_CHARACTERS[text[place]]))
        after = place + 1
    return offsets + plain[after:]


def _places(text: str, character: str) -> Iterator[int]:
    place = text.find(character)
    while place >= 0:
        yield place
        place = text.find(character, place + 1)


_fold_cached = lru_cache(maxsize=MEMORY)(_fold)
_fold_long = lru_cache(maxsize=2)(_fold)


def _fold_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKD", character).casefold()
    plain = plain.replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in plain if not unicodedata.combining(letter)) or ""


class _Characters(dict[str, str]):
    """Folded characters, worked out when first met."""

    def __init__(self) -> None:
        self.by_code: dict[int, str] = {}
        self.met: set[str] = set()
        self.odd: set[str] = set()
        """Those that do not fold to one character."""

    def __missing__(self, character: str) -> str:
        folded = self[character] = self.by_code[ord(character)] = _fold_character(character)
        self.met.add(character)
        if len(folded) != 1:
            self.odd.add(character)
        return folded

    def all_single(self, text: str) -> bool:
        """Say whether each character of a text folds to one character."""
        characters = set(text)
        for character in characters - self.met:
            self[character]
        return characters.isdisjoint(self.odd)


_CHARACTERS = _Characters()


def _inclusive_in(text: str) -> Iterator[re.Match[str]]:
    """Find the inclusive spellings: words are tried that have a mark, for marks are few."""
    after, mark = 0, _MAY_BE_INCLUSIVE.search(text)
    while mark:
        start = mark.start()
        while start > after and "a" <= text[start - 1] <= "z":
            start -= 1
        match = _INCLUSIVE.match(text, start) if start < mark.start() else None
        if match:
            after = match.end()
            yield match
        mark = _MAY_BE_INCLUSIVE.search(text, mark.start() + 1)


def _expand_inclusive(text: str, offsets: Sequence[int]) -> Folded:
    """Drop the feminine ending and its marks; keep one plural s."""
    kept: list[tuple[int, int]] = []
    last = 0
    for match in _inclusive_in(text):
        base_end = match.end("base")
        kept.append((last, base_end))
        plural = next((match.end(name) for name in ("s1", "s2", "s3", "s4", "s5") if match[name]), None)
        if plural is not None and text[base_end - 1] not in "sx":
            kept.append((plural - 1, plural))
        last = match.end()
    if not kept:
        return Folded(text, offsets)
    kept.append((last, len(text)))
    places = [offsets[place] for start, end in kept for place in range(start, end)]
    return Folded("".join(text[start:end] for start, end in kept), [*places, offsets[len(text)]])
