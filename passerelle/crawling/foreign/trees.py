"""Take in a folder of HTML files as pages of a site, such as ``wget -r`` or a browser leaves one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from passerelle.crawling.archive import RawPlace
from passerelle.crawling.ingest import IngestReport, ManifestError, ingest_entries, ingest_issue
from passerelle.store.database import Store
from schemas.capture import ManifestEntry
from schemas.source import Source
from schemas.urls import host_of, normal_url

SUFFIXES = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".txt": "text/plain"}
_INDEXES = frozenset({"index.html", "index.htm"})
_NO_PAGES = frozenset({"robots.txt"})
_COPIES = (".orig",)
"""What ``wget -K`` keeps beside a page whose links it rewrote."""
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_WITH_PORT = re.compile(r"(?P<host>.+)[:+](?P<port>\d{1,5})", re.ASCII)
"""How ``wget`` names the folder of a host at a port of its own; ``+`` where a file system bears no colon."""
_START = 1024
"""Bytes of a file in which it shows that it is HTML, whatever its name."""


def ingest_tree(
    folder: Path,
    *,
    source: str,
    base_url: str | None,
    captured_at: datetime | None,
    store: Store,
    raw: Path | RawPlace,
    sources: Mapping[str, Source],
    progress: Callable[[int], object] = lambda _: None,
) -> IngestReport:
    """Archive the pages in a folder and below it, as a site saved to disk.

    Args:
        folder: where ``index.html`` or the like stands, or a folder named after the host does.
        source: name of the source they belong to.
        base_url: URL of the folder; without one, the pages below a folder that is named after a host of the source
            have its address, and the others none.
        captured_at: when they were saved; each file's own time without.
        store: the working database.
        raw: the archive.
        sources: sources that are described.
        progress: told of files as they are done.

    Raises:
        ManifestError: there is no such folder, or the base is no http or https URL.
        pydantic.ValidationError: the source's name is not one.
    """
    if not folder.is_dir():
        msg = f"{folder}: no folder; give the folder of a site saved to disk"
        raise ManifestError(msg)
    base = base_url if base_url is None or base_url.endswith("/") else base_url + "/"
    if base is not None and normal_url(base) is None:
        msg = f"{base_url}: not an http or https URL; give the address at which the folder was found"
        raise ManifestError(msg)
    hosts = _addresses_of(sources.get(source))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    pages = [(path, kind) for path in files if (kind := _media_type(path))]
    entries = [
        ManifestEntry(
            path=path.relative_to(folder).as_posix(),
            url=_url(PurePosixPath(path.relative_to(folder)), folder.resolve().name, base, hosts),
            media_type=kind,
            source=source,
            captured_at=captured_at or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        )
        for path, kind in pages
    ]
    passed_over = len(files) - len(pages)
    message = f"{passed_over} files that are no pages, by name and content, were passed over."
    problems = [ingest_issue("info", "records-passed-over", message, folder.name)] if passed_over else []
    if homeless := sum(entry.url is None for entry in entries):
        message = f"Pages without an address: {homeless}. Give that of the folder with --url."
        problems.append(ingest_issue("warning", "page-without-address", message, folder.name))
    # As if a manifest stood in the folder: a file that a link leads out of it to is not taken.
    return ingest_entries(
        entries, problems, folder / folder.name, store=store, raw=raw, sources=sources, progress=progress
    )


def _media_type(path: Path) -> str | None:
    """Tell what a file is by its name, else by its content; ``None`` where it is no page."""
    name = path.name.lower()
    if name in _NO_PAGES or name.endswith(_COPIES):
        return None
    for part in (name, name.partition("?")[0]):
        if known := SUFFIXES.get(PurePosixPath(part).suffix):
            return known
    try:
        with path.open("rb") as stream:
            return "text/html" if _HTML.match(stream.read(_START)) else None
    except OSError:
        return "text/html"  # opened again and said when its turn comes


def _addresses_of(source: Source | None) -> dict[str, str]:
    """Give the address of each host of a source; https where neither home page nor start points say otherwise."""
    if source is None:
        return {}
    starts = [start.url for start in source.crawl.start] if source.crawl else []
    schemes: dict[str | None, str] = {}
    for url in (source.home or "", *starts):
        schemes.setdefault(host_of(url), urlsplit(url).scheme)
    return {host: f"{schemes.get(host, 'https')}://{host}/" for host in map(str.lower, source.hosts)}


def _address_of(folder: str, hosts: Mapping[str, str]) -> str | None:
    """Give the address of a folder that is named after a host, with or without a port."""
    name = folder.lower()
    if address := hosts.get(name):
        return address
    found = _WITH_PORT.fullmatch(name)
    address = hosts.get(found["host"]) if found else None
    return urlsplit(address)._replace(netloc=f"{found['host']}:{found['port']}").geturl() if found and address else None


def _url(way: PurePosixPath, folder: str, base: str | None, hosts: Mapping[str, str]) -> str | None:
    if base is not None:
        return base + _address(way)
    if address := _address_of(folder, hosts):
        return address + _address(way)
    address = _address_of(way.parts[0], hosts) if len(way.parts) > 1 else None
    return address + _address(PurePosixPath(*way.parts[1:])) if address else None


def _address(way: PurePosixPath) -> str:
    """Give the address of a file below its base: an index page is its folder's, and ``?`` begins a query.

    ``wget -E`` adds .html to ``page.php?id=3``, and escapes what a file name may not have as a URL does.
    """
    name, asked, query = way.name.partition("?")
    folder = "" if len(way.parts) == 1 else quote(way.parent.as_posix(), safe="/%") + "/"
    address = folder if name.lower() in _INDEXES else folder + quote(name, safe="%")
    return f"{address}?{quote(query.removesuffix('.html'), safe='/:=&+;,%')}" if asked else address
