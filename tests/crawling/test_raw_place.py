"""PASSERELLE_RAW: the archive in a bucket, from the crawl to the release, crashes included."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest

from examples.golden import MANIFEST
from passerelle import pipeline
from passerelle.crawling.archive import ArchiveError, UnreachableError, list_captures
from passerelle.crawling.archive.places import RemotePlace
from passerelle.crawling.crawl import crawl_source
from passerelle.crawling.example import LoopbackFetcher, serve_folder
from passerelle.crawling.ingest import ingest_manifest
from passerelle.crawling.report import CrawlReport
from passerelle.settings import PROJECT, load_settings
from passerelle.store.captures import all_captures
from passerelle.store.log import load_issues
from passerelle.workplace import Workplace, open_workplace
from tests.cli.conftest import call
from tests.crawling.sites import Site, serving

SITE = PROJECT / "examples/site"
PAGE = "https://exemple.passerelle.example/en/directory/"

KILLED = """
import os, sys
from importlib import import_module
from pathlib import Path
from passerelle.crawling.archive import writing
from passerelle.crawling.crawl import crawl_source
from passerelle.workplace import open_workplace
from schemas.source import Source
from tests.crawling.sites import Site

writing.SYNC_ANSWERS = 2
site, source, asked = Site(port=int(sys.argv[1])), Source.model_validate_json(sys.argv[2]), []

class Deadly:
    def __getattr__(self, name):
        return getattr(self.fetcher, name)
    def __enter__(self):
        self.fetcher = site.fetcher().__enter__()
        return self
    def __exit__(self, *told):
        self.fetcher.__exit__(*told)
    def fetch(self, url, **how):
        asked.append(url)
        if len(asked) == 6:
            (left,) = Path(sys.argv[3]).rglob("*.warc.gz.open")
            with left.open("ab") as stream:  # the half of a record
                stream.write(b"\\x1f\\x8b\\x08 a record that")
            os._exit(9)
        return self.fetcher.fetch(url, **how)

with open_workplace(Path(sys.argv[3])) as workplace:
    crawl_source(source, workplace=workplace, fetcher_factory=lambda _: Deadly())
"""


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, s3_url: str) -> None:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PASSERELLE_RAW", s3_url)


def crawl_example(workplace: Workplace) -> CrawlReport:
    source = workplace.sources["exemple"]
    with serve_folder(SITE) as port:
        return crawl_source(source, workplace=workplace, fetcher_factory=lambda _: LoopbackFetcher(port))


def test_a_crawl_into_a_bucket_goes_the_whole_way_and_leaves_nothing_in_the_home(tmp_path: Path, s3_url: str) -> None:
    home = tmp_path / "home"
    with open_workplace(home) as workplace:
        assert crawl_example(workplace).counts.new == 7
        first = pipeline.run(workplace)
        assert first.outcome.status == "published"
        assert crawl_example(workplace).counts.unchanged == 7
        assert pipeline.run(workplace).outcome.status == "unchanged"
        assert isinstance(workplace.raw, RemotePlace)
        assert len([path for path in workplace.raw.list(".warc.gz") if path.startswith("exemple/")]) == 2
    assert not (home / "raw").exists()
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("AWS_", "PASSERELLE_RAW"))}
    assert call(home, "doctor", **environment).exit_code == 0
    assert PAGE in call(home, "raw", "list", "--json", **environment).stdout
    shown = call(home, "raw", "show", PAGE, **environment)
    assert shown.exit_code == 0
    assert shown.stdout_bytes == (SITE / "en/directory/index.html").read_bytes()


def test_files_given_by_hand_go_into_the_bucket_too(tmp_path: Path) -> None:
    with open_workplace(tmp_path / "home") as workplace:
        report = ingest_manifest(MANIFEST, store=workplace.store, raw=workplace.raw, sources=workplace.sources)
        assert report.new > 0
        assert pipeline.run(workplace).outcome.status == "published"
        assert len(list(list_captures(workplace.raw))) == report.new


def test_what_a_killed_crawl_left_half_written_is_cut_and_brought_into_the_bucket(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(Site()) as site:
        paths = tuple(f"/p{number}" for number in range(8))
        for path in paths:
            site.page(path, "Un projet.")
        site.sitemap(*paths)
        source = site.source()
        command = [sys.executable, "-c", KILLED, str(site.port), source.model_dump_json(), str(home)]
        assert subprocess.run(command, cwd=PROJECT, check=False, timeout=300).returncode == 9
        with open_workplace(home) as workplace:
            assert list(workplace.raw.list("")) == [], "nothing half-written is in the bucket"
            report = crawl_source(source, workplace=workplace, fetcher_factory=site.fetcher)
            assert (report.end, report.counts.new) == ("done", 8)
            assert [line.code for line in report.issues] == ["archive-recovered"]
            assert list(workplace.raw.open_folder.rglob("*.open")) == []
            with workplace.store.session() as session:
                captures = list(all_captures(session))
            assert sorted(capture.page for capture in captures) == sorted(f"{site.url}{path}" for path in paths)
            index = {(entry.place.path, entry.place.offset) for entry in list_captures(workplace.raw)}
            assert {(capture.place.path, capture.place.offset) for capture in captures} <= index
    assert [path for path, _ in site.asked].count("/p0") == 1, "what was archived is not asked for again"


def test_a_bucket_that_does_not_answer_stops_the_reading_and_harms_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workplace(tmp_path / "home") as workplace:
        crawl_example(workplace)
        with monkeypatch.context() as patched:

            def away(*_: object) -> NoReturn:
                raise UnreachableError("away")

            patched.setattr(RemotePlace, "read", away)
            with pytest.raises(UnreachableError):
                pipeline.extract(workplace)
            report = crawl_example(workplace)
            assert report.end == "failed"
            assert "away" in report.issues[-1].message
        assert crawl_example(workplace).end == "done"
        pipeline.extract(workplace)
        with workplace.store.session() as session:
            assert "archive-damaged" not in {line.code for line in load_issues(session)}


def test_without_its_library_a_bucket_says_which_extra_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = import_module("fsspec.registry")._registry
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(known, "s3", raising=False)  # where it was imported already
    with open_workplace(tmp_path) as workplace, pytest.raises(ArchiveError, match=r"pip install 'passerelle\[s3\]'"):
        assert workplace.raw
    result = call(tmp_path, "raw", "list", PASSERELLE_RAW=load_settings(tmp_path).raw)  # type: ignore[arg-type]
    assert result.exit_code == 4
    assert "passerelle[s3]" in result.stderr


def test_a_folder_of_its_own_or_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_RAW", str(tmp_path / "elsewhere"))
    assert load_settings(tmp_path / "home").raw == tmp_path / "elsewhere"
    monkeypatch.delenv("PASSERELLE_RAW")
    assert load_settings(tmp_path / "home").raw == tmp_path / "home" / "raw"
