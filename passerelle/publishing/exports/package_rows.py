"""The rows of the data package: each record as rows of its tables. ``package_tables`` says what the columns are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from passerelle.publishing.exports.tables import Row
from passerelle.publishing.exports.texts import label, term_iri, terms_of
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, LanguageMap, Shape
from schemas.gazetteer import regions
from schemas.records import Award, Initiative, NewsItem, Organization, SourceRef
from schemas.vocabulary import NAMES, vocabulary

Rows = Iterator[tuple[str, Row]]
_NAMES = ("acronyms", "former_names", "other_names")


def rows_of(view: View) -> Rows:
    """Yield every row of every table, records in the order of their ids, each row after its table's name."""
    used: set[tuple[str, str]] = set()
    for initiative in view.initiatives:
        used.update(terms_of(initiative))
        yield from _initiative(initiative)
    for organization in view.organizations:
        yield from _organization(organization)
    for item in view.news:
        yield from _news(item)
    for name, terms in sorted(view.terms.items()):
        yield "sources", {"name": name, "licence": terms.name, **_plain(terms, "spdx", "url", "attribution")}
    for change in view.changes:
        yield "changes", {**_plain(change), "fields": "; ".join(change.fields) or None}
    for region in regions():
        yield "regions", {"code": region.code, **_both("name", region.name)}
    yield from _terms(used)


def _initiative(one: Initiative) -> Rows:
    yield "initiatives", _facts(one)
    counts: dict[str, int] = {}
    for name, code in terms_of(one):
        if name != "kinds":  # a column of its own
            position = counts[name] = counts.get(name, -1) + 1
            row = {"initiative_id": one.id, "vocabulary": name, "position": position, "code": code}
            yield "initiative_terms", row
    for table, column, values in (
        ("initiative_regions", "region", one.territory.regions),
        ("initiative_municipalities", "municipality", one.territory.municipalities),
        ("initiative_neighbourhoods", "neighbourhood", one.territory.neighbourhoods),
        ("initiative_languages", "language", one.languages_offered),
        ("links", "url", one.links),
        ("initiative_news", "news_id", one.mentions),
    ):
        yield from _listed("initiative", one.id, table, ({column: value} for value in values))
    lists: tuple[tuple[str, Iterable[Row]], ...] = (
        ("partners", ({**_plain(partner), "organization_id": partner.id} for partner in one.partners)),
        ("benefits", ({"sector": benefit.sector, **_both("text", benefit.text)} for benefit in one.benefits)),
        ("impacts", (_both("text", impact) for impact in one.impacts)),
        ("testimonials", (_with_texts(quote, "quote", "role") for quote in one.testimonials)),
        ("awards", map(_award, one.awards)),
        ("related", ({"related_id": other.id, "relation": other.relation} for other in one.related)),
        ("initiative_sources", map(_source, one.sources)),
    )
    for table, rows in lists:
        yield from _listed("initiative", one.id, table, rows)
    for path, status in one.text_status.items():
        yield "text_origins", {"initiative_id": one.id, "path": path, **_plain(status)}


def _facts(one: Initiative) -> Row:
    lead = one.lead_organization
    review = _plain(one.review)
    return {
        **_plain(one, "id", "slug", "kind", "cost", "start", "first_seen", "last_seen", "last_changed", "version"),
        **_both("name", one.name),
        **_both("summary", one.summary),
        **_both("description", one.description),
        **_both("conclusion", one.conclusion),
        "lead_organization_id": lead.id if lead else None,
        "lead_organization_name": lead.name if lead else None,
        "min_age": one.audience.min_age,
        "max_age": one.audience.max_age,
        "province": one.territory.province,
        **_plain(one.contact),
        **{f"review_{name}": review[name] for name in ("status", "by", "at")},
    }


def _organization(one: Organization) -> Rows:
    yield "organizations", _plain(one, "id", "name", "sector", "municipality", "url", "first_seen", "last_seen")
    for kind in _NAMES:
        names = ({"kind": kind, "name": name} for name in getattr(one, kind))
        yield from _listed("organization", one.id, "organization_names", names)
    yield from _listed("organization", one.id, "organization_regions", ({"region": code} for code in one.regions))


def _news(one: NewsItem) -> Rows:
    apart = {"authors", "people", "awards", "mentions", "sources", "text_status"}
    yield "news", _plain(one, *(name for name in type(one).model_fields if name not in apart))
    lists: tuple[tuple[str, Iterable[Row]], ...] = (
        ("news_authors", ({"name": name} for name in one.authors)),
        ("news_people", (_plain(person) for person in one.people)),
        ("news_awards", map(_award, one.awards)),
        ("news_initiatives", ({"initiative_id": record} for record in one.mentions)),
        ("news_sources", map(_source, one.sources)),
    )
    for table, rows in lists:
        yield from _listed("news", one.id, table, rows)
    for path, status in one.text_status.items():
        yield "news_text_origins", {"news_id": one.id, "path": path, **_plain(status)}


def _terms(used: set[tuple[str, str]]) -> Rows:
    """Yield the terms of all vocabularies, then the codes that records use and no vocabulary has."""
    known = [(name, code) for name in NAMES for code in vocabulary(name).codes]
    for name, code in (*known, *sorted(used.difference(known))):
        labels = {f"label_{language}": label(name, code, language) for language in LANGUAGES}
        yield "terms", {"vocabulary": name, "code": code, **labels, "iri": term_iri(name, code)}


def _listed(record: str, own: str, table: str, rows: Iterable[Row]) -> Rows:
    for position, row in enumerate(rows):
        yield table, {f"{record}_id": own, "position": position, **row}


def _award(award: Award) -> Row:
    return _with_texts(award, "name")


def _source(source: SourceRef) -> Row:
    return _plain(source)


def _with_texts(shape: Shape, *texts: str) -> Row:
    rest = _plain(shape, *(name for name in type(shape).model_fields if name not in texts))
    return {**rest, **{key: text for name in texts for key, text in _both(name, getattr(shape, name)).items()}}


def _both(name: str, texts: LanguageMap | None) -> dict[str, Any]:
    return {f"{name}_{language}": texts.get(language) if texts else None for language in LANGUAGES}


def _plain(shape: Shape, *names: str) -> dict[str, Any]:
    """Give the values of a shape, or of some of its fields."""
    return {name: getattr(shape, name) for name in names or type(shape).model_fields}
