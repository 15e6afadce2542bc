"""Reading a news item that lists initiatives under subheadings: grants, winners of prizes, the year's projects.

A subheading gives the initiative, most often with a sum, the prize or whoever leads: 'Maison Exemple – Cap Nord
(40 000 $)', 'Prix Exemple : « Cap Nord »'. Which part of it is the name is told by all subheadings together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.amounts import SUM, without_amount
from extractors.base import PageContext
from extractors.directory import EntryReader
from extractors.entries import Entry, find_listing
from extractors.leads import Mention, Parts, bears
from extractors.naming import NameHit, Naming, Span, is_named
from extractors.once import once_a_page
from extractors.prose import slug
from extractors.recognizers.fold import fold_text
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.org_sectors import sector_of
from schemas.base import Language
from schemas.document import Document
from schemas.drafts import DraftAward, Found, InitiativeDraft, OrganizationMention
from schemas.issue import Issue

_PARTS = re.compile(r"\s+[–—|-]\s+|\s*:\s+")
_QUOTED = re.compile(r"[«“\"]\s*(?P<name>[^«»“”\"]{2,90}?)\s*[»”\"]")
_PRIZE = re.compile(r"(?:prix|award|prize|trophee|medaille|categorie|category|volet|laureate?s?|winner|mention)\b")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[•*-])\s+")
_LEAD_WORDS = 10
"""Words of the longest line below a title that is taken for whoever leads."""
_SURE_SHARE = 0.5
"""Share of the titles that must show a sum, a quoted name or a name beside an organisation."""
_BODY = re.compile(r"(?:comites?|groupes?|clubs?|transport|societe|friends|golden agers|committee|club|group|society|"
                   r"association|popote|amis|jardins|ateliers?|entraide)\b")  # fmt: skip
"""Words, folded, that make a title more likely an organisation than an initiative."""

Part = tuple[int, int]


@dataclass(frozen=True)
class Listed:
    """An entry with the characters of its title that name the initiative, and where its lead and prize stand."""

    entry: Entry
    name: Part
    lead: tuple[int, int, int] | None = None
    prize: Part | None = None


@once_a_page
def listed_in(document: Document) -> tuple[Listed, ...]:
    """Divide a page among the initiatives that its subheadings name; nothing where they only part a text."""
    listing = find_listing(document)
    if listing is None or document.language == "unknown":
        return ()
    entries = [entry for entry in listing.entries if document.blocks[entry.title_position].kind == "heading"]
    cut = [_cut(document, entry, document.language) for entry in entries]
    sure = [one for one in cut if one is not None]
    return tuple(_ordered(document, sure)) if entries and len(sure) > _SURE_SHARE * len(entries) else ()


def _cut(document: Document, entry: Entry, language: Language) -> tuple[Entry, list[Part], bool] | None:
    """Give the parts of a title, and whether a quoted one stands first; ``None`` for a title that names nothing."""
    text = document.blocks[entry.title_position].text
    start = match.end() if (match := _NUMBERED.match(text)) else 0
    bare, amount = without_amount(text[start:])
    start += max(text[start:].find(bare), 0)
    end = start + len(bare)
    quoted = _QUOTED.search(text, start, end)
    if quoted:
        rest = [span for span in ((start, quoted.start()), (quoted.end(), end)) if _trimmed(text, span)]
        return entry, [quoted.span("name"), *(_trimmed(text, span) or span for span in rest)], True
    cuts = list(_PARTS.finditer(text, start, end))[:1]
    begins, ends = [start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), end]
    spans = [span for pair in zip(begins, ends, strict=True) if (span := _trimmed(text, pair))]
    named = is_named(text[start:end], language) and len(spans) == 1
    paired = len(spans) == 2 and sum(_is_body(text[slice(*span)], language) for span in spans) == 1
    return (entry, spans, named) if amount or named or paired else None


def _trimmed(text: str, span: Part) -> Part | None:
    """Take spaces and marks off both ends; ``None`` where nothing is left."""
    start, end = span
    while start < end and text[start] in " \u00a0\u202f:–—-,;()|":
        start += 1
    while end > start and text[end - 1] in " \u00a0\u202f:–—-,;()|":
        end -= 1
    return (start, end) if end - start > 1 else None


def _is_body(text: str, language: Language) -> bool:
    """Say whether a part of a title is an organisation's name, by its first words."""
    known = any(m.start <= 2 and m.end >= len(text) - 1 and m.rule != "project" for m in mentions_in(text, language))
    return known or bool(_BODY.match(fold_text(text)) or sector_of(text) not in (None, "community"))


