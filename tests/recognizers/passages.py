"""Passages for the tests; their organisations are fictional, their places real."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractors.passage import Passage
from extractors.recognizers.lexicon import word_set
from schemas.base import Language
from schemas.document import Block, Document
from schemas.drafts import Found, quoted


def passage(*texts: str, language: Language = "fr", heading: str | None = None) -> Passage:
    blocks = [Block(kind="heading", level=2, text=heading, language=language)] if heading else []
    blocks += [Block(kind="paragraph", text=text, language=language) for text in texts]
    document = Document(
        page="urn:test",
        url=None,
        digest="sha256:" + "0" * 64,
        source="test",
        media_type="text/plain",
        language=language,
        blocks=tuple(blocks),
    )
    return Passage.whole(document, language)


def guess(text: str) -> Language:
    """Tell English cases from French ones by their small words."""
    words = text.lower().replace(",", " ").split()
    return "en" if sum(word in ENGLISH for word in words) > sum(word in FRENCH for word in words) else "fr"


ENGLISH = word_set("the and of for to in is are with at by from aged between under since was has")
FRENCH = word_set("le la les et de des du pour en est sont avec au aux par dans un une a à")


def check_evidence(p: Passage, found: Iterable[Found[Any] | None]) -> None:
    """Every piece of evidence quotes the block's own characters."""
    for value in found:
        if value is None:
            continue
        assert value.evidence
        for evidence in value.evidence:
            text = p.document.blocks[evidence.block].text
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert evidence.quote == quoted(text[evidence.start : evidence.end])
