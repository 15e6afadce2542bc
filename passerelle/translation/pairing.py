"""Finds which blocks or sentences of a French text and an English one say the same: by their words, then lengths.

A dynamic programme walks through both sides and pairs one with one, one with two or two with one, as Gale and Church
(1993) do, but only where the words themselves tell: numbers, names, words that look alike in both languages, terms of
the termbase, public bodies of the gazetteer, and common words. What has no such evidence stays alone, since a wrong
pair would be taken for a person's translation. Blocks that changed places are paired last, where nothing else fits.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from passerelle.translation.termbase import load_terms
from schemas.beside import yaml_beside
from schemas.gazetteer import bodies

RATIO, VARIANCE = 0.92, 6.8
"""English characters for a French one in such texts, and the variance of Gale and Church."""
LEAST, LEAST_ALONE = 0.20, 0.40
"""Share of the words of both sides that have a counterpart: at least so much in a pair, and where places changed."""
MERGED = 0.08
"""A pair of two with one must have so much more."""
LIKENESS = 0.88
"""Jaro–Winkler similarity from which words of five letters and more look alike."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_KNOWN = yaml_beside(Path(__file__).with_name("words") / "pairs.yml")
_SMALL = frozenset(_KNOWN["small"])


@dataclass(frozen=True)
class Bead:
    """Places, on the French and on the English side, that say the same."""

    french: tuple[int, ...]
    english: tuple[int, ...]
    share: float
    """Of the words of both sides, those that have a counterpart on the other."""


def align(french: Sequence[str], english: Sequence[str]) -> tuple[Bead, ...]:
    """Pair the blocks, or the sentences, of two texts; what has no sure counterpart is in no bead."""
    beads = _in_order(french, english)
    beads += _out_of_order(french, english, beads)
    return tuple(sorted(beads, key=lambda bead: bead.french))


def has_words(text: str) -> bool:
    """Tell whether a text has words that could have a counterpart; small ones have none."""
    return bool(_stems(text))


def share_of_words(french: str, english: str) -> float:
    """Give the share of the words of both texts that have a counterpart in the other; small words aside."""
    ours, theirs = _stems(french), _stems(english)
    if not ours or not theirs:
        return 0.0
    by_letter: dict[str, list[str]] = {}
    for word in theirs:
        by_letter.setdefault(word[0], []).append(word)
    known = _pairs()
    met = {one: {two for two in (*by_letter.get(one[0], ()), *(known.get(one, frozenset()) & theirs))
                 if two in known.get(one, ()) or _look_alike(one, two)} for one in ours}  # fmt: skip
    left = sum(bool(found) for found in met.values())
    right = len(set().union(*met.values()))
    return (left + right) / (len(ours) + len(theirs))


def _in_order(french: Sequence[str], english: Sequence[str]) -> list[Bead]:
    """Choose the beads that are worth most together, none crossing another."""
    rows, columns = len(french), len(english)
    best: list[list[tuple[float, Bead | None, int, int]]] = [
        [(0.0, None, 0, 0) for _ in range(columns + 1)] for _ in range(rows + 1)
    ]
    for row in range(rows + 1):
        for column in range(columns + 1):
            choices = [best[row][column]] if not (row or column) else []
            if row:
                choices.append((best[row - 1][column][0], None, 1, 0))
            if column:
                choices.append((best[row][column - 1][0], None, 0, 1))
            for down, over in ((1, 1), (1, 2), (2, 1)):
                if row >= down and column >= over:
                    places = tuple(range(row - down, row)), tuple(range(column - over, column))
                    worth, share = _worth(french, english, *places)
                    if worth > 0:
                        choices.append((best[row - down][column - over][0] + worth, Bead(*places, share), down, over))
            best[row][column] = max(choices, key=lambda choice: choice[0])
    found: list[Bead] = []
    row, column = rows, columns
    while row or column:
        _, bead, down, over = best[row][column]
        found += [bead] if bead else []
        row, column = row - down, column - over
    return found


