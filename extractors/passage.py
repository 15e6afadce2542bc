"""A passage: the part of a Document that speaks of one thing; what every recognizer reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from schemas.base import Language
from schemas.document import Block, Document
from schemas.drafts import Evidence, Found, quoted

T = TypeVar("T")


@dataclass(frozen=True)
class Passage:
    """Some blocks of a document, in order, read in one language."""

    document: Document
    positions: tuple[int, ...]
    language: Language

    @classmethod
    def whole(cls, document: Document, language: Language) -> Passage:
        """Take the whole document."""
        return cls(document, tuple(range(len(document.blocks))), language)

    @property
    def blocks(self) -> Iterator[tuple[int, Block]]:
        """Positions in the document, and blocks."""
        return ((position, self.document.blocks[position]) for position in self.positions)

    @property
    def text(self) -> str:
        """The blocks' texts, one a line."""
        return "\n".join(block.text for _, block in self.blocks)

    def evidence(self, position: int, start: int, end: int, rule: str) -> Evidence:
        """Point to characters ``start`` to ``end`` of the block at ``position``."""
        words = self.document.blocks[position].text[start:end]
        digest = self.document.digest
        return Evidence(digest=digest, block=position, start=start, end=end, quote=quoted(words), rule=rule)

    def found(self, value: T, position: int, start: int, end: int, rule: str) -> Found[T]:
        """Make a found value with one piece of evidence."""
        return Found(value=value, evidence=(self.evidence(position, start, end, rule),))

    def found_block(self, value: T, position: int, rule: str) -> Found[T]:
        """Make a found value that a whole block says."""
        return self.found(value, position, 0, len(self.document.blocks[position].text), rule)
