from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from passerelle.cli.crawling import tell_crawl
from passerelle.cli.desk import Desk
from passerelle.crawling.report import CrawlReport
from passerelle.settings import PROJECT
from schemas.base import Language
from schemas.crawl import CrawlCounts, CrawlEnd
from schemas.source import Source
from tests.cli.conftest import call
from tests.cli.interrupts import heed_interrupts
from tests.crawling.sites import CONTACT, Site, serving

PAGE = "https://exemple.passerelle.example/repertoire/"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of twenty pages, described in the home's sources/."""
    with serving(Site()) as served:
        paths = [f"/p{number}" for number in range(20)]
        for path in paths:
            served.page(path)
        served.sitemap(*paths)
        folder = tmp_path / "home/sources"
        folder.mkdir(parents=True)
        (folder / "essai.yml").write_text(served.source().model_dump_json(), "utf-8")
        yield served


def environment(site: Site) -> dict[str, str]:
    return {"PASSERELLE_CONTACT": CONTACT, "PASSERELLE_ALLOW_HOSTS": f"127.0.0.1:{site.port}"}


def test_the_example_is_crawled_listed_and_shown(tmp_path: Path) -> None:
    done = call(tmp_path, "crawl", "exemple")
    assert done.exit_code == 0, done.output
    assert "all seen" in done.output
    listed = [json.loads(line) for line in call(tmp_path, "raw", "list", "--json").output.splitlines()]
    (entry,) = [line for line in listed if line["url"] == PAGE]
    assert (entry["status"], entry["media_type"]) == (200, "text/html")
    body = (PROJECT / "examples/site/repertoire/index.html").read_bytes()
    assert call(tmp_path, "raw", "show", PAGE).stdout_bytes == body
    assert call(tmp_path, "raw", "show", entry["digest"]).stdout_bytes == body
    assert call(tmp_path, "raw", "show", PAGE, "--at", "2020-01-01").exit_code == 2
    assert PAGE in call(tmp_path, "raw", "list", "--url", PAGE).output


def test_a_dry_run_lists_pages_and_keeps_nothing(tmp_path: Path) -> None:
    done = call(tmp_path, "crawl", "exemple", "--dry-run", "--limit", "2", "--lang", "fr")
    assert done.exit_code == 0, done.output
    assert len([line for line in done.output.splitlines() if line.startswith("exemple  https://")]) == 2
    assert not (tmp_path / "raw").exists()


def test_who_crawls_must_say_who_they_are(tmp_path: Path, site: Site) -> None:
    done = call(tmp_path / "home", "crawl", "essai", PASSERELLE_CONTACT="")
    assert done.exit_code == 2
    assert "PASSERELLE_CONTACT" in done.output
    assert site.asked == []


def test_a_source_that_is_unknown_or_taken_in_by_hand_is_said(tmp_path: Path) -> None:
    assert "exemple" in call(tmp_path, "crawl", "nulle-part").output
    assert call(tmp_path, "crawl", "nulle-part").exit_code == 2
    assert call(tmp_path, "crawl", "--since", "hier").exit_code == 2


def describe(home: Path, source: Source, **changed: object) -> Path:
    path = home / f"sources/{source.name}.yml"
    path.write_text(source.model_copy(update=changed).model_dump_json(), "utf-8")
    return path


def test_a_disabled_source_is_visited_by_no_command_and_only_planned_for(tmp_path: Path, site: Site) -> None:
    home, given = tmp_path / "home", tmp_path / "urls.txt"
    path = describe(home, site.source(), enabled=False)
    given.write_text(f"{site.url}/p1\n", "utf-8")
    for arguments in (("crawl", "essai"), ("crawl", "exemple", "essai"), ("ingest", given, "--source", "essai")):
        refused = call(home, *arguments, **environment(site))
        assert refused.exit_code == 2
        assert f"set enabled: true in {path} first" in refused.stderr
        assert f"enabled: true dans {path}" in call(home, "--lang", "fr", *arguments, **environment(site)).stderr
    assert site.asked == []
    planned = call(home, "crawl", "essai", "--dry-run", **environment(site))
    assert planned.exit_code == 0, planned.output
    assert f"{site.url}/p1" in planned.stdout


