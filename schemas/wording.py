"""Labels and numbers as people read them, in both languages; for the public pages and the curator's desk."""

from __future__ import annotations

import re

from schemas.base import Language, LanguageMap
from schemas.edition import per_edition
from schemas.gazetteer import regions
from schemas.vocabulary import vocabulary

NO_BREAK = "\u00a0"

_FRENCH_SPACES = re.compile(r" (?=[:»%$])|(?<=«) ")


@per_edition
def labels(name: str, language: Language) -> dict[str, str]:
    """Give code → label of a vocabulary (one of ``schemas.vocabulary.NAMES``) or of ``regions``, in their order."""
    terms: list[tuple[str, LanguageMap]] = (
        [(region.code, region.name) for region in regions()]
        if name == "regions"
        else [(term.code, term.label) for term in vocabulary(name).terms]
    )
    return {code: label.get(language) or code for code, label in terms}


@per_edition
def hidden_labels(name: str, language: Language) -> dict[str, str]:
    """Give code → the single words that pages use for it, spaces between; none of the regions.

    For search: of ``jeune de la rue`` the word ``rue`` alone would lead astray.
    """
    terms = () if name == "regions" else vocabulary(name).terms
    return {term.code: " ".join(filter(str.isalpha, getattr(term.synonyms, language))) for term in terms}


def number(value: int, language: Language) -> str:
    """Write a whole number: ``1 234`` in French, with a no-break space; ``1,234`` in English."""
    return f"{value:,}".replace(",", NO_BREAK if language == "fr" else ",")


def typeset(text: str, language: str) -> str:
    """Put in the no-break spaces that French asks for; only for our own words, never for a record's."""
    return _FRENCH_SPACES.sub(NO_BREAK, text) if language == "fr" else text


def shortened(text: str, most: int) -> str:
    """Give a text of at most ``most`` characters, cut between two words; one endless word is cut where it must be."""
    if len(text) <= most:
        return text
    kept = text[:most].rpartition(" ")[0].rstrip(" ,;:.«“(")
    return f"{kept or text[: most - 1]}…"


def excerpt(text: str, start: int, end: int, around: int) -> str:
    """Give words of a text, ``start`` to ``end``, with up to ``around`` characters on both sides, cut between words."""
    first, last = max(0, start - around), min(len(text), end + around)
    if first:
        first = text.find(" ", first - 1, start) + 1 or start
    if last < len(text):
        last = max(text.rfind(" ", end, last + 1), end)
    after = f"{text[end:last].rstrip(' ,;:.')}…" if last < len(text) else text[end:]
    return f"{f'…{NO_BREAK}' if first else ''}{text[first:end]}{after}"
