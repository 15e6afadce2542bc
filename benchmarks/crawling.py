"""How many pages a second a crawl fetches and archives, and what memory it takes, beside Scrapy on the same pages.

    python -m benchmarks.crawling [--pages 5000] [--scrapy-python PYTHON]

A server in a process of its own gives small pages under a sitemap; the pace is off. Passerelle crawls them for real
(WARC files, indexes and database written); Scrapy fetches the same list, with its pauses off and as many requests at a
time as it likes, and keeps nothing. Each in its own process. Prints pages a second and peak memory of both; exits 1
where Passerelle's rate is below 0.8 of Scrapy's, or its memory grows with the number of pages. Scrapy is needed for its
column only: ``python -m venv DIR && DIR/bin/pip install scrapy``, then ``--scrapy-python DIR/bin/python``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = 0.8
GROWTH_MB = 40.0
"""Memory that a crawl may take more for all pages than for a tenth of them."""
_WORDS = "Un organisme de la région anime des ateliers pour les jeunes et leurs proches. "

SCRAPY = """
import json, resource, sys, time, scrapy
from scrapy.crawler import CrawlerProcess

port, pages = int(sys.argv[1]), int(sys.argv[2])

class Pages(scrapy.Spider):
    name = "pages"
    seen = 0
    async def start(self):
        for number in range(pages):
            yield scrapy.Request(f"http://127.0.0.1:{port}/p/{number}", dont_filter=True)
    def parse(self, response):
        Pages.seen += len(response.css("a::attr(href)").getall()) > 0

settings = {"LOG_ENABLED": False, "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False}
process = CrawlerProcess(settings)
process.crawl(Pages)
began = time.monotonic()
process.start()
took = time.monotonic() - began
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"pages": Pages.seen, "seconds": took, "memory": memory}))
"""

PASSERELLE = """
import json, resource, sys, time
from pathlib import Path
from passerelle.crawling.crawl import crawl_source
from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from passerelle.workplace import open_workplace
from schemas.source import Source

port, home, source = int(sys.argv[1]), Path(sys.argv[2]), Source.model_validate_json(sys.argv[3])
settings = FetchSettings("https://passerelle.example/robot", allow_hosts=frozenset({f"127.0.0.1:{port}"}), pace=0)
with open_workplace(home) as workplace:
    began = time.monotonic()
    report = crawl_source(source, workplace=workplace, fetcher_factory=lambda _: Fetcher(settings))
    took = time.monotonic() - began
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
assert report.end == "done", report
print(json.dumps({"pages": report.counts.new, "seconds": took, "memory": memory}))
"""


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


def measure(pages: int, command: list[str], extra: list[str], home: Path | None = None) -> dict[str, float]:
    """Fetch all pages once with a fresh server; give pages, seconds and peak memory in MB."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crawling", "--serve", str(pages)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    port = server.stdout.readline().strip() if server.stdout else ""
    try:
        arguments = [port, str(home), _source(port, pages)] if home else [port, *extra]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
        result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return result
    finally:
        server.communicate()


def passerelle(pages: int) -> dict[str, float]:
    """Crawl the pages with Passerelle."""
    with tempfile.TemporaryDirectory() as folder:
        return measure(pages, [sys.executable, "-c", PASSERELLE], [], Path(folder))


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
    parser.add_argument("--scrapy-python", default=sys.executable)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.serve)
        return 0
    for name in [name for name in os.environ if name.startswith("PASSERELLE")]:
        del os.environ[name]
    few, ours = passerelle(max(1, chosen.pages // 10)), passerelle(chosen.pages)
    rate = ours["pages"] / ours["seconds"]
    grown = ours["memory"] - few["memory"]
    print(f"passerelle  {rate:7.0f} pages/s  {ours['memory']:6.0f} MB  (+{grown:.0f} MB over a tenth of the pages)")
    bad = grown > GROWTH_MB
    has_scrapy = subprocess.run([chosen.scrapy_python, "-c", "import scrapy"], capture_output=True, check=False)
    if has_scrapy.returncode:
        print("scrapy      not installed here: see the head of benchmarks/crawling.py; no ratio")
        return int(bad)
    theirs = measure(chosen.pages, [chosen.scrapy_python, "-c", SCRAPY], [str(chosen.pages)])
    their_rate = theirs["pages"] / theirs["seconds"]
    print(f"scrapy      {their_rate:7.0f} pages/s  {theirs['memory']:6.0f} MB")
    print(f"ratio       {rate / their_rate:7.2f}  (target {TARGET})")
    return int(bad or rate < TARGET * their_rate)


if __name__ == "__main__":
    sys.exit(main())
