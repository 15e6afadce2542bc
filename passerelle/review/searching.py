"""The words by which the queue finds a record, without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from passerelle.review.help import Record
from schemas.paths import language_maps
from schemas.records import Initiative, LeadRef, NewsItem, Organization, OrganizationRef

LONGEST = 2000
"""Characters kept of a record's words: names come first, long descriptions may be cut."""

_COMBINING = re.compile(r"[\u0300-\u036f]+")
_MARKS = re.compile(r"[\W_]+")
_ID = re.compile(r"(?:ini|org|news)-[0-9a-z]+")

ACRONYM = 12
"""Letters of the longest word that is looked for among the acronyms of organisations too."""


@dataclass(frozen=True)
class Word:
    """One word that somebody looks for."""

    parts: tuple[str, ...]
    """Without case and accents, cut at its marks; an id, whole or its beginning, stays as it is."""
    acronym: str = ""
    """How a line of an organisation with this acronym is marked; empty for what can be none."""


def asked(said: str) -> tuple[Word, ...]:
    """Read what somebody looks for."""
    return tuple(_word(one) for one in said.split() if plain(one))


def _word(said: str) -> Word:
    if _ID.fullmatch(said.casefold()):
        return Word((said.casefold(),))
    parts = tuple(plain(said).split())
    letters = "".join(parts)
    spelled = len(parts) == len(letters)  # C.I.J.M., as acronyms are written: one word
    return Word((letters,) if spelled else parts, _marked(letters) if 1 < len(letters) <= ACRONYM else "")


def _marked(letters: str) -> str:
    return f"={letters}="


def plain(text: str) -> str:
    """Take case, accents and marks off: « L’Étoile·s » becomes ``l etoile s``."""
    letters = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    return _MARKS.sub(" ", _COMBINING.sub("", letters)).strip()


def words_of(record: Record) -> str:
    """Give a record's words, names first, each once: a search goes through fewer letters and finds the same.

    Before them stand its id and those of its organisations, and the acronyms of an organisation between marks.
    """
    words = plain(" ".join(_texts(record))[:LONGEST]).split()
    return " ".join(dict.fromkeys((*_signs(record), *words)))


def names_of(record: Record) -> tuple[str, str]:
    """Give the name to show in French and in English; one that is missing is empty."""
    if isinstance(record, Initiative):
        return record.name.fr or "", record.name.en or ""
    if isinstance(record, NewsItem):
        return (record.title, "") if record.language == "fr" else ("", record.title)
    return record.name, record.name


def organizations_of(record: Initiative) -> Iterable[LeadRef | OrganizationRef]:
    """Give the organisations that an initiative names, the one that leads first."""
    return (*filter(None, (record.lead_organization,)), *record.partners)


def _signs(record: Record) -> Iterator[str]:
    yield record.id
    if isinstance(record, Initiative):
        yield from (ref.id for ref in organizations_of(record))
    elif isinstance(record, Organization):
        yield from (_marked(plain(one).replace(" ", "")) for one in record.acronyms)


def _texts(record: Record) -> Iterator[str]:
    yield from names_of(record)
    if isinstance(record, Initiative):
        yield from (ref.name for ref in organizations_of(record))
        yield from (*record.territory.municipalities, *record.territory.neighbourhoods, record.slug)
        yield from (text for _, texts in language_maps(record) for text in (texts.fr, texts.en) if text)
    elif isinstance(record, NewsItem):
        yield from (record.publisher or "", *record.authors, *(person.name for person in record.people), record.text)
    else:
        yield from (*record.acronyms, *record.former_names, *record.other_names, record.municipality or "")
