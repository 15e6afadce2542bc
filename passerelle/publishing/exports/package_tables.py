"""The tables of the data package: every field of every record, in tables that refer to one another."""

from __future__ import annotations

from passerelle.publishing.exports.tables import Column, ColumnType, Reference, Table
from schemas.base import LANGUAGES


def _all(shape: str, *names: str, kind: ColumnType = "string", required: bool = False) -> tuple[Column, ...]:
    """Give columns named as the fields of a shape."""
    return tuple(Column(name, f"{shape}.{name}", kind, required) for name in names)


def _both(shape: str, *names: str) -> tuple[Column, ...]:
    """Give a French and an English column for each field."""
    return tuple(Column(f"{name}_{one}", f"{shape}.{name}", language=one) for name in names for one in LANGUAGES)


def _as(name: str, means: str, kind: ColumnType = "string", required: bool = False) -> tuple[Column, ...]:
    return (Column(name, means, kind, required),)


def _of(record: str) -> tuple[Column, ...]:
    """Give the columns that say which record a row belongs to, and where in its list."""
    shape = {"initiative": "Initiative", "organization": "Organization", "news": "NewsItem"}[record]
    return (Column(f"{record}_id", f"{shape}.id", required=True), _POSITION)


def _listed(record: str, name: str, title: str, columns: tuple[Column, ...], *references: Reference) -> Table:
    """Give a table of one row for each item of a list of a record."""
    own = Reference((f"{record}_id",), _TABLE_OF[record], ("id",))
    return Table(name, title, (*_of(record), *columns), (f"{record}_id", "position"), (own, *references))


def _origins(name: str, record: str) -> Table:
    """Give the table of how the texts of records came to be."""
    return Table(
        name,
        f"Origine des textes qu’aucune page ne donne · Origin of the texts that no page gives ({_TABLE_OF[record]})",
        (
            _of(record)[0],
            Column("path", "", required=True, unit="Chemin du texte, avec la langue · Path, with language"),
            *_all("TextStatus", "origin", required=True),
            *_all("TextStatus", "engine", "source_language", "source_hash"),
            *_all("TextStatus", "fresh", "reviewed", kind="boolean", required=True),
            *_all("TextStatus", "reason"),
        ),
        (f"{record}_id", "path"),
        (Reference((f"{record}_id",), _TABLE_OF[record], ("id",)),),
    )


_POSITION = Column("position", "", "integer", required=True, unit="Rang, dès 0 · Place in the list, from 0")
_TABLE_OF = {"initiative": "initiatives", "organization": "organizations", "news": "news"}
_LIFE = (
    *_all("RecordBase", "first_seen", "last_seen", "last_changed", kind="datetime", required=True),
    *_all("RecordBase", "version", kind="integer", required=True),
)
_SOURCE = (
    *_all("SourceRef", "url"),
    *_all("SourceRef", "captured_at", kind="datetime", required=True),
    *_all("SourceRef", "digest", "language", "extractor", required=True),
    *_all("SourceRef", "source"),
    *_all("SourceRef", "gone_at", kind="datetime"),
)
_AWARD = (*_both("Award", "name"), *_all("Award", "awarded_by"), *_all("Award", "year", kind="integer"))

_INITIATIVES = Table(
    "initiatives",
    "Initiatives",
    (
        *_all("Initiative", "id", "slug", "kind", required=True),
        *_both("Initiative", "name", "summary", "description", "conclusion"),
        *_as("lead_organization_id", "LeadRef.id"),
        *_as("lead_organization_name", "LeadRef.name"),
        *_all("Audience", "min_age", "max_age", kind="integer"),
        *_all("Initiative", "cost", "start"),
        *_all("Territory", "province", required=True),
        *_all("Contact", "email", "phone", "url"),
        *_as("review_status", "Review.status", required=True),
        *_as("review_by", "Review.by"),
        *_as("review_at", "Review.at", "datetime"),
        *_LIFE,
    ),
    ("id",),
    (Reference(("lead_organization_id",), "organizations", ("id",)),),
)
_TERMS = Table(
    "terms",
    "Termes des vocabulaires · Terms of the vocabularies",
    (
        Column("vocabulary", "", required=True, unit="Nom de la liste · Name of the list"),
        Column("code", "", required=True, unit="Code du terme · Code of the term"),
        *(Column(f"label_{one}", "", language=one, unit=f"Libellé · Label ({one})") for one in LANGUAGES),
        Column("iri", "", required=True, unit="Nom du terme en SKOS · Name of the term in SKOS"),
    ),
    ("vocabulary", "code"),
)
_REGIONS = Table(
    "regions",
    "Régions administratives du Québec · Administrative regions of Québec",
    (
        Column("code", "", required=True, unit="Code officiel à deux chiffres · Official two-digit code"),
        *(Column(f"name_{one}", "", required=True, language=one, unit=f"Nom · Name ({one})") for one in LANGUAGES),
    ),
    ("code",),
)
_TERM_OF = (
    Reference(("initiative_id",), "initiatives", ("id",)),
    Reference(("vocabulary", "code"), "terms", ("vocabulary", "code")),
)
_CHANGES = Table(
    "changes",
    "Changements, de version en version · Changes, release by release",
    (
        *_all("Change", "release", kind="integer", required=True),
        *_all("Change", "at", kind="datetime", required=True),
        *_all("Change", "change", "id", "type", required=True),
        *_all("Change", "into", "fields", "reason"),
    ),
    ("release", "id"),
)

