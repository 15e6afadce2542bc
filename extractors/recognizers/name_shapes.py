"""What the words of a name say by themselves: a head such as Centre, a person, a prize, a heading in capitals."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from extractors.recognizers.fold import fold
from extractors.recognizers.lexicon import (
    ACRONYM_HEADS,
    FIRST_NAMES,
    FRENCH_HEADS,
    INSIDE,
    KINDS_ALONE,
    NOT_BODIES,
    PARTICLES,
)
from extractors.recognizers.names import Name
from extractors.recognizers.tokens import Token

_NUMBERED = len(("Station", "3"))
"""Words of what only a number tells from its like."""


def spells(acronym: str, words: Sequence[str]) -> bool:
    """Say whether an acronym is made of the first letters of some of the words, the first word's first."""
    letters = [letter for letter in fold(acronym).text if letter.isalpha()]
    parts = [part for word in words for part in re.findall(r"[a-z0-9]+", word)]
    if len(letters) < 2 or not parts or parts[0][0] != letters[0]:
        return False
    place = 0
    for part in parts:
        if place < len(letters) and part[0] == letters[place]:
            place += 1
    strong = sum(part not in PARTICLES for part in parts)
    return place == len(letters) and strong <= len(letters) + 2


def cut_before_body(name: Name, bodies: Container[int], tokens: Sequence[Token]) -> Name | None:
    """End a name where a known body begins."""
    for place in range(name.first + 1, name.after):
        if place in bodies:
            after = place
            while after > name.first and tokens[after - 1].folded in PARTICLES:
                after -= 1
            if after <= name.first:
                return None
            capitals = sum(token.capital for token in tokens[name.first + 1 : after])
            end = tokens[after - 1].end
            return Name(name.first, after, name.start, end, name.headed, capitals, name.inside)
    return name


def begins_with_head(word: Token, *, compound: bool = False) -> bool:
    """Say whether a word is, or (``compound``: only) begins with, a head such as Entraide-Jeunesse."""
    first, _, rest = word.folded.partition("-")
    if compound and not rest:
        return False
    return first in FRENCH_HEADS or word.folded in ACRONYM_HEADS


def is_opening_word(name: Name, first: Token) -> bool:
    """Say whether a name is only the capitalised first word of a sentence: De, Travaillant, Dans."""
    if name.after - name.first > 1 or first.acronym or not first.initial:
        return (
            first.initial
            and first.folded in PARTICLES
            and not name.headed
            and first.folded not in ("la", "le", "les", "l")
        )
    return first.folded in PARTICLES or first.folded.endswith(("ant", "ment", "ing", "ez", "ons", "er"))


def is_no_body(words: Sequence[Token]) -> bool:
    """Say whether words name a prize, or only say what kind of body is meant."""
    alone = len(words) == 1 and not words[0].acronym and words[0].folded in KINDS_ALONE
    if len(words) == _NUMBERED and words[1].number and words[0].folded in ("station", "poste", "unit", "local", "room"):
        return True
    return alone or (len(words) > 1 and words[-1].folded in NOT_BODIES)


def looks_like_person(words: Sequence[Token]) -> bool:
    """Say whether words are a first name with a family name, and no head of an organisation."""
    if not 1 <= len(words) <= 4 or any(not word.capital and word.folded not in PARTICLES for word in words):
        return False
    return (
        words[0].folded.split("-")[0] in FIRST_NAMES
        and not words[0].acronym
        and all(word.folded not in FRENCH_HEADS and word.folded not in INSIDE for word in words[1:])
    )


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Say whether most words of a short text begin with a capital, as in English headings."""
    words = [token for token in tokens if token.folded not in PARTICLES and len(token.folded) > 3]
    return 2 <= len(words) <= 14 and sum(word.capital for word in words) >= 0.75 * len(words)
