"""Names in running text: how far a capitalised name reaches, particles and lower-case words inside included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.recognizers.lexicon import (
    ACRONYM_HEADS,
    ENGLISH_HEADS,
    FIRST_NAMES,
    FRENCH_HEADS,
    INSIDE,
    LINKS,
    PARTICLES,
)
from extractors.recognizers.place_names import demonym_of, is_place_name
from extractors.recognizers.tokens import Token, gap

_TIGHT = re.compile(r"[ \u00a0\u202f]?")
_PLURAL_OWNER = re.compile(r"[’'][ \u00a0]")
_AMPERSAND = re.compile(r"[ \u00a0]?&[ \u00a0]?|[ \u00a0]-[ \u00a0]?(?=\w)")
_LONGEST = 16
_ENDING = re.compile(
    r" (?:d['’](?:à côté|en (?:bas|haut|face)|ici|ailleurs|aujourd['’]hui|entraide|espoir)|de demain|de chez[ -]nous|"
    r"en (?:action|mouvement|marche)|pour (?:tou(?:te)?s|la vie)|sans frontières)(?!\w)"
)
"""Small words that end many a name: Exemples d'ici, Parents en action."""
_ENDINGS = (" d", " en ", " pour ", " sans ")
"""What they begin with."""
_ARTICLES = frozenset(("le", "la", "les", "l"))
_LOOSE = LINKS | {"et"}
_PAIRED = frozenset(("club", "troupe", "cafe", "duo", "tandem"))
"""First words of names that often hold two things."""
_MUNICIPAL = frozenset(("city", "town", "village", "township", "municipality"))
_WHERE = frozenset(("in", "within", "across", "throughout", "around", "near", "outside", "serving", "from"))
_YEAR = re.compile(r"(?:19|20)\d\d")


class Name(NamedTuple):
    """A capitalised name: its first token, the one after its last, its characters, and what it is made of."""

    first: int
    after: int
    start: int
    end: int
    headed: bool
    """Begins (French) or ends (English) with a word such as Centre, Table, Foundation."""
    capitals: int
    """Capitalised words beyond the head."""
    inside: int
    """Lower-case words that belong to the name."""


def name_at(text: str, tokens: Sequence[Token], first: int) -> Name | None:
    """Read the name that begins at token ``first``, or ``None`` where none does."""
    if not _may_begin(tokens, first):
        return None
    numeric = tokens[first].folded in _ARTICLES
    compound = _compound_head(text, tokens[first])
    head = compound or tokens[first].folded in FRENCH_HEADS or tokens[first].folded in ACRONYM_HEADS
    capitals, inside = int(compound or not head), 0
    place, after = first + 1, first + 1
    if numeric:
        place = after = first + 2
    while place < min(len(tokens), first + _LONGEST):
        step = _step(text, tokens, place, head=head, closed=head and capitals > 0, first=tokens[first].folded)
        if step is None:
            break
        token = tokens[step]
        if token.capital or token.number:
            capitals += int(not _is_head_again(token))
        else:
            inside += 1
        place = after = step + 1
    end = tokens[after - 1].end
    ending = _ENDING.match(text, end) if text.startswith(_ENDINGS, end) else None
    ending_found = ending is not None
    while ending and after < len(tokens) and tokens[after].start < ending.end():
        after, inside = after + 1, inside + 1
    while ending_found and after < len(tokens) and _follows_tightly(text, tokens, after):
        after, capitals = after + 1, capitals + 1
    headed = head or any(token.folded in ENGLISH_HEADS and token.capital for token in tokens[first:after])
    headed = headed or _is_municipal(tokens, first, after)
    return Name(first, after, tokens[first].start, tokens[after - 1].end, headed, capitals, inside)