def test_a_crawl_cut_by_its_limit_leaves_health_open(tmp_path: Path, site: Site) -> None:
    home = tmp_path / "home"
    describe(home, site.source(), min_initiatives=5)
    assert "limit reached" in call(home, "crawl", "essai", "--limit", "2", **environment(site)).stdout
    state = json.loads(call(home, "sources", "list", "--json").output.splitlines()[0])
    assert (state["health"], state["last"]["end"]) == ("never", "cut")
    assert "seen in part" in call(home, "sources").stdout
    describe(home, site.source(max_pages=2))
    assert call(home, "crawl", "essai", "--limit", "2", **environment(site)).exit_code == 0
    state = json.loads(call(home, "sources", "list", "--json").output.splitlines()[0])
    assert (state["health"], state["last"]["end"]) == ("fine", "limit"), "the source's own limit is its usual crawl"


def test_a_broken_source_file_is_told_in_its_readers_language_and_stops_no_other_source(
    tmp_path: Path, site: Site
) -> None:
    home = tmp_path / "home"
    broken = home / "sources/brise.yml"
    broken.write_text("name: brise\ntitle: {fr: x}\npublisher: x\nlicence: {name: x}\ncouleur: rouge\n", "utf-8")
    (home / "sources/exemple.yml").write_text("name: [", "utf-8")
    done = call(home, "--lang", "fr", "crawl", **environment(site))
    assert done.exit_code == 1, done.output
    assert f"{broken}:5: couleur: ce champ est inconnu" in done.stderr
    assert "exemple.yml:1: file: ce n’est pas du YAML" in done.stderr
    assert "tout est vu" in done.stdout
    assert "exemple " not in done.stdout, "the checkout's file is not taken for the broken one"
    named = call(home, "crawl", "brise", **environment(site))
    assert (named.exit_code, named.stdout) == (2, "")
    assert f"{broken}:5: couleur: this field is unknown" in named.stderr
    assert call(home, "crawl", "essai", **environment(site)).exit_code == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("end", get_args(CrawlEnd))
def test_how_a_crawl_ended_is_whole_on_eighty_columns(
    end: CrawlEnd, language: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    desk = Desk(None, language)
    ended = "limit" if end == "cut" else end  # only kept so
    tell_crawl(desk, [CrawlReport("macommunaute", ended, CrawlCounts(new=1234))])
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert desk.text(f"ended.{ended}") in shown


def test_a_site_that_gives_no_page_is_exit_code_1(tmp_path: Path, site: Site) -> None:
    site.pages.clear()
    done = call(tmp_path / "home", "crawl", "essai", **environment(site))
    assert done.exit_code == 1
    assert "site unreachable" in done.output
    shown = json.loads(call(tmp_path / "home", "sources", "list", "--json").output.splitlines()[0])
    assert (shown["source"], shown["health"]) == ("essai", "failing")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_a_crawl_cleanly_and_the_next_goes_on(tmp_path: Path, site: Site, number: int) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "passerelle", "--home", str(home), "crawl", "essai"]
    reached, released = threading.Event(), threading.Event()

    def hold(_path: str) -> None:
        if len(site.asked) >= 6:
            reached.set()
            released.wait(120)

    site.on_request = hold
    crawl = subprocess.Popen(
        command,
        env={**os.environ, **environment(site), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no thread is in it
    )
    assert reached.wait(120)
    crawl.send_signal(number)
    output, _ = crawl.communicate(timeout=120)
    released.set()
    assert crawl.returncode == 130
    assert "interrupted" in output
    assert list((home / "raw").rglob("*.open")) == []
    stopped_after = len(site.asked_for())
    assert stopped_after == 5, "robots.txt apart, the sixth request was the last"
    assert call(home, "crawl", "essai", **environment(site)).exit_code == 0
    assert len(site.asked_for()) <= 1 + 20 - (stopped_after - 2)
