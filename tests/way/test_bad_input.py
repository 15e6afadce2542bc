"""Bad input: one clear line in the issue log, the documented exit code, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from passerelle.crawling.archive import read_body
from passerelle.store.captures import all_captures
from passerelle.workplace import open_workplace
from schemas.capture import digest_of
from tests.cli.conftest import call

GOOD = """<html lang="fr"><title>Projet Grand Large</title><main><h1>Projet Grand Large</h1>
<p>Le projet Grand Large est mené par l’organisme La Vigie de Matane en partenariat avec le CISSS du
Bas-Saint-Laurent. Il offre des ateliers gratuits de prévention de la violence aux jeunes de 12 à 17 ans de Matane.</p>
<h2>Description de la collaboration</h2><p>Des intervenant.es des deux milieux animent ces ateliers dans les écoles
de la ville, à la demande des directions, et accompagnent ensuite les jeunes vers les services.</p></main>"""
SPANISH = """<html lang="es"><title>Cocina abierta</title><main><h1>Cocina abierta</h1><p>Cada jueves las familias del
barrio cocinan juntas con la ayuda de una trabajadora social y de los voluntarios del centro comunitario. El proyecto es
gratuito y está abierto a todas las personas que viven en la ciudad desde hace menos de cinco años.</p></main>"""
NO_INITIATIVE = """<html lang="fr"><title>Heures d’ouverture</title><main><h1>Heures d’ouverture</h1><p>Le bureau est
ouvert du lundi au vendredi, de 9 h à 16 h 30. Il est fermé les jours fériés, et du 24 décembre au 3
janvier.</p></main>"""
CASES: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "empty-file"),
    "a picture named .html": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "not-text"),
    "a PDF named .html": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "not-text"),
    "a page of 50 MB": (b"<html><p>" + b"Le projet Grand Large. " * 2_200_000, "too-large"),
    "a page in Spanish": (SPANISH.encode(), "other-language"),
    "a page with no initiative": (NO_INITIATIVE.encode(), "no-initiative"),
    "a page that needs JavaScript": (
        b"<html lang='fr'><div id='root'></div><script>go()</script></html>",
        "script-only",
    ),
}


def run(tmp_path: Path, files: dict[str, bytes], **top: Any) -> Result:
    entries = [
        {"path": name, "url": f"https://vigie.test/{name}", "source": "vigie", "captured_at": "2026-05-01T12:00:00Z"}
        for name in files
    ]
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"captures": entries} | top), "utf-8")
    return call(tmp_path / "home", "run", manifest)


def issues(tmp_path: Path) -> list[dict[str, Any]]:
    log = (tmp_path / "home/curated/current/issues.ndjson").read_text("utf-8")
    return [line for line in map(json.loads, log.splitlines()) if line["code"] not in ("unknown-source", "no-engine")]


def names(tmp_path: Path) -> list[str]:
    records = json.loads((tmp_path / "home/curated/current/initiatives.json").read_text("utf-8"))
    return [record["name"]["fr"] for record in records]


def archived(tmp_path: Path) -> set[bytes]:
    with open_workplace(tmp_path / "home") as workplace, workplace.store.session() as session:
        return {read_body(workplace.settings.raw, c.place, c.digest) for c in all_captures(session)}


@pytest.mark.parametrize("case", CASES)
def test_one_bad_page_is_one_line_and_the_good_page_is_published(tmp_path: Path, case: str) -> None:
    bad, code = CASES[case]
    done = run(tmp_path, {"bad.html": bad, "good.html": GOOD.encode()})
    assert done.exit_code == 0, done.stderr
    (issue,) = issues(tmp_path)
    assert (issue["code"], issue["page"], issue["digest"]) == (code, "https://vigie.test/bad.html", digest_of(bad))
    assert issue["message"].endswith((".", "!"))
    assert names(tmp_path) == ["Projet Grand Large"]
    assert archived(tmp_path) == {bad, GOOD.encode()}


def test_a_page_in_another_charset_than_it_says_is_read_right_and_said(tmp_path: Path) -> None:
    page = GOOD.replace('lang="fr">', 'lang="fr"><meta charset="utf-8">').replace("Grand Large", "Grande Marée")
    assert run(tmp_path, {"bad.html": page.encode("windows-1252", errors="replace")}).exit_code == 0
    assert names(tmp_path) == ["Projet Grande Marée"]
    (issue,) = issues(tmp_path)
    assert issue["code"] == "wrong-charset"
    assert "utf-8" in issue["message"]
    assert "windows-1252" in issue["message"]


def test_two_pages_claiming_one_url_are_both_kept_and_the_last_is_read(tmp_path: Path) -> None:
    other = GOOD.replace("Grand Large", "Petit Quai").encode()
    (tmp_path / "a.html").write_bytes(GOOD.encode())
    (tmp_path / "b.html").write_bytes(other)
    entry = {"url": "https://vigie.test/projet", "source": "vigie", "captured_at": "2026-05-01T12:00:00Z"}
    (tmp_path / "manifest.json").write_text(
        json.dumps({"captures": [{"path": n} | entry for n in ("a.html", "b.html")]})
    )
    assert call(tmp_path / "home", "run", tmp_path / "manifest.json").exit_code == 0
    assert [issue["code"] for issue in issues(tmp_path)] == ["url-claimed-twice"]
    assert names(tmp_path) == ["Projet Petit Quai"]
    assert archived(tmp_path) == {GOOD.encode(), other}


def test_unknown_keys_of_a_manifest_are_said_and_cost_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, {"good.html": GOOD.encode()}, owner="somebody").exit_code == 0
    assert [issue["code"] for issue in issues(tmp_path)] == ["unknown-manifest-key"]
    assert names(tmp_path) == ["Projet Grand Large"]


def test_a_file_that_is_missing_gives_exit_code_1_and_the_others_are_published(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    entries = [
        {"path": name, "url": f"https://vigie.test/{name}", "source": "vigie", "captured_at": "2026-05-01T12:00:00Z"}
        for name in ("good.html", "missing.html")
    ]
    (tmp_path / "good.html").write_text(GOOD, "utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps({"captures": entries}), "utf-8")
    assert call(tmp_path / "home", "run", tmp_path / "manifest.json").exit_code == 1
    assert [issue["code"] for issue in issues(tmp_path)] == ["file-not-found"]
    assert names(tmp_path) == ["Projet Grand Large"]


@pytest.mark.parametrize("manifest", ["", "{", '{"pages": []}'])
def test_a_manifest_that_cannot_be_read_gives_exit_code_2_and_one_line(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    done = call(tmp_path / "home", "run", tmp_path / "manifest.json")
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "manifest.json" in done.stderr


def test_nothing_but_bad_pages_publishes_no_initiative_and_says_why(tmp_path: Path) -> None:
    done = run(tmp_path, {"bad.html": b""})
    assert done.exit_code in (0, 3)
    assert "empty-file" in call(tmp_path / "home", "issues").stdout