TABLES: tuple[Table, ...] = (
    _INITIATIVES,
    Table(
        "initiative_terms",
        "Secteurs, thèmes, activités… de chaque initiative · Sectors, themes, activities… of each initiative",
        (*_of("initiative"), *_TERMS.columns[:2]),
        ("initiative_id", "vocabulary", "position"),
        _TERM_OF,
    ),
    _listed(
        "initiative",
        "initiative_regions",
        "Régions de chaque initiative · Regions of each initiative",
        _as("region", "Territory.regions", required=True),
        Reference(("region",), "regions", ("code",)),
    ),
    _listed(
        "initiative",
        "initiative_municipalities",
        "Municipalités de chaque initiative · Municipalities of each initiative",
        _as("municipality", "Territory.municipalities", required=True),
    ),
    _listed(
        "initiative",
        "initiative_neighbourhoods",
        "Quartiers de chaque initiative · Neighbourhoods of each initiative",
        _as("neighbourhood", "Territory.neighbourhoods", required=True),
    ),
    _listed(
        "initiative",
        "initiative_languages",
        "Langues offertes · Languages offered",
        _as("language", "Initiative.languages_offered", required=True),
    ),
    _listed(
        "initiative",
        "partners",
        "Partenaires de chaque initiative · Partners of each initiative",
        (
            *_as("organization_id", "OrganizationRef.id", required=True),
            *_all("OrganizationRef", "name", required=True),
            *_all("OrganizationRef", "sector", "role"),
        ),
        Reference(("organization_id",), "organizations", ("id",)),
    ),
    _listed("initiative", "benefits", "Bénéfices · Benefits", (*_all("Benefit", "sector"), *_both("Benefit", "text"))),
    _listed(
        "initiative",
        "impacts",
        "Retombées · Impacts",
        tuple(Column(f"text_{one}", "Initiative.impacts", language=one) for one in LANGUAGES),
    ),
    _listed(
        "initiative",
        "testimonials",
        "Témoignages · Testimonials",
        (*_both("Testimonial", "quote", "role"), *_all("Testimonial", "author", "organization")),
    ),
    _listed("initiative", "awards", "Prix · Awards", _AWARD),
    _listed("initiative", "links", "Liens · Links", _as("url", "Initiative.links", required=True)),
    _listed(
        "initiative",
        "related",
        "Initiatives liées · Related initiatives",
        (*_as("related_id", "Related.id", required=True), *_all("Related", "relation", required=True)),
        Reference(("related_id",), "initiatives", ("id",)),
    ),
    _listed(
        "initiative",
        "initiative_news",
        "Nouvelles de chaque initiative · News of each initiative",
        _as("news_id", "NewsItem.id", required=True),
        Reference(("news_id",), "news", ("id",)),
    ),
    _listed("initiative", "initiative_sources", "Pages lues · Pages read (initiatives)", _SOURCE),
    _origins("text_origins", "initiative"),
    Table(
        "organizations",
        "Organismes · Organisations",
        (
            *_all("Organization", "id", "name", required=True),
            *_all("Organization", "sector", "municipality", "url"),
            *_all("Organization", "first_seen", "last_seen", kind="datetime", required=True),
        ),
        ("id",),
    ),
    Table(
        "organization_names",
        "Sigles et autres noms · Acronyms and other names",
        (
            *_of("organization"),
            Column("kind", "", required=True, unit="acronyms, former_names, other_names"),
            *_all("Organization", "name", required=True),
        ),
        ("organization_id", "kind", "position"),
        (Reference(("organization_id",), "organizations", ("id",)),),
    ),
    _listed(
        "organization",
        "organization_regions",
        "Régions de chaque organisme · Regions of each organisation",
        _as("region", "Organization.regions", required=True),
        Reference(("region",), "regions", ("code",)),
    ),
    Table(
        "news",
        "Nouvelles · News",
        (
            *_all("NewsItem", "id", required=True),
            *_all("NewsItem", "title", "text", "published", "publisher"),
            *_all("NewsItem", "language", required=True),
            *_all("NewsItem", "url"),
            *_LIFE,
        ),
        ("id",),
    ),
    _listed("news", "news_authors", "Auteurs · Authors", _as("name", "NewsItem.authors", required=True)),
    _listed(
        "news",
        "news_people",
        "Personnes nommées · People named",
        _all("Person", "name", "role", "organization"),
    ),
    _listed("news", "news_awards", "Prix dans les nouvelles · Awards in the news", _AWARD),
    _listed(
        "news",
        "news_initiatives",
        "Initiatives nommées · Initiatives named",
        _as("initiative_id", "Initiative.id", required=True),
        Reference(("initiative_id",), "initiatives", ("id",)),
    ),
    _listed("news", "news_sources", "Pages lues · Pages read (news)", _SOURCE),
    _origins("news_text_origins", "news"),
    Table(
        "sources",
        "Conditions des sources · Terms of the sources",
        (
            *_as("name", "SourceRef.source", required=True),
            *_as("licence", "Licence.name", required=True),
            *_all("Licence", "spdx", "url", "attribution"),
        ),
        ("name",),
    ),
    _CHANGES,
    _REGIONS,
    _TERMS,
)
"""All tables, in the order of the package."""