def _ordered(document: Document, cut: Sequence[tuple[Entry, list[Part], bool]]) -> list[Listed]:
    """Tell name from lead: a quoted part is the name; of two, all titles together say which is the organisation."""
    language: Language = "en" if document.language == "en" else "fr"
    texts = [(document.blocks[entry.title_position].text, entry, spans, sure) for entry, spans, sure in cut]
    pairs = [[_is_body(text[slice(*span)], language) for span in spans] for text, _, spans, sure in texts if not sure]
    first = sum(pair[0] for pair in pairs if len(pair) == 2) >= sum(pair[1] for pair in pairs if len(pair) == 2)
    below = sum(_line_below(document, entry) is not None for entry, _, _ in cut) > len(cut) / 2
    bodies = not below and 2 * sum(pair[0] for pair in pairs if len(pair) == 1) >= len(cut)
    found = []
    for text, entry, spans, sure in texts:
        at = entry.title_position
        if sure:
            prize = next((span for span in spans[1:] if _PRIZE.search(fold_text(text[slice(*span)]))), None)
            other = next((span for span in spans[1:] if span != prize and _is_body(text[slice(*span)], language)), None)
            found.append(Listed(entry, spans[0], (at, *other) if other else _line_below(document, entry), prize))
        elif len(spans) == 2:
            lead, name = spans if first else spans[::-1]
            found.append(Listed(entry, name, (at, *lead)))
        elif not bodies:
            found.append(Listed(entry, spans[0], _line_below(document, entry)))
    return found


def _line_below(document: Document, entry: Entry) -> tuple[int, int, int] | None:
    """Give the short line right below a title that names whoever leads."""
    position = next((place for place in entry.positions if place != entry.title_position), None)
    block = document.blocks[position] if position is not None else None
    if position is None or block is None or block.kind == "list_item" or SUM.search(block.text):
        return None
    text = block.text.strip(" :")
    short = len(text.split()) <= _LEAD_WORDS and text[:1].isupper() and text[-1:] not in ".!?…"
    return (position, 0, len(text)) if short and len(entry.positions) > 2 else None


class ListedReader(EntryReader):
    """Reads one of the initiatives that a news item lists under subheadings."""

    strict_partners = False

    def __init__(self, context: PageContext, listed: Listed, key: str) -> None:
        super().__init__(context, listed.entry, key)
        self.listed = listed

    @cached_property
    def funded(self) -> str | None:
        """The parts of the title are known."""
        return None

    @cached_property
    def beside(self) -> tuple[str, Mention] | None:
        """The parts of the title are known."""
        return None

    @cached_property
    def naming(self) -> Naming | None:
        """The part of the title that names it."""
        start, end = self.listed.name
        text = self.text_of_title[start:end]
        hit = NameHit(text, self.entry.title_position, start, end, "", 3)
        return Naming(hit, (), 1, self.entry.title_position)

    def name(self) -> Found[str] | None:
        """The part of the title that names it."""
        return self.found_name(self.naming.name) if self.naming else None

    def other_names(self) -> tuple[Found[str], ...]:
        """None besides: the whole title also bears a sum, a prize or whoever leads."""
        return ()

    @cached_property
    def parts(self) -> Parts:
        """Whoever the title or the line below names leads; else the one that the text presents."""
        parts = super().parts
        if self.listed.lead is None:
            return parts
        position, start, end = self.listed.lead
        name = self.context.document.blocks[position].text[start:end]
        others = tuple(one for one in (parts.lead, *parts.partners) if one)
        known = next((one for one in others if bears(one, name)), None)
        value = OrganizationMention(name=name, written=name, sector=sector_of(name) or "community")
        lead = known or self.passage.found(value, position, start, end, "directory.receiver")
        place = (position, start, end)
        return Parts(lead, tuple(one for one in others if one is not known and not _within(one, place)))

    @cached_property
    def other_organizations(self) -> tuple[Span, ...]:
        """Those of the text, and whoever the title names."""
        return (*super().other_organizations, *((self.listed.lead,) if self.listed.lead else ()))

    def awards(self) -> tuple[Found[DraftAward], ...]:
        """The prize that the title names, else those that the text does."""
        if self.listed.prize is None:
            return super().awards()
        start, end = self.listed.prize
        name = self.text_of_title[start:end]
        return (self.passage.found(DraftAward(name=name), self.entry.title_position, start, end, "awards.title"),)


def _within(mention: Mention, place: tuple[int, int, int]) -> bool:
    position, start, end = place
    return all(e.block == position and start <= e.start and e.end <= end for e in mention.evidence)


def read_listed(context: PageContext, positions: Sequence[int], issues: list[Issue]) -> list[InitiativeDraft]:
    """Read the initiatives that subheadings of a news item name; nothing for any other item.

    ``positions`` are the item's own blocks: what stands under a subheading below them is not read.
    """
    held = set(positions)
    drafts = []
    found = listed_in(context.document)
    most = max((len(one.entry.positions) for one in found[:-1]), default=0)
    for listed in found:
        kept = tuple(place for place in listed.entry.positions if place in held)
        kept = kept[:most] if listed is found[-1] else kept  # below the last one stands what closes the item
        if len(kept) < 2 or listed.entry.title_position not in held:
            continue
        entry = Entry(listed.entry.title, kept, listed.entry.title_position)
        one = Listed(entry, listed.name, listed.lead, listed.prize)
        name = context.document.blocks[entry.title_position].text[slice(*listed.name)]
        draft = ListedReader(context, one, slug(name)).read(issues)
        if draft is not None and tells(draft):
            drafts.append(draft)
    return drafts


def tells(draft: InitiativeDraft) -> bool:
    """Say whether what stands under a subheading is about an initiative: who, and what about or for whom."""
    who = draft.lead_organization or draft.partners
    what = draft.themes or draft.groups or draft.min_age
    return bool(who and what)
