"""What the stations hand to one another between the pages and the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from schemas.base import Digest, Language, Shape, Time
from schemas.capture import Capture, SourceName
from schemas.drafts import Extraction
from schemas.issue import Issue
from schemas.records import Initiative, NewsItem, Organization, Provenance, TextStatus

RecordType = Literal["initiative", "organization", "news"]
PREFIXES: Mapping[RecordType, str] = {"initiative": "ini-", "organization": "org-", "news": "news-"}
"""What the ids of each type begin with."""
Verdict = Literal["same", "different", "unsure"]


class Sighting(Shape):
    """One capture of a page: when, and what body."""

    captured_at: Time
    digest: Digest


class PageLife(Shape):
    """What all the captures of a page say of its life, however many they are."""

    newest: Capture
    sightings: tuple[Sighting, ...] = Field(
        min_length=1,
        max_length=4,
        description="The first, the last of the body before, the first and the last of the present body; oldest first",
    )
    sources: tuple[SourceName, ...] = Field(min_length=1, description="Under whose names it was captured")


class PageState(Shape):
    """A page as the archive knows it: the sightings that tell its life, and what was read from the newest one."""

    page: str
    url: str | None
    source: SourceName
    sightings: tuple[Sighting, ...] = Field(min_length=1, description="Oldest first")
    extraction: Extraction
    gone_since: Time | None = Field(default=None, description="Since when its site has it no more")


class Identity(Shape):
    """The id minted for a source key; never changed once stored.

    The key is ``TYPE|PAGE|DRAFT KEY`` for initiatives and news, ``organization|NAME KEY`` for organisations.
    """

    key: str
    id: str
    type: RecordType
    first_seen: Time


class Judgement(Shape):
    """Whether two source keys speak of the same thing; a person's word stands above a score."""

    left: str
    right: str
    verdict: Verdict
    score: float = Field(ge=0, le=1)
    reasons: tuple[str, ...] = ()
    by: str = Field(default="matching", description="'matching', or the curator's name")


class Matched(Shape):
    """Everything that matching made of all pages; texts only in the languages that pages or curators gave."""

    initiatives: tuple[Initiative, ...] = ()
    organizations: tuple[Organization, ...] = ()
    news: tuple[NewsItem, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    identities: tuple[Identity, ...] = Field(default=(), description="All in use, the newly minted among them")
    redirects: dict[str, str] = Field(default_factory=dict, description="Merged id → id that lives on")
    withdrawn: dict[str, str] = Field(default_factory=dict, description="Id withdrawn by a curator → reason")
    judgements: tuple[Judgement, ...] = Field(default=(), description="Pairs above the proposal threshold")
    issues: tuple[Issue, ...] = ()
    bases: dict[str, Initiative | Organization | NewsItem] = Field(
        default_factory=dict, description="Id of a record that decisions concern → the record before them"
    )
    trails: dict[str, Provenance] = Field(default_factory=dict, description="Its evidence before decisions, likewise")
    parts: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Id → source keys that the record was made of"
    )


class Gap(Shape):
    """A text that one language lacks and the other has."""

    record: str
    path: str = Field(description="Dotted path of the language map, for instance 'benefits.0.text'")
    source_language: Language
    target_language: Language
    text: str = Field(description="The text to translate; Markdown where the field is Markdown")


class Filling(Shape):
    """What translation made of a gap: a text with its status, or a pending status with its reason."""

    record: str
    path: str = Field(description="Dotted path with the language, as in text_status: 'benefits.0.text.fr'")
    text: str | None
    status: TextStatus
    refused: int | None = Field(
        default=None,
        description="Of a text of several sentences, the number of the first whose translation the checks refused",
    )


class MemoryEntry(Shape):
    """One pair of the translation memory, or of the cache of machine translations."""

    source_language: Language
    target_language: Language
    source_hash: str
    source: str
    target: str
    origin: Literal["human", "machine"]
    engine: str | None = None
    confidence: float | None = Field(default=None, description="How sure a machine was: mean log-probability a token")
    likelihood: float | None = Field(
        default=None, description="How likely a machine finds the source, given the text: mean log-probability a token"
    )
    reviewed: bool = Field(default=False, description="Whether a person approved a machine's text as it stands")
    context: str | None = Field(default=None, description="Field that the text came from, for instance 'name'")
    given_by: str | None = Field(default=None, description="SHA-256 of the imported file that gave it")
    replaces: MemoryEntry | None = Field(default=None, description="What stood in its place before that import")
