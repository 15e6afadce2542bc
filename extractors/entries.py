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
    r"une question|besoin d'aide|need help|mentions legales|politique de confidentialite|privacy policy|"
    r"criteres|comment (?:soumettre|proposer|participer)|how to (?:submit|apply|participate)|remerciements|acknowledg)"
)
_ASKING = re.compile(r"\b(?:you|your|vous|votre|vos|ton|ta|tu)\b")
"""In a question: it is the reader who is asked."""
_LABELLED = re.compile(r"^(?P<title>[^:.;]{3,90}?)\s*(?::|\s[–—-])\s+(?P<text>.{40,})$", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One thing of a list: its title and the blocks about it, by position (the title's block first)."""

    title: str
    positions: tuple[int, ...]
    title_position: int
    inline: bool = False
    """True where title and text share one block, as in a list item 'Title: text'."""


@dataclass(frozen=True)
class Listing:
    """A page divided into what stands before the entries, and the entries."""

    intro: tuple[int, ...]
    entries: tuple[Entry, ...]


@once_a_page
def find_listing(document: Document) -> Listing | None:
    """Divide a page into entries; ``None`` where fewer than three parallel ones are found."""
    blocks = document.blocks
    for entries in (_by_heading(blocks), _by_group(blocks), _by_label(blocks)):
        kept = tuple(entry for entry in entries if not is_no_entry(entry.title) and _describes(blocks, entry))
        if len(kept) >= LEAST_ENTRIES:
            first = min(entry.positions[0] for entry in kept)
            return Listing(tuple(range(first)), kept)
    return None


def is_no_entry(title: str) -> bool:
    """Say whether a heading calls on the reader or closes the page, rather than naming a thing."""
    folded = fold_text(title).strip(" \"'!")
    return bool(_NO_ENTRY.match(folded) or (folded.endswith("?") and _ASKING.search(folded)))


def _calls(block: Block) -> bool:
    """Say whether a short block below an entry calls on the reader: the list has ended."""
    return len(block.text.split()) <= _TITLE_WORDS and is_no_entry(block.text)


def _describes(blocks: Sequence[Block], entry: Entry) -> bool:
    words = sum(len(blocks[position].text.replace("|", " ").split()) for position in entry.positions)
    return words - len(entry.title.split()) >= LEAST_WORDS


def _by_heading(blocks: Sequence[Block]) -> list[Entry]:
    """Entries under headings of one level: the level that has most headings with text below them."""
    levels = Counter(
        block.level
        for block, after in pairwise(blocks)
        if block.kind == "heading" and after.kind != "heading" and block.level and not is_no_entry(block.text)
    )
    if not levels:
        return []
    level = max(levels, key=lambda level: (levels[level], -(level or 0)))
    if level is None or levels[level] < LEAST_ENTRIES:
        return []
    entries = []
    starts = [p for p, block in enumerate(blocks) if block.kind == "heading" and (block.level or 9) <= level]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        if blocks[start].level == level and len(blocks[start].text.split()) <= _TITLE_WORDS:
            last = next((p for p in range(start + 1, end) if _calls(blocks[p])), end)
            entries.append(Entry(blocks[start].text, tuple(range(start, last)), start))
    return entries


def _by_group(blocks: Sequence[Block]) -> list[Entry]:
    """Entries that are elements of their own (cards, articles, list elements), titled by their first short block."""
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
            entries.extend(_by_label([blocks[positions[0]]], positions[0]))
    return entries


def _by_label(blocks: Sequence[Block], offset: int = 0) -> list[Entry]:
    """Entries written as one block each, 'Title: text', in a list or a table."""
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
