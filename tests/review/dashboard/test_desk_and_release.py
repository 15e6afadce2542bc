from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from passerelle.review.dashboard.gathering import Gathering
from passerelle.review.deciding import Act, decide
from passerelle.review.web.people import Person
from schemas.base import LanguageMap
from schemas.edition import Edition, TermEdit, trying
from tests.publishing.factories import Press, filling, initiative, matched
from tests.review.browsing import Browser
from tests.review.desk import desk
from tests.review.service.world import World


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_release_tells_the_figures_of_each_initiative_and_of_each_release(tmp_path: Path) -> None:
    press = Press(tmp_path / "curated")
    press.publish(matched(initiative(1)))
    press.publish(matched(initiative(1), initiative(2)), filling("ini-00000002", "conclusion.en", "Done", "Fait"))
    rows = lines(press.current / "exports/figures.csv")
    assert [row["id"] for row in rows] == ["ini-00000001", "ini-00000002"]
    told = lines(press.current / "exports/coverage.csv")
    assert [(one["release"], one["initiatives"]) for one in told] == [("1", "1"), ("2", "2")]
    manifest = json.loads((press.current / "index.json").read_text("utf-8"))
    assert int(told[1]["fr_source"]) == manifest["coverage"]["fr"]["source"]
    for language in ("fr", "en"):
        page = (press.current / f"site/{language}/figures.html").read_text("utf-8")
        assert '<link rel="stylesheet" href="../assets/charts.css">' in page
        assert "tile-map" in page


def test_a_release_without_the_table_of_releases_is_taken_from_its_manifest(tmp_path: Path) -> None:
    press = Press(tmp_path / "curated")
    press.publish(matched(initiative(1)))
    (press.current / "exports/coverage.csv").unlink()
    press.publish(matched(initiative(1), initiative(2)))
    assert [one["release"] for one in lines(press.current / "exports/coverage.csv")] == ["1", "2"]


def test_a_label_that_curators_changed_makes_a_new_release_that_shows_it(tmp_path: Path) -> None:
    press = Press(tmp_path / "curated")
    press.publish(matched(initiative(1, themes=("runaway",))))
    edit = TermEdit(label=LanguageMap(fr="Départs soudains", en="Sudden leaving"))
    with trying(Edition({"themes": {"runaway": edit}})):
        assert press.publish(matched(initiative(1, themes=("runaway",)))).status == "published"
    assert "Départs soudains" in (press.current / "site/fr/initiatives/ini-00000001.html").read_text("utf-8")


def test_the_desk_shows_the_dashboard_in_both_languages_with_the_health_of_sources(world: World) -> None:
    browser = Browser(desk(world.store, world.help, alone=Person("Ariane", "reader")))
    for language, heading in (("fr", "Santé de la collecte"), ("en", "Health of the crawls")):
        page = browser.get(f"/dashboard?lang={language}")
        assert page.status_code == 200
        assert heading in page.text
        assert "/queue?type=initiative&amp;region=12" in page.text
    assert "tile-map" in browser.get("/dashboard/charts.css").text


def test_figures_follow_decisions_and_what_did_not_change_is_not_read_again(world: World) -> None:
    from datetime import date

    class Counting:
        def __init__(self) -> None:
            self.times = 0

        def complete(self, record: Any, fillings: Any) -> Any:
            self.times += 1
            return world.help.complete(record, fillings)

    counting = Counting()
    gathering = Gathering(counting)  # type: ignore[arg-type]  # no more is asked of it
    with world.store.session() as session:
        assert gathering.figures(session, date(2026, 6, 1)).themes["poverty"] == 1
    with world.store.session() as session:
        decide(session, [Act("edit", world.id("Rondes"), "themes", ["poverty"])], by="ana", help=world.help)
    with world.store.session() as session:
        assert gathering.figures(session, date(2026, 6, 1)).themes["poverty"] == 2
    assert counting.times == 4
