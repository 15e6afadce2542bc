"""Drafts: what one extractor saw on one page, in that page's language, every value with its evidence."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import Field

from schemas.base import Age, Digest, EdtfDate, Language, PageLanguage, RegionCode, Shape
from schemas.capture import SourceName
from schemas.issue import Issue

T = TypeVar("T")

QUOTE_LENGTH = 160
"""Characters of a page quoted in a piece of evidence: enough to recognise the place, not a copy of the page."""


def quoted(words: str) -> str:
    """Cut words to the length of a quote; what is cut ends with an ellipsis."""
    return words if len(words) <= QUOTE_LENGTH else words[: QUOTE_LENGTH - 1].rstrip() + "…"


class Evidence(Shape):
    """Where on a page a value was read."""

    digest: Digest = Field(description="Body digest of the capture")
    block: int = Field(ge=-1, description="Position of the block in the Document; -1 for the page's metadata")
    start: int = Field(ge=0, description="First character in the block's text")
    end: int = Field(ge=0, description="Character after the last one")
    quote: str = Field(
        max_length=QUOTE_LENGTH, description="The words themselves; at most 160 characters, cut with “…”"
    )
    rule: str = Field(description="Name of the rule that read the value, for instance 'ages.range'")


class Found(Shape, Generic[T]):
    """A value and the places that say so."""

    value: T
    evidence: tuple[Evidence, ...]


class OrganizationMention(Shape):
    """An organisation as a page names it."""

    name: str = Field(description="The fullest form of the name: official where the gazetteer knows it")
    written: str = Field(description="The name exactly as the page writes it")
    acronym: str | None = None
    sector: str | None = Field(default=None, description="Code from the sectors vocabulary")
    role: str | None = Field(default=None, description="Its part in the initiative, in the page's words")
    gazetteer_id: str | None = Field(
        default=None, description="Key in the gazetteer, for instance 'cisss-monteregie-est'"
    )
    municipality: str | None = None
    regions: tuple[RegionCode, ...] = ()
    url: str | None = None


class PersonMention(Shape):
    """A person quoted or named in an official role."""

    name: str
    role: str | None = None
    organization: str | None = None


class DraftBenefit(Shape):
    """What one sector gains from the collaboration."""

    sector: str | None = None
    text: str


class DraftTestimonial(Shape):
    """A quotation about the initiative."""

    quote: str
    author: str | None = None
    role: str | None = None
    organization: str | None = None


class DraftAward(Shape):
    """A prize that the initiative received."""

    name: str
    awarded_by: str | None = None
    year: int | None = None


class DraftBase(Shape):
    """What every draft says of its own origin."""

    page: str = Field(description="The page: URL or urn:sha256:…")
    digest: Digest
    source: SourceName
    key: str = Field(description="Which one of the page's drafts this is: '' for the page itself, else a stable slug")
    extractor: str = Field(description="Family and version, for instance 'maillage/1'")
    language: Language
    alternates: dict[str, str] = Field(default_factory=dict, description="hreflang → URL of the same page")


class InitiativeDraft(DraftBase):
    """An initiative as one page describes it."""

    type: Literal["initiative"] = "initiative"
    name: Found[str]
    other_names: tuple[Found[str], ...] = Field(default=(), description="Acronyms, short names, the page's own title")
    kind: Found[str] | None = None
    summary: Found[str] | None = None
    description: Found[str] | None = Field(default=None, description="Markdown")
    lead_organization: Found[OrganizationMention] | None = None
    partners: tuple[Found[OrganizationMention], ...] = ()
    sectors: tuple[Found[str], ...] = ()
    collaboration: tuple[Found[str], ...] = ()
    min_age: Found[Age] | None = None
    max_age: Found[Age] | None = None
    genders: tuple[Found[str], ...] = ()
    groups: tuple[Found[str], ...] = ()
    themes: tuple[Found[str], ...] = ()
    activities: tuple[Found[str], ...] = ()
    languages_offered: tuple[Found[str], ...] = ()
    cost: Found[str] | None = None
    regions: tuple[Found[RegionCode], ...] = ()
    municipalities: tuple[Found[str], ...] = ()
    neighbourhoods: tuple[Found[str], ...] = ()
    benefits: tuple[Found[DraftBenefit], ...] = ()
    impacts: tuple[Found[str], ...] = ()
    conclusion: Found[str] | None = None
    testimonials: tuple[Found[DraftTestimonial], ...] = ()
    awards: tuple[Found[DraftAward], ...] = ()
    start: Found[EdtfDate] | None = None
    email: Found[str] | None = None
    phone: Found[str] | None = None
    url: Found[str] | None = None
    links: tuple[Found[str], ...] = ()


class NewsDraft(DraftBase):
    """A news item or communiqué as its page gives it."""

    type: Literal["news"] = "news"
    title: Found[str]
    text: Found[str] = Field(description="The body, one block a line, without title, byline and furniture")
    authors: tuple[Found[str], ...] = ()
    published: Found[EdtfDate] | None = None
    modified: Found[EdtfDate] | None = None
    publisher: Found[str] | None = None
    people: tuple[Found[PersonMention], ...] = ()
    organizations: tuple[Found[OrganizationMention], ...] = ()
    initiative_names: tuple[Found[str], ...] = Field(default=(), description="Names of initiatives it speaks of")
    awards: tuple[Found[DraftAward], ...] = ()


class OrganizationDraft(DraftBase):
    """An organisation as a page presents it."""

    type: Literal["organization"] = "organization"
    organization: Found[OrganizationMention]


Draft = InitiativeDraft | NewsDraft | OrganizationDraft


class Extraction(Shape):
    """Everything one extractor made of one page: drafts, and what it has to report."""

    page: str
    digest: Digest
    extractor: str
    language: PageLanguage
    initiatives: tuple[InitiativeDraft, ...] = ()
    news: tuple[NewsDraft, ...] = ()
    organizations: tuple[OrganizationDraft, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All drafts: initiatives, then news, then organisations."""
        return (*self.initiatives, *self.news, *self.organizations)
