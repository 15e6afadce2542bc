from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest
from lxml import html  # type: ignore[import-untyped]

from passerelle.charting import svg
from passerelle.charting.figures import AGES, HEAD, ORIGINS, Milestone, Row, row_of, summed
from passerelle.charting.page import SHOWN, Frame, dashboard, words
from passerelle.publishing.coverage import coverage
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.records import Review, Territory, TextStatus
from schemas.release import Coverage
from tests.publishing.factories import initiative

TODAY = date(2026, 6, 30)


def frame(language: Language = "fr", **how: object) -> Frame:
    names = {"regions": tuple(svg.TILES), "themes": ("runaway", "poverty")}
    told = {"label": lambda name, code: f"<{name} {code}>", "number": str, "codes": names}
    return Frame(language=language, **(told | how))  # type: ignore[arg-type]


def drawn(rows: list[Row], milestones: list[Milestone] = [], **how: object) -> str:  # noqa: B006  # read only
    return str(dashboard(summed(rows, TODAY), milestones, TODAY, frame(**how)))  # type: ignore[arg-type]


def rows() -> list[Row]:
    one = initiative(1, territory=Territory(regions=("16", "06")), themes=("runaway",))
    two = initiative(2, territory=Territory(regions=("16",)), review=Review(status="approved"))
    return [row_of(one), row_of(two)]


def milestone(number: int, **counts: int) -> Milestone:
    return Milestone(number, f"2026-01-{number:02}", number, {one: Coverage(**counts) for one in LANGUAGES})


def test_a_row_comes_back_from_its_cells() -> None:
    row = row_of(initiative(1, themes=("runaway", "poverty")))
    cells = row.cells()
    assert len(cells) == len(HEAD)
    assert Row.of_cells(cells) == row


def test_texts_are_counted_by_language_and_origin_and_missing_ones_as_pending() -> None:
    status = {"name.en": TextStatus(origin="machine"), "summary.en": TextStatus(origin="pending")}
    name, summary = LanguageMap(fr="Un", en="One"), LanguageMap(fr="Deux")
    record = initiative(1, name=name, summary=summary, description=None, text_status=status)
    figures = summed([row_of(record)], TODAY)
    assert figures.coverage() == coverage([record])
    assert (figures.coverage()["en"].machine, figures.whole["en"]) == (1, 0)
    assert figures.coverage()["en"].pending >= 1


@pytest.mark.parametrize(("days", "place"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (364, 3), (365, 4), (4000, 4)])
def test_ages_fall_into_the_class_that_their_limits_say(days: int, place: int) -> None:
    captured = date.fromordinal(TODAY.toordinal() - days).isoformat()
    assert summed([rows()[0]._replace(captured=captured)], TODAY).ages == {place: 1}
    assert len(AGES) == 4


def test_sums_count_an_initiative_in_each_of_its_regions_and_where_it_has_none() -> None:
    figures = summed([*rows(), rows()[0]._replace(regions=(), themes=())], TODAY)
    assert (figures.initiatives, figures.regions) == (3, {"16": 2, "06": 1, "": 1})
    assert figures.review["approved"] == 1
    assert figures.themes[""] >= 1


def test_charts_need_no_colour_and_no_style_of_their_own() -> None:
    page = drawn(rows(), [milestone(1, source=3, machine=2, pending=1)])
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(|style=|<style|onclick|<script", page)
    fills = set(re.findall(r'fill="([^"]+)"', page))
    assert {fill for fill in fills if not fill.startswith("url(#")} <= {"currentColor", "none", "Canvas"}
    patterns = set(re.findall(r'<pattern id="([^"]+)"', page))
    assert {fill[5:-1] for fill in fills if fill.startswith("url(#")} <= patterns
    assert {f"origin-{origin}" for origin in ORIGINS} <= patterns


def test_every_chart_has_its_figures_in_a_table_with_headings() -> None:
    tree = html.fromstring(f"<main>{drawn(rows(), [milestone(1, source=3)])}</main>")
    for section in tree.xpath("//section"):
        for table in section.xpath(".//table"):
            assert table.xpath("./caption")
            assert table.xpath(".//th[@scope='col']")
            assert table.xpath(".//th[@scope='row']")
        assert section.xpath(".//table"), section.get("aria-labelledby")
    regions = {row[0].text_content(): row[1].text_content() for row in tree.xpath("//section[1]//tbody/tr")}
    assert (len(regions), regions["<regions 16>"], regions["<regions 10>"]) == (17, "2", "0")


def test_a_tile_says_its_region_and_number_and_leads_to_its_list() -> None:
    page = drawn(rows(), link=lambda name, code: f"/queue?{name}={code}")
    tile = html.fromstring(page).xpath("//a[@href='/queue?region=16']")[0]
    assert tile.get("aria-label") == "<regions 16>: 2"
    assert 'role="group"' in page
    assert 'role="img" aria-label="Régions"' in drawn(rows())


def test_density_grows_with_the_number_and_is_none_for_nothing() -> None:
    steps = [svg.step_of(number, 40) for number in range(41)]
    assert (steps[0], steps[1], steps[40]) == (0, 1, svg.STEPS)
    assert steps == sorted(steps)
    assert svg.step_of(1, 1) in range(1, svg.STEPS + 1)


def test_only_the_last_releases_are_drawn_and_nothing_is_said_to_be_over_time_without_any() -> None:
    many = [milestone(number, source=1) for number in range(1, SHOWN + 3)]
    page = drawn(rows(), many)
    assert page.count("<figure") == len(LANGUAGES)
    assert "2026-01-02" not in page
    assert "2026-01-03" in page
    assert words("fr")["no-time"] in drawn(rows())


def test_nothing_at_all_can_be_drawn() -> None:
    assert "0 (0" in drawn([])


def test_labels_are_text_never_markup() -> None:
    assert "<script" not in drawn(rows(), label=lambda name, code: "<script>alert(1)</script>")


def test_every_word_is_there_in_both_languages() -> None:
    french, english = partial(words, "fr")(), partial(words, "en")()
    assert all(french.values())
    assert all(english.values())
    assert [word for word in french if french[word].count("{") != english[word].count("{")] == []