def _follows_tightly(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Say whether a capitalised word stands right after the one before: Parents en action Matane."""
    return tokens[place].capital and gap(text, tokens[place - 1], tokens[place]) == " "


def _is_municipal(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Say whether a name is an English one of a municipality that acts, rather than of where something is."""
    if tokens[first].folded not in _MUNICIPAL or after - first < len(("Town", "of", "Exemple")):
        return False
    before = [token.folded for token in tokens[max(0, first - 2) : first] if token.folded != "the"]
    return tokens[first + 1].folded == "of" and not (before and before[-1] in _WHERE)


def _may_begin(tokens: Sequence[Token], first: int) -> bool:
    token = tokens[first]
    if token.folded in _ARTICLES and token.capital:
        following = tokens[first + 1] if first + 1 < len(tokens) else None
        if following is None:
            return False
        number = following.number and 2 <= len(following.folded) <= 5 and not _YEAR.fullmatch(following.folded)
        return number or (following.capital and not token.initial)
    return token.capital


def _compound_head(text: str, token: Token) -> bool:
    """Say whether a head word and more are joined by a hyphen: Entraide-Jeunesse, but not the place Centre-Sud."""
    if "-" not in token.folded:  # most words
        return False
    parts = re.split(r"[-‐‑–]", text[token.start : token.end])
    if len(parts) < 2 or not parts[1][:1].isupper() or token.folded.split("-")[0] not in FRENCH_HEADS:
        return False
    return not is_place_name(text[token.start : token.end])


def _is_head_again(token: Token) -> bool:
    return token.folded in FRENCH_HEADS


def _step(text: str, tokens: Sequence[Token], place: int, *, head: bool, closed: bool, first: str) -> int | None:
    """Give the next token that belongs to the name, past its particles; ``None`` where the name ends."""
    token = tokens[place]
    between = gap(text, tokens[place - 1], token)
    if between != " ":
        owner = _PLURAL_OWNER.fullmatch(between) and tokens[place - 1].folded.endswith("s")  # the Tenants' Circle
        if owner or _AMPERSAND.fullmatch(between):
            return place if token.capital else None
        if not _TIGHT.fullmatch(between) and not _after_initial(text, tokens, place):
            return None
    if token.folded not in PARTICLES or (token.capital and token.folded not in ("a", "y")):
        return place if _belongs(token, head=head, closed=closed) else None
    following = tokens[place + 1] if place + 1 < len(tokens) else token
    if token.folded == "a" and following.capital and following.folded in FIRST_NAMES:
        return place + 1  # la Cabane à Félix
    target = _past_particles(text, tokens, place, _allowed(head=head, closed=closed))
    if target is None or not (_ties(token, tokens[target]) or _pairs(tokens, place, target, first)):
        return None
    leads = head and not closed and token.folded == "des" and _leads_to_name(text, tokens, target)
    return target if leads or _belongs(tokens[target], head=head, closed=closed, tied=True) else None


def _leads_to_name(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Say whether a small plural is tied to a name after it: Association des hôteliers du Nord."""
    beyond = _past_particles(text, tokens, place + 1, LINKS) if place + 1 < len(tokens) else None
    plural = tokens[place].folded.endswith(("s", "x"))
    return plural and beyond is not None and beyond > place + 1 and tokens[beyond].capital


def _after_initial(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Say whether a point only shortens a name of one letter inside another: École Exemple B. Exemple."""
    before, token = tokens[place - 1], tokens[place]
    lone = before.capital and len(before.folded) == 1 and token.capital and len(token.folded) > 1
    return lone and gap(text, before, token) in (". ", ".\u00a0")


def _allowed(*, head: bool, closed: bool) -> frozenset[str]:
    if not head:
        return LINKS
    return _LOOSE if closed else PARTICLES


def _past_particles(text: str, tokens: Sequence[Token], place: int, allowed: frozenset[str]) -> int | None:
    """Give the first token after at most three particles, all of them allowed and none set apart."""
    for following in range(place, min(len(tokens) - 1, place + 3)):
        token, beyond = tokens[following], tokens[following + 1]
        if token.folded not in allowed or not _TIGHT.fullmatch(gap(text, token, beyond)):
            return None
        if beyond.capital or beyond.folded not in PARTICLES:
            return following + 1
    return None


def _ties(particle: Token, target: Token) -> bool:
    """Say whether a particle joins what follows to the name: not "Tournesol et Boréal", "Tournesol à Québec"."""
    if not target.capital:
        return True
    if particle.folded in ("and", "&"):
        return not (target.acronym or _is_head_again(target))
    if particle.folded == "et":
        return target.folded in FIRST_NAMES
    return particle.folded not in ("a", "au", "aux", "en", "sur")


def _pairs(tokens: Sequence[Token], place: int, target: int, first: str) -> bool:
    """Say whether 'et' joins two lone words to a name that is often a pair: Club Exemple et Modèle."""
    if first not in _PAIRED or tokens[place].folded != "et" or tokens[target].acronym or _is_head_again(tokens[target]):
        return False
    return not is_place_name(tokens[target].folded) and not (
        target + 1 < len(tokens) and tokens[target + 1].capital and not tokens[target + 1].initial
    )


def _belongs(token: Token, *, head: bool, closed: bool, tied: bool = False) -> bool:
    if token.capital:
        return True
    if token.number:
        return not tied and len(token.folded) <= 4 and not _YEAR.fullmatch(token.folded)
    if token.folded == "est" and not tied:
        return False
    parts = token.folded.split("-")
    known = all(part in INSIDE or part in FRENCH_HEADS or part in PARTICLES for part in parts)
    return head and not closed and (known or demonym_of(token.folded) is not None)
