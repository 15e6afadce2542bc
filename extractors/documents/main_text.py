"""The article on a page: which blocks are its own text, and a cascade that says how sure it is.

Steps of the cascade, in order: ``walker`` (this project's own reading), then ``trafilatura`` where the walker doubts
itself. Every doubt has a name, so that a reader of the result sees why another reader was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.documents.asides import aside_rule
from extractors.documents.container import (
    LEAST_ARTICLE,
    SENTENCE_LENGTH,
    Layout,
    folded,
    is_link_only,
    layout_of,
    within,
)  # fmt: skip
from extractors.documents.reading import read
from extractors.once import once_a_page
from schemas.base import PageLanguage
from schemas.capture import digest_of
from schemas.document import Block, Document

AUTHOR_NOTES = 3
"""Blocks at a body's end among which a note on its author is looked for."""

STANDFIRST_REACH = 12
"""Blocks above the body in which its title and standfirst are looked for."""

STANDFIRSTS = 2
"""Most texts between title and body that are taken for the standfirst where the description says none of them."""

STANDFIRST_LENGTH = 500
"""Most characters of a standfirst."""

TEASER_SHARE = 0.3
"""Share of the container's text up to which announcements of other pages are left out: a round-up consists of them."""

BYLINE_LENGTH = 100
"""Characters up to which a block may be a byline."""

DOUBT_LENGTH = 300
"""Characters of body below which the walker doubts itself: notices are short, but so are failures."""

_SKIPPED_KINDS = frozenset({"caption"})
_BYLINE = re.compile(
    r"(?:by|par|written by|texte (?:de|par)|écrit par|photos? ?:|credit ?:|crédit(?: photo)? ?:)\s+\S.{0,70}",
    re.IGNORECASE,
)

_WRITES = re.compile(r",? (?:is|was|has|est|a été|writes|covers|signe|couvre)\b")
"""What a note at the end says of the author, after the name."""

DOUBT_KEPT = 0.5
"""Share of a page's running text that the body must hold for the walker to be sure."""


@dataclass(frozen=True)
class Article:
    """The article of a page, one block a line in ``text``."""

    title: str | None
    text: str
    authors: tuple[str, ...]
    published: str | None
    language: PageLanguage
    method: str
    doubts: tuple[str, ...] = ()


_layout = once_a_page(layout_of)


@once_a_page
def body_blocks(document: Document) -> tuple[int, ...]:
    """Give the positions of the blocks that are the article's own text.

    Title, byline, date line, captions, link lists and announcements of other pages are left out.
    """
    layout = _layout(document)
    body = _trimmed(_own_text(document, layout), document.blocks, layout)
    body = body[: len(body) - _author_notes(body[-AUTHOR_NOTES:], document)]
    return tuple(_standfirst(body[0], document) + body) if body else ()


def _own_text(document: Document, layout: Layout) -> list[int]:
    """Give the positions of the blocks in the article's container that are no asides."""
    blocks, title = document.blocks, folded(document.metadata.title or "")
    inside = [place for place, block in enumerate(blocks) if within(block.path, layout.container)]
    announced = sum(len(blocks[place].text) for place in inside if blocks[place].group in layout.teasers)
    few = announced <= TEASER_SHARE * sum(len(blocks[place].text) for place in inside)
    kept = []
    listing = False
    for place in inside:
        block = blocks[place]
        rule = "teaser" if few and block.group in layout.teasers else _aside(block, title)
        # What follows "More stories" is a list of them, up to the next heading or paragraph.
        listing = rule == "related" or (
            listing and (rule is not None or block.kind == "list_item" or is_link_only(block))
        )
        if rule is None and not listing:
            kept.append(place)
    return kept


def _aside(block: Block, title: str) -> str | None:
    """Name why a block of the container is not the article's text: title, caption, byline, credit; else ``None``."""
    if block.kind in _SKIPPED_KINDS:
        return block.kind
    if block.kind == "heading" and title and folded(block.text) == title:
        return "title"
    if len(block.text) <= BYLINE_LENGTH and _BYLINE.fullmatch(block.text):
        return "byline"
    return aside_rule(block.text)


def _trimmed(positions: list[int], blocks: tuple[Block, ...], layout: Layout) -> list[int]:
    """Cut what stands before the first and after the last running text, and lists of links in between.

    Inside a container marked as the body, short lines at the start are the body's own. Short lines right beside
    running text, in the same element, belong to it: datelines, addresses, lists of dates.
    """
    positions = _below_title(positions, blocks, layout)
    running = [position for position in positions if layout.weights[position] >= SENTENCE_LENGTH * 0.5]
    if not running:
        return positions
    first = running[0] if not layout.marked else positions[0]
    before = reversed(positions[: positions.index(running[0])])
    after = positions[positions.index(running[-1]) + 1 :]
    first = min(first, *_beside(before, blocks[running[0]], blocks), first)
    last = max(running[-1], *_beside(after, blocks[running[-1]], blocks), running[-1])
    return [position for position in positions if first <= position <= last and not is_link_only(blocks[position])]


