"""Short pages for the tests. Organisations are fictional, places are real."""

from __future__ import annotations

from extractors.documents import read
from schemas.capture import digest_of
from schemas.document import Document

ADDRESS = "https://exemple.test/fr/page/"


def html_document(markup: str, *, head: str = "", lang: str = "fr", drop: tuple[str, ...] = ()) -> Document:
    """Read a page made of a body's markup."""
    return document_of(f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{markup}</body></html>', drop=drop)


def document_of(page: str | bytes, media_type: str = "text/html", drop: tuple[str, ...] = ()) -> Document:
    """Read a whole page."""
    body = page.encode() if isinstance(page, str) else page
    return read(
        body,
        page=ADDRESS,
        url=ADDRESS,
        digest=digest_of(body),
        source="exemple",
        media_type=media_type,
        drop_blocks=drop,
    )


def text_document(text: str) -> Document:
    """Read a plain text dump."""
    return document_of(text, "text/plain")


def shown(document: Document) -> list[tuple[str, str]]:
    """Kinds and texts of the blocks."""
    return [(block.kind, block.text) for block in document.blocks]


def rules(document: Document) -> dict[str, str]:
    """What was dropped, text → rule."""
    return {dropped.text: dropped.rule for dropped in document.dropped}
