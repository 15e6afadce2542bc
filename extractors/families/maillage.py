"""Collaboration platforms: one page presents one initiative in labelled sections, another lists many.

Layout of a detail page, in French or English: an introduction that names lead, partner and project; what each sector
gains; description; testimonial; impacts; conclusion; closing words to the reader. A list page has an introduction,
entries of a heading and a paragraph, and a call to send in one's own.
"""

from __future__ import annotations

import re

from extractors.base import Drafts, Extractor, PageContext
from extractors.detail import DetailReader, is_opening, told
from extractors.directory import EntryReader, read_entries
from extractors.entries import Listing, find_listing
from extractors.recognizers.fold import fold_text
from extractors.sections import find_sections
from schemas.document import Document

_LIST_TITLE = re.compile(
    r"\b(?:initiatives?|projets?|pratiques?|exemples?|projects?|practices?)\b.*\bcollaborat\w+|"
    r"\bcollaborat\w+.*\b(?:initiatives?|projets?|pratiques?|projects?|practices?)\b|\b(?:repertoire|directory)\b"
)
_OF_COLLABORATION = re.compile(r"\b(?:collaboration|maillage|partenariat|alliance|partnership)\b")

_MAIN = frozenset({"benefits", "description", "impacts"})
_TELLING = _MAIN | {"testimonials", "conclusion"}
_MANY = 3
"""Labelled sections that make a detail page, whatever their labels say of collaboration."""


class Maillage(Extractor):
    """Detail and list pages of a collaboration platform."""

    family = "maillage"
    version = 1

    def takes(self, document: Document) -> float:
        """Sure where sections or entries are those of such a platform."""
        return 0.9 if _is_detail(document) or _listing(document) else 0.0

    def extract(self, context: PageContext) -> Drafts:
        """One draft for a detail page, one for every entry of a list."""
        drafts = Drafts()
        listing = None if _is_detail(context.document) else _listing(context.document)
        if listing is not None:
            drafts.initiatives = read_entries(context, listing, drafts.issues, EntryReader)
            return drafts
        draft = DetailReader(context, told(context)).read(drafts.issues)
        drafts.initiatives = [draft] if draft else []
        return drafts


def _listing(document: Document) -> Listing | None:
    """Divide a page that says it lists initiatives; ``None`` for any other."""
    head = " ".join((document.metadata.title or "", *(block.text for block in document.blocks[:2])))
    return find_listing(document) if _LIST_TITLE.search(fold_text(head)) else None


def _is_detail(document: Document) -> bool:
    if any(map(is_opening, document.blocks[:8])):
        return True
    labels = {
        section.name: fold_text(document.blocks[section.heading].text)
        for section in find_sections(document.blocks)
        if section.heading is not None and section.name in _TELLING
    }
    main = labels.keys() & _MAIN
    shared = "benefits" in main or any(map(_OF_COLLABORATION.search, labels.values()))
    return len(labels) >= _MANY or (len(main) > 1 and shared)
