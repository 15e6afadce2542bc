"""The ``passerelle sources`` commands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from passerelle.cli import sources as commands
from passerelle.crawling.fetching.answers import Answer, Failure, Outcome
from passerelle.store.crawls import add_counts, finish_crawl, start_crawl
from passerelle.store.database import open_store
from schemas.crawl import CrawlCounts
from tests.cli.conftest import call

GOOD = """\
name: quartier
title: {fr: Quartier}
publisher: Organisme fictif
hosts: [quartier.test]
licence: {name: CC0, spdx: CC0-1.0, attribution: Organisme fictif}
enabled: true
crawl:
  start: [{kind: page, url: "https://quartier.test/"}]
  schedule: {cron: "30 4 * * 1"}
"""


def describe(home: Path, text: str, name: str = "quartier") -> None:
    (home / "sources").mkdir(exist_ok=True)
    (home / "sources" / f"{name}.yml").write_text(text, "utf-8")


def row(output: str, name: str) -> list[str]:
    return next(line for line in output.splitlines() if line.startswith(name)).split()


def test_what_nobody_knows_yet_is_a_dash(tmp_path: Path) -> None:
    describe(tmp_path, GOOD)
    cells = row(call(tmp_path, "sources", "list").stdout, "quartier")
    assert cells[1:4] == ["–", "–", "–"]
    assert cells[-4:] == ["never", "0", "0", "0"]


def test_the_last_visit_and_the_next_are_told(tmp_path: Path) -> None:
    describe(tmp_path, GOOD)
    call(tmp_path, "sources")
    store = open_store(f"sqlite:///{tmp_path / '.passerelle' / 'passerelle.db'}")
    with store.session() as session:
        number = start_crawl(session, "quartier", datetime(2026, 11, 21, 12, tzinfo=UTC)).id
        add_counts(session, number, CrawlCounts(new=3, changed=2, gone=1))
        finish_crawl(session, number, datetime(2026, 11, 21, 13, tzinfo=UTC), "done")
    store.close()
    line = " ".join(row(call(tmp_path, "sources", TZ="UTC").stdout, "quartier"))
    assert "+3 ~2 −1" in line
    told = [json.loads(line) for line in call(tmp_path, "sources", "list", "--json").stdout.splitlines()]
    state = next(state for state in told if state["source"] == "quartier")
    assert state["last"]["started"] == "2026-11-21T12:00:00Z"
    assert state["next_run"] == "2026-11-23T09:30:00Z"
    assert state["records"] == {"pages": 0, "initiatives": 0, "news": 0}


def test_good_files_are_said_to_be(tmp_path: Path) -> None:
    result = call(tmp_path, "sources", "check")
    assert result.exit_code == 0
    assert "nothing to correct" in result.stdout


def test_every_problem_is_printed_and_the_exit_code_is_2(tmp_path: Path) -> None:
    describe(tmp_path, GOOD + "couleur: rouge\n")
    describe(tmp_path, "name: [", "autre")
    result = call(tmp_path, "sources", "check")
    assert result.exit_code == 2
    assert f"error: {tmp_path / 'sources' / 'quartier.yml'}:10: couleur: this field is unknown" in result.stdout
    assert f"{tmp_path / 'sources' / 'autre.yml'}:1: file: this is not YAML" in result.stdout
    french = call(tmp_path, "--lang", "fr", "sources", "check").stdout
    assert ":10: couleur: ce champ est inconnu" in french


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    describe(tmp_path, GOOD.replace("spdx: CC0-1.0, ", ""))
    result = call(tmp_path, "sources", "check")
    assert result.exit_code == 0
    assert "warning: " in result.stdout


class Site:
    """A site that stands here; used in place of the fetcher."""

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def fetch(self, url: str) -> Outcome:
        if url != "https://quartier.test/":
            return Failure("gone", "404", url)
        body = b"<html lang=fr><title>Le Quartier</title><p>Bonjour"
        return Answer(
            url=url, url_asked=url, status=200, reason="OK", http_version="HTTP/1.1", request_head=b"",
            headers=(("Content-Type", "text/html"),), payload=body, body=body, seconds=0.0, address="192.0.2.1",
            fetched_at=datetime(2026, 11, 21, tzinfo=UTC),
        )  # fmt: skip


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_fetcher", lambda _desk, _contact: Site())


@pytest.mark.usefixtures("site")
def test_a_draft_is_written_once_and_passes_the_check(tmp_path: Path) -> None:
    made = call(tmp_path, "sources", "new", "https://quartier.test/")
    assert made.exit_code == 0
    path = tmp_path / "sources" / "quartier.yml"
    text = path.read_text("utf-8")
    assert "Le Quartier" in text
    assert call(tmp_path, "sources", "check").exit_code == 0
    again = call(tmp_path, "sources", "new", "https://quartier.test/")
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert path.read_text("utf-8") == text


@pytest.mark.usefixtures("site")
def test_a_draft_can_be_shown_without_a_file(tmp_path: Path) -> None:
    shown = call(tmp_path, "sources", "new", "https://quartier.test/", "--print", "--name", "exemple-deux")
    assert "name: exemple-deux" in shown.stdout
    assert not (tmp_path / "sources").exists()


@pytest.mark.usefixtures("site")
def test_a_draft_does_not_hide_a_source_of_the_project(tmp_path: Path) -> None:
    result = call(tmp_path, "sources", "new", "https://quartier.test/", "--name", "exemple")
    assert result.exit_code == 2
    assert "exemple.yml" in result.stderr


@pytest.mark.usefixtures("site")
def test_a_site_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    result = call(tmp_path, "sources", "new", "https://perdu.test/")
    assert result.exit_code == 4
    assert result.stderr.splitlines() == ["Error: https://perdu.test/ cannot be read: 404"]


def test_nobody_visits_a_site_without_a_name(tmp_path: Path) -> None:
    result = call(tmp_path, "sources", "new", "https://quartier.test/", PASSERELLE_CONTACT="")
    assert result.exit_code == 2
    assert "PASSERELLE_CONTACT" in result.stderr
