"""Reading an item that tells who receives which sum, each in a short line with a text of its own below.

Such a line is no heading: 'Maison Exemple : 40 000 $', or in bold. What follows it says what the sum is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.amounts import SUM, large_sum, without_amount
from extractors.base import PageContext
from extractors.directory import EntryReader, read_entries
from extractors.entries import LEAST_ENTRIES, LEAST_WORDS, Entry, Listing
from extractors.news_listed import Listed, ListedReader, read_listed, tells
from extractors.news_several import read_several
from extractors.passage import Passage
from extractors.prose import slug
from schemas.document import Document
from schemas.drafts import InitiativeDraft
from schemas.issue import Issue

_NAME_WORDS = 10
"""Words of the longest line that is an initiative's name."""
_LINE_WORDS = 20
"""Words of the longest line that names who receives a sum."""


def grants_in(document: Document, positions: Sequence[int]) -> tuple[Entry, ...]:
    """Divide an item among the lines that name a receiver with a sum; nothing where fewer than three do.

    Below the last one as many blocks are read as below any other: the item ends there.
    """
    return _entries(document, positions, [one for one in positions if _is_receiver(document.blocks[one].text)])


def _entries(document: Document, positions: Sequence[int], titles: Sequence[int]) -> tuple[Entry, ...]:
    if len(titles) < LEAST_ENTRIES:
        return ()
    ends = [*titles[1:], positions[-1] + 1]
    parts = [tuple(p for p in positions if start <= p < end) for start, end in zip(titles, ends, strict=True)]
    most = max(map(len, parts[:-1]), default=0)
    entries = [
        Entry(document.blocks[part[0]].text, part[:most], part[0])
        for part in parts
        if sum(len(document.blocks[position].text.split()) for position in part[1:most]) >= LEAST_WORDS
    ]
    return tuple(entries) if len(entries) >= max(LEAST_ENTRIES, len(titles) - 1) else ()


def _is_receiver(text: str) -> bool:
    name, amount = without_amount(text)
    short = len(text.split()) <= _LINE_WORDS and name[:1].isupper()
    return short and amount is not None and large_sum(amount, 0) is not None


def lines_over_sums(document: Document, positions: Sequence[int]) -> tuple[Entry, ...]:
    """Divide an item among short lines, each over a paragraph that tells a sum; nothing where fewer than three are."""
    titles = [
        position
        for position, below in pairwise(positions)
        if _is_line(document.blocks[position].text) and SUM.search(document.blocks[below].text)
    ]
    return _entries(document, positions, titles)


def _is_line(text: str) -> bool:
    return len(text.split()) <= _NAME_WORDS and text[:1].isupper() and text[-1:] not in ".,;:!?…»”"


def read_parts(context: PageContext, passage: Passage, issues: list[Issue]) -> list[InitiativeDraft]:
    """Read the initiatives that an item tells apart: under subheadings, beside sums, or each in its own paragraphs."""
    if found := read_listed(context, passage.positions, issues):
        return found
    if grants := grants_in(context.document, passage.positions):
        return read_entries(context, Listing((), grants), issues, EntryReader)
    lines = lines_over_sums(context.document, passage.positions)
    named = [Listed(entry, (0, len(entry.title))) for entry in lines]
    read = (ListedReader(context, one, slug(one.entry.title)).read(issues) for one in named)
    told = [draft for draft in read if draft is not None and tells(draft)]
    return told if len(told) >= LEAST_ENTRIES else read_several(context, passage, issues)
