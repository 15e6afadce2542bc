"""A page parsed for its links only; what it says is the extractors' business."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from passerelle.crawling.discovery.addresses import resolve
from schemas.scripted import LITTLE_TEXT, is_scripted

MAX_BYTES = 20_000_000
"""Bytes of a page that are parsed for links."""

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_UNREAD = frozenset({"head", "script", "style", "noscript", "template"})
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


def is_filled_by_script(html: bytes | str, page: Page) -> bool:
    """Say whether a script is to fill a page: there is next to no text without one."""
    letters = 0
    walk = etree.iterwalk(page.root, events=("start", "end"))
    for event, element in walk:
        said = element.text if event == "start" else element.tail
        if event == "start" and element.tag in _UNREAD:
            walk.skip_subtree()
            continue
        letters += len(" ".join((said or "").split()))
        if letters >= LITTLE_TEXT:
            return False
    return is_scripted(html if isinstance(html, str) else _text(html[:MAX_BYTES]), letters)


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
