"""Captures: what a server answered, or a file that somebody handed in."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schemas.base import Digest, Shape, Time

SourceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
"""Short name of a source: lower-case letters, digits and hyphens; also its file's name in ``sources/``."""


class WarcPlace(Shape):
    """Where a capture's record stands in the archive."""

    path: str = Field(description="WARC file, relative to the raw folder")
    offset: int = Field(ge=0, description="First byte of the record's gzip member")
    length: int = Field(gt=0, description="Bytes of the member")


class Capture(Shape):
    """One answer of one server at one time, or one file given by hand (which may have no URL)."""

    source: SourceName
    url: str | None = Field(description="URL answered, after redirects")
    url_asked: str | None = None
    captured_at: Time
    status: int | None = Field(default=None, description="HTTP status; none for a file given by hand")
    headers: dict[str, str] = Field(default_factory=dict)
    media_type: str = "text/html"
    digest: Digest
    size: int = Field(ge=0, description="Bytes of the body")
    place: WarcPlace
    via: Literal["crawl", "ingest"] = "crawl"
    name: str | None = Field(default=None, description="File name, for a file given by hand")

    @property
    def page(self) -> str:
        """Identify the page across its captures: its URL, else the digest of what was given.

        The URL is normalised by the room that takes the capture in, before the capture is made.
        """
        return self.url or f"urn:{self.digest}"


class ManifestEntry(Shape):
    """One file named in an ingest manifest."""

    path: str
    url: str | None = None
    media_type: str | None = Field(default=None, description="Guessed from the file's name when absent")
    source: SourceName
    captured_at: Time


class CaptureManifest(Shape):
    """A list of files to take in as captures; paths are relative to the manifest."""

    about: str = ""
    captures: tuple[ManifestEntry, ...]


def digest_of(body: bytes) -> str:
    """Compute the digest of a body, in the form that ``Digest`` asks for."""
    return "sha256:" + hashlib.sha256(body).hexdigest()
