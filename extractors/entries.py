"""Pages that list several things: how one entry is told from the next.

Cards, headings with a paragraph, definition lists, tables and accordions all come down to the same: a title, and
blocks until the next title. At least three parallel entries make a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.amounts import without_amount
from extractors.documents.labels import fact_label, labelled_fact
from extractors.fact_places import facts_on
from extractors.once import once_a_page
from extractors.recognizers.fold import fold_text
from schemas.document import Block, Document

LEAST_ENTRIES = 3
"""Fewer parallel entries are sections of one page, not a directory."""

LEAST_WORDS = 12
"""An entry with fewer words than this below its title describes nothing."""

_TITLE_WORDS = 25

_NO_ENTRY = re.compile(
    r"^(?:partage[zr]|soumet\w+|propose[zr]|envoye[zr]|ajoute[zr]|inscri\w+|abonne\w+|suive[zr]|"
    r"repertoire\b|directory\b|liste des|list of|(?:nos|our|tous les|all) (?:projets|initiatives|pratiques|projects|"
    r"programs|practices)\b|contacte\w*|contact|nous (?:joindre|contacter|ecrire)|"
    r"share|submit|send|add your|sign up|subscribe|follow|contact us|get in touch|tell us|join us|"
    r"vous (?:avez|souhaitez|voulez|connaissez|desirez)|do you have|want to|would you like|"
    r"a propos|about|infolettre|newsletter|nos partenaires|our partners|partenaires financiers|"
    r"liens utiles|useful links|"
    r"pour (?:en savoir plus|plus d'information\w*|nous joindre)|for more information|learn more|"
    r"ressources utiles|a lire aussi|voir aussi|"
    r"see also|articles? (?:recents?|similaires?)|recent posts|evenements a venir|upcoming events|"
    r"boite a outils|toolbox|"
    r"faites[- ](?:nous|un don)|don(?:s|ner|ate)\b|participe[zr]|devenir membre|become a member|"
    r"foire aux questions|faq|"
    r"(?:la |notre |nos )?(?:vie (?:associative|democratique)|gouvernance|mot (?:du|de la|de) |etats financiers|"
    r"bilan financier|ressources (?:humaines|financieres)|bailleurs de fonds|conseil d'administration|"
    r"equipe de travail|formation continue|rayonnement|representations|orientations)|"
    r"(?:our )?(?:governance|funders|financial (?:statements?|report)|human resources|message from|board of directors)|"
    r"une question|besoin d'aide|need help|mentions legales|politique de confidentialite|privacy policy|"
    r"(?:il )?manque[- ]t[- ]il|il manque (?:un|une|votre)|(?:is )?(?:something|anything|a service) missing|"
    r"(?:le |la |the |our |notre )?(?:prochain|prochaine|next) (?:appel|date limite|call|deadline|intake|round)\b|"
    r"criteres|comment (?:soumettre|proposer|participer)|how to (?:submit|apply|participate)|remerciements|acknowledg)"
)
_MONTH = r"(?:jan|fev|feb|mar|avr|apr|mai|may|jui|jun|jul|aou|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?"
_DAY = re.compile(
    rf"(?:(?:le |on )?{_WEEKDAY}\b,? ?(?:le )?)?(?:\d{{1,2}}(?:er)? {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
)
"""A heading that is a day: what stands below it happens then."""
_ASKING = re.compile(r"\b(?:you|your|vous|votre|vos|ton|ta|tu)\b")
"""In a question: it is the reader who is asked."""
_LETTER = re.compile(r"\W*(?:\w|\d ?-\ ?\d|0-9|\w ?[-–] ?\w)\W*")
"""The heading of one letter of an index."""
_SHAPE = re.compile(r":nth-of-type\(\d+\)")
_LINE_WORDS = 12
_LABELLED = re.compile(r"^(?P<title>[^:.;]{3,90}?)\s*(?::|\s[–—-])\s+(?P<text>.{40,})$", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One thing of a list: its title and the blocks about it, by position (the title's block first)."""

    title: str
    positions: tuple[int, ...]
    title_position: int
    inline: bool = False
    """True where title and text share one block, as in a list item 'Title: text'."""
    row: bool = False
    """True for a row of a table whose columns say what each cell is."""


@dataclass(frozen=True)
class Listing:
    """A page divided into what stands before the entries, and the entries."""

    intro: tuple[int, ...]
    entries: tuple[Entry, ...]


@once_a_page
def find_listing(document: Document) -> Listing | None:
    """Divide a page into entries; ``None`` where fewer than three parallel ones are found."""
    blocks = document.blocks
    for find in (_by_column, _by_heading, _by_group, _by_label, _by_line):
        entries = find(document)
        kept = tuple(entry for entry in entries if not is_no_entry(entry.title) and _describes(blocks, entry))
        if len(kept) >= LEAST_ENTRIES and not _asks(kept):
            first = min(entry.positions[0] for entry in kept)
            return Listing(tuple(range(first)), kept)
    return None


def _asks(entries: Sequence[Entry]) -> bool:
    """Say whether most titles are questions: those of a page that answers its readers."""
    return 2 * sum(entry.title.rstrip(" »\u00a0").endswith("?") for entry in entries) > len(entries)


