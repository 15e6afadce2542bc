"""A page that is gone marks its records; they stay, and are as they were when it is back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from passerelle import pipeline
from passerelle.crawling.crawl import crawl_source
from passerelle.crawling.example import LoopbackFetcher, serve_folder
from passerelle.settings import PROJECT
from passerelle.store.log import load_issues
from passerelle.workplace import Workplace, open_workplace

PAGE = "collaborations/escale-maree-haute/index.html"
URL = "https://exemple.passerelle.example/collaborations/escale-maree-haute/"


def initiatives(workplace: Workplace) -> dict[str, Any]:
    records = json.loads((workplace.settings.curated / "current/initiatives.json").read_text("utf-8"))
    return {record["id"]: record for record in records}


def gone(records: dict[str, Any]) -> dict[str, list[str]]:
    """Give the pages that are gone, by record."""
    marked = {id_: [ref["url"] for ref in one["sources"] if ref["gone_at"]] for id_, one in records.items()}
    return {id_: urls for id_, urls in marked.items() if urls}


def as_of(workplace: Workplace) -> str:
    return str(json.loads((workplace.settings.curated / "current/index.json").read_text("utf-8"))["as_of"])


def test_a_record_whose_page_is_gone_stays_is_marked_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL", "PASSERELLE_RAW"):
        monkeypatch.delenv(variable, raising=False)
    site = tmp_path / "site"
    shutil.copytree(PROJECT / "examples/site", site)
    with open_workplace(tmp_path / "home") as workplace, serve_folder(site) as port:
        source = workplace.sources["exemple"]

        def crawl_and_run() -> str:
            crawl_source(source, workplace=workplace, fetcher_factory=lambda _: LoopbackFetcher(port))
            return pipeline.run(workplace).outcome.status

        assert crawl_and_run() == "published"
        before = initiatives(workplace)
        assert gone(before) == {}

        (site / PAGE).rename(tmp_path / "away.html")
        assert crawl_and_run() == "published"
        marked = initiatives(workplace)
        assert set(marked) == set(before), "no record is deleted"
        assert list(gone(marked).values()) == [[URL]]
        (record,) = gone(marked)
        assert marked[record]["description"] == before[record]["description"]
        assert as_of(workplace) >= max(filter(None, (ref["gone_at"] for ref in marked[record]["sources"])))
        with workplace.store.session() as session:
            assert "page-gone" in {line.code for line in load_issues(session)}
        assert crawl_and_run() == "unchanged", "it is news once"

        (tmp_path / "away.html").rename(site / PAGE)
        assert crawl_and_run() == "published"
        back = initiatives(workplace)
        assert gone(back) == {}
        assert back[record]["first_seen"] == before[record]["first_seen"]
        assert back[record]["sources"] == before[record]["sources"]
