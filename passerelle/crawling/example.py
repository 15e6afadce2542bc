"""The example site on this machine: a small server, and a fetcher that finds the fictional host there.

The site's host name leads nowhere (``.example`` is reserved). Its pages are asked for on loopback and archived under
their own addresses, so that they are the same pages wherever the example is run.
"""

from __future__ import annotations

import hashlib
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, Unpack
from urllib.parse import unquote, urlsplit

from passerelle.crawling.fetching.answers import Answer, Exchange, Failure, Hop, How, NotModified, Outcome
from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from passerelle.crawling.fetching.robots import KnownRobots

HOST = "exemple.passerelle.example"
ORIGIN = f"https://{HOST}"
CONTACT = f"{ORIGIN}/"

E = TypeVar("E", bound=Exchange)


class _Handler(BaseHTTPRequestHandler):
    """Serves the files of a folder, with validators."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet

    def __init__(self, folder: Path, seen: Callable[[str, dict[str, str]], None], *args: object) -> None:
        self._folder, self._seen = folder, seen
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, 304, a redirect to a folder's address, or 404."""
        self._seen(self.path, {name.lower(): value for name, value in self.headers.items()})
        path = unquote(urlsplit(self.path).path)
        file = (self._folder / path.lstrip("/")).resolve()
        if not file.is_relative_to(self._folder):
            return self._send(HTTPStatus.NOT_FOUND, b"404")
        if file.is_dir():
            if not path.endswith("/"):
                return self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{path}/"})
            file /= "index.html"
        try:
            body, changed = file.read_bytes(), file.stat().st_mtime
        except OSError:
            return self._send(HTTPStatus.NOT_FOUND, b"404")
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Last-Modified": formatdate(changed, usegmt=True)}
        if self.headers.get("If-None-Match") == etag:
            return self._send(HTTPStatus.NOT_MODIFIED, b"", headers)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return self._send(HTTPStatus.OK, body, headers | {"Content-Type": kind})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
        """Say nothing: the crawl says enough."""

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # kept connections end when their client does


@contextmanager
def serve_folder(
    folder: Path, seen: Callable[[str, dict[str, str]], None] = lambda _path, _headers: None
) -> Iterator[int]:
    """Serve a folder on loopback while the context is open; give the port.

    Args:
        folder: ``index.html`` stands for a folder's address.
        seen: told the path and the headers (names in lower case) of every request.
    """
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder.resolve(), seen))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class LoopbackFetcher:
    """A fetcher that asks a port of this machine for what belongs to one origin, and for nothing else."""

    def __init__(self, port: int, origin: str = ORIGIN, **settings: object) -> None:
        self._origin, self._local = origin, f"http://127.0.0.1:{port}"
        chosen = {"contact": CONTACT, "pace": 0.0, **settings, "allow_hosts": frozenset({f"127.0.0.1:{port}"})}
        self._fetcher = Fetcher(FetchSettings(**chosen))  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        self._fetcher.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetcher.__exit__(kind, error, trace)

    def stop(self) -> None:
        """End every wait and read."""
        self._fetcher.stop()

    def remember_robots(self, known: KnownRobots) -> None:
        """Take over what an earlier run read."""
        if known.origin == self._origin:
            self._fetcher.remember_robots(replace(known, origin=self._local, url=self._localized(known.url)))

    def allows(self, url: str, pace: float | None = None) -> bool:
        """Say whether robots.txt lets a URL be fetched."""
        return url.startswith(f"{self._origin}/") and self._fetcher.allows(self._localized(url), pace)

    def fetch(self, url: str, **how: Unpack[How]) -> Outcome:
        """Fetch one page; see ``Fetcher.fetch``."""
        if not url.startswith(f"{self._origin}/"):
            return Failure("off-limits", f"only {self._origin} is served on this machine", url, url_asked=url)
        local = how.copy()
        if known_url := how.get("known_url"):
            local["known_url"] = self._localized(known_url)
        if scope := how.get("scope"):
            local["scope"] = lambda asked: scope(self._public(asked))
        return self._published(self._fetcher.fetch(self._localized(url), **local))

    def _localized(self, url: str) -> str:
        return url.replace(self._origin, self._local, 1)

    def _public(self, url: str) -> str:
        return url.replace(self._local, self._origin, 1)

    def _published(self, outcome: Outcome) -> Outcome:
        hops = tuple(
            Hop(self._public(hop.url), hop.status, self._public(hop.location), self._renamed(hop.exchange))
            for hop in outcome.hops
        )
        asked, trail = self._public(outcome.url_asked), tuple(map(self._renamed, outcome.trail))
        if isinstance(outcome, Failure):
            exchange = self._renamed(outcome.exchange) if outcome.exchange else None
            url = self._public(outcome.url)
            return replace(outcome, url=url, exchange=exchange, url_asked=asked, hops=hops, trail=trail)
        renamed: Answer | NotModified = self._renamed(outcome)
        return replace(renamed, url_asked=asked, hops=hops, trail=trail)

    def _renamed(self, exchange: E) -> E:
        local, public = urlsplit(self._local).netloc.encode(), urlsplit(self._origin).netloc.encode()
        head = exchange.request_head.replace(b"Host: " + local, b"Host: " + public, 1)
        robots_of = self._public(exchange.robots_of) if exchange.robots_of else None
        return replace(exchange, url=self._public(exchange.url), request_head=head, robots_of=robots_of)
