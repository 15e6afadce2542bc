"""Whole crawls of a site that misbehaves: what is archived, what is logged, what was asked for and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from passerelle.crawling.archive import list_captures, read_body
from passerelle.crawling.crawl import crawl_source
from passerelle.crawling.fetching.fetch import Fetcher
from passerelle.crawling.report import CrawlReport
from passerelle.store.log import load_issues
from passerelle.workplace import Workplace
from schemas.base import LanguageMap
from schemas.release import Licence
from schemas.source import Crawl, Source
from tests.crawling.fetching.faults import FakeClock, FaultServer, reply

GOOD = reply("<html lang='fr'><h1>Maison des jeunes</h1><p>Un projet.</p></html>")
ROBOTS = ("/robots.txt", 0.0)
Archived = Sequence[tuple[str, str, str | None]]
"""Status, why, and how it was cut, of the records of a page."""


@dataclass(frozen=True)
class Record:
    """A record of an answer, with what its metadata record says of it."""

    path: str
    status: str
    why: str
    truncated: str | None = None


@dataclass
class Met:
    """What a crawl left behind."""

    report: CrawlReport
    archived: list[Record]
    logged: list[tuple[str, str]]
    """Code and path."""
    asked: list[tuple[str, float]]

    def archived_of(self, path: str) -> list[tuple[str, str, str | None]]:
        return [(one.status, one.why, one.truncated) for one in self.archived if one.path == path]

    def asked_of(self, path: str) -> list[float]:
        return [at for asked, at in self.asked if asked == path]


def answers_in(warc: Path) -> Iterator[Record]:
    """Read the records of answers with another reader, which checks their digests."""
    about: dict[str, str] = {}
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            fields = record.rec_headers
            if record.rec_type == "metadata":
                lines = record.content_stream().read().decode().splitlines()
                about = dict(line.partition(": ")[::2] for line in lines)
            elif record.rec_type in {"response", "revisit"}:
                path = "/" + fields.get_header("WARC-Target-URI").split("/", 3)[3]
                record.content_stream().read()
                yield Record(
                    path, record.http_headers.get_statuscode(), about["why"], fields.get_header("WARC-Truncated")
                )


def path_of(url: str | None) -> str:
    return "/" + (url or "").split("/", 3)[-1]


def meet(
    workplace: Workplace,
    server: FaultServer,
    fetcher: Fetcher,
    *start: str | dict[str, str],
    host: str = "127.0.0.1",
    **crawl: Any,
) -> Met:
    """Crawl some start points, paths of pages or whole, at a pace of a second."""
    points = [{"kind": "page", "url": one} if isinstance(one, str) else one for one in start]
    placed = [point | {"url": server.url(point["url"], host=host)} for point in points]
    source = Source(
        name="essai",
        title=LanguageMap(fr="Essai"),
        publisher="Essai",
        hosts=(host,),
        licence=Licence(name="x"),
        enabled=True,
        crawl=Crawl.model_validate({"start": placed, "pace": 1, "depth": 0} | crawl),
    )
    report = crawl_source(source, workplace=workplace, fetcher_factory=lambda _: fetcher)
    with workplace.store.session() as session:
        logged = [(issue.code, path_of(issue.page)) for issue in load_issues(session) if issue.stage == "crawl"]
    archived = [
        one for warc in sorted((workplace.settings.home / "raw").rglob("*.warc.gz")) for one in answers_in(warc)
    ]
    assert all(
        read_body(workplace.raw, entry.place, entry.digest) is not None for entry in list_captures(workplace.raw)
    )
    return Met(report, archived, logged, [(seen.path, seen.at) for seen in server.seen])


def warmed(fetcher: Fetcher, server: FaultServer, clock: FakeClock) -> Fetcher:
    """Have robots.txt read by an impatient fetcher, however long the machine takes over it."""
    server.on("/robots.txt", reply(status="404 Not Found", connection="close"))
    while not fetcher.robots.allowed(server.url("/")):
        clock.sleep(3600)
    server.seen.clear()
    clock.elapsed = 0.0
    return fetcher
