"""A record's texts and codes in one language, each with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.edition import per_edition
from schemas.gazetteer import regions
from schemas.records import Initiative, Origin
from schemas.vocabulary import NAMES, vocabulary

STEM = "https://passerelle.example/vocabulary/"
"""Stem of the IRIs of vocabularies and their terms: stable names, not addresses to fetch from."""
_CONTROLS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
VOCABULARIES = (*NAMES, "regions")
_LANGUAGES = {"fr": LanguageMap(fr="français", en="French"), "en": LanguageMap(fr="anglais", en="English")}


@dataclass(frozen=True)
class Said:
    """A text in one language."""

    text: str
    language: Language
    origin: Origin

    @property
    def tag(self) -> str:
        """The language tag (BCP 47): ``en-t-fr-t0-und`` for English that a machine made of French (RFC 6497)."""
        return f"{self.language}-t-{_other(self.language)}-t0-und" if self.origin == "machine" else self.language


def origin_of(initiative: Initiative, path: str) -> Origin:
    """Say how a text came to be, by its dotted path with the language; a text without a status was read on a page."""
    status = initiative.text_status.get(path)
    return status.origin if status else "source"


def readable(text: str) -> str:
    """Leave out control characters, which carry no text and which XML 1.0 does not have."""
    return _CONTROLS.sub("", text)


def said(initiative: Initiative, path: str, texts: LanguageMap | None, language: Language) -> Said | None:
    """Give a text of an initiative in one language, where there is one."""
    text = readable(texts.get(language) or "").strip() if texts else ""
    return Said(text, language, origin_of(initiative, f"{path}.{language}")) if text else None


def name_in(initiative: Initiative, language: Language) -> Said:
    """Give the name, which standards ask for: in this language, else pending, in the other one, else the slug."""
    if found := said(initiative, "name", initiative.name, language):
        return found
    found = said(initiative, "name", initiative.name, _other(language))
    return replace(found, origin="pending") if found else Said(initiative.slug, language, "pending")


def about(initiative: Initiative, language: Language) -> Said | None:
    """Give the description, else the summary."""
    return said(initiative, "description", initiative.description, language) or said(
        initiative, "summary", initiative.summary, language
    )


def label(name: str, code: str, language: Language) -> str:
    """Give the label of a code of a vocabulary; of a code that the vocabulary does not have, the code."""
    return _labels(name).get(code, LanguageMap()).get(language) or code


def language_name(code: str, language: Language) -> str:
    """Give the name of a language; of one that is neither French nor English, its code."""
    return _LANGUAGES.get(code, LanguageMap()).get(language) or code


def note(name: str, code: str, language: Language) -> str | None:
    """Give what a vocabulary notes of a code."""
    return _notes(name).get(code, LanguageMap()).get(language)


def title(name: str, language: Language) -> str:
    """Give the title of a vocabulary."""
    if name == "regions":
        return "Régions administratives du Québec" if language == "fr" else "Administrative regions of Québec"
    return vocabulary(name).title.get(language) or name


def term_iri(name: str, code: str) -> str:
    """Give the IRI of a code of a vocabulary."""
    return f"{STEM}{name}/{code}"


def terms_of(initiative: Initiative) -> Iterator[tuple[str, str]]:
    """Yield each (vocabulary, code) that an initiative is filed under, in the order of the record; regions apart."""
    yield "kinds", initiative.kind
    for name, codes in (
        ("sectors", initiative.sectors),
        ("collaboration", initiative.collaboration),
        ("genders", initiative.audience.genders),
        ("groups", initiative.audience.groups),
        ("themes", initiative.themes),
        ("activities", initiative.activities),
    ):
        yield from ((name, code) for code in codes)


def ages(initiative: Initiative, language: Language) -> str | None:
    """Say in words whom an initiative serves by age."""
    low, high = initiative.audience.min_age, initiative.audience.max_age
    years = "ans" if language == "fr" else "years"
    if low is not None and high is not None:
        return f"{low} à {high} ans" if language == "fr" else f"{low} to {high} years"
    if low is not None:
        return f"{low} {years} et plus" if language == "fr" else f"{low} {years} and over"
    if high is not None:
        return f"{high} {years} et moins" if language == "fr" else f"{high} {years} and under"
    return None


def _other(language: Language) -> Language:
    return LANGUAGES[1 - LANGUAGES.index(language)]


@per_edition
def _labels(name: str) -> dict[str, LanguageMap]:
    if name == "regions":
        return {region.code: region.name for region in regions()}
    return {term.code: term.label for term in vocabulary(name).terms} if name in NAMES else {}


@cache
def _notes(name: str) -> dict[str, LanguageMap]:
    terms = vocabulary(name).terms if name in NAMES else ()
    return {term.code: term.note for term in terms if term.note}
