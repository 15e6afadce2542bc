"""Public bodies and networks of the gazetteer, by name, other name or acronym, near-miss spellings included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from extractors.recognizers.fold import fold_word
from extractors.recognizers.lexicon import PARTICLES
from extractors.recognizers.tokens import Token, gap
from schemas.gazetteer import Body, bodies

_GAP = re.compile(r"[ \u00a0\u202f]?[-–—]?[ \u00a0\u202f]?")
_TAIL = frozenset(("site", "campus", "installation", "secteur"))
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_ACRONYM = 16
_LEAST_FUZZY = 5
"""Letters a word needs before one wrong letter is forgiven."""


@dataclass(frozen=True, slots=True)
class BodyHit:
    """A body met in a text: tokens ``first`` up to ``after``."""

    body: Body
    first: int
    after: int
    by_acronym: bool


def bodies_in(text: str, tokens: Sequence[Token]) -> Iterator[BodyHit]:
    """Find the bodies that a text names, in order."""
    begins = [place for place, token in enumerate(tokens) if token.acronym or _begins_body(token.folded)]
    if not begins or not any(token.capital for token in tokens):  # most words; names have a capital somewhere
        return
    words = _words_of(tokens)
    after = 0
    for place in begins:
        index = bisect_left(words, place, key=itemgetter(1))
        if place < after or index == len(words) or words[index][1] != place:
            continue
        hit = _acronym(text, tokens, place)
        if hit is None and _begins_body(tokens[place].folded):
            hit = _named(text, tokens, words, index)
        if hit is not None:
            hit = _with_tail(text, tokens, hit)
            after = hit.after
            yield hit


@lru_cache(maxsize=32_768)
def _begins_body(folded: str) -> bool:
    """Say whether names of bodies begin with the first word that counts of a token."""
    words = _strong_words(folded)
    return bool(words) and words[0] in _first_words()


def _words_of(tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """Cut hyphenated tokens apart and drop the particles; each word with its token."""
    return [(word, place) for place, token in enumerate(tokens) for word in _strong_words(token.folded)]


@lru_cache(maxsize=32_768)
def _strong_words(folded: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(folded) if word not in PARTICLES)


def _acronym(text: str, tokens: Sequence[Token], place: int) -> BodyHit | None:
    token = tokens[place]
    if not token.acronym:
        return None
    for after in (place + 2, place + 1):
        if after <= len(tokens) and all(part.acronym or part.number for part in tokens[place:after]):
            written = text[token.start : tokens[after - 1].end]
            body = _by_acronym().get(acronym_key(written)) if len(written) < _LONGEST_ACRONYM else None
            if body:
                return BodyHit(body, place, after, by_acronym=True)
    return None


def _named(text: str, tokens: Sequence[Token], words: list[tuple[str, int]], index: int) -> BodyHit | None:
    best: BodyHit | None = None
    second = words[index + 1][0] if index + 1 < len(words) else ""
    for key, body in (
        *_by_first_words().get((words[index][0], second), ()),
        *_by_first_words().get((words[index][0], ""), ()),
    ):
        last = index + len(key) - 1
        if last >= len(words) or not all(_alike(words[index + n][0], word) for n, word in enumerate(key)):
            continue
        first, after = words[index][1], words[last][1] + 1
        if not any(token.capital for token in tokens[first:after]):
            continue
        if key in _in_capitals() and not tokens[after - 1].acronym:
            continue
        if any(not _GAP.fullmatch(gap(text, tokens[n], tokens[n + 1])) for n in range(first, after - 1)):
            continue
        if best is None or after > best.after:
            best = BodyHit(body, first, after, by_acronym=False)
    return best


def _with_tail(text: str, tokens: Sequence[Token], hit: BodyHit) -> BodyHit:
    """Take in "site Centre jeunesse" and the like: a part of the body is the body."""
    place = hit.after
    if (
        place >= len(tokens)
        or tokens[place].folded not in _TAIL
        or len(gap(text, tokens[place - 1], tokens[place])) > 2
    ):
        return hit
    place += 1
    while place < len(tokens) and len(gap(text, tokens[place - 1], tokens[place])) <= 1:
        if not (tokens[place].capital or tokens[place].folded in PARTICLES or tokens[place].folded == "jeunesse"):
            break
        place += 1
    return BodyHit(hit.body, hit.first, place, hit.by_acronym)


def _alike(written: str, wanted: str) -> bool:
    if written == wanted:
        return True
    if written.startswith("saint") or wanted.startswith("saint"):
        return False
    if min(len(written), len(wanted)) < _LEAST_FUZZY or written[0] != wanted[0]:
        return False
    return Levenshtein.distance(written, wanted, score_cutoff=1) <= 1


def acronym_key(written: str) -> str:
    """Give an acronym's key: letters and digits; CIUSS and CIUSSS are one."""
    key = re.sub(r"[^A-Z0-9]", "", fold_word(written).upper())
    return re.sub(r"^(CIU?)S+", r"\1S", key)


@cache
def _by_acronym() -> dict[str, Body]:
    found: dict[str, Body | None] = {}
    for body in bodies():
        for acronym in body.acronyms:
            key = acronym_key(acronym)
            found[key] = body if found.get(key, body) is body else None
    return {key: body for key, body in found.items() if body is not None}


@cache
def _in_capitals() -> frozenset[tuple[str, ...]]:
    """Give the names of one word in capitals: small letters make another word of them."""
    names = (name or "" for body in bodies() for name in (body.name.fr, body.name.en, *body.other_names))
    words = (re.sub(r"^L[ae] ", "", name) for name in names)
    return frozenset((fold_word(word),) for word in words if word.isupper() and word.isalpha())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(first for first, _ in _by_first_words())


@cache
def _by_first_words() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], Body], ...]]:
    """Index the names by their first two words that count; the second is empty for names of one word."""
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], Body]]] = {}
    for body in bodies():
        for name in dict.fromkeys((body.name.fr, body.name.en, *body.other_names)):
            key = _strong_words(fold_word(name or ""))
            if key:
                found.setdefault((key[0], key[1] if len(key) > 1 else ""), []).append((key, body))
    return {first: tuple(entries) for first, entries in found.items()}
