"""The words by which the queue finds a record, without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from passerelle.review.help import Record
from schemas.paths import language_maps
from schemas.records import Initiative, NewsItem

LONGEST = 2000
"""Characters kept of a record's words: names come first, long descriptions may be cut."""

_COMBINING = re.compile(r"[\u0300-\u036f]+")
_MARKS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Take case, accents and marks off: « L’Étoile·s » becomes ``l etoile s``."""
    letters = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    return _MARKS.sub(" ", _COMBINING.sub("", letters)).strip()


def words_of(record: Record) -> str:
    """Give a record's words, names first, each once: a search goes through fewer letters and finds the same."""
    return " ".join(dict.fromkeys(plain(" ".join(_texts(record))[:LONGEST]).split()))


def names_of(record: Record) -> tuple[str, str]:
    """Give the name to show in French and in English; one that is missing is empty."""
    if isinstance(record, Initiative):
        return record.name.fr or "", record.name.en or ""
    if isinstance(record, NewsItem):
        return (record.title, "") if record.language == "fr" else ("", record.title)
    return record.name, record.name


def _texts(record: Record) -> Iterator[str]:
    yield from names_of(record)
    yield record.id
    if isinstance(record, Initiative):
        yield from (ref.name for ref in (record.lead_organization, *record.partners) if ref)
        yield from (*record.territory.municipalities, *record.territory.neighbourhoods, record.slug)
        yield from (text for _, texts in language_maps(record) for text in (texts.fr, texts.en) if text)
    elif isinstance(record, NewsItem):
        yield from (record.publisher or "", *record.authors, *(person.name for person in record.people), record.text)
    else:
        yield from (*record.acronyms, *record.former_names, *record.other_names, record.municipality or "")
