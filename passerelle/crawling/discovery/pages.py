"""A page parsed for its links only; what it says is the extractors' business."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from passerelle.crawling.discovery.addresses import resolve

MAX_BYTES = 20_000_000
"""Bytes of a page that are parsed for links."""

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NULLS = re.compile(r"[\x00\ufeff]")
_OPTIONS = {"encoding": "utf-8", "recover": True, "no_network": True, "remove_comments": True, "remove_pis": True}


@dataclass(frozen=True)
class Page:
    """The tree of a page and the URL that its references start from."""

    root: Element
    url: str
    base: str

    def resolve(self, reference: str | None) -> str | None:
        """Make one of its references absolute; ``None`` where it leads to no http or https URL."""
        return resolve(self.base, reference)


def parse_page(html: bytes | str, url: str) -> Page | None:
    """Parse a page; ``None`` where there is no element in it.

    ``<base href>`` counts where it leads to an http or https URL.
    """
    text = html if isinstance(html, str) else _text(html[:MAX_BYTES])
    data = _NULLS.sub("", text[:MAX_BYTES]).encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        root = etree.fromstring(data, etree.HTMLParser(**_OPTIONS))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    base = next((found for one in root.iter("base") if (found := resolve(url, one.get("href")))), url)
    return Page(root, url, base)


def words_of(element: Element) -> str:
    """Give an element's text, white space collapsed."""
    return " ".join("".join(element.itertext(tag=etree.Element)).split())


def tokens(value: str | None) -> frozenset[str]:
    """Give the words of an attribute such as ``rel``, in lower case."""
    return frozenset((value or "").lower().split())


def _text(body: bytes) -> str:
    # Addresses are ASCII and the words looked for are French or English: no more charsets than these are needed.
    for mark, name in _WIDE.items():
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
