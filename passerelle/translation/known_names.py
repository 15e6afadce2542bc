"""Finds in a text the names that stay in both languages: places and public bodies of the gazetteer, and people.

A person whom no record knows is known by a title (Mme, Dr), or by a common given name before another word with a
capital. Schools, streets and awards that bear somebody's name are left out: they are translated in part.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from passerelle.translation.spans import find_spans, fold_name, fold_word, name_pattern, names_of, order_names
from schemas.base import Language
from schemas.beside import yaml_beside
from schemas.gazetteer import bodies, places
from schemas.records import Initiative, Translated

_PEOPLE = yaml_beside(Path(__file__).with_name("words") / "people.yml")
_GIVEN = frozenset(map(fold_word, _PEOPLE["given"]))
_NEVER = frozenset(map(fold_word, _PEOPLE["never"]))
_TITLES = "|".join(map(re.escape, sorted(_PEOPLE["before"], key=len, reverse=True)))
_RANKS = "|".join(map(re.escape, sorted(_PEOPLE["rank"], key=len, reverse=True)))
_PART = r"[A-ZÀ-Ý][^\W\dA-ZÀ-Ý_]+"
_NAME_WORD = rf"(?:(?:O|D|L|N)['’])?{_PART}(?:{_PART})?(?:[-‑]{_PART}){{0,3}}"
_PARTICLE = r"(?:(?:la|le|van|von|der|den|da|dos|di|el|al|ben|bin|St\.) |[A-Z]\. ?){0,2}"
_NAME = rf"{_NAME_WORD}(?: {_PARTICLE}{_NAME_WORD}){{0,3}}"
_TWO = re.compile(rf"(?<![\w'’])({_PART}(?:{_PART})?)(?=[ \u00a0]({_PART}(?:{_PART})?)(?!\w))")
LEAST_ALIKE = 80.0
"""rapidfuzz's ratio, in per cent, from which two pairs of words are one name spelt in two ways."""
_TITLED = re.compile(rf"(?<![\w.])(?:{_TITLES})[ \u00a0\u202f]({_NAME})")
_RANKED = re.compile(rf"(?<![\w.])(?:{_RANKS})[ \u00a0\u202f]({_NAME})")
_FULL = re.compile(rf"(?<![\w'’-])({_NAME_WORD})((?: {_PARTICLE}{_NAME_WORD}){{1,3}})(?![\w-])")

_KEPT_FRENCH = re.compile(
    rf"(?<![\w'’-]){_PART}(?: (?:(?:de la|des?|du|aux?|à la|et) |d['’]|de l['’]){_PART})+(?![\w-])"
)
"""French words with capitals and small ones between, as an organisation's name has them."""
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-Ý][^\W_]*")
_WITHIN = re.compile(r"[\w,;()’']\s*\Z")
_KINDS = frozenset({"municipality", "mrc", "borough"})
"""Kinds of places that have one name; of the others some are translated (le Vieux-Port, the Old Port)."""


def text_names(text: str) -> tuple[str, ...]:
    """List the names of a text that stay: those of the gazetteer and those of people, longest first."""
    return order_names((*gazetteer_names(text), *people_names(text)))


def gazetteer_names(text: str) -> tuple[str, ...]:
    """List the names of the gazetteer that a text has, as it writes them, longest first.

    A name of one word counts only within a sentence: at its beginning any word has a capital.
    """
    index, folded = _by_first_word(), fold_name(text)
    words = set(_CAPITALISED.findall(text))
    named = (one for word in words for one in index.get(fold_word(word), ()))
    candidates = [name for name, plain in named if plain in folded]  # before a pattern is made, which takes long
    spans = find_spans(text, order_names(candidates)) if candidates else ()
    return order_names(
        span.text
        for span in spans
        if span.kind == "name" and (not span.text.isalpha() or _WITHIN.search(text, 0, span.start))
    )


def names_in(record: Translated, text: str) -> tuple[str, ...]:
    """List the proper names that a text of a record may hold: those the record knows and those of the text."""
    if isinstance(record, Initiative):
        return order_names((*names_of(record), *text_names(text)))
    people = [name for one in record.people for name in (one.name, one.organization or "")]
    named = [record.publisher or "", *record.authors, *people, *(award.awarded_by or "" for award in record.awards)]
    return order_names((*named, *text_names(text)))


def people_names(text: str) -> tuple[str, ...]:
    """List the names of people that a text has, as it writes them, longest first."""
    found = [name[1] for name in _TITLED.finditer(text)]
    found += [name[1] for name in _RANKED.finditer(text) if not _is_place(name)]
    found += [
        name[0]
        for name in _FULL.finditer(text)
        if fold_word(re.split("[-‑]", name[1])[0]) in _GIVEN and not _is_place(name)
    ]
    return order_names(found)


def changes_name(source: str, output: str, target: Language) -> bool:
    """Tell whether a name comes back spelt another way: Lia Cormier as Lia Cornier, Le Pont du Sud as Le Pont du Nord.

    Accents, capitals and hyphens aside, which are restored. Of a French name only what English keeps is looked at.
    """
    kept = _KEPT_FRENCH.findall(output) if target == "en" else []
    if any(not name_pattern(name).search(source) for name in kept):
        return True
    ours, theirs = _pairs(source), _pairs(output)
    return any(
        first == start and fuzz.ratio(f"{first} {one}", f"{start} {last}") >= LEAST_ALIKE
        for first, one in ours - theirs
        for start, last in theirs - ours
    )


def _pairs(text: str) -> set[tuple[str, str]]:
    """Give the words with capitals that follow one another, two and two."""
    plain = text.replace("-", "").replace("‑", "")
    return {(fold_word(found[1]), fold_word(found[2])) for found in _TWO.finditer(plain)}


def _is_place(name: re.Match[str]) -> bool:
    """Tell a school, a street or an award that bears somebody's name."""
    return any(fold_word(word) in _NEVER for word in re.findall(r"[^\W_]+", name[0]))


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, str], ...]]:
    """Give the names that stay, each with its folded form, by their first words."""
    names = [place.name for place in places() if place.kind in _KINDS]
    names += [name for body in bodies() if (name := body.name.fr) and body.name.en in {None, name}]
    index: dict[str, tuple[tuple[str, str], ...]] = {}
    for name in dict.fromkeys(names):
        first = _CAPITALISED.search(name)
        if first and first.start() == 0:
            index[fold_word(first[0])] = (*index.get(fold_word(first[0]), ()), (name, fold_name(name)))
    return index
