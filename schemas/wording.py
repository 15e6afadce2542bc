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


def number(value: int, language: Language) -> str:
    """Write a whole number: ``1 234`` in French, with a no-break space; ``1,234`` in English."""
    return f"{value:,}".replace(",", NO_BREAK if language == "fr" else ",")


def typeset(text: str, language: str) -> str:
    """Put in the no-break spaces that French asks for; only for our own words, never for a record's."""
    return _FRENCH_SPACES.sub(NO_BREAK, text) if language == "fr" else text