def _author_notes(ends: list[int], document: Document) -> int:
    """Count the blocks from the first at the body's end that says who its author is."""
    names = [author for author in document.metadata.authors if " " in author]
    for place, position in enumerate(ends):
        text = document.blocks[position].text
        if any(text.startswith(name) and _WRITES.match(text, len(name)) for name in names):
            return len(ends) - place
    return 0


def _below_title(positions: list[int], blocks: tuple[Block, ...], layout: Layout) -> list[int]:
    """Leave out what stands above the page's title, and other main headings above the text."""
    titles = [] if layout.title is None else [layout.title]
    running = (place for place in positions if layout.weights[place] >= SENTENCE_LENGTH * 0.5)
    start = next((place for place in running if place > max(titles, default=-1)), 0)
    titles += [
        place for place in positions if place < start and blocks[place].kind == "heading" and blocks[place].level == 1
    ]
    below = [place for place in positions if place > max(titles, default=-1)]
    enough = sum(layout.weights[place] for place in below) >= LEAST_ARTICLE
    return below if enough else positions


def _beside(positions: Iterable[int], beside: Block, blocks: tuple[Block, ...]) -> Iterator[int]:
    """Give the positions, from the text outwards, of the short lines and lists in the same element as a text."""
    home = beside.path.rpartition(" > ")[0]
    for position in positions if home else ():  # a text copy does not tell its elements
        block = blocks[position]
        if is_link_only(block) or not within(block.path, home):
            return
        if block.path.rpartition(" > ")[0] == home or block.kind in ("list_item", "table_row", "quotation"):
            yield position


def _standfirst(start: int, document: Document) -> list[int]:
    """Find the standfirst: running text right under the page's title, before the body."""
    heads = [
        position
        for position in range(max(start - STANDFIRST_REACH, 0), start)
        if document.blocks[position].kind == "heading" and document.blocks[position].level == 1
    ]
    if not heads:
        return []
    told = folded(document.metadata.description or "")
    under = [place for place in range(heads[-1] + 1, start) if _may_stand_first(document.blocks[place])]
    same = [
        place
        for place in range(heads[-1] + 1, start)
        if told and folded(document.blocks[place].text)[:SENTENCE_LENGTH] == told[:SENTENCE_LENGTH]
    ]
    return same or (under if len(under) <= STANDFIRSTS else [])


def _may_stand_first(block: Block) -> bool:
    """Say whether a text above the body is running text of its own."""
    if block.kind not in ("paragraph", "heading") or not SENTENCE_LENGTH <= len(block.text) <= STANDFIRST_LENGTH:
        return False
    return not block.links and block.text[-1] in ".!?…”»" and aside_rule(block.text) is None


def read_article(
    body: bytes, *, url: str | None = None, media_type: str = "text/html", charset_header: str | None = None
) -> Article:
    """Read the article of a page; raises ``UnreadablePage`` like ``read``."""
    digest = digest_of(body)
    document = read(
        body,
        page=url or f"urn:{digest}",
        url=url,
        digest=digest,
        source="page",
        media_type=media_type,
        charset_header=charset_header,
    )
    return article_of(document, body)


def article_of(document: Document, body: bytes | None = None) -> Article:
    """Put the article together; with the page's ``body`` at hand, trafilatura is asked where the walker doubts."""
    positions = body_blocks(document)
    text, method = "\n".join(document.blocks[position].text for position in positions), "walker"
    doubts = _doubts(document, positions, text)
    if (
        doubts
        and body is not None
        and "html" in document.media_type
        and (other := _ask_trafilatura(body, document.url))
    ):
        text, method = other, "trafilatura"
    meta = document.metadata
    return Article(
        title=meta.title,
        text=text,
        authors=meta.authors,
        published=meta.published,
        language=document.language,
        method=method,
        doubts=doubts,
    )


def _doubts(document: Document, positions: tuple[int, ...], text: str) -> tuple[str, ...]:
    """Name what makes the walker doubt its reading of an article."""
    found = []
    if len(text) < DOUBT_LENGTH:
        found.append("short-body")
    layout = _layout(document)
    share = sum(layout.weights[position] for position in positions) / max(sum(layout.weights), 1.0)
    if share < DOUBT_KEPT and not (layout.marked and len(text) >= 2 * DOUBT_LENGTH):
        found.append("text-left-out")
    if layout.container in ("", "html", "body", "html > body"):
        found.append("no-container")
    return tuple(found)


def _ask_trafilatura(body: bytes, url: str | None) -> str | None:
    # Imported on first use: it takes a second to load, and most pages never need it.
    from trafilatura import extract  # noqa: PLC0415

    # Fast: without its own second readers, for it is one already. On 181 pages with answers they cost half as much time
    # again and gained nothing (body F1 0.954 with them, 0.957 without).
    return extract(body, url=url, include_comments=False, fast=True)
