"""Words of a block with their places: the ground on which names are read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.recognizers.fold import MEMORY, fold_word

_TOKEN = re.compile(
    r"(?=\w)(?:(?P<dotted>(?<!\w)(?:[A-ZÀ-Ý]\.){2,}(?:[A-ZÀ-Ý](?!\w))?)"
    r"|(?P<elision>\b(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu)['’ʼ](?=\w))"
    r"|(?P<word>\w+(?:[-‐‑–'’ʼ:.·∙•‧](?:(?<=[-‐‑–'’ʼ])|(?<=[àáèéìíòóù]:)(?=k[aeo](?!\w))|(?<=[.·∙•‧])(?=(?-i:[a-zà-ÿ])))"
    r"\w+)*))",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?:[A-ZÀ-Ý]\.){2,}[A-ZÀ-Ý]?|[A-ZÀ-Ý][A-ZÀ-Ý0-9]*[A-ZÀ-Ý](?:[-–][A-ZÀ-Ý0-9]+)*")
_BEFORE_SENTENCE = frozenset('.!?…:;»”"(•«“-–—')
_COMMON = "eaistn"
"""Half of the letters of French and English prose: quick to count."""
_LONGEST_BLOCK = 20_000
"""Characters of one block that are read for names: a longer one is no prose."""


class Token(NamedTuple):
    """A word: where it stands, its folded spelling, and how it is written."""

    start: int
    end: int
    folded: str
    capital: bool
    """Begins with a capital letter."""
    acronym: bool
    """Written in capitals throughout, two letters or more."""
    initial: bool
    """Stands where a sentence begins, so that its capital says nothing; always false in small letters."""

    @property
    def number(self) -> bool:
        """Consist of digits only."""
        return self.folded.isdigit()


def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a text into its words; elided articles (l', d') stand alone, hyphenated words stay whole."""
    return _tokens(text[:_LONGEST_BLOCK])


@lru_cache(maxsize=MEMORY)
def _tokens(text: str) -> tuple[Token, ...]:
    new = tuple.__new__  # a page has thousands: the named tuple's own call takes twice as long
    tokens = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        folded, capital, acronym = _written(match[0])
        if match.lastgroup == "elision":
            folded = folded.rstrip("'")
        if capital:
            before = text[max(0, start - 4) : start].rstrip()
            initial = not before or before[-1] in _BEFORE_SENTENCE
            tokens.append(new(Token, (start, end, folded, True, acronym, initial)))
        else:
            tokens.append(new(Token, (start, end, folded, False, False, False)))
    return tuple(tokens)


@lru_cache(maxsize=32_768)
def _written(word: str) -> tuple[str, bool, bool]:
    """Give a word's folded spelling, whether it begins with a capital, and whether it is all capitals."""
    capital = word[0].isupper()
    return fold_word(word), capital, capital and len(word) > 1 and _ACRONYM.fullmatch(word) is not None


def gap(text: str, left: Token, right: Token) -> str:
    """Give what stands between two words."""
    return text[left.end : right.start]


@lru_cache(maxsize=MEMORY)
def shouting(text: str) -> bool:
    """Say whether a text is written in capitals, so that capitals say nothing."""
    sample = text[:400]
    if sum(map(sample.count, _COMMON)) > 0.3 * len(sample):  # the rest is too few to be seven tenths capitals
        return False
    capitals, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return capitals + small > 12 and capitals > 0.7 * (capitals + small)
