from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from flows.deployments import as_yaml, is_current
from schemas.base import LanguageMap
from schemas.release import Licence
from schemas.source import Crawl, Schedule, Source, StartPoint
from tests.cli.conftest import call

GOLDEN = Path(__file__).with_name("prefect.yaml")


def a_source(name: str, cron: str | None = None, *, enabled: bool = True, is_crawled: bool = True) -> Source:
    schedule = Schedule(cron=cron) if cron else None
    crawl = Crawl(start=(StartPoint(kind="page", url=f"https://{name}.test/"),), schedule=schedule)
    return Source(
        name=name,
        title=LanguageMap(fr=f"La source « {name} »"),
        publisher=name,
        licence=Licence(name="x"),
        enabled=enabled,
        crawl=crawl if is_crawled else None,
    )


SOURCES = {
    source.name: source
    for source in (
        a_source("journal", "30 5 * * 1"),
        a_source("annuaire"),
        a_source("endormie", "0 1 * * *", enabled=False),
        a_source("versee", is_crawled=False),
    )
}


def test_the_file_is_what_it_should_be() -> None:
    assert as_yaml(SOURCES) == GOLDEN.read_text("utf-8")


def test_only_enabled_sources_are_crawled_and_every_schedule_is_named_and_explicit() -> None:
    made = yaml.safe_load(as_yaml(SOURCES))["deployments"]
    assert [one["name"] for one in made] == ["crawl-annuaire", "crawl-journal", "process-and-publish"]
    for schedule in (schedule for one in made for schedule in one["schedules"]):
        assert schedule["active"] is True
        assert schedule["slug"]
        assert schedule["timezone"] == "America/Toronto"


def test_the_order_of_the_sources_does_not_matter() -> None:
    assert as_yaml(dict(reversed(SOURCES.items()))) == as_yaml(SOURCES)


def test_a_file_that_no_longer_follows_the_sources_is_said_to_be_old(tmp_path: Path) -> None:
    path = tmp_path / "prefect.yaml"
    assert not is_current(path, SOURCES)
    path.write_text(as_yaml(SOURCES), "utf-8")
    assert is_current(path, SOURCES)
    assert not is_current(path, SOURCES | {"autre": a_source("autre")})


def test_deploy_writes_the_file_and_checks_it(tmp_path: Path) -> None:
    assert call(tmp_path, "deploy", "--check").exit_code == 2
    assert call(tmp_path, "deploy").exit_code == 0
    assert call(tmp_path, "deploy", "--check").exit_code == 0
    assert "crawl-exemple" in (tmp_path / "prefect.yaml").read_text("utf-8")


def test_writing_deployments_needs_no_prefect() -> None:
    code = "import sys, flows.deployments; print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
