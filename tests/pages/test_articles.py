"""The floor under the reading of news pages: saved pages of six site builders, fictional organisations, real places."""

import json

import pytest

from benchmarks.articles import FLOOR, PAGES, lowered, measure, ours, saved


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reading_of_news_pages_does_not_fall_below_its_floor(language: str) -> None:
    floor = json.loads((PAGES / FLOOR).read_text("utf-8"))
    fallen = lowered(floor, measure(saved(ending=f"-{language}"), ours))
    assert not fallen, f"{fallen}: mend it, or run `python -m benchmarks.articles --write-floor --allow-lower`"


def test_a_floor_is_held_against_every_figure() -> None:
    assert lowered({"body": 0.9, "day": 1.0}, {"body": 0.95, "day": 0.9}) == ["day: 0.900, floor 1.000"]
