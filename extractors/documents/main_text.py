"""Which blocks are an article's own text."""

from __future__ import annotations

from schemas.document import Document


def body_blocks(document: Document) -> tuple[int, ...]:
    """Positions of the blocks that are the article's body."""
    return tuple(range(len(document.blocks)))
