"""Any other page that presents one initiative: a title that names it, and text about who does what for whom."""

from __future__ import annotations

import re

from extractors.base import Drafts, Extractor, PageContext
from extractors.detail import DetailReader, names_organization, told
from extractors.entries import find_listing
from extractors.families.wordpress_news import article_score
from extractors.naming import is_named, namings
from extractors.passage import Passage
from extractors.recognizers.ages import read_ages
from extractors.recognizers.fold import fold_text
from extractors.recognizers.offered import read_cost
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.terms import read_terms
from extractors.sections import find_sections
from extractors.titles import find_title, is_generic
from schemas.base import Language
from schemas.document import Document

LEAST_EVIDENCE = 3
"""Things a page tells of an initiative (partners, ages, theme, activity, cost, kind) before it is taken for one."""

NEWS_SCORE = 0.25
"""Score of an article from which a page without labelled sections is rather news."""

_SHARED = re.compile(r"\b(?:collaboration|projet|project|partenariat|partnership|initiative|program(?:me)?)\b")
_LABELS = ("description", "benefits", "impacts", "testimonials", "partners", "conclusion")


class ProjectPage(Extractor):
    """Pages about one initiative, of no known family."""

    family = "project_page"
    version = 1

    def takes(self, document: Document) -> float:
        """Judge by the title, and by what the text tells below it; surer where sections are labelled."""
        if document.language == "unknown":
            return 0.0
        sections = find_sections(document.blocks)
        labels = [document.blocks[s.heading].text for s in sections if s.heading is not None and s.name in _LABELS]
        labelled = bool(labels)
        if not labelled and article_score(document) >= NEWS_SCORE:
            return 0.0
        if not _is_titled(document, document.language, shared=any(_SHARED.search(fold_text(text)) for text in labels)):
            return 0.0
        if _evidence(Passage.whole(document, document.language)) < LEAST_EVIDENCE:
            return 0.0
        return 0.6 if labelled else 0.5

    def extract(self, context: PageContext) -> Drafts:
        """One draft."""
        drafts = Drafts()
        draft = DetailReader(context, told(context)).read(drafts.issues)
        drafts.initiatives = [draft] if draft else []
        return drafts


def _is_titled(document: Document, language: Language, *, shared: bool) -> bool:
    """Say whether a heading is the name of an initiative: as it stands, or because the text goes on using it.

    The name of an organisation is its own page's title, unless labels speak of a ``shared`` project.
    """
    first = next((block for block in document.blocks if block.kind == "heading"), None)
    if first is not None and is_named(first.text, language):
        return True
    if first is not None and is_generic(first.text):
        return any(naming.name.strength > 1 for naming in namings(Passage.whole(document, language)))
    title = find_title(document, range(len(document.blocks)))
    if title is None or _is_entry(document, title.position):
        return False
    return shared or not names_organization(title.name, read_organizations(Passage.whole(document, language)))


def _is_entry(document: Document, position: int) -> bool:
    """Say whether a title is only that of one thing among those that the page lists."""
    listing = find_listing(document)
    return listing is not None and any(entry.title_position == position for entry in listing.entries)


def _evidence(p: Passage) -> int:
    return sum(
        map(
            bool,
            (
                read_organizations(p),
                any(read_ages(p)),
                read_terms(p, "themes"),
                read_terms(p, "activities"),
                read_cost(p),
                any(found.value in ("project", "program") for found in read_terms(p, "kinds")),
            ),
        )
    )
