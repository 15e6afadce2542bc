"""Local newspapers: an article about people of the place, and the project that it is mainly about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.base import Drafts, Extractor, PageContext
from extractors.leads import bears
from extractors.news import LONG_PARAGRAPH, NewsReader, body_positions
from extractors.news_granted import read_parts
from extractors.news_initiative import NewsInitiativeReader, told_beside, without_issuers, without_other_work
from extractors.news_several import read_beside
from extractors.once import once_a_page
from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from schemas.document import Document
from schemas.drafts import InitiativeDraft, NewsDraft

_ARTICLE = re.compile(r"news|article|blogposting|report", re.IGNORECASE)
_BYLINE = re.compile(
    r"^\W*[\w.+-]+@[\w-]+\.[\w.-]+\W*$|^(?:par|by|texte(?: de)?|publie|published|mis a jour|il y a \d+)\b.{0,80}$"
)
_SPOKEN = re.compile(
    r"[»”\"],? ?(?:-t-|a |ont |s'est )?(?:dit|explique|affirme|souligne|ajoute|partage|confie|precise|"
    r"raconte|indique|mentionne|conclut|"
    r"lance|soutient|rappelle|estime|note|met en lumiere|se rejouit|declare|said|says|explains?|adds?|told|notes?)"
)


class WordpressNews(Extractor):
    """Articles of local newspapers."""

    family = "wordpress_news"
    version = 1

    def takes(self, document: Document) -> float:
        """Judge by metadata where there are any, else by byline, quoted speech and prose."""
        score = article_score(document)
        wordpress = "wordpress" in (document.metadata.generator or "").lower()
        return min(0.8, score + 0.1) if wordpress or document.media_type == "text/plain" else score * 0.9

    def extract(self, context: PageContext) -> Drafts:
        """The article as news, and the initiative that it is about, if any."""
        return read_article(context)


@once_a_page
def article_score(document: Document) -> float:
    """Say how much a document looks like an article, from 0 to 0.7."""
    metadata = document.metadata
    prose = [
        block for block in document.blocks if block.kind != "heading" and len(block.text.split()) >= LONG_PARAGRAPH
    ]
    if not prose:
        return 0.0
    head = next((place for place, block in enumerate(document.blocks) if block.kind == "heading"), 0)
    top = [fold_text(block.text) for block in (*document.blocks[:6], *document.blocks[head + 1 : head + 4])]
    evidence = (
        0.35 * bool(metadata.kind and _ARTICLE.search(metadata.kind))
        + 0.2 * bool(metadata.published)
        + 0.1 * bool(metadata.authors)
        + 0.3 * any(_BYLINE.match(text) for text in top)
        + 0.3 * any(_SPOKEN.search(fold_text(block.text)) for block in document.blocks)
    )
    return min(0.7, evidence) if len(prose) > 1 or evidence >= 0.5 else 0.0


def read_article(context: PageContext) -> Drafts:
    """Read an article and the initiative that it is mainly about."""
    drafts = Drafts()
    passage = context.passage(body_positions(context))
    if not passage.positions:
        return drafts
    news = NewsReader(context, passage).read(drafts.issues)
    drafts.initiatives = _initiatives(context, passage, drafts)
    drafts.news = [mentioning(news, drafts.initiatives)] if news else []
    return drafts


def mentioning(news: NewsDraft, told: Iterable[InitiativeDraft]) -> NewsDraft:
    """Add the initiatives that an item tells of to those that it names; one known only by its lead has no name."""
    known = {fold_text(found.value) for found in news.initiative_names}
    own = [
        draft for draft in told if not (draft.lead_organization and bears(draft.lead_organization, draft.name.value))
    ]
    added = tuple(draft.name for draft in own if fold_text(draft.name.value) not in known)
    return news.model_copy(update={"initiative_names": (*news.initiative_names, *added)}) if added else news


def _initiatives(context: PageContext, passage: Passage, drafts: Drafts) -> list[InitiativeDraft]:
    """Read the initiatives that it tells apart, else the main one."""
    passage = without_issuers(context, passage)
    if found := read_parts(context, passage, drafts.issues):
        return found
    reader = NewsInitiativeReader(context, without_other_work(context, passage))
    draft = reader.read(drafts.issues) if reader.naming is not None else None
    if draft is None:
        return []
    return [draft, *read_beside(context, told_beside(context, passage), drafts.issues)]
