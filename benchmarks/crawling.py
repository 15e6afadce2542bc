"""How many pages a second a crawl fetches and archives, and what memory it takes, beside Scrapy on the same pages.

    python -m benchmarks.crawling [--pages 5000] [--rounds 3] [--scrapy-python PYTHON]

A server in a process of its own gives small pages under a sitemap; the pace is off. Passerelle crawls them for real
(WARC files, indexes and database written); Scrapy fetches the same list, with its pauses off and as many requests at a
time as it likes, and keeps nothing. Each in its own process, in turns, so that a busy machine slows both. Prints pages
a second, by the clock and of processor time, and memory on the way; exits 1 where Passerelle's rate is below 0.8 of
Scrapy's (the median of the rounds), or its memory grows from a fifth of the pages to the last. Scrapy is needed for its
lines only: ``python -m venv DIR && DIR/bin/pip install scrapy``, then ``--scrapy-python DIR/bin/python``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TARGET = 0.8
GROWTH_MB = 40.0
"""Memory that a crawl may hold more after all pages than after a fifth of them."""
PARTS = (0.2, 0.6, 1.0)
"""Where memory is read: after 1,000, 3,000 and 5,000 pages of 5,000."""
_WORDS = "Un organisme de la région anime des ateliers pour les jeunes et leurs proches. "

_MARKS = """
import json, os, resource, sys, time

pages = int(sys.argv[2])
marks, memory = [int(pages * part) for part in PARTS], []

def mark(done):
    if done in marks:
        resident = int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        memory.append(round(resident / 1e6, 1))

def tell(number, took, work):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps({"pages": number, "seconds": took, "work": work, "memory": memory, "peak": peak}))
""".replace("PARTS", repr(PARTS))

SCRAPY = (
    _MARKS
    + """
import scrapy
from scrapy.crawler import CrawlerProcess

port = int(sys.argv[1])

class Pages(scrapy.Spider):
    name = "pages"
    seen = 0
    async def start(self):
        for number in range(pages):
            yield scrapy.Request(f"http://127.0.0.1:{port}/p/{number}", dont_filter=True)
    def parse(self, response):
        Pages.seen += len(response.css("a::attr(href)").getall()) > 0
        mark(Pages.seen)

