"""Take in a folder of HTML files as pages of a site, and read lists of URLs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from passerelle.crawling.archive import RawPlace
from passerelle.crawling.ingest import IngestReport, ManifestError, ingest_entries
from passerelle.store.database import Store
from schemas.capture import ManifestEntry
from schemas.issue import Issue
from schemas.source import Source
from schemas.urls import normal_url

SUFFIXES = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".txt": "text/plain"}
_INDEXES = frozenset({"index.html", "index.htm"})


@dataclass(frozen=True)
class UrlList:
    """The URLs of a list, each once, in its order, and what was wrong with the others."""

    urls: tuple[str, ...]
    issues: tuple[Issue, ...]


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
        folder: where ``index.html`` or the like stands.
        source: name of the source they belong to.
        base_url: URL of the folder; without one the pages have none.
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
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    pages = [path for path in files if path.suffix.lower() in SUFFIXES]
    entries = [
        ManifestEntry(
            path=path.relative_to(folder).as_posix(),
            url=None if base is None else base + _address(path.relative_to(folder).as_posix()),
            media_type=SUFFIXES[path.suffix.lower()],
            source=source,
            captured_at=captured_at or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        )
        for path in pages
    ]
    problems = [_passed_over(len(files) - len(pages), folder.name)] if len(pages) < len(files) else []
    # As if a manifest stood in the folder: a file that a link leads out of it to is not taken.
    return ingest_entries(
        entries, problems, folder / folder.name, store=store, raw=raw, sources=sources, progress=progress
    )


def read_url_list(path: Path) -> UrlList:
    """Read a list of URLs, one a line; empty lines and those that begin with ``#`` are passed over.

    Raises:
        ManifestError: the file cannot be read as text.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: {error}; give a text file in UTF-8 with one URL a line"
        raise ManifestError(msg) from error
    urls: dict[str, None] = {}
    issues = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if words and not words.startswith("#"):
            url = None if len(words.split()) > 1 else normal_url(words)
            if url:
                urls[url] = None
            else:
                issues.append(_bad_line(number, words, path.name))
    return UrlList(tuple(urls), tuple(issues))


def _address(path: str) -> str:
    """Give the address of a file below its base: an index page is its folder's."""
    way = PurePosixPath(path)
    if way.name.lower() in _INDEXES:
        return "" if len(way.parts) == 1 else quote(way.parent.as_posix()) + "/"
    return quote(path)


def _bad_line(number: int, words: str, name: str) -> Issue:
    return Issue(
        stage="ingest",
        severity="error",
        code="bad-url",
        message=f"Line {number} is not an http or https URL and was skipped: {words[:80]}",
        detail=name,
    )


def _passed_over(count: int, name: str) -> Issue:
    return Issue(
        stage="ingest",
        severity="info",
        code="records-passed-over",
        message=f"{count} files that are no pages (by their names: {', '.join(sorted(SUFFIXES))}) were passed over.",
        detail=name,
    )
