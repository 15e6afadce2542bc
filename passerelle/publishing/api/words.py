"""Words as search compares them: without accents, inflection, elision or inclusive marks, in French and in English.

Each word gives one or more stems; two words are the same when they share one. Text and query go the same way, so that
a query need not say its language. Beside its stems a word gives itself, marked, so that a record with just this word
can come before those that share its stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

from schemas.base import LANGUAGES, Language
from schemas.inclusive import expand_inclusive
from schemas.texts import without_accents

MEMORY = 200_000
"""Words whose stems are remembered: a stem costs a tenth of a millisecond, a data set has far fewer distinct words."""
LONGEST = 40
"""Characters of a word that count; longer ones are addresses and noise."""
SHORTEST = 4
"""Letters that a French stem must have: "marée" and "mars", or "aîné" and "ainsi", share one of three."""

EXACT, PLACE = "ª", "º"
"""What stands before a word as it is, and before the name of a place: letters that no stem can hold."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MARKED = re.compile(r"\w(?:[·•∙⋅‧]\w|\.[a-zéè]|\([a-zéè]|/[a-zéè]|-(?:e|es|trice|euse|ère|ne|ve)\b)")
"""Where inclusive writing may stand: reading it takes longer than the rest, and most texts have none."""
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=.)")
_POSSESSIVE = re.compile(r"'s?$")
_ENDINGS = tuple(
    (re.compile(ending), plain)
    for ending, plain in (
        (r"trices?$", "teur"),
        (r"euses?$", "eur"),
        (r"ives?$", "if"),
        (r"eux$", "eu"),
        (r"(?<=...)eaux?$", "el"),  # nouveau, nouvelle
        (r"(?<=...)aux$", "ail"),  # travaux, travail
        (r"(?<=.[^aeiouy][aiou])s$", ""),  # frigos, frigo
        (r"(?<=.ou)x$", ""),  # bijoux, bijou
    )
)
"""Endings that the French stemmer keeps apart from their masculine or singular."""

_PLURAL = re.compile(r"(?<=...)[sx]$")
_FEMININE_OR_INFINITIVE = re.compile(r"(?<=..e)[er]$|(?<=..nt)e$")

_ENGLISH_PLURALS = (
    (re.compile(r"men$"), "man"),
    (re.compile(r"children$"), "child"),
    (re.compile(r"^people$"), "person"),
    (re.compile(r"feet$"), "foot"),
    (re.compile(r"teeth$"), "tooth"),
    (re.compile(r"(?<=[iea])ves$"), "fe"),
    (re.compile(r"(?<=[lao])ves$"), "f"),
)
"""Plurals that the English stemmer keeps apart from their singular."""

_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}
_STEMMING = Lock()  # a stemmer keeps the word it works on in itself

_WITHOUT_CONTENT: dict[Language, str] = {
    "fr": """
        a à afin ainsi alors au aussi aux avec c ce ces cet cette d dans de des donc dont du elle elles en entre est
        et eu eux il ils j je l la le les leur leurs lui m ma mais me mes n ne nos notre nous on ont or ou où par pas
        pour qu que qui s sa sans se ses si son sont sous sur t ta te tes tu un une vos votre vous y
    """,
    "en": """
        a an and are as at be been but by for from has have he her his i if in into is it its my no not of on or our
        s she so t than that the their them they this to us was we were which who will with you your
    """,
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _WITHOUT_CONTENT.items()}


def unaccented(text: str) -> str:
    """Give a text in lower case, without accents and ligatures."""
    return without_accents(text.casefold().replace("œ", "oe").replace("æ", "ae"))


def terms_of(text: str, *languages: Language) -> set[str]:
    """Give the stems of all words of a text, read in each of the languages.

    A word that is without content in one of them is left out.
    """
    words = set(_words(text))
    if len(languages) == 1:
        return set().union(*map(_STEMS_OF[languages[0]], words))
    return {stem for word in words for stem in _stems_in(word, languages)}


def query_terms(query: str) -> tuple[tuple[str, ...], ...]:
    """Give, for each word of a query, the stems of which one must be in the text; none where it has no such word."""
    groups = (tuple(sorted(_stems_in(word, LANGUAGES))) for word in _words(query))
    return tuple(dict.fromkeys(group for group in groups if group))


def place_term(name: str) -> str:
    """Give what a place is found by, whatever the hyphens of its name; empty where it has no letter."""
    plain = _letters(name)
    return PLACE + plain if plain else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unaccented(text)))


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("ʼ", "'")
    if _MARKED.search(text):
        text = expand_inclusive(text)
    return _WORD.findall(text.casefold())


def _stems_in(word: str, languages: Iterable[Language]) -> set[str]:
    in_each = [_STEMS_OF[language](word) for language in languages]
    return set().union(*in_each) if all(in_each) else set()


def _french_stems(word: str) -> tuple[str, ...]:
    """Give the stems of a word; none for a word without content.

    The word is stemmed as it is and without its accents, since a query may lack them; also by its masculine or
    singular, and twice, since the stemmer knows some endings by their accents only.
    """
    word = _ELIDED.sub("", word).replace("'", "")
    if word in STOP_WORDS["fr"] or len(word) > LONGEST:
        return ()
    forms = {word, unaccented(word)}
    forms |= {ending.sub(plain, form) for form in tuple(forms) for ending, plain in _ENDINGS}
    once = {stem for form in forms for stem in _long_enough(form, _stemmed((form,), "fr"))}
    return _with_itself(word, {*once, *(stem for stem in _stemmed(once, "fr") if len(stem) >= SHORTEST)})


def _long_enough(form: str, stems: Iterable[str]) -> Iterable[str]:
    """Give the stems; a word of which too little would be left loses only its plural, and the end of -ée, -er, -nte.

    The search page of the site goes by the same rule (``stems.js``).
    """
    stems = tuple(stems)
    if all(len(stem) >= SHORTEST for stem in stems):
        return stems
    plain = _letters(form)
    return (_FEMININE_OR_INFINITIVE.sub("", _PLURAL.sub("", plain)),) if plain else ()


def _english_stems(word: str) -> tuple[str, ...]:
    """Give the stems of a word, as it is, in the singular and without its accents; none for a word without content."""
    word = _POSSESSIVE.sub("", word).replace("'", "")
    if word in STOP_WORDS["en"] or len(word) > LONGEST:
        return ()
    forms = {word, unaccented(word)}
    forms |= {ending.sub(one, form) for form in tuple(forms) for ending, one in _ENGLISH_PLURALS}
    return _with_itself(word, _stemmed(forms, "en"))


def _with_itself(word: str, stems: Iterable[str]) -> tuple[str, ...]:
    plain = _letters(word)
    return tuple(sorted({*stems, EXACT + plain} if plain else stems))


_STEMS_OF: dict[Language, Callable[[str], tuple[str, ...]]] = {
    "fr": lru_cache(maxsize=MEMORY)(_french_stems),
    "en": lru_cache(maxsize=MEMORY)(_english_stems),
}


def _stemmed(forms: Iterable[str], language: Language) -> tuple[str, ...]:
    with _STEMMING:
        stems = _STEMMERS[language].stemWords(sorted(forms))
    return tuple(sorted(set(filter(None, map(_letters, stems)))))
