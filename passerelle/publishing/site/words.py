"""Words of the pages: own words and vocabulary labels in both languages, dates and numbers as each writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

from schemas.base import LANGUAGES, Language
from schemas.beside import yaml_beside
from schemas.edition import per_edition
from schemas.vocabulary import NAMES
from schemas.wording import NO_BREAK, hidden_labels, labels, typeset


def other(language: Language) -> Language:
    """Give the other language."""
    return "en" if language == "fr" else "fr"


@cache
def words(section: str, language: Language) -> dict[str, str]:
    """Give the words of a section of words.yml in one language."""
    return {key: typeset(both[language], language) for key, both in _all()[section].items()}


def label(name: str, code: str, language: Language) -> str:
    """Give the label of a code; the code itself where the list does not have it (any more)."""
    return labels(name, language).get(code, code)


@per_edition
def every_label(name: str, code: str) -> str:
    """Give the labels of a code in both languages, and the words that pages use for it, for search."""
    hidden = (hidden_labels(name, language).get(code, "") for language in LANGUAGES)
    return " ".join((*(label(name, code, language) for language in LANGUAGES), *hidden))


def day(moment: datetime | date, language: Language) -> str:
    """Write a day: ``1er mars 2026``, ``March 1, 2026``."""
    month = _month(moment.month, language)
    if language == "en":
        return f"{month}{NO_BREAK}{moment.day}, {moment.year}"
    number = "1er" if moment.day == 1 else str(moment.day)
    return f"{number}{NO_BREAK}{month} {moment.year}"


def edtf(value: str, language: Language) -> str:
    """Write a date that is a year, a month or a day: ``2020-07`` → ``juillet 2020``."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return day(date(*parts), language)
    return f"{_month(parts[1], language)} {parts[0]}" if len(parts) == 2 else value


def label_lists(language: Language) -> dict[str, dict[str, str]]:
    """Give all vocabularies and the regions with their labels."""
    return {name: labels(name, language) for name in (*NAMES, "regions")}


@cache
def _all() -> dict[str, dict[str, dict[Language, str]]]:
    read: dict[str, dict[str, dict[Language, str]]] = yaml_beside(Path(__file__).with_name("words.yml"))
    return read


def _month(place: int, language: Language) -> str:
    return words("months", language)[f"{place:02}"]
