from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from examples.golden import GOLDEN, make_release
from passerelle.publishing.verify import verify_release
from tests.way.conftest import EXAMPLE, files_of, run, take_in


def initiatives(home: Path) -> list[dict[str, object]]:
    content: list[dict[str, object]] = json.loads((home / "curated/current/initiatives.json").read_text("utf-8"))
    return content


def test_the_release_in_the_repository_is_what_the_code_makes_of_the_example_site(tmp_path: Path) -> None:
    made, kept = files_of(make_release(tmp_path)), files_of(GOLDEN)
    differing = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert differing == [], "make example renews the golden files; look at the difference before you commit it"


def test_the_release_holds_every_initiative_of_the_example_and_is_sound(run_home: Path) -> None:
    assert verify_release(run_home / "curated/current") == []
    assert len(initiatives(run_home)) == 14
    assert len(json.loads((run_home / "curated/current/news.json").read_text("utf-8"))) >= 1


def test_the_page_in_spanish_is_rejected_with_its_reason(run_home: Path) -> None:
    lines = [json.loads(line) for line in (run_home / "curated/current/issues.ndjson").read_text("utf-8").splitlines()]
    (line,) = [line for line in lines if line["code"] == "other-language"]
    assert line["page"].endswith("/es/cocina-abierta/")


def test_a_second_run_does_nothing_and_publishes_nothing(run_home: Path) -> None:
    before = (run_home / "curated/current").resolve()
    again = run(run_home)
    assert again.nothing_changed
    assert (run_home / "curated/current").resolve() == before
    assert [report.changed for report in again.stations] == [0, 0, 0]


def test_a_rebuild_from_the_archive_gives_the_same_release(run_home: Path) -> None:
    first = files_of(run_home / "curated/current")
    shutil.rmtree(run_home / ".passerelle")
    shutil.rmtree(run_home / "curated")
    take_in(EXAMPLE, run_home)
    run(run_home)
    assert files_of(run_home / "curated/current") == first


def test_the_example_steps_aside_as_soon_as_a_real_page_is_there(run_home: Path, tmp_path: Path) -> None:
    page = (
        "<html lang='fr'><title>Projet Grand Large</title><main><h1>Projet Grand Large</h1><p>Le projet Grand Large "
        "est mené par l’organisme La Vigie de Matane en partenariat avec le CISSS du Bas-Saint-Laurent. Il offre des "
        "ateliers gratuits aux jeunes de 12 à 17 ans de Matane.</p><h2>Description de la collaboration</h2><p>Des "
        "intervenant.es des deux milieux animent des ateliers de prévention de la violence dans les écoles.</p></main>"
    )
    (tmp_path / "page.html").write_text(page, "utf-8")
    entry = {
        "path": "page.html",
        "url": "https://vigie.test/p",
        "source": "vigie",
        "captured_at": "2026-11-21T08:00:00Z",
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"captures": [entry]}), "utf-8")
    take_in(tmp_path / "manifest.json", run_home)
    assert run(run_home).outcome.status == "published"
    assert [record["name"] for record in initiatives(run_home)] == [{"fr": "Projet Grand Large", "en": None}]
    changes = (run_home / "curated/current/changes.ndjson").read_text("utf-8").splitlines()
    gone = [json.loads(line) for line in changes if json.loads(line)["change"] == "withdrawn"]
    assert len([line for line in gone if line["type"] == "initiative"]) == 14


def test_changing_a_page_changes_its_record_and_nothing_else(run_home: Path, tmp_path: Path) -> None:
    before = {record["id"]: record for record in initiatives(run_home)}
    entry = next(e for e in json.loads(EXAMPLE.read_text("utf-8"))["captures"] if "directory" in e["path"])
    page = (EXAMPLE.parent / entry["path"]).read_text("utf-8")
    assert "18" in page
    (tmp_path / "page.html").write_text(page.replace("Sept-Îles", "Port-Cartier"), "utf-8")
    again = entry | {"path": "page.html", "captured_at": "2026-12-01T12:00:00Z"}
    (tmp_path / "manifest.json").write_text(json.dumps({"captures": [again]}), "utf-8")
    take_in(tmp_path / "manifest.json", run_home)
    run(run_home)
    after = {record["id"]: record for record in initiatives(run_home)}
    assert set(after) == set(before)
    changed = [i for i in after if after[i]["territory"] != before[i]["territory"]]
    assert [after[i]["territory"]["municipalities"] for i in changed] == [["Port-Cartier"]]  # type: ignore[index]


def test_without_an_engine_every_gap_is_pending_and_one_line_says_how_to_fill_it(home: Path) -> None:
    report = run(home)
    assert report.outcome.manifest
    coverage = report.outcome.manifest.coverage
    assert coverage["en"].pending > 0
    texts = (t for record in initiatives(home) for t in record["text_status"].values())  # type: ignore[attr-defined]
    assert {t["engine"] for t in texts} <= {None, "kept as written"}
    lines = (home / "curated/current/issues.ndjson").read_text("utf-8").splitlines()
    said = [line for line in map(json.loads, lines) if line["stage"] == "translate"]
    assert len(said) <= 1


def test_the_first_run_of_a_new_home_translates_with_the_packages_that_ship(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PASSERELLE_ENGINE")
    run(home)
    texts = [text for record in initiatives(home) for text in record["text_status"].values()]  # type: ignore[attr-defined]
    engines = {text["engine"] for text in texts if text["origin"] == "machine"}
    assert engines
    assert all(re.match(r"passerelle (fr→en|en→fr) \d", engine) for engine in engines - {"kept as written"})


def test_an_empty_home_publishes_nothing(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert report.outcome.status == "unchanged"
    assert not (tmp_path / "curated/current").exists()