def _out_of_order(french: Sequence[str], english: Sequence[str], beads: Sequence[Bead]) -> list[Bead]:
    """Pair what is left one with one where each is the other's best, with more evidence than in order."""
    ours = sorted({*range(len(french))} - {place for bead in beads for place in bead.french})
    theirs = sorted({*range(len(english))} - {place for bead in beads for place in bead.english})
    shares = {(one, two): share_of_words(french[one], english[two]) for one in ours for two in theirs}
    found = []
    for (one, two), share in shares.items():
        rivals = [other for (row, column), other in shares.items() if (row == one) != (column == two)]
        enough = len(_stems(french[one])) >= 4 and _fits(french[one], english[two])
        if enough and share >= LEAST_ALONE and share > max(rivals, default=0.0) + MERGED:
            found.append(Bead((one,), (two,), share))
    return found


def _worth(
    french: Sequence[str], english: Sequence[str], ours: tuple[int, ...], theirs: tuple[int, ...]
) -> tuple[float, float]:
    """Weigh a bead: more than nothing where words and lengths speak for it; with its share of words."""
    left, right = " ".join(french[place] for place in ours), " ".join(english[place] for place in theirs)
    if not _fits(left, right):
        return 0.0, 0.0
    share = share_of_words(left, right)
    merged = len(ours) + len(theirs) > 2
    if merged and not _each_gives(french, english, ours, theirs):
        return 0.0, share
    over = share - LEAST - (MERGED if merged else 0.0)
    size = len(_stems(left)) + len(_stems(right))
    return (over * size - 0.1 * _length_cost(left, right) if over >= 0 else 0.0), share


def _each_gives(french: Sequence[str], english: Sequence[str], ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    """Tell whether each of two blocks has words of its own in the one that they are paired with."""
    pairs = [(one, two) for one in ours for two in theirs]
    return all(share_of_words(french[one], english[two]) >= LEAST / 2 for one, two in pairs)


def _fits(left: str, right: str) -> bool:
    return {*re.findall(r"\d{2,}", left)} == {*re.findall(r"\d{2,}", right)} and _length_cost(left, right) < 12.0


def _length_cost(left: str, right: str) -> float:
    """Give how unlikely two lengths are in a translation: −log of their probability."""
    mean = (len(left) + len(right) / RATIO) / 2
    delta = abs(len(right) - RATIO * len(left)) / math.sqrt(VARIANCE * max(mean, 1.0))
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-12))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    folded = "".join(
        character for character in unicodedata.normalize("NFD", text.casefold().replace("œ", "oe"))
        if not unicodedata.combining(character)
    )  # fmt: skip
    words = (word for word in _WORD.findall(folded) if word not in _SMALL)
    return frozenset(stem for word in words if (stem := _stem(word)) and stem not in _SMALL)


def _stem(word: str) -> str:
    """Take the plural and a silent e off a word of four letters and more."""
    if word.isdigit() or len(word) < 4:
        return word
    return re.sub(r"(?:e?s|x|e)$", "", word)


@lru_cache(maxsize=65536)
def _look_alike(one: str, two: str) -> bool:
    if one == two:
        return True
    if min(len(one), len(two)) < 5 or one.isdigit() or two.isdigit():
        return False
    return JaroWinkler.similarity(one, two) >= LIKENESS


@cache
def _pairs() -> dict[str, frozenset[str]]:
    """By French stem, the English stems that may stand for it."""
    pairs = _KNOWN["pairs"].items()
    found: dict[str, set[str]] = {french: {_stem(word) for word in english} for french, english in pairs}
    for french, english in _terms():
        for one in _stems(french):
            found.setdefault(one, set()).update(_stems(english))
    return {french: frozenset(english) for french, english in found.items()}


def _terms() -> Iterator[tuple[str, str]]:
    """Yield what the termbase and the gazetteer call by two names, those of up to four words."""
    for term in load_terms():
        yield from ((one, two) for one in term.fr.good for two in term.en.good if len(f"{one} {two}".split()) <= 6)
    for body in bodies():
        if body.name.fr and body.name.en and body.name.fr != body.name.en:
            yield body.name.fr, body.name.en
