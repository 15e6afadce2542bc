"""Labels of sections, whatever stands around their words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors.sections import LABELS, section_of
from schemas.document import Block


def _alternatives(pattern: str) -> Iterator[str]:
    """Give the alternatives of a pattern that no bracket holds."""
    depth = start = 0
    for place, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            yield pattern[start:place]
            start = place + 1
    yield pattern[start:]


@pytest.mark.parametrize("pattern", [pattern for _, pattern in LABELS if pattern.startswith("^")])
def test_a_label_tried_at_the_start_only_could_begin_nowhere_else(pattern: str) -> None:
    assert all(alternative.startswith("^") for alternative in _alternatives(pattern))


@pytest.mark.parametrize(
    "text",
    [
        "Bravo !",
        "Boîte à outils",
        "Vous venez de terminer la visite",
        "Merci : vous avez bien complété la visite",
        "Please share this page with your network",
        "Now explore our toolbox",
        "Voir les autres maillages",
    ],
)
def test_words_to_the_reader_close_a_page(text: str) -> None:
    assert section_of(Block(kind="heading", text=text)) == "closing"
