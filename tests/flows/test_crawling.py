from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import crawling
from flows.crawling import CrawlFailedError, SourceUnreachableError, crawl_one
from tests.crawling.sites import Site, serving

Told = dict[str, Any]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Catch what would go to a Prefect server."""
    caught: Told = {"events": [], "tables": []}

    def emit(event: str, resource: dict[str, str], payload: Told) -> None:
        caught["events"].append((event, resource["prefect.resource.id"], payload))

    def table(rows: list[Told], key: str, description: str) -> None:
        caught["tables"].append((key, rows))

    monkeypatch.setattr(crawling, "emit_event", emit)
    monkeypatch.setattr(crawling, "create_table_artifact", table)
    return caught


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PASSERELLE_CONTACT", "https://passerelle.example/robot")
    return tmp_path / "home"


@pytest.fixture
def site(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site of four pages, described in the home's sources/."""
    with serving(Site()) as served:
        paths = ("/a", "/b", "/c", "/d")
        for path in paths:
            served.page(path)
        served.sitemap(*paths)
        (home / "sources").mkdir(parents=True)
        text = served.source().model_dump_json()
        (home / "sources/essai.yml").write_text(text, "utf-8")
        monkeypatch.setenv("PASSERELLE_ALLOW_HOSTS", f"127.0.0.1:{served.port}")
        yield served


def test_a_crawl_leaves_its_counts_and_no_event_where_all_is_well(home: Path, site: Site, told: Told) -> None:
    assert crawl_one.fn(str(home), "essai", None) == "done"
    ((key, (row,)),) = told["tables"]
    assert key == "crawl-essai"
    assert (row["new"], row["end"], row["health"]) == (4, "done", "fine")
    assert told["events"] == []


def test_a_site_that_does_not_answer_is_an_event_and_may_be_asked_again(home: Path, site: Site, told: Told) -> None:
    site.pages.clear()
    with pytest.raises(SourceUnreachableError):
        crawl_one.fn(str(home), "essai", None)
    ((event, resource, payload),) = told["events"]
    assert (event, resource) == ("passerelle.source.failed", "passerelle.source.essai")
    assert payload["said"]


def test_a_source_gone_silent_is_an_event_and_no_failure(home: Path, site: Site, told: Told) -> None:
    crawl_one.fn(str(home), "essai", None)
    for path in ("/b", "/c", "/d"):
        site.pages.pop(path)
    site.sitemap("/a")
    assert crawl_one.fn(str(home), "essai", None) == "done"
    assert [event for event, _, _ in told["events"]] == ["passerelle.source.silent"]


def test_a_source_that_nobody_describes_says_what_to_do(home: Path, told: Told) -> None:
    with pytest.raises(CrawlFailedError, match="passerelle deploy"):
        crawl_one.fn(str(home), "essai", None)


def test_a_source_disabled_after_it_was_scheduled_is_not_visited(home: Path, site: Site, told: Told) -> None:
    disabled = site.source().model_copy(update={"enabled": False})
    (home / "sources/essai.yml").write_text(disabled.model_dump_json(), "utf-8")
    with pytest.raises(CrawlFailedError, match="passerelle deploy"):
        crawl_one.fn(str(home), "essai", None)
    assert site.asked == []
