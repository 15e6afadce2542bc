"""Questions about one element of a parsed page: how long, how linked, hidden, an entry among others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from extractors.documents import markup
from extractors.documents.lines import BREAK

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_TABS = etree.XPath("descendant::*[@role='tab']")
_TITLES = frozenset((*markup.HEADINGS, "summary"))
_TEXT_LENGTH = etree.XPath("string-length(normalize-space(string()))")

PARAGRAPH_LENGTH = 80
"""Characters from which a paragraph element counts as running text."""

CAPTION_LENGTH = 400
"""Characters up to which a class name is believed that calls an element a caption."""

_PARSER = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "huge_tree": True, "recover": True}


def text_length(element: Element) -> int:
    """Count the characters of an element's text, white space collapsed."""
    return int(_TEXT_LENGTH(element))


def parse(text: str) -> Element | None:
    """Parse a page's text; ``None`` where there is no element at all."""
    parser = etree.HTMLParser(**_PARSER)
    return etree.fromstring(text.replace("\0", "").replace(BREAK, "").encode("utf-8", "replace"), parser)


def strip_unread(root: Element) -> None:
    """Take out the elements that hold nothing to read (scripts, form fields, drawings)."""
    etree.strip_elements(root, *markup.REMOVED, with_tail=False)


def step(parent: str, element: Element, number: int) -> str:
    """Extend a CSS path; a class that marks an article's body is kept in it."""
    tag = str(element.tag)
    if tag in ("html", "body", "main"):
        return f"{parent} > {tag}" if parent else tag
    body = markup.body_name(element.get("class"), element.get("itemprop")) or ""
    return f"{parent} > {tag}{body}:nth-of-type({number})" if parent else f"{tag}{body}:nth-of-type({number})"


_FOLDED = re.compile(
    r"accord|tab|collaps|toggle|panel|slid|carousel|swiper|faq|content|expand|answer|reponse|details|more|body|text|fold"
)


def is_hidden(element: Element) -> bool:
    """Say whether an element is hidden for good: no class, id or role tells of a part that a click unfolds."""
    style = element.get("style")
    if element.get("hidden") is None and not (style and re.search(r"display\s*:\s*none", style)):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
    return not _FOLDED.search(names)


def shown_kinds(parent: Element | None) -> frozenset[tuple[str, str]]:
    """Give the signatures of an element's children that show: hidden ones made alike are slides, pages or tabs."""
    children = () if parent is None else parent
    return frozenset(alike for child in children if (alike := signature(child))[1] and not is_hidden(child))


def is_short(element: Element) -> bool:
    """Say whether an element is short enough for a caption."""
    return text_length(element) <= CAPTION_LENGTH


def running(root: Element) -> int:
    """Count the characters of a tree's longer paragraphs."""
    lengths = (text_length(paragraph) for paragraph in root.iter("p"))
    return sum(length for length in lengths if length >= PARAGRAPH_LENGTH)


def link_share(element: Element, length: int) -> float:
    """Give the share of an element's text that stands in links; ``length`` is its text's."""
    return sum(text_length(link) for link in element.iter("a")) / max(length, 1)


def is_layout(row: Element) -> bool:
    """Say whether a table row only places things on the page: it holds lists, headings, tables or long text."""
    return next(row.iter("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "article", "form"), None) is not None


def has_heading(element: Element) -> bool:
    """Say whether an element holds a heading or something like one."""
    return next(element.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"), None) is not None


def has_text_beyond_heading(element: Element, least: int) -> bool:
    """Say whether an element has so many characters outside its headings; reads no further than it must."""
    length = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            text = inner.tail if inner is not element else None
        elif inner.tag in _TITLES:
            walk.skip_subtree()
            text = None
        else:
            text = inner.text
        if text and text.strip():
            length += len(" ".join(text.split()))
            if length >= least:
                return True
    return False


_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=8192)
def _without_numbers(name: str) -> str:
    return _DIGITS.sub("", name)


def signature(element: Element) -> tuple[str, str]:
    """What siblings made from one template share: tag and first class name, numbers aside."""
    first = (element.get("class") or "").split(None, 1)
    return str(element.tag), _without_numbers(first[0]) if first else ""


def tab_titles(root: Element) -> dict[str, str]:
    """Panel id → title of the tab that opens it."""
    titles = {}
    for tab in _TABS(root):
        panel = (tab.get("aria-controls") or tab.get("href") or "").lstrip("#")
        text = " ".join("".join(tab.itertext()).split())
        if panel and text:
            titles[panel] = text
    return titles
