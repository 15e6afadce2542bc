"""All extractors, and which of them reads a page."""

from __future__ import annotations

from extractors.base import Extractor
from extractors.families.directory_page import DirectoryPage
from extractors.families.macommunaute import MaCommunaute
from extractors.families.maillage import Maillage
from extractors.families.news_article import NewsArticle
from extractors.families.project_page import ProjectPage
from extractors.families.wordpress_news import WordpressNews
from schemas.document import Document
from schemas.source import Source

EXTRACTORS: tuple[Extractor, ...] = (
    *(Maillage(), MaCommunaute(), WordpressNews()),
    *(ProjectPage(), DirectoryPage(), NewsArticle()),
)
"""Families of their own first, fallbacks last: of two equally sure, the first wins."""

SURE = 0.85
"""From here on no family further down is asked: none of them is ever as sure."""

AUTO = "auto"
"""A source's family when its pages decide."""


def families() -> tuple[str, ...]:
    """Names of all families, as a source may give them."""
    return tuple(extractor.family for extractor in EXTRACTORS)


def extractor_for(family: str) -> Extractor:
    """Give the extractor of a family.

    Raises:
        KeyError: no such family; the message lists those there are.
    """
    for extractor in EXTRACTORS:
        if extractor.family == family:
            return extractor
    msg = f"no extractor family {family!r}; there are: {', '.join(families())}"
    raise KeyError(msg)


def choose(document: Document, source: Source | None) -> Extractor | None:
    """Choose who reads a document: the source's own family where it is willing, else whoever is surest, if anyone."""
    if source is not None and source.family != AUTO:
        own = extractor_for(source.family)
        if own.takes(document) > 0:
            return own
    best, highest = None, 0.0
    for extractor in EXTRACTORS:
        score = extractor.takes(document)
        if score > highest:
            best, highest = extractor, score
        if highest >= SURE:
            break
    return best
