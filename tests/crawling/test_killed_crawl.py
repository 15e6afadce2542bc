"""A crawl killed at any moment loses no capture, doubles none, and leaves the index right."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from passerelle.crawling.archive import list_captures, read_body
from passerelle.store.captures import all_captures
from passerelle.store.crawls import crawls_of
from passerelle.workplace import open_workplace
from tests.conftest import make_database
from tests.crawling.sites import Site, serving

MOMENTS = 20
PAGES = 20
REQUESTS = PAGES + 2
"""Besides the pages: robots.txt and the sitemap."""

DRIVER = """
import json, os, sys
from pathlib import Path
from passerelle.crawling.archive import writing
from passerelle.crawling.crawl import crawl_source
from passerelle.store.crawls import crawls_of
from passerelle.workplace import open_workplace
from schemas.source import Source
from tests.crawling.sites import Site

writing.SYNC_ANSWERS = 7  # so that kills meet syncs too
site, source = Site(port=int(sys.argv[1])), Source.model_validate_json(sys.argv[2])

def crawl(home):
    with open_workplace(Path(home)) as workplace:
        report = crawl_source(source, workplace=workplace, fetcher_factory=site.fetcher)
    print(json.dumps([report.end, report.crawl, report.counts.new]), flush=True)

for line in sys.stdin:  # a child for each run: importing everything anew would take longer than the test may
    home, url = line.split()
    child = os.fork()
    if child == 0:
        os.environ["PASSERELLE_DATABASE_URL"] = url
        crawl(home)
        os._exit(0)
    print(child, flush=True)
    print("status", os.waitpid(child, 0)[1], flush=True)
"""


class Driver:
    """Runs crawls in processes of their own, one at a time."""

    def __init__(self, site: Site) -> None:
        source = site.source(max_pages=200).model_dump_json()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PASSERELLE")}
        self._process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(site.port), source],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def start(self, home: Path, database: str) -> int:
        """Start a crawl; give the id of its process."""
        assert self._process.stdin
        print(home, database, file=self._process.stdin, flush=True)
        return int(self._line())

    def wait(self) -> tuple[int, list[object] | None]:
        """Wait for the end of a crawl; give its status and, where it came to its end, what it reported."""
        report = None
        while not (line := self._line()).startswith("status"):
            report = json.loads(line)
        return int(line.split()[1]), report

    def close(self) -> None:
        self._process.communicate(timeout=600)

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


class Gate:
    """Lets so many requests through, and holds those that come after them until it is opened wide."""

    def __init__(self, requests: int) -> None:
        self._left, self._lock = requests, threading.Lock()
        self.reached, self._wide = threading.Event(), threading.Event()

    def __call__(self, _path: str) -> None:
        with self._lock:
            self._left -= 1
            is_held = self._left < 0
            if self._left <= 0:
                self.reached.set()
        if is_held:
            self._wide.wait(120)

    def open(self) -> None:
        self._wide.set()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Callable[[Path], str]:
    """Give what makes an empty database for a home."""
    if request.param == "sqlite":
        return lambda home: f"sqlite:///{home / '.passerelle/passerelle.db'}"
    server = request.getfixturevalue("postgres")
    return lambda home: make_database(server, f"killed_{home.name.replace('-', '_')}")


def is_finished(home: Path) -> bool:
    with open_workplace(home) as workplace, workplace.store.session() as session:
        runs = crawls_of(session, "essai")
    return bool(runs) and runs[0].finished is not None


def check(home: Path, site: Site) -> None:
    """Every page is captured once, readable, and in the index exactly as in the database."""
    with open_workplace(home) as workplace:
        with workplace.store.session() as session:
            captures = list(all_captures(session))
        raw = workplace.raw
        index = {(entry.place.path, entry.place.offset): entry for entry in list_captures(raw)}
    assert Counter(capture.page for capture in captures) == Counter(f"{site.url}/p{n}" for n in range(PAGES))
    for capture in captures:
        path = capture.page.removeprefix(site.url)
        assert read_body(raw, capture.place, capture.digest) == site.pages[path].body
        assert index[capture.place.path, capture.place.offset].digest == capture.digest
    answered = [entry for entry in index.values() if entry.url.removeprefix(site.url).startswith("/p")]
    assert len(answered) == PAGES, "no page was asked for twice once it was archived"
    assert not list(raw.open_folder.rglob("*.open"))


@pytest.mark.slow
def test_a_crawl_killed_at_twenty_moments_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_database: Callable[[Path], str]
) -> None:
    """Each is killed a few thousandths of a second after one of its requests, while the next one is held back.

    So no crawl but the last can come to its end before, however fast the machine is.
    """
    dice, killed = random.Random(20260501), 0
    with serving(Site()) as site:
        for number in range(PAGES):
            site.page(f"/p{number}", "Un projet. " * 50)
        site.sitemap(*(f"/p{number}" for number in range(PAGES)))
        driver = Driver(site)
        for moment in range(1, MOMENTS + 1):
            requests = REQUESTS * moment // MOMENTS
            home = tmp_path / f"home-{moment}"
            database = new_database(home)
            site.on_request = gate = Gate(requests)
            child = driver.start(home, database)
            assert gate.reached.wait(120)
            time.sleep(dice.random() / 50)
            with suppress(ProcessLookupError):  # the last one may have come to its end
                os.kill(child, signal.SIGKILL)
            driver.wait()
            gate.open()
            site.on_request = lambda _path: None
            monkeypatch.setenv("PASSERELLE_DATABASE_URL", database)
            if not is_finished(home):
                killed += 1
                driver.start(home, database)
                assert driver.wait() == (0, ["done", 1, PAGES]), f"killed after {requests} requests"
            check(home, site)
        driver.close()
    assert killed >= MOMENTS - 1
