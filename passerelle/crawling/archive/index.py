"""CDXJ indexes: one beside each WARC file, so that a capture is found by URL and time, or by digest.

A line is ``KEY TIME JSON``, sorted by byte, as pywb and cdxj-indexer read and write it. The key is the URL in SURT
form: host backwards, so that the pages of a site stand together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from passerelle.crawling.archive.places import RawPlace, raw_place
from schemas.capture import WarcPlace
from schemas.urls import normal_url

WARC_SUFFIX, INDEX_SUFFIX = ".warc.gz", ".cdxj"
REVISIT = "warc/revisit"
"""What stands for the media type of a revisit, by custom of the readers."""
_TIME = "%Y%m%d%H%M%S"
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class IndexEntry:
    """One capture in the archive."""

    url: str
    at: datetime
    media_type: str
    """``warc/revisit`` where the body is an earlier capture's."""
    status: int | None
    digest: str
    """Of the body, content coding taken off: what ``Capture.digest`` is."""
    payload_digest: str
    """Of the payload as it stands in the archive."""
    place: WarcPlace

    @property
    def line(self) -> str:
        """The entry's line in an index."""
        values: dict[str, Any] = {
            "url": self.url,
            "mime": self.media_type,
            **({"status": str(self.status)} if self.status else {}),
            "digest": self.payload_digest,
            "length": str(self.place.length),
            "offset": str(self.place.offset),
            "filename": self.place.path.rpartition("/")[2],
            **({"bodyDigest": self.digest} if self.digest != self.payload_digest else {}),
        }
        return f"{surt(self.url)} {self.at.strftime(_TIME)} {json.dumps(values)}"


def surt(url: str) -> str:
    """Give the sort key of a URL: ``https://www.exemple.test:8443/A?b=2&a=1`` is ``test,exemple:8443)/a?a=1&b=2``.

    What is no http or https URL is its own key.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return _ascii(url)
    scheme = parts.scheme.lower()
    if not host or scheme not in _PORTS:
        return _ascii(url)
    is_address = ":" in host or host.replace(".", "").isdecimal()
    name = host if is_address else ",".join(reversed(re.sub(r"^www\d*\.", "", host).split(".")))
    at_port = f":{port}" if port and port != _PORTS[scheme] else ""
    path = parts.path.rstrip("/") or "/"
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return _ascii(f"{name}{at_port}){path}{query}").lower()


def index_of(path: str) -> str:
    """Name the index of a WARC file."""
    return path.removesuffix(WARC_SUFFIX) + INDEX_SUFFIX


def write_index(path: Path, entries: Iterable[IndexEntry]) -> None:
    """Write an index file."""
    lines = sorted(entry.line.encode() for entry in entries)
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def list_captures(
    raw: Path | str | RawPlace, *, source: str | None = None, url: str | None = None
) -> Iterator[IndexEntry]:
    """Give every capture of the archive, or of a source, or of a URL; file by file, within one by key and time.

    Files that are still being written are not indexed yet.

    Raises:
        OSError: the archive cannot be reached.
        ValueError: an index is damaged.
    """
    place = raw_place(raw)
    keys = None if url is None else {surt(url), surt(normal_url(url) or url)}
    for path in place.list(INDEX_SUFFIX):
        if source is None or path.startswith(f"{source}/"):
            data = place.read(path)
            lines = data.splitlines() if keys is None else (line for key in keys for line in _lines_of(data, key))
            yield from (_read_line(line, path) for line in lines)


def find(raw: Path | str | RawPlace, url: str, at: datetime | None = None) -> IndexEntry | None:
    """Find the capture of a URL nearest at or before a time (default: the newest); ``None`` when there is none.

    A URL spelled the same wins over one that only has the same key, such as with or without ``www.``.
    """
    found = [entry for entry in list_captures(raw, url=url) if at is None or entry.at <= at]
    exact = [entry for entry in found if (normal_url(entry.url) or entry.url) == (normal_url(url) or url)]
    return max(exact or found, key=lambda entry: (entry.at, entry.place.path, entry.place.offset), default=None)


def find_digest(raw: Path | str | RawPlace, digest: str) -> IndexEntry | None:
    """Find the oldest capture of a body by its digest; one that holds the body wins over a revisit."""
    place, found = raw_place(raw), []
    for path in place.list(INDEX_SUFFIX):
        lines = (line for line in place.read(path).splitlines() if digest.encode() in line)
        found += [entry for entry in (_read_line(line, path) for line in lines) if entry.digest == digest]
    return min(found, key=lambda entry: (entry.media_type == REVISIT, entry.at, entry.place.path), default=None)


def _lines_of(data: bytes, key: str) -> Iterator[bytes]:
    """Give the lines of one key: they follow one another."""
    start = f"{key} ".encode()
    at = 0 if data.startswith(start) else data.find(b"\n" + start) + 1 or -1
    while 0 <= at < len(data) and data.startswith(start, at):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        yield data[at:end]
        at = end + 1


def _read_line(line: bytes, path: str) -> IndexEntry:
    try:
        _, time, values = line.decode().split(" ", 2)
        said = json.loads(values)
        return IndexEntry(
            url=said["url"],
            at=datetime.strptime(time, _TIME).replace(tzinfo=UTC),
            media_type=said["mime"],
            status=int(said["status"]) if "status" in said else None,
            digest=said.get("bodyDigest", said["digest"]),
            payload_digest=said["digest"],
            place=WarcPlace(
                path=f"{path.rpartition('/')[0]}/{said['filename']}",
                offset=int(said["offset"]),
                length=int(said["length"]),
            ),
        )
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{path}: not a line of an index: {line[:80]!r}; delete the file, the next crawl writes it anew"
        raise ValueError(msg) from error


def _ascii(key: str) -> str:
    return quote(re.sub(r"\s", " ", key), safe=_PRINTABLE)
