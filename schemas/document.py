"""Documents: a page as an ordered list of blocks, without its furniture."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import PageLanguage, Shape

BlockKind = Literal["heading", "paragraph", "list_item", "quotation", "table_row", "caption"]


class Link(Shape):
    """A hyperlink inside a block."""

    text: str
    url: str


class Block(Shape):
    """One piece of a page's text, in reading order.

    ``text`` is plain text on one line: markup gone, white space collapsed, typography (« », ’, non-breaking
    spaces) as the page has it.
    """

    kind: BlockKind
    text: str
    level: int | None = Field(default=None, ge=1, le=6, description="Level of a heading, 1 to 6; depth of a list item")
    ordered: bool = Field(default=False, description="True for an item of a numbered list")
    language: PageLanguage = "unknown"
    path: str = Field(default="", description="Where it stood: a CSS path in HTML, 'line 12' in plain text")
    group: int | None = Field(
        default=None, description="Number shared by blocks of one card, article or section element of the HTML"
    )
    links: tuple[Link, ...] = ()


class Dropped(Shape):
    """A block taken away as page furniture, kept so that the step can be undone and explained."""

    text: str
    path: str = ""
    rule: str = Field(description="Name of the rule that took it away, for instance 'consent' or 'share-buttons'")


class PageMetadata(Shape):
    """What a page says of itself outside its text (JSON-LD, OpenGraph, meta, link elements)."""

    title: str | None = Field(default=None, description="Best title: JSON-LD headline, og:title, h1, title element")
    site_name: str | None = None
    description: str | None = None
    language: PageLanguage = Field(default="unknown", description="From <html lang>, og:locale or Content-Language")
    canonical_url: str | None = None
    alternates: dict[str, str] = Field(default_factory=dict, description="hreflang → URL")
    published: str | None = Field(default=None, description="ISO date or time as given")
    modified: str | None = None
    authors: tuple[str, ...] = ()
    kind: str | None = Field(default=None, description="JSON-LD @type or og:type, for instance 'NewsArticle'")
    generator: str | None = None
    json_ld: tuple[dict[str, object], ...] = ()


class Document(Shape):
    """A page ready for reading: its blocks in order, what it says of itself, and what was dropped."""

    page: str = Field(description="The capture's page: URL, or urn:sha256:…")
    url: str | None
    digest: str
    source: str
    media_type: str
    charset: str | None = Field(default=None, description="What the page was read in")
    charset_declared: str | None = Field(default=None, description="What the server or the page says, where it differs")
    language: PageLanguage = "unknown"
    metadata: PageMetadata = PageMetadata()
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        """All blocks as plain text, one a line."""
        return "\n".join(block.text for block in self.blocks)
