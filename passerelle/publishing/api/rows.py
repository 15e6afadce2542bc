"""What the index keeps of a record: where it is, by which values it is found, and the words of its texts.

Records are read as plain JSON: they were checked when the release was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from passerelle.publishing.api.words import EXACT, place_term, terms_of, unaccented
from schemas.base import LANGUAGES, Language
from schemas.edition import per_edition
from schemas.wording import hidden_labels, labels

Json = dict[str, Any]

INITIATIVE_FACETS: dict[str, Callable[[Json], Iterable[str | None]]] = {
    "theme": lambda record: record["themes"],
    "activity": lambda record: record["activities"],
    "sector": lambda record: record["sectors"],
    "group": lambda record: record["audience"]["groups"],
    "language_offered": lambda record: record["languages_offered"],
    "kind": lambda record: [record["kind"]],
    "region": lambda record: record["territory"]["regions"],
    "municipality": lambda record: map(unaccented, record["territory"]["municipalities"]),
    "organization": lambda record: [reference["id"] for reference in _organizations(record)],
}
ORGANIZATION_FACETS: dict[str, Callable[[Json], Iterable[str | None]]] = {
    "sector": lambda record: [record["sector"]],
    "region": lambda record: record["regions"],
    "municipality": lambda record: [unaccented(record["municipality"])] if record["municipality"] else [],
}
NEWS_FACETS: dict[str, Callable[[Json], Iterable[str | None]]] = {
    "language": lambda record: [record["language"]],
    "initiative": lambda record: record["mentions"],
}
"""Filter → the values by which a record is found."""


@dataclass(frozen=True, slots=True)
class Words:
    """The stems of a record's texts by weight; what stands in a heavier place is not repeated in a lighter one.

    Of the first two, the words themselves as well (``words.EXACT``).
    """

    names: frozenset[str]
    """Besides, the places where it works (``words.PLACE``)."""
    labels: frozenset[str]
    """Summary, labels of its codes, organisations and places."""
    body: frozenset[str]
    """All other texts, and the words that pages use for its codes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the index keeps it."""

    id: str
    facets: tuple[str, ...]
    """``filter:value``."""
    words: Words
    changed: str
    """When its content last changed, or it was last seen, as written."""
    published: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    reviewed: bool = False


def initiative_row(line: bytes) -> Row:
    """Read a line of initiatives.ndjson."""
    record = json.loads(line)
    audience, territory = record["audience"], record["territory"]
    places = (*territory["municipalities"], *territory["neighbourhoods"])
    helping = _in_both(record["summary"])
    for name in (*(reference["name"] for reference in _organizations(record)), *places):
        helping |= terms_of(name, *LANGUAGES)
    coded = _codes(record)
    helping |= label_terms(coded)
    return Row(
        id=record["id"],
        facets=_facets(INITIATIVE_FACETS, record),
        words=_by_weight(
            _in_both(record["name"]) | _places(places, territory["regions"]),
            helping,
            _body(record) | label_terms(coded, hidden=True),
        ),
        changed=record["last_changed"],
        min_age=audience["min_age"],
        max_age=audience["max_age"],
        reviewed=record["review"]["status"] == "approved",
    )


def organization_row(line: bytes) -> Row:
    """Read a line of organizations.ndjson."""
    record = json.loads(line)
    names = terms_of("\n".join((record["name"], *record["acronyms"])), *LANGUAGES)
    others = (*record["former_names"], *record["other_names"], record["municipality"] or "")
    coded = (("regions", record["regions"]), ("sectors", [record["sector"]] if record["sector"] else []))
    helping = terms_of("\n".join(others), *LANGUAGES) | label_terms(coded)
    facets = _facets(ORGANIZATION_FACETS, record)
    places = _places([record["municipality"] or ""], record["regions"])
    words = _by_weight(names | places, helping, label_terms(coded, hidden=True))
    return Row(id=record["id"], facets=facets, words=words, changed=record["last_seen"])


def news_row(line: bytes) -> Row:
    """Read a line of news.ndjson."""
    record = json.loads(line)
    language = record["language"]
    people = (part for person in record["people"] for part in (person["name"], person["organization"]))
    named = filter(None, (record["publisher"], *record["authors"], *people))
    return Row(
        id=record["id"],
        facets=_facets(NEWS_FACETS, record),
        words=_by_weight(
            terms_of(record["title"], language),
            terms_of("\n".join(named), *LANGUAGES),
            terms_of(record["text"], language),
        ),
        changed=record["last_changed"],
        published=record["published"],
    )


READERS: dict[str, Callable[[bytes], Row]] = {
    "initiatives": initiative_row,
    "organizations": organization_row,
    "news": news_row,
}
"""List of a release → how a line of it is read."""


def label_terms(coded: Iterable[tuple[str, Iterable[str]]], *, hidden: bool = False) -> set[str]:
    """Give the stems of what codes are called in both languages.

    Args:
        coded: vocabularies, or regions, each with some of its codes.
        hidden: the words that pages use for the codes, instead of their labels.
    """
    found = ((_labels(name), code) for name, codes in coded for code in codes)
    return {stem for known, code in found for stem in known.get(code, ((), ()))[hidden]}


@per_edition
def _labels(name: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    shown, hidden = ({one: told(name, one) for one in LANGUAGES} for told in (labels, hidden_labels))
    return {code: (_stems(shown, code), _stems(hidden, code)) for code in shown[LANGUAGES[0]]}


def _stems(texts: Mapping[Language, Mapping[str, str]], code: str) -> frozenset[str]:
    return frozenset[str]().union(*(terms_of(told.get(code, ""), language) for language, told in texts.items()))


def _codes(record: Json) -> tuple[tuple[str, list[str]], ...]:
    """Give the codes of an initiative, by vocabulary."""
    audience = record["audience"]
    own = tuple((name, record[name]) for name in ("themes", "activities", "sectors"))
    of_audience = (("groups", audience["groups"]), ("genders", audience["genders"]))
    return *own, *of_audience, ("kinds", [record["kind"]]), ("regions", record["territory"]["regions"])


def _facets(readers: dict[str, Callable[[Json], Iterable[str | None]]], record: Json) -> tuple[str, ...]:
    found = (f"{name}:{value}" for name, read in readers.items() for value in read(record) if value)
    return tuple(dict.fromkeys(found))


def _organizations(record: Json) -> Iterator[Json]:
    if record["lead_organization"]:
        yield record["lead_organization"]
    yield from record["partners"]


def _body(record: Json) -> set[str]:
    texts = [record["description"], record["conclusion"], *record["impacts"]]
    texts += [benefit["text"] for benefit in record["benefits"]]
    texts += [award["name"] for award in record["awards"]]
    texts += [text for told in record["testimonials"] for text in (told["quote"], told["role"])]
    said_for = (told["organization"] for told in record["testimonials"])
    return set().union(*map(_in_both, texts), terms_of("\n".join(filter(None, said_for)), *LANGUAGES))


def _in_both(text: dict[str, str | None] | None) -> set[str]:
    written = ((language, (text or {}).get(language)) for language in LANGUAGES)
    return set().union(*(terms_of(said, language) for language, said in written if said))


def _places(names: Iterable[str], regions: Iterable[str]) -> set[str]:
    """Give what a record's places are found by: municipalities and neighbourhoods, and regions in both languages."""
    labelled = (labels("regions", language).get(code, "") for code in regions for language in LANGUAGES)
    return set(filter(None, map(place_term, (*names, *labelled))))


def _by_weight(names: set[str], helping: set[str], body: set[str]) -> Words:
    stems = {stem for stem in body if not stem.startswith(EXACT)}  # far down, the stem will do
    return Words(frozenset(names), frozenset(helping - names), frozenset(stems - names - helping))
