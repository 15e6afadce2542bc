"""Releases: the manifest (index.json) and the lines of changes.ndjson."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Shape, Time


class ReleaseFile(Shape):
    """One file of a release."""

    path: str
    media_type: str
    bytes: int = Field(ge=0)
    sha256: str
    records: int | None = Field(default=None, description="Records in the file, where it holds records")


class SourceCount(Shape):
    """What one source gave to a release; the gate compares it with the release before."""

    initiatives: int = 0
    news: int = 0
    pages: int = 0


class Coverage(Shape):
    """How the texts of one language came to be, in numbers of texts."""

    source: int = 0
    human: int = 0
    memory: int = 0
    machine: int = 0
    pending: int = 0


class Licence(Shape):
    """Terms of a data set or of one source."""

    name: str
    spdx: str | None = None
    url: str | None = None
    attribution: str | None = None


class ReleaseManifest(Shape):
    """index.json, written last: everything a program needs before it downloads anything else."""

    name: Literal["passerelle"] = "passerelle"
    version: int = Field(ge=1, description="Number of the release")
    schema_version: int
    as_of: Time = Field(description="Newest capture or decision used, not the clock")
    content: str = Field(description="Digest over all other files: equal content, equal release")
    licence: Licence
    metadata_licence: Licence | None = None
    sources: dict[str, Licence] = Field(default_factory=dict)
    counts: dict[str, int]
    by_source: dict[str, SourceCount]
    coverage: dict[str, Coverage] = Field(description="Language → origins of its texts")
    files: tuple[ReleaseFile, ...]


ChangeKind = Literal["added", "changed", "merged", "withdrawn"]


class Change(Shape):
    """One line of changes.ndjson: what became of one record in one release. Never removed."""

    release: int = Field(ge=1)
    at: Time = Field(description="as_of of that release")
    change: ChangeKind
    id: str
    type: Literal["initiative", "organization", "news"]
    into: str | None = Field(default=None, description="Id that a merged record redirects to")
    fields: tuple[str, ...] = Field(default=(), description="Top-level fields that changed")
    reason: str | None = None
