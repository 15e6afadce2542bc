"""Sentences, short texts and Markdown, from the blocks of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.recognizers.fold import fold_text
from schemas.document import Block

SUMMARY_LENGTH = 300
"""Most characters of a summary."""

_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“’'])(?:M|MM|Mme|Mmes|Mlle|Dr|Dre|Pr|Me|St|Ste|Sts|art|av|boul|bur|ch|env|etc|ex|max|min|no|nos|p|pp|"
    r"org|tél|vol|Mr|Mrs|Ms|Jr|Sr|Inc|Ltd|Ltée|e\.g|i\.e|cf|c\.-à-d|[A-ZÀ-Ý])\.$"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\s ]*[»”\")]*(?=\s+[«“\"(]?\s*[A-ZÀ-Ý0-9])")
_OPENING = "«“„"
_CLOSING = "»”"


def sentences(text: str) -> list[str]:
    """Split a text into sentences; abbreviations, initials and full stops inside quotation marks do not end one."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        candidate = text[start : match.end()]
        if _ABBREVIATION.search(candidate) or _open_quotes(candidate) > 0:
            continue
        found.append(candidate.strip())
        start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def _open_quotes(text: str) -> int:
    return sum(text.count(mark) for mark in _OPENING) - sum(text.count(mark) for mark in _CLOSING)


def shorten(text: str, limit: int = SUMMARY_LENGTH) -> str:
    """Give the first whole sentences of a text that fit a limit; a longer first one is cut at a word."""
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > limit:
            break
        kept = longer
    return kept or text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def markdown(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown: paragraphs and headings apart, lists and quotations as such."""
    pieces: list[tuple[str, str]] = [(block.kind, _markdown_block(block)) for block in blocks if block.text]
    text, before = "", ""
    for kind, piece in pieces:
        if text:
            text += "\n" if kind == before == "list_item" else "\n\n"
        text += piece
        before = kind
    return text


def _markdown_block(block: Block) -> str:
    if block.kind == "heading":
        return "#" * max(3, block.level or 3) + " " + block.text
    if block.kind == "list_item":
        marker = "1." if block.ordered else "-"
        return "  " * ((block.level or 1) - 1) + f"{marker} {block.text}"
    if block.kind == "quotation":
        return "> " + block.text
    return block.text


def slug(text: str, length: int = 60) -> str:
    """Make a stable key of a heading: folded words joined by hyphens, cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold_text(text))
    made = ""
    for word in words:
        if len(made) + len(word) + 1 > length:
            break
        made = f"{made}-{word}" if made else word
    return made or "x"
