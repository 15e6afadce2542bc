"""Any other page that lists initiatives: cards, headings, lists, tables, definition lists, accordions."""

from __future__ import annotations

from extractors.amounts import without_amount
from extractors.base import Drafts, Extractor, PageContext
from extractors.directory import EntryReader, read_entries
from extractors.entries import Listing, find_listing
from extractors.fact_places import facts_on
from extractors.families.wordpress_news import article_score
from extractors.naming import is_named
from extractors.recognizers.fold import fold_text
from schemas.document import Document
from schemas.drafts import InitiativeDraft

LISTED_SHARE = 0.5
"""Least share of a page's words that stand in its entries."""


class DirectoryPage(Extractor):
    """Lists of no known family."""

    family = "directory_page"
    version = 1

    def takes(self, document: Document) -> float:
        """Willing where most of the page stands in parallel entries, and it is no article with subheadings."""
        listing = find_listing(document)
        if listing is None or _listed_share(document, listing) < LISTED_SHARE:
            return 0.0
        return 0.55 if article_score(document) < 0.5 else 0.1

    def extract(self, context: PageContext) -> Drafts:
        """One draft for every entry that speaks of an initiative."""
        drafts = Drafts()
        listing = find_listing(context.document)
        if listing is not None:
            read = read_entries(context, listing, drafts.issues, EntryReader)
            sure = [draft for draft in read if _is_initiative(context, draft)]
            alike = 2 * len(sure) >= len(read)
            drafts.initiatives = [draft for draft in read if draft in sure or (alike and _tells(draft))]
        return drafts


def _listed_share(document: Document, listing: Listing) -> float:
    words = [len(block.text.split()) for block in document.blocks]
    listed = sum(words[position] for entry in listing.entries for position in entry.positions)
    return listed / max(1, sum(words))


def _is_initiative(context: PageContext, draft: InitiativeDraft) -> bool:
    """Say whether an entry speaks of an initiative.

    It is named as one, a label states who leads it, or it has a theme or activity and says who or for whom.
    """
    lead = draft.lead_organization.evidence[0].block if draft.lead_organization else -1
    if draft.name.evidence[0].rule == "name.introduced" and draft.lead_organization and _is_grant(context, draft):
        return True
    stated = any(fact.name == "lead" and fact.position == lead for fact in facts_on(context.document).facts)
    if stated or is_named(draft.name.value, context.language):
        return True
    subject = bool(draft.themes or draft.activities)
    whole = " ".join(fold_text(found.value) for found in (draft.name, draft.description) if found)
    project = any(word in whole for word in ("projet", "project", "programme", "program", "initiative"))
    return subject and (project or bool(draft.lead_organization or draft.partners or draft.groups or draft.min_age))


def _is_grant(context: PageContext, draft: InitiativeDraft) -> bool:
    """Say whether an entry is one of a list of grants: a sum stands beside the name of who leads."""
    place = draft.lead_organization.evidence[0].block if draft.lead_organization else -1
    return place >= 0 and without_amount(context.document.blocks[place].text)[1] is not None


def _tells(draft: InitiativeDraft) -> bool:
    """Say whether an entry among initiatives tells enough to be one as well: who, for whom, or what about."""
    return bool(
        draft.lead_organization or draft.partners or draft.themes or draft.activities or draft.groups or draft.min_age
    )
