"""XML of unknown origin: unpacked by content, parsed without entities or network, repaired where it is broken."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_GZIP_MAGIC = b"\x1f\x8b"
_MOST_LAYERS = 2
"""A file compressed by its writer and once more by its server."""

_MOST_TAGS = 2_000_000
"""Tags of one file: 50,000 URLs of twenty elements. A tree of more fills the memory and holds nothing for us."""

_JUNK = 2048
"""Bytes before the first tag that are passed over: white space, warnings printed by PHP."""

_FIRST_TAG = re.compile(rb"<([A-Za-z_][\w:.-]*)[^<>]*?(/?)>")
_CONTROLS = bytes(sorted(set(range(32)) - {9, 10, 13}))
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")

PARSER_OPTIONS = {
    "recover": True,
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def unpack(body: bytes, limit: int) -> tuple[bytes, str | None]:
    """Take gzip off a body where its bytes say so, whatever its name; at most ``limit`` bytes come out.

    Gives the bytes and, where they are not all there, the problem in words.
    """
    for _ in range(_MOST_LAYERS):
        if not body.startswith(_GZIP_MAGIC):
            break
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            body = inflate.decompress(body, limit + 1)
        except zlib.error as error:
            return b"", f"damaged gzip ({error})"
        if len(body) <= limit and not inflate.eof:
            return body, "the gzip file stops before its end"
    if body.count(b"<") > _MOST_TAGS:
        return b"", f"more than {_MOST_TAGS} tags; it was not read"
    if len(body) > limit:
        return body[:limit], f"more than {limit} bytes; the rest was left"
    return body, None


def clean(body: bytes) -> bytes:
    """Take away what no XML parser forgives: junk before the first tag, control characters, a text cut in the middle.

    What a file that was cut ends with may be half an address.
    """
    if body.startswith(WIDE_BOMS):
        return body
    bare = body.translate(None, _CONTROLS)
    start = bare.find(b"<", 0, _JUNK)
    return bare[start : max(bare.rfind(b"<"), bare.rfind(b">") + 1)] if start >= 0 else bare


def is_cut(body: bytes) -> bool:
    """Say whether XML stops before its end: its first element is never closed."""
    first = None if body.startswith(WIDE_BOMS) else _FIRST_TAG.search(clean(body[: 4 * _JUNK] + b">"))
    return first is not None and not first[2] and b"</" + first[1] not in body


def is_web_page(body: bytes) -> bool:
    """Say whether a body is HTML: what servers send with status 200 when they have no feed or sitemap."""
    head = body.translate(None, b"\0").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:_JUNK].lower()
    if head.startswith(b"<!doctype"):
        return head.split(None, 2)[1:2] == [b"html"] or head.startswith(b"<!doctype html")
    return head.startswith((b"<html", b"<head", b"<body", b"<script", b"<div"))


def parse_xml(body: bytes) -> Element | None:
    """Parse XML leniently; ``None`` where nothing can be made of it."""
    bare = clean(body)
    if not bare:
        return None
    try:
        return etree.fromstring(bare, etree.XMLParser(**PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: Element) -> str:
    """Give an element's name without its namespace, in lower case; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: Element) -> str:
    """Give an element's text, white space collapsed; entities that were not resolved are left out."""
    return " ".join("".join(element.itertext(tag=etree.Element)).split())


def read_moment(text: str | None) -> datetime | None:
    """Read a date as feeds (RFC 822) and sitemaps (W3C date and time) write it, in UTC; ``None`` where it is none."""
    said = (text or "").strip()[:64]
    moment = _iso(said) or _rfc822(said)
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


def _iso(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _rfc822(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
