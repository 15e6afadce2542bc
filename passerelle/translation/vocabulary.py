"""Finds words of a translation that its language does not have: made up by an engine, or left in the other language.

The words of each language are those that occur again and again in the sentence pairs of ``training`` (made by
``training.words``), those of the termbase and of the gazetteer, and what is put together from them.
"""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from passerelle.translation.termbase import load_terms
from schemas.base import Language
from schemas.beside import yaml_beside
from schemas.edition import per_edition
from schemas.gazetteer import bodies, places
from schemas.inclusive import expand_inclusive
from schemas.texts import without_accents

LEAST = 3
"""Letters of a word that is looked up."""
_WORD = re.compile(r"[^\W\d_]+")
_STARTS = re.compile(r"(?:^|[.!?…:]\s?)\s*$")
_BEFORE_NAME = re.compile(r"[ \u00a0’'-](?:(?:de|du|des|la|le|les|d’|l’) ?)*[A-ZÀ-Ý]")
_LONG_NAME = re.compile(r"[A-ZÀ-Ý]\w*(?:[ ’'-]+[a-zà-ÿ]+){1,3}[ ’'-]+(?=[A-ZÀ-Ý])")
_FIRST_GROUP = (
    *("e", "es", "ons", "ez", "ent", "é", "ée", "és", "ées", "ant", "ais", "ait", "ions", "iez", "aient"),
    *("era", "erai", "eras", "erez", "eront", "erait", "eraient", "a", "asse"),
)
"""Endings of French verbs in -er."""
_PREFIX = re.compile(
    r"^(?:anti|auto|bio|co|contre|dé|éco|eco|extra|hyper|inter|intra|mal|mé|micro|mini|mono|multi|néo|neo|non|para|"
    r"péri|poly|post|pré|pre|pro|psycho|re|ré|semi|socio|sous|sub|super|sur|trans|télé|tele|ultra|un|under|over|out|self)"
)
_ENDINGS: dict[Language, tuple[tuple[str, str], ...]] = {
    "fr": (
        *(("s", ""), ("x", ""), ("e", ""), ("es", ""), ("trice", "teur"), ("trices", "teurs"), ("aux", "al")),
        *((end, "er") for end in _FIRST_GROUP),
    ),
    "en": (
        *(("s", ""), ("es", ""), ("ies", "y"), ("ly", ""), ("ness", ""), ("less", ""), ("ers", "er"), ("er", "")),
        *(("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ise", "ize"), ("ises", "ize"), ("ised", "ize")),
        *(("ising", "ize"), ("isation", "ization")),
    ),
}
"""Endings that make a word of a known one, and what stands there instead."""
LIKENESS = 0.8
"""Jaro–Winkler similarity from which two names are one in two languages: Tasmanie, Tasmania."""


def file_of(language: Language) -> Path:
    """Give the file of a language's words."""
    return Path(__file__).with_name("words") / f"known.{language}.txt.xz"


def unknown_words(
    source: str, output: str, source_language: Language, target_language: Language, *, names: str = ""
) -> tuple[str, ...]:
    """List the words of a translation that its language does not have.

    A word that the source has too may stay where it is a name or no word of the source's language either.

    Args:
        source: the text.
        output: its translation.
        source_language: of the text.
        target_language: of the translation.
        names: what is known to stay as it is: names, addresses.
    """
    kept = {without_accents(word.lower()) for word in (*_WORD.findall(names), *_copies(source, source_language))}
    plain = expand_inclusive(output) if target_language == "fr" else output
    found = (word for word in _WORD.findall(plain) if len(word) >= LEAST and not word.isupper())
    odd = (word for word in found if without_accents(word.lower()) not in kept)
    return tuple(
        word for word in odd if not is_word(word, target_language) and not _is_name(word, source, source_language)
    )


def is_word(word: str, language: Language) -> bool:
    """Tell whether a language has a word, or one that it is put together from."""
    low = word.lower()
    return is_common(low, language) or (word[0].isupper() and low in _proper())


def is_common(low: str, language: Language) -> bool:
    """Tell whether a language has a word in small letters that is no name alone."""
    known = _words(language)
    if low in known or without_accents(low) in known:
        return True
    stems = [low[: len(low) - len(end)] + other for end, other in _ENDINGS[language] if low.endswith(end)]
    if any(len(stem) >= LEAST and stem in known for stem in stems):
        return True
    rest = low[found.end() :] if (found := _PREFIX.match(low)) else ""
    return len(rest) > LEAST and rest in known


def is_listed(low: str, language: Language) -> bool:
    """Tell whether a word in small letters is one of a language's as it stands, and not by its ending alone."""
    return low in _words(language)


def _is_name(word: str, source: str, language: Language) -> bool:
    """Tell a name that the source has too, as the other language writes it; a common word's capital makes it none."""
    if not word[0].isupper():
        return False
    names = (found[0] for found in _WORD.finditer(source) if found[0][0].isupper() and found.start())
    alike = (name for name in names if JaroWinkler.similarity(word, name) >= LIKENESS)
    return any(not is_common(name.lower(), language) for name in alike)


@per_edition
def _copies(source: str, language: Language) -> frozenset[str]:
    """Give the words of a source that may stand in its translation as they are."""
    may = set()
    for found in _WORD.finditer(source):
        word = found[0]
        within = not _STARTS.search(source[: found.start()]) or _BEFORE_NAME.match(source, found.end())
        if (word[0].isupper() and within) or not is_common(word.lower(), language):
            may.add(word.lower())
    inside = (found for found in _LONG_NAME.finditer(source) if not _STARTS.search(source[: found.start()]))
    return frozenset(may).union(word.lower() for found in inside for word in _WORD.findall(found[0]))


@per_edition
def _words(language: Language) -> frozenset[str]:
    """Give a language's words, those of the termbase as curators have it among them."""
    terms = (form for term in load_terms() for form in term.forms(language).good)
    return _listed(language).union(word.lower() for form in terms for word in _WORD.findall(form))


@cache
def _listed(language: Language) -> frozenset[str]:
    counted = lzma.decompress(file_of(language).read_bytes()).decode("utf-8").split()
    more = yaml_beside(Path(__file__).with_name("words") / "known.yml")
    return frozenset([*counted, *more[language]]).difference(more["foreign"][language])


@cache
def _proper() -> frozenset[str]:
    """Give the words of the gazetteer's names, in small letters."""
    named = [name for place in places() for name in (place.name, *place.other_names, *place.demonyms)]
    named += [name for body in bodies() for name in (body.name.fr, body.name.en) if name]
    return frozenset(word.lower() for name in named for word in _WORD.findall(name))
