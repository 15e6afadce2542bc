"""Takes a text apart into the blocks that are translated one by one, and puts it together again.

Only the blocks' own words go to an engine: list markers, heading marks, blank lines and enclosing emphasis stay here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LEAD = re.compile(r"(?:\s|#{1,6}\s|>|(?:[-*+•·▪–—]|\(?\d{1,3}[.)]|[a-z]\))\s)*")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1", re.S)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(\s*<?([^)\s>]+)>?[^)\n]*\)")


@dataclass(frozen=True)
class Piece:
    """A block: what stands before its words, its words, what stands after them."""

    lead: str
    words: str
    trail: str

    @property
    def translatable(self) -> bool:
        """Whether there is a letter to translate."""
        return any(character.isalpha() for character in self.words)

    def with_words(self, words: str) -> Piece:
        """Give the same block with other words."""
        return replace(self, words=words)


def take_apart(text: str) -> tuple[Piece, ...]:
    """Split a text, Markdown or plain, into its blocks.

    Joined again with ``put_together`` they give the text back, character for character. Lines that follow one another
    without a blank line or a mark of their own belong to one paragraph.
    """
    pieces: list[Piece] = []
    for line in text.splitlines(keepends=True):
        piece = _read(line)
        if pieces and _continues(pieces[-1], piece):
            before = pieces.pop()
            piece = Piece(before.lead, before.words + before.trail + piece.lead + piece.words, piece.trail)
        pieces.append(piece)
    return tuple(_unwrap(piece) for piece in pieces)


def put_together(pieces: tuple[Piece, ...]) -> str:
    """Give the text that the blocks make."""
    return "".join(piece.lead + piece.words + piece.trail for piece in pieces)


def plain_words(words: str) -> str:
    """Give a block's words on one line, without the inline marks that an engine would break.

    A link keeps its address in brackets after its text; emphasis inside a sentence is given up.
    """
    flat = " ".join(words.split())
    flat = _LINK.sub(lambda link: f"{link[1]} ({link[2]})" if link[1] != link[2] else link[2], flat)
    return re.sub(r"\*{1,3}(?=\S)(.{1,400}?)(?<=\S)\*{1,3}", r"\1", flat)


def _read(line: str) -> Piece:
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    body = line[start:]
    words = body.rstrip()
    return Piece(line[:start], words, body[len(words) :])


def _continues(before: Piece, piece: Piece) -> bool:
    soft_break = before.trail in {"\n", "\r\n"} and not before.lead.strip().startswith("#")
    return soft_break and bool(before.words and piece.words) and not piece.lead.strip()


def _unwrap(piece: Piece) -> Piece:
    whole = _EMPHASIS.fullmatch(piece.words)
    if whole is None or whole[1] in whole[2]:
        return piece
    return Piece(piece.lead + whole[1], whole[2], whole[1] + piece.trail)
