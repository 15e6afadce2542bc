"""The ``passerelle sources`` commands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from passerelle.cli import sources as commands
from passerelle.crawling.fetching.answers import Answer, Failure, Outcome
from passerelle.store.crawls import Queued, add_counts, finish_crawl, save_visits, start_crawl
from passerelle.store.database import open_store
from schemas.crawl import CrawlCounts, Visit
from schemas.source import load_source
from tests.cli.conftest import call
from tests.crawling.fetching.faults import FakeClock
from tests.crawling.sites import Answer as SiteAnswer
from tests.crawling.sites import Site as LoopbackSite
from tests.crawling.sites import serving

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


SCHEDULE = """  schedule: {cron: "30 4 * * 1"}\n"""


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


def a_past(home: Path, *runs: tuple[int, CrawlCounts]) -> None:
    """Note runs of some days ago."""
    store = open_store(f"sqlite:///{home / '.passerelle' / 'passerelle.db'}")
    with store.session() as session:
        for days, counts in runs:
            began = datetime.now(UTC) - timedelta(days=days)
            number = start_crawl(session, "quartier", began).id
            add_counts(session, number, counts)
            finish_crawl(session, number, began + timedelta(minutes=5), "done")
    store.close()


@pytest.mark.parametrize(
    ("more", "runs", "health"),
    [
        ("", ((2, CrawlCounts(new=9)), (1, CrawlCounts(unchanged=9))), "fine"),
        ("", ((190, CrawlCounts(new=9)), (100, CrawlCounts(unchanged=9)), (1, CrawlCounts(unchanged=9))), "silent"),
        ("", ((2, CrawlCounts(new=9)), (1, CrawlCounts(unchanged=4, gone=5))), "silent"),
        ("min_initiatives: 1\n", ((2, CrawlCounts(new=9)), (1, CrawlCounts(unchanged=9))), "silent"),
        ("", ((2, CrawlCounts(new=9)), (1, CrawlCounts(unchanged=3, failed=4))), "failing"),
        ("", ((30, CrawlCounts(new=9)), (9, CrawlCounts(unchanged=9))), "late"),
    ],
)
def test_health_says_who_is_silent_failing_or_late(
    tmp_path: Path, more: str, runs: tuple[tuple[int, CrawlCounts], ...], health: str
) -> None:
    text = GOOD.replace("30 4 * * 1", "30 4 * * *") if health == "late" else GOOD.replace(SCHEDULE, "")
    describe(tmp_path, text + more)
    call(tmp_path, "sources")
    a_past(tmp_path, *runs)
    assert row(call(tmp_path, "sources", "list").stdout, "quartier")[-4] == health


def test_failing_urls_and_pages_by_script_are_counted(tmp_path: Path) -> None:
    describe(tmp_path, GOOD.replace(SCHEDULE, ""))
    call(tmp_path, "sources")
    a_past(tmp_path, (1, CrawlCounts(new=3)))
    store = open_store(f"sqlite:///{tmp_path / '.passerelle' / 'passerelle.db'}")
    url = "https://quartier.test/"
    visits = [
        Visit(source="quartier", url=url, fetch_url=url, outcome="ok", problem="scripted-page"),
        Visit(source="quartier", url=f"{url}a", fetch_url=f"{url}a", outcome="failed"),
        Visit(source="quartier", url=f"{url}b", fetch_url=f"{url}b", outcome="blocked"),
        Visit(source="quartier", url=f"{url}robots.txt", fetch_url=f"{url}robots.txt", kind="robots", outcome="ok"),
    ]
    with store.session() as session:
        save_visits(session, [Queued(visit, 1, "done") for visit in visits])
    store.close()
    line = " ".join(row(call(tmp_path, "sources", "list").stdout, "quartier"))
    assert "+3 ~0 −0 2 " in line
    assert "fine · 1 by script" in line


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


def test_a_draft_looks_at_robots_sitemap_feeds_languages_and_generator_of_a_site_on_ones_own_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr("passerelle.crawling.fetching.fetch.SystemClock", lambda _stop: clock)
    with serving(LoopbackSite()) as site:
        head = (
            '<meta name="generator" content="WordPress 6.4"><link rel="alternate" type="application/feed+json"'
            ' href="/flux.json"><link rel="alternate" hreflang="en" href="/en/">'
        )
        site.page("/", "Bonjour", head=head)
        site.page("/en/", "Hello")
        site.sitemap("/", "/en/", path="/plan.xml")
        robots = f"User-agent: *\nCrawl-delay: 9\nSitemap: {site.url}/plan.xml\n"
        site.pages["/robots.txt"] = SiteAnswer(robots.encode(), media_type="text/plain")
        feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a"}]}'
        site.pages["/flux.json"] = SiteAnswer(feed.encode(), media_type="application/feed+json")
        new = ("sources", "new", f"{site.url}/", "--name", "voisin", "--contact", "moi@exemple.test")
        refused = call(tmp_path, *new)
        assert refused.exit_code == 4
        assert site.asked == [], "a private address is not visited unless it is allowed"
        assert "name HOST:PORT in PASSERELLE_ALLOW_HOSTS" in refused.stderr
        made = call(tmp_path, *new, PASSERELLE_ALLOW_HOSTS=f"127.0.0.1:{site.port}")
        assert made.exit_code == 0, made.output
        for said in ("robots.txt asks for 9 s", "plan.xml: pages 2", "(json 1.1): entries 1", "WordPress 6.4"):
            assert said in made.stderr
    source = load_source(tmp_path / "sources" / "voisin.yml")
    assert source.crawl
    assert [start.kind for start in source.crawl.start] == ["sitemap", "feed", "listing"]
    assert source.languages == ("fr", "en")
    assert source.crawl.pace == 9.0
    assert not source.enabled
    assert source.hosts == ("127.0.0.1",)
