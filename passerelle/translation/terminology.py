"""Holds translations against the termbase: the terms a text uses, those its translation misses, those to be mended.

Words are compared by inflection: equal but for a plural ending, or of one Snowball stem and alike up to the last
letters (so « intervenantes » is « intervenant », and « intervenir » is not).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import snowballstemmer  # type: ignore[import-untyped]
from rapidfuzz.distance import Prefix

from passerelle.translation.termbase import Term, load_terms
from schemas.base import Language
from schemas.edition import per_edition
from schemas.inclusive import expand_inclusive

_WORD = re.compile(r"[^\W_]+")
_KEY = 3
"""Letters by which forms are indexed."""
_ISE = 8
"""Letters that a word in -ise has more of where -ize is another spelling of it: raise and promise have none."""
_BETWEEN = 2
"""Words that may stand among those of a term said another way: the prevention of youth suicide."""
_ALIKE: dict[Language, tuple[int, int]] = {"fr": (3, 2), "en": (5, 2)}
"""Letters that two inflections share at least, and in which the longer may differ at its end."""
_PLURAL_ONLY: dict[Language, tuple[str, ...]] = {"fr": ("er", "ées"), "en": ("er", "or", "ly")}
"""Endings of forms that have plurals only: a coordinator is not what coordinates, « usager » is no « usage »."""
_VERB: dict[Language, tuple[str, ...]] = {
    "fr": ("er", "ez", "ir", "ait", "aient", "ant", "ons", "era", "eront", "ât"),
    "en": ("ed",),
}
"""Endings of verbs, which a noun has not: « communiquer » is no « communiqué »."""
_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}


@dataclass(frozen=True)
class Word:
    """A word of a text: as written, and where."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Use:
    """A place where a text uses terms: one, or several that share a form."""

    start: int
    end: int
    text: str
    terms: tuple[Term, ...]


@dataclass
class Adherence:
    """How many uses of enforced terms have a good term in the translation, and which have none."""

    expected: int = 0
    kept: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where no term is used."""
        return self.kept / self.expected if self.expected else 1.0


@per_edition
def uses(text: str, language: Language) -> tuple[Use, ...]:
    """Find the terms that a text uses, the longest where one holds another."""
    index = _index(language)
    words = _words(text)
    found: list[Use] = []
    at = 0
    while at < len(words):
        here: dict[int, list[Term]] = {}
        for form, term in index.get(words[at].text[:_KEY].lower(), ()):
            if _stands_at(form, words, at, language) and not _says_otherwise(term, text, language):
                here.setdefault(len(form), []).append(term)
        if here:
            longest = max(here)
            start, end = words[at].start, words[at + longest - 1].end
            found.append(Use(start, end, text[start:end], tuple(dict.fromkeys(here[longest]))))
        at += max(here, default=1)
    return tuple(found)


def _says_otherwise(term: Term, text: str, language: Language) -> bool:
    """Tell whether a text has a word beside which the form names something else: a conference's speakers."""
    return bool(find_forms(text, term.forms(language).not_with, language))


def find_forms(text: str, forms: Iterable[str], language: Language) -> list[tuple[int, int]]:
    """Find where a text has one of some forms, inflected or not: starts and ends, the longest at each place."""
    words, places = _indexed(text)
    longest: dict[int, int] = {}
    for form in map(_split, forms):
        for at in places.get(form[0][:_KEY].lower(), ()):
            if longest.get(at, 0) < len(form) and _stands_at(form, words, at, language):
                longest[at] = len(form)
    found: list[tuple[int, int]] = []
    for at in sorted(longest):
        if not found or words[at].start >= found[-1][1]:
            found.append((words[at].start, words[at + longest[at] - 1].end))
    return found


def missed(source: str, output: str, language: Language, target: Language) -> list[Use]:
    """List the terms of a source for which its translation has no good form."""
    said: dict[tuple[int, ...], bool] = {}
    return [
        use for use in uses(source, language) if not _once(said, use, lambda one: _has_good_form(one, output, target))
    ]


def violations(source: str, output: str, language: Language, target: Language) -> list[Use]:
    """List the terms of a source that its translation misses and that are enforced, or said in a form to avoid.

    A translation that has all the words of a good form near one another (“preventing suicide”) does not miss it.
    """
    wrong: dict[tuple[int, ...], bool] = {}

    def is_wrong(use: Use) -> bool:
        if find_forms(output, forms_to_avoid(use, target), target):
            return True
        return _is_enforced(use) and not _has_good_words(use, output, target)

    return [use for use in missed(source, output, language, target) if _once(wrong, use, is_wrong)]


