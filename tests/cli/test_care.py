"""doctor, rollback and models: looking after a home."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, call, demand_more_than_there_is


def crosses(home: Path, **more: str) -> list[str]:
    result = call(home, "doctor", **more)
    found = [line for line in result.stdout.splitlines() if line.startswith("✗")]
    assert result.exit_code == (4 if found else 0)
    return found


def test_the_doctor_finds_nothing_wrong_with_a_good_home(home: Path) -> None:
    assert crosses(home) == []
    lines = call(home, "doctor").stdout.splitlines()
    assert len([line for line in lines if line.startswith("✓")]) == 7
    assert any("7 captures" in line for line in lines)


def test_the_doctor_finds_an_altered_capture(home: Path) -> None:
    warc = next((home / "raw").rglob("*.warc.gz"))
    body = bytearray(warc.read_bytes())
    body[len(body) // 2] ^= 0xFF
    warc.write_bytes(bytes(body))
    (cross,) = crosses(home)
    assert warc.name in cross
    assert "backup" in cross


def test_the_doctor_finds_a_damaged_release(home: Path) -> None:
    (home / "curated/current/news.json").write_text("[]", "utf-8")
    (cross,) = crosses(home)
    assert "news.json" in cross
    assert "rollback" in cross


def test_the_doctor_tells_of_a_refused_release_until_one_passes(home: Path) -> None:
    demand_more_than_there_is(home)
    assert call(home, "publish").exit_code == 3
    (cross,) = crosses(home)
    assert "refused.md" in cross
    assert call(home, "publish", "--accept-drop").exit_code == 0
    assert crosses(home) == []


def test_a_home_that_does_not_exist_yet_is_named_once(tmp_path: Path) -> None:
    mistyped = ("--home", tmp_path / "typo", "issues")
    first = call(tmp_path, *mistyped)
    assert "a new data set begins there" in first.stderr
    assert str(tmp_path / "typo") in first.stderr
    assert call(tmp_path, *mistyped).stderr == ""


def test_the_doctor_finds_a_damaged_manifest(home: Path) -> None:
    (home / "curated/current/index.json").write_text("{", "utf-8")
    (cross,) = crosses(home)
    assert "index.json" in cross


def test_the_doctor_finds_leftovers(home: Path) -> None:
    (home / "curated/releases/.staging-9").mkdir()
    (cross,) = crosses(home)
    assert ".staging-9" in cross


def test_the_doctor_finds_a_bad_source_and_goes_on(home: Path) -> None:
    (home / "sources").mkdir()
    (home / "sources" / "quartier.yml").write_text("name: [", "utf-8")
    (cross,) = crosses(home)
    assert "quartier.yml" in cross


def test_the_doctor_finds_a_database_out_of_reach(home: Path) -> None:
    (cross,) = crosses(home, PASSERELLE_DATABASE_URL="postgresql://passerelle@127.0.0.1:1/none")
    assert "PASSERELLE_DATABASE_URL" in cross


def test_the_doctor_finds_an_unknown_engine(home: Path) -> None:
    (cross,) = crosses(home, PASSERELLE_ENGINE="babel")
    assert "babel" in cross


def test_the_doctor_finds_a_folder_that_is_no_package(home: Path) -> None:
    (home / ".passerelle" / "packages" / "translate-fr_en").mkdir(parents=True)
    (cross,) = crosses(home, PASSERELLE_ENGINE="argos")
    assert "translate-fr_en" in cross


def test_the_doctor_finds_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", "utf-8")
    result = call(tmp_path / "home", "doctor")
    assert result.exit_code == 2


def test_rollback_serves_an_earlier_release(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang=fr><article><h1>Une nouvelle de Rimouski</h1><p>Le 3 mars 2026 — "
        + "L’équipe fictive annonce que le local ouvrira à l’automne. " * 8
        + "</p></article>",
        "utf-8",
    )
    call(home, "ingest", page, "--source", "exemple", "--url", "https://exemple.passerelle.example/n/")
    assert "Release 2" in call(home, "run").stdout
    result = call(home, "rollback", 1)
    assert result.exit_code == 0
    assert (home / "curated/current").resolve().name == "1"


def test_rollback_to_a_release_that_is_not_there_is_one_line(home: Path) -> None:
    result = call(home, "rollback", 9)
    assert result.exit_code == 2
    assert "there is no release 9; there are: 1" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_home_without_packages_says_when_those_that_ship_are_installed(tmp_path: Path) -> None:
    for command in ("list", "verify"):
        result = call(tmp_path, "models", command)
        assert result.exit_code == 0
        assert "installed at the first translation" in result.stdout


@pytest.mark.parametrize("arguments", [("install", "no-such-file.argosmodel"), ("remove", "fr-en")])
def test_trouble_with_packages_is_one_line_and_exit_code_4(tmp_path: Path, arguments: tuple[str, str]) -> None:
    result = call(tmp_path, "models", *arguments)
    assert result.exit_code == 4
    assert len(result.stderr.splitlines()) == 1


def test_trouble_with_packages_and_files_is_told_in_the_readers_language(tmp_path: Path) -> None:
    odd = tmp_path / "odd.tmx"
    odd.write_text("<html/>")
    for arguments in (("models", "remove", "fr-en"), ("memory", "import", odd)):
        said = {language: call(tmp_path, *arguments, "--lang", language).stderr for language in ("fr", "en")}
        assert said["fr"].startswith("Erreur")
        assert said["fr"].partition("odd.tmx")[2] != said["en"].partition("odd.tmx")[2] or "installé" in said["fr"]


def test_run_points_to_the_packages_it_misses(tmp_path: Path) -> None:
    assert "models install" in call(tmp_path, "run", EXAMPLE).stdout
