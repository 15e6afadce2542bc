"""Any other article, English ones included."""

from __future__ import annotations

from extractors.base import Drafts, Extractor, PageContext
from extractors.families.wordpress_news import article_score, read_article
from schemas.document import Document

_WILLING = 0.25
"""Score of an article below which a page of prose is taken for no news at all."""


class NewsArticle(Extractor):
    """Articles of no known family."""

    family = "news_article"
    version = 1

    def takes(self, document: Document) -> float:
        """Less sure than any family of its own."""
        score = article_score(document)
        return score * 0.8 if score >= _WILLING else 0.0

    def extract(self, context: PageContext) -> Drafts:
        """The article as news, and the initiative that it is about, if any."""
        return read_article(context)