settings = {"LOG_ENABLED": False, "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False}
process = CrawlerProcess(settings)
process.crawl(Pages)
began, work = time.monotonic(), time.process_time()
process.start()
tell(Pages.seen, time.monotonic() - began, time.process_time() - work)
"""
)

PASSERELLE = (
    _MARKS
    + """
from pathlib import Path
from passerelle.crawling.crawl import CrawlOptions, crawl_source
from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from passerelle.workplace import open_workplace
from schemas.source import Source

port, home, source = int(sys.argv[1]), Path(sys.argv[3]), Source.model_validate_json(sys.argv[4])
settings = FetchSettings("https://passerelle.example/robot", allow_hosts=frozenset({f"127.0.0.1:{port}"}), pace=0)
options = CrawlOptions(progress=lambda _source, done, _total: mark(done))
with open_workplace(home) as workplace:
    began, work = time.monotonic(), time.process_time()
    report = crawl_source(source, workplace=workplace, fetcher_factory=lambda _: Fetcher(settings), options=options)
    took, worked = time.monotonic() - began, time.process_time() - work
assert report.end == "done", report
tell(report.counts.new, took, worked)
"""
)


@dataclass(frozen=True)
class Run:
    """What one crawl took."""

    pages: int
    seconds: float
    work: float
    """Seconds of processor time."""
    memory: list[float]
    """MB held at each of ``PARTS``."""
    peak: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds

    def line(self, name: str) -> str:
        """Write it for people."""
        held = " ".join(f"{megabytes:.0f}" for megabytes in self.memory)
        effort = f"{self.rate:6.0f} pages/s  {self.pages / self.work:6.0f} per second of work"
        return f"{name:<11} {effort}  {held} MB on the way, {self.peak:.0f} at most"


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pages: int) -> None:
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            path = request.split(b" ", 2)[1].decode()
            kind, body = _body(path, pages, request)
            status = "200 OK" if body else "404 Not Found"
            head = f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nETag: "{path}"\r\nContent-Length: {len(body)}\r\n\r\n'
            writer.write(head.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _body(path: str, pages: int, request: bytes) -> tuple[str, bytes]:
    if path == "/sitemap.xml":
        host = next(line for line in request.decode().splitlines() if line.lower().startswith("host:")).split(" ")[1]
        urls = "".join(f"<url><loc>http://{host}/p/{number}</loc></url>" for number in range(pages))
        return (
            "application/xml",
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode(),
        )
    if not path.startswith("/p/"):
        return "text/plain", b""
    number = int(path.removeprefix("/p/"))
    links = "".join(f'<li><a href="/p/{(number + step) % pages}">Page {step}</a></li>' for step in range(1, 11))
    text = f"<p>{_WORDS * 20}</p>"
    page = f"<html lang='fr'><title>{number}</title><main><h1>Page {number}</h1>{text}<ul>{links}</ul></main></html>"
    return "text/html; charset=utf-8", page.encode()


def serve(pages: int) -> None:
    """Serve until standard input closes; print the port first."""

    async def main() -> None:
        server = await asyncio.start_server(lambda r, w: _answer(r, w, pages), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

    asyncio.run(main())


def measure(pages: int, python: str, script: str, home: Path | None = None) -> Run:
    """Fetch all pages once with a fresh server."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crawling", "--serve", str(pages)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    port = server.stdout.readline().strip() if server.stdout else ""
    try:
        more = [str(home), _source(port, pages)] if home else []
        command = [python, "-c", script, port, str(pages), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
        return Run(**json.loads(done.stdout.splitlines()[-1]))
    finally:
        server.communicate()


def passerelle(pages: int) -> Run:
    """Crawl the pages with Passerelle."""
    with tempfile.TemporaryDirectory() as folder:
        return measure(pages, sys.executable, PASSERELLE, Path(folder))


def _source(port: str, pages: int) -> str:
    from schemas.source import Source  # noqa: PLC0415

    source = {
        "name": "mesure",
        "title": {"fr": "Mesure"},
        "publisher": "Mesure",
        "hosts": ["127.0.0.1"],
        "licence": {"name": "x"},
        "enabled": True,
        "crawl": {
            "start": [{"kind": "sitemap", "url": f"http://127.0.0.1:{port}/sitemap.xml"}],
            "max_pages": pages,
            "pace": 0,
        },
    }
    return Source.model_validate(source).model_dump_json()


def main() -> int:
    """Measure and print; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scrapy-python", default=sys.executable)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.serve)
        return 0
    for name in [name for name in os.environ if name.startswith("PASSERELLE")]:
        del os.environ[name]
    looked = subprocess.run([chosen.scrapy_python, "-c", "import scrapy"], capture_output=True, check=False)
    has_scrapy = looked.returncode == 0
    ratios, grown = [], []
    for _ in range(chosen.rounds):
        ours = passerelle(chosen.pages)
        print(ours.line("passerelle"), flush=True)
        grown.append(ours.memory[-1] - ours.memory[0])
        if has_scrapy:
            theirs = measure(chosen.pages, chosen.scrapy_python, SCRAPY)
            print(theirs.line("scrapy"), flush=True)
            ratios.append(ours.rate / theirs.rate)
    print(f"memory      {max(grown):+.0f} MB from a fifth of the pages to the last (at most {GROWTH_MB:.0f})")
    if not ratios:
        print("scrapy      not installed here: see the head of benchmarks/crawling.py; no ratio")
        return int(max(grown) > GROWTH_MB)
    ratio = median(ratios)
    print(f"ratio       {ratio:.2f}, the median of {', '.join(f'{one:.2f}' for one in ratios)} (target {TARGET})")
    return int(max(grown) > GROWTH_MB or ratio < TARGET)


if __name__ == "__main__":
    sys.exit(main())
