"""Exchanges with a fictional site, as the fetcher gives them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from passerelle.crawling.archive import Archived
from passerelle.crawling.fetching.answers import Answer, NotModified

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
PAGE = "https://relais.test/projets/phare"


def html(text: str) -> bytes:
    return f"<html lang='fr'><p>Le Relais de Rimouski : {text}</p></html>".encode()


def answer(body: bytes = html("accueil"), url: str = PAGE, *, minutes: int = 0, **more: Any) -> Answer:
    return Answer(**(_common(url, minutes) | {"payload": body, "body": body} | more))


def zipped(body: bytes, level: int = 9, **more: Any) -> Answer:
    payload = gzip.compress(body, level, mtime=0)
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    return answer(body, payload=payload, headers=headers, **more)


def not_modified(url: str = PAGE, *, minutes: int = 0, **more: Any) -> NotModified:
    same = {"status": 304, "reason": "Not Modified", "payload": b"", "body": b"", "headers": (("ETag", '"b"'),)}
    return NotModified(**(_common(url, minutes) | same | more))


def _common(url: str, minutes: int) -> dict[str, Any]:
    return {
        "url": url,
        "url_asked": url,
        "status": 200,
        "reason": "OK",
        "http_version": "HTTP/1.1",
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a"')),
        "request_head": b"GET /projets/phare HTTP/1.1\r\nHost: relais.test\r\n\r\n",
        "fetched_at": NOON + timedelta(minutes=minutes),
        "seconds": 0.25,
        "address": "203.0.113.7",
    }


class Told:
    """Keeps what it is told of."""

    def __init__(self) -> None:
        self.found: list[Archived] = []

    def __call__(self, found: Sequence[Archived], /) -> None:
        self.found += found


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Read a WARC file with another reader, which checks its digests."""
    with path.open("rb") as stream:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise", verify_http=True)
        ]


def warcs(raw: Path) -> list[Path]:
    return sorted(raw.rglob("*.warc.gz"))
