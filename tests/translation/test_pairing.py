"""Pages of one organisation in two languages are paired where they say the same, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from passerelle.translation.align import harvest
from passerelle.translation.pairing import align
from schemas.base import LanguageMap
from schemas.records import Initiative
from tests.translation.test_gaps_and_memory import Make

PAGES = yaml.safe_load(Path(__file__).with_name("page_pairs.yml").read_text("utf-8"))
Pair = tuple[tuple[str, ...], tuple[str, ...]]
PRECISION, RECALL = 1.0, 0.85


def sides(page: dict[str, Any]) -> tuple[list[str], list[str], set[Pair]]:
    """Give the French side, the English one in its order, and what says the same."""
    beads = [tuple((one,) if isinstance(one, str) else tuple(one or ()) for one in bead) for bead in page["beads"]]
    order = page.get("order", range(len(beads)))
    french = [text for ours, _ in beads for text in ours]
    english = [text for place in order for text in beads[place][1]]
    return french, english, {(ours, theirs) for ours, theirs in beads if ours and theirs}


def found(french: list[str], english: list[str]) -> set[Pair]:
    return {
        (tuple(french[place] for place in bead.french), tuple(english[place] for place in bead.english))
        for bead in align(french, english)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["page"])
def test_nothing_is_paired_that_does_not_say_the_same(page: dict[str, Any]) -> None:
    french, english, gold = sides(page)
    assert found(french, english) - gold == set()


def test_most_of_what_says_the_same_is_paired() -> None:
    gold = got = right = 0
    for page in PAGES:
        french, english, wanted = sides(page)
        pairs = found(french, english)
        gold, got, right = gold + len(wanted), got + len(pairs), right + len(wanted & pairs)
    assert right / got >= PRECISION
    assert right / gold >= RECALL, (right, gold)


def test_a_page_with_a_paragraph_more_gives_its_other_paragraphs_to_the_memory(record: Make) -> None:
    page = PAGES[1]
    french, english, gold = sides(page)
    ours: Initiative = record(description=LanguageMap(fr="\n\n".join(french), en="\n\n".join(english)))
    entries = {(entry.source, entry.target) for entry in harvest([ours]) if entry.source_language == "fr"}
    assert {(one[0], two[0]) for one, two in gold} <= entries
    assert french[1] not in {source for source, _ in entries}