def is_no_entry(title: str) -> bool:
    """Say whether a heading calls on the reader or closes the page, rather than naming a thing."""
    folded = fold_text(title).strip(" \"'!")
    return bool(_NO_ENTRY.match(folded) or _DAY.fullmatch(folded) or (folded.endswith("?") and _ASKING.search(folded)))


def _calls(block: Block) -> bool:
    """Say whether a short block below an entry calls on the reader: the list has ended."""
    return len(block.text.split()) <= _TITLE_WORDS and is_no_entry(block.text)


def _describes(blocks: Sequence[Block], entry: Entry) -> bool:
    words = sum(len(blocks[position].text.replace("|", " ").split()) for position in entry.positions)
    return entry.row or words - len(entry.title.split()) >= LEAST_WORDS


def _by_column(document: Document) -> list[Entry]:
    """Entries that are rows of a table whose head names a column for their titles."""
    facts = facts_on(document)
    cells = [fact for fact in facts.facts if fact.cell]
    rows = {fact.position: fact for name in ("lead", "title") for fact in cells if fact.name == name}
    return [
        Entry(fact.text(document), (position,), position, inline=True, row=True)
        for position, fact in sorted(rows.items())
    ]


def _by_heading(document: Document) -> list[Entry]:
    """Entries under headings of one level: the level that has most headings with text below them."""
    blocks = document.blocks
    levels = Counter(
        block.level
        for block, after in pairwise(blocks)
        if block.kind == "heading" and after.kind != "heading" and block.level and _may_title(block)
    )
    if not levels:
        return []
    level = max(levels, key=lambda level: (levels[level], -(level or 0)))
    if level is None or levels[level] < LEAST_ENTRIES:
        return []
    entries = []
    starts = [p for p, block in enumerate(blocks) if block.kind == "heading" and (block.level or 9) <= level]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        if blocks[start].level == level and _may_title(blocks[start]):
            last = next((p for p in range(start + 1, end) if _calls(blocks[p])), end)
            last = last if end == len(blocks) or last < end else _before_card(blocks, start, end)
            entries.append(Entry(blocks[start].text, tuple(range(start, last)), start))
    return entries


def _before_card(blocks: Sequence[Block], start: int, end: int) -> int:
    """Give where an entry ends whose next one is a card of its own: what stands in that card above its title is not."""
    card = blocks[end].group
    while card is not None and card != blocks[start].group and end - 1 > start and blocks[end - 1].group == card:
        end -= 1
    return end


def _may_title(block: Block) -> bool:
    """Say whether a heading may title an entry: not the letter of an index, nor a call on the reader."""
    long = len(block.text.split()) > _TITLE_WORDS
    return not long and not _LETTER.fullmatch(block.text) and not is_no_entry(block.text)


def _by_group(document: Document) -> list[Entry]:
    """Entries that are elements of their own (cards, articles, list elements), titled by their first short block."""
    blocks = document.blocks
    groups: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if block.group is not None:
            groups.setdefault(block.group, []).append(position)
    entries = []
    for positions in groups.values():
        title = blocks[positions[0]]
        if title.kind == "heading" and title.level == 1:  # the page's own
            continue
        if len(positions) > 1 and len(title.text.split()) <= _TITLE_WORDS:
            entries.append(Entry(title.text, tuple(positions), positions[0]))
        elif len(positions) == 1:
            entries.extend(_labelled([blocks[positions[0]]], positions[0]))
    return [entry for entry in entries if not _LETTER.fullmatch(entry.title)]


def _by_label(document: Document) -> list[Entry]:
    """Entries written as one block each, 'Title: text', in a list or a table."""
    return _labelled(document.blocks)


def _by_line(document: Document) -> list[Entry]:
    """Entries under short lines that lost their mark-up: line and text take turns to the end of the page."""
    blocks = document.blocks
    titles = [
        position
        for position, (block, after) in enumerate(pairwise(blocks))
        if block.kind == "paragraph" and _is_line(block.text) and after.kind != "heading" and not _is_line(after.text)
    ]
    shapes = Counter(_SHAPE.sub("", blocks[position].path) for position in titles)
    if not shapes:
        return []
    shape, _ = shapes.most_common(1)[0]
    starts = [position for position in titles if _SHAPE.sub("", blocks[position].path) == shape]
    return [
        Entry(blocks[start].text, tuple(range(start, end)), start)
        for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)
    ]


def _is_line(text: str) -> bool:
    """Say whether a text may be a title: a few words that begin with a capital, and no sentence or labelled fact."""
    first = text.lstrip(' «“"').removeprefix("L'")[:1]
    short = len(text.split()) <= _LINE_WORDS and first.isupper() and text.rstrip()[-1:] not in ".,:;!?"
    return short and not fact_label(text) and (labelled_fact(text) is None or bool(without_amount(text)[1]))


def _labelled(blocks: Sequence[Block], offset: int = 0) -> list[Entry]:
    entries = []
    for position, block in enumerate(blocks, start=offset):
        if block.kind not in ("list_item", "table_row", "paragraph"):
            continue
        if block.kind == "table_row":
            cells = [cell.strip() for cell in re.split(r"\s\|\s|\t", block.text) if cell.strip()]
            if len(cells) > 1 and len(cells[0].split()) <= _TITLE_WORDS:
                entries.append(Entry(cells[0], (position,), position, inline=True))
            continue
        match = _LABELLED.match(block.text)
        if match:
            entries.append(Entry(match["title"].strip(), (position,), position, inline=True))
    return entries
