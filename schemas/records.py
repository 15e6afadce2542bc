"""Records as published, schema 1: Initiative, Organization, NewsItem."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schemas.base import Age, Digest, EdtfDate, Language, LanguageMap, RegionCode, Shape, Time
from schemas.capture import SourceName

SCHEMA_VERSION = 1

InitiativeId = Annotated[str, StringConstraints(pattern=r"^ini-[0-9a-z]{8,}$")]
OrganizationId = Annotated[str, StringConstraints(pattern=r"^org-[0-9a-z]{8,}$")]
NewsId = Annotated[str, StringConstraints(pattern=r"^news-[0-9a-z]{8,}$")]

Origin = Literal["source", "human", "memory", "machine", "pending"]
Relation = Literal["same-organization", "part-of", "possible-duplicate"]
ReviewStatus = Literal["unreviewed", "approved", "reopened"]


class TextStatus(Shape):
    """How a text that no page gives in this language came to be, and whether it still fits its source."""

    origin: Origin
    engine: str | None = Field(default=None, description="Engine, package and version, for machine text")
    source_language: Language | None = None
    source_hash: str | None = Field(default=None, description="Digest of the text that was translated")
    fresh: bool = Field(default=True, description="False once the source text has changed since")
    reviewed: bool = False
    reason: str | None = Field(default=None, description="Why a text is pending, for instance 'no-engine'")
    checks: tuple[str, ...] = Field(
        default=(), description="All checks that the machine's text failed, of the try that failed fewest"
    )


class OrganizationRef(Shape):
    """An organisation seen from an initiative."""

    id: OrganizationId
    name: str
    sector: str | None = None
    role: str | None = None


class LeadRef(Shape):
    """The organisation that leads an initiative."""

    id: OrganizationId
    name: str


class Audience(Shape):
    """Whom an initiative serves."""

    min_age: Age | None = None
    max_age: Age | None = None
    genders: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class Territory(Shape):
    """Where an initiative takes place."""

    province: Literal["QC"] = "QC"
    regions: tuple[RegionCode, ...] = ()
    municipalities: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()


class Benefit(Shape):
    """What one sector gains from the collaboration."""

    sector: str | None = None
    text: LanguageMap


class Testimonial(Shape):
    """A quotation about the initiative."""

    quote: LanguageMap
    author: str | None = None
    role: LanguageMap | None = None
    organization: str | None = None


class Award(Shape):
    """A prize received."""

    name: LanguageMap
    awarded_by: str | None = None
    year: int | None = None


class Contact(Shape):
    """How the public reaches the initiative."""

    email: str | None = None
    phone: str | None = None
    url: str | None = None


class Related(Shape):
    """A link to another initiative."""

    id: InitiativeId
    relation: Relation


class SourceRef(Shape):
    """A page that a record was read from."""

    url: str | None
    captured_at: Time
    digest: Digest
    language: Language
    extractor: str
    source: SourceName | None = Field(default=None, description="Name of the source, as in the manifest's sources")
    gone_at: Time | None = Field(
        default=None, description="Since when the page is gone from its site; null while it is there"
    )


class Review(Shape):
    """What a curator said of the record as a whole."""

    status: ReviewStatus = "unreviewed"
    by: str | None = None
    at: Time | None = None


class RecordBase(Shape):
    """What all published records carry about their own life."""

    sources: tuple[SourceRef, ...]
    first_seen: Time
    last_seen: Time
    last_changed: Time
    version: int = Field(default=1, ge=1, description="Counts the releases in which the record's content changed")


class Initiative(RecordBase):
    """A collaboration initiative, in both languages."""

    id: InitiativeId
    slug: str
    kind: str
    name: LanguageMap
    summary: LanguageMap | None = None
    description: LanguageMap | None = None
    lead_organization: LeadRef | None = None
    partners: tuple[OrganizationRef, ...] = ()
    sectors: tuple[str, ...] = ()
    collaboration: tuple[str, ...] = ()
    audience: Audience = Audience()
    themes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    languages_offered: tuple[str, ...] = ()
    cost: str | None = None
    territory: Territory = Territory()
    benefits: tuple[Benefit, ...] = ()
    impacts: tuple[LanguageMap, ...] = ()
    conclusion: LanguageMap | None = None
    testimonials: tuple[Testimonial, ...] = ()
    awards: tuple[Award, ...] = ()
    start: EdtfDate | None = None
    contact: Contact = Contact()
    links: tuple[str, ...] = ()
    mentions: tuple[NewsId, ...] = ()
    related: tuple[Related, ...] = ()
    text_status: dict[str, TextStatus] = Field(default_factory=dict)
    review: Review = Review()


class Organization(Shape):
    """An organisation named by at least one record."""

    id: OrganizationId
    name: str
    acronyms: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = Field(default=(), description="Spellings seen on pages")
    sector: str | None = None
    municipality: str | None = None
    regions: tuple[RegionCode, ...] = ()
    url: str | None = None
    first_seen: Time
    last_seen: Time


class Person(Shape):
    """A person quoted or named in an official role."""

    name: str
    role: str | None = None
    organization: str | None = None


class NewsItem(RecordBase):
    """A news item or communiqué, in the language it was written in."""

    id: NewsId
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: EdtfDate | None = None
    publisher: str | None = None
    language: Language
    url: str | None = None
    people: tuple[Person, ...] = ()
    awards: tuple[Award, ...] = ()
    mentions: tuple[InitiativeId, ...] = ()
    text_status: dict[str, TextStatus] = Field(default_factory=dict)


Translated = Initiative | NewsItem
"""Records with texts in both languages, and so with ``text_status``; an organisation has none."""


class FieldEvidence(Shape):
    """One place on one page that says a value of a record."""

    url: str | None = Field(description="The page, where it has a URL")
    digest: Digest
    extractor: str
    block: int
    start: int
    end: int
    quote: str
    rule: str


class Provenance(Shape):
    """Field-by-field evidence of one record, published beside it as provenance/<id>.json."""

    id: str
    fields: dict[str, tuple[FieldEvidence, ...]] = Field(
        description="Dotted path (as in text_status; 'partners.0', 'themes.1' …) → where it was read"
    )