def forms_to_avoid(use: Use, target: Language) -> list[str]:
    """List the wrong renderings of what a text uses."""
    return [form for term in use.terms for form in term.forms(target).avoid]


def measure(pairs: Iterable[tuple[str, str]], language: Language, target: Language) -> Adherence:
    """Measure how far translations keep to the enforced terms.

    Args:
        pairs: source texts and their translations, inclusive forms or not.
        language: language of the sources.
        target: language of the translations.
    """
    result = Adherence()
    for pair in pairs:
        source, output = map(expand_inclusive, pair)
        wanted = [use for use in uses(source, language) if _is_enforced(use)]
        lost = [use for use in wanted if not _has_good_form(use, output, target)]
        result.expected += len(wanted)
        result.kept += len(wanted) - len(lost)
        result.missed.update(use.terms[0].forms(language).preferred for use in lost)
    return result


@lru_cache(maxsize=65536)
def same_word(form: str, word: str, language: Language) -> bool:
    """Tell whether a word is a form's word, inflected or not; an acronym must have its capitals."""
    if len(form) > 1 and form.isupper():
        return form == word
    left, right = (_spelling(one.lower(), language) for one in (form, word))
    if left == right or _singular(left, language) == _singular(right, language):
        return True
    if _is_verb(right, language) and not _is_verb(left, language):
        return False
    if left.endswith(_PLURAL_ONLY[language]):
        return False
    least, ending = _ALIKE[language]
    if Prefix.similarity(left, right) < max(least, max(len(left), len(right)) - ending):
        return False
    return _stem(left, language) == _stem(right, language)


def _is_enforced(use: Use) -> bool:
    return any(term.enforce and term.pos != "acronym" for term in use.terms)  # acronyms are protected anyway


def _spelling(word: str, language: Language) -> str:
    """Give the Canadian spelling of a British one: organisation."""
    return re.sub(r"is(ation|e|ed|ing|er)(s?)$", r"iz\1\2", word) if language == "en" and len(word) > _ISE else word


def _is_verb(word: str, language: Language) -> bool:
    return word.endswith(_VERB[language])


def _singular(word: str, language: Language) -> str:
    if language == "en" and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > _KEY and word.endswith(("s", "x") if language == "fr" else "s") else word


def _has_good_form(use: Use, output: str, target: Language) -> bool:
    return bool(find_forms(output, [form for term in use.terms for form in term.forms(target).good], target))


def _stands_at(form: Sequence[str], words: Sequence[Word], at: int, language: Language) -> bool:
    if at + len(form) > len(words):
        return False
    return all(same_word(part, words[at + place].text, language) for place, part in enumerate(form))


def _once(known: dict[tuple[int, ...], bool], use: Use, ask: Callable[[Use], bool]) -> bool:
    """Ask of the uses of the same terms once: a long text uses few terms many times."""
    key = tuple(map(id, use.terms))
    if key not in known:
        known[key] = ask(use)
    return known[key]


def _has_good_words(use: Use, output: str, target: Language) -> bool:
    """Tell whether the words of a good form of two words or more stand near one another, in any order and form."""
    words, places = _indexed(output)
    stems = [_stem(word.text, target) for word in words]
    for form in {_split(good) for term in use.terms for good in term.forms(target).good}:
        wanted = {_stem(part, target) for part in form}
        for at in places.get(form[0][:_KEY].lower(), ()) if len(form) > 1 else ():
            reach = len(form) + _BETWEEN
            if wanted <= {*stems[max(0, at - reach) : at + reach]}:
                return True
    return False


@lru_cache(maxsize=65536)
def _stem(word: str, language: Language) -> str:
    return str(_STEMMERS[language].stemWord(word.lower()))


@lru_cache(maxsize=64)
def _indexed(text: str) -> tuple[Sequence[Word], dict[str, list[int]]]:
    """Give the words of a text, and where those of each beginning stand."""
    words = _words(text)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word.text[:_KEY].lower(), []).append(at)
    return words, places


def _words(text: str) -> list[Word]:
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


@cache
def _split(form: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(form))


@per_edition
def _index(language: Language) -> dict[str, list[tuple[tuple[str, ...], Term]]]:
    """Index the forms that name a concept by the first letters of their first words."""
    index: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for term in load_terms():
        for form in term.names(language):
            parts = _split(form)
            index.setdefault(parts[0][:_KEY].lower(), []).append((parts, term))
    return index
