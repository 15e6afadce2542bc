"""The door of the room: bytes of a page in, a ``Document`` or a clear refusal out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from extractors.documents.charset import decode, wrongly_declared
from extractors.documents.furniture import remove_furniture
from extractors.documents.html import RawBlock, Reading, read_tree
from extractors.documents.language import block_language, page_language
from extractors.documents.metadata import read_metadata
from extractors.documents.text import read_text
from extractors.documents.tree import parse, strip_unread
from schemas.base import PageLanguage
from schemas.document import Block, Document, Dropped, PageMetadata
from schemas.scripted import is_scripted

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MAX_BYTES = 20 * 1024 * 1024
"""Largest page read. The longest real pages (whole directories on one page) stay under 5 MB."""

MAX_BLOCKS = 6_000
"""Most blocks read of one page: a directory of a thousand entries has some 4,000."""

MAX_TEXT = 1_000_000
"""Most characters of text read of one page: three novels."""

_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"7z\xbc\xaf",
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


class UnreadablePage(Exception):  # noqa: N818
    """A page that gives no Document: ``code`` is the issue's code, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read(
    body: bytes, *, page: str, url: str | None, digest: str, source: str, media_type: str,
    charset_header: str | None = None, drop_blocks: tuple[str, ...] = (), latest: str | None = None,
) -> Document:  # fmt: skip
    """Read a page's bytes into a Document.

    ``drop_blocks`` are a source's own CSS selectors; ``latest`` is the day on which the page was fetched, ISO: no day
    after it is taken for the page's own. Raises ``UnreadablePage`` with the code ``empty-file``,
    ``not-text``, ``too-large``, ``script-only`` or ``no-text``; nothing else.
    """
    _check(body, media_type)
    text, charset = decode(body, charset_header)
    if _is_html(body, media_type):
        metadata, reading = _read_html(text, url, drop_blocks, latest)
    else:
        metadata, reading = PageMetadata(), Reading(blocks=read_text(text))
    _check_text(reading)
    kept, dropped = remove_furniture(reading.blocks)
    if is_scripted(text, sum(len(block.text) for block in kept)):
        raise _script_only()
    if not kept:
        raise _no_text()
    if metadata.title is None and kept[0].kind == "heading" and kept[0].level == 1:
        metadata = metadata.model_copy(update={"title": kept[0].text})
    language = page_language("\n".join(block.text for block in kept), metadata.language)
    return Document(
        page=page,
        url=url,
        digest=digest,
        source=source,
        media_type=media_type,
        charset=charset,
        charset_declared=wrongly_declared(body, charset_header, charset),
        language=language,
        metadata=metadata,
        blocks=tuple(_finish(block, language) for block in kept),
        dropped=tuple(reading.dropped) + tuple(dropped),
    )


def soup(body: bytes, charset_header: str | None = None) -> BeautifulSoup:
    """Parse a page with BeautifulSoup on lxml, for an extractor that needs the markup itself."""
    return _soup(decode(body, charset_header)[0])


def _soup(text: str) -> BeautifulSoup:
    # Imported on first use: few sources need it, and it is slow to load.
    from bs4 import BeautifulSoup  # noqa: PLC0415

    return BeautifulSoup(text, "lxml")


def _check(body: bytes, media_type: str) -> None:
    if not body.strip():
        raise UnreadablePage("empty-file", "The file is empty: capture the page again, or take it off the list.")
    if len(body) > MAX_BYTES:
        size, most = len(body) / 1024**2, MAX_BYTES // 1024**2
        message = f"The page has {size:.0f} MB, more than the {most} MB read: split it or take it off the list."
        raise UnreadablePage("too-large", message)
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    if body.startswith(_BINARY) or (b"\0\0" in body[:4096] and not wide) or not _is_text_type(media_type):
        message = f"The file is not a text page (taken in as {media_type}): give the HTML or text version of it."
        raise UnreadablePage("not-text", message)


def _check_text(reading: Reading) -> None:
    """Refuse a page with more text than a page can have, so that a broken one costs seconds, not minutes."""
    length = sum(len(block.text) for block in reading.blocks)
    if len(reading.blocks) > MAX_BLOCKS or length > MAX_TEXT:
        message = (
            f"The page has more than {MAX_BLOCKS} paragraphs or {MAX_TEXT} characters of text: split it or take it "
            "off the list."
        )
        raise UnreadablePage("too-large", message)


def _is_text_type(media_type: str) -> bool:
    kind = media_type.split(";", maxsplit=1)[0].strip().lower()
    return kind.startswith("text/") or "html" in kind or kind in ("application/xml", "application/octet-stream", "")


def _is_html(body: bytes, media_type: str) -> bool:
    kind = media_type.split(";", maxsplit=1)[0].strip().lower()
    return "html" in kind or kind == "application/xml" or bool(_MARKUP.match(body[:2048]))


def _read_html(
    text: str, url: str | None, selectors: tuple[str, ...], latest: str | None
) -> tuple[PageMetadata, Reading]:
    chosen: list[Dropped] = []
    if selectors:
        text, chosen = _without_chosen(text, selectors)
    root = parse(text)
    if root is None:
        return PageMetadata(), Reading()
    base = root.find(".//base[@href]")
    address = _join(url or "", base.get("href") or "") if base is not None else url or ""
    metadata = read_metadata(root, lambda href: _join(address, href), url or "", latest)
    strip_unread(root)
    reading = read_tree(root, lambda href: _join(address, href), MAX_BLOCKS)
    reading.dropped[:0] = chosen
    return metadata, reading


def _without_chosen(text: str, selectors: tuple[str, ...]) -> tuple[str, list[Dropped]]:
    """Take out what a source's own selectors choose."""
    tree = _soup(text)
    dropped = []
    for selector in selectors:
        for element in tree.select(selector):
            dropped.append(Dropped(text=" ".join(element.get_text(" ").split()), path=selector, rule="source"))
            element.extract()
    return str(tree), dropped


_WHOLE_ADDRESS = re.compile(r"https?://[\w.-]+/[\w./%~=&+-]*(?:\?[\w./%~=&+-]+)?(?:#[\w-]+)?", re.ASCII)
"""An address that joining leaves as it is."""


def _join(base: str, href: str) -> str:
    if _WHOLE_ADDRESS.fullmatch(href):
        return href
    try:
        return urljoin(base, href.strip())
    except ValueError:  # an address that is none, such as http://[
        return href.strip()


def _script_only() -> UnreadablePage:
    message = "The page builds its text by script: save it from a browser once the text is shown, then ingest the file."
    return UnreadablePage("script-only", message)


def _no_text() -> UnreadablePage:
    message = "No text to read was found on the page: look at it in a browser, then capture it again."
    return UnreadablePage("no-text", message)


def _finish(block: RawBlock, page: PageLanguage) -> Block:
    return Block(
        kind=block.kind,
        text=block.text,
        level=block.level,
        ordered=block.ordered,
        language=block_language(block.text, block.declared, page),
        path=block.path,
        group=block.group,
        links=block.links,
    )
