"""Small sites on loopback for crawls, which count what they are asked; organisations and pages are fictional."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from schemas.base import LanguageMap
from schemas.release import Licence
from schemas.source import Crawl, Source

CONTACT = "https://passerelle.example/robot"


@dataclass
class Answer:
    """What a path gives."""

    body: bytes = b""
    status: int = 200
    media_type: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = True


@dataclass
class Site:
    """A site: paths and what they give; a path not in it is 404."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)
    """Every request: the path, and whether it was conditional."""
    delay: float = 0.0
    on_request: Callable[[str], object] = lambda _path: None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str, text: str = "", links: tuple[str, ...] = (), head: str = "") -> None:
        """Put a page in place."""
        items = "".join(f'<li><a href="{link}">Page {link}</a></li>' for link in links)
        html = f"<html lang='fr'><head><title>{path}</title>{head}</head><body><main><h1>{path}</h1><p>{text}</p>"
        self.pages[path] = Answer(f"{html}<ul>{items}</ul></main></body></html>".encode())

    def sitemap(self, *paths: str, dated: str | None = None, path: str = "/sitemap.xml") -> None:
        """Put a sitemap in place."""
        when = f"<lastmod>{dated}</lastmod>" if dated else ""
        urls = "".join(f"<url><loc>{self.url}{one}</loc>{when}</url>" for one in paths)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        self.pages[path] = Answer(f'<urlset xmlns="{space}">{urls}</urlset>'.encode(), media_type="application/xml")

    def asked_for(self) -> list[str]:
        """Give the paths asked for, robots.txt apart, and forget them."""
        paths = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return paths

    def source(self, name: str = "essai", **crawl: object) -> Source:
        """Describe this site."""
        start = crawl.pop("start", ({"kind": "sitemap", "url": f"{self.url}/sitemap.xml"},))
        return Source(
            name=name,
            title=LanguageMap(fr="Essai"),
            publisher="Essai",
            hosts=("127.0.0.1",),
            licence=Licence(name="x"),
            languages=("fr", "en"),
            enabled=True,
            crawl=Crawl.model_validate({"start": start, "pace": 0} | crawl),
        )

    def fetcher(self, _source: Source | None = None) -> Fetcher:
        """Make a fetcher that may reach this site and leaves no pauses."""
        patience = {"attempts": 1, "connect_timeout": 60.0, "read_timeout": 60.0, "total_timeout": 120.0}
        allowed = frozenset({f"127.0.0.1:{self.port}"})
        return Fetcher(FetchSettings(contact=CONTACT, allow_hosts=allowed, pace=0.0, **patience))  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked.append((self.path, "If-None-Match" in self.headers))
        site.on_request(self.path)
        time.sleep(site.delay)
        answer = site.pages.get(self.path, Answer(b"404", 404))
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        is_known = answer.has_etag and answer.status == 200 and self.headers.get("If-None-Match") == etag
        self.send_response(304 if is_known else answer.status)
        if answer.has_etag and answer.status == 200:
            self.send_header("ETag", etag)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if not is_known:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not is_known:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library  # noqa: A002 - named by the base class
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a killed client hangs up in the middle


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve a site on loopback while the context is open."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
