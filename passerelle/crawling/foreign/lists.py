"""Take in lists of URLs: each is fetched by the crawler, with a source's pace and bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from passerelle.crawling.discovery.scope import Scope
from passerelle.crawling.ingest import IngestReport, ManifestError, ingest_issue
from passerelle.crawling.report import CrawlReport
from passerelle.store.database import Store
from passerelle.store.log import replace_issues
from schemas.issue import Issue
from schemas.source import Crawl, Source, StartPoint
from schemas.urls import normal_url

_NOT_TAKEN = frozenset({"robots-forbid", "crawl-busy"})
"""Lines of a crawl that are no errors of its own, and of a list are: somebody asked for these very pages."""


@dataclass(frozen=True)
class UrlList:
    """The URLs of a list, each once, in its order, and what was wrong with the others."""

    urls: tuple[str, ...]
    issues: tuple[Issue, ...]


def ingest_urls(path: Path, *, source: Source, store: Store, crawl: Callable[[Source], CrawlReport]) -> IngestReport:
    """Fetch the pages of a list of URLs, as a crawl of their source would: conditionally where they are known.

    Args:
        path: a text file with one URL a line.
        source: whose pages they are; URLs of other hosts, and those that it denies, are not asked for.
        store: the working database.
        crawl: crawls the start points of a source, and nothing else of it.

    Raises:
        ManifestError: the file cannot be read as text.
    """
    listed = read_url_list(path)
    scope = Scope(source)
    reasons = {url: scope.why_unreachable(url) for url in listed.urls}
    outside = [_outside(url, source.name, path.name) for url, reason in reasons.items() if reason]
    issues = [*listed.issues, *outside]
    with store.session() as session:
        replace_issues(session, "ingest", issues, batch=path.resolve().as_posix())
    wanted = [url for url in listed.urls if reasons[url] is None]
    if not wanted:
        return IngestReport(new=0, known=0, issues=tuple(issues))
    report = crawl(_only(source, wanted))
    issues += [
        line.model_copy(update={"severity": "error"}) if line.code in _NOT_TAKEN else line for line in report.issues
    ]
    counts = report.counts
    return IngestReport(
        new=counts.new + counts.changed,
        known=counts.unchanged,
        issues=tuple(issues),
        is_interrupted=report.end == "interrupted",
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
                message = f"Line {number} is not an http or https URL and was skipped: {words[:80]}"
                issues.append(ingest_issue("error", "bad-url", message, path.name))
    return UrlList(tuple(urls), tuple(issues))


def _only(source: Source, urls: Sequence[str]) -> Source:
    """Describe a source whose start points are these URLs, and whose links lead nowhere."""
    start = tuple(StartPoint(kind="page", url=url) for url in urls)
    crawl = source.crawl or Crawl(start=start)
    bounds = {"start": start, "depth": 0, "max_pages": len(urls)}
    return source.model_copy(update={"crawl": crawl.model_copy(update=bounds)})


def _outside(url: str, source: str, name: str) -> Issue:
    message = (
        f"{url} is not a URL of the source {source} and was not asked for; give the source that has its host, or add "
        f"the host to hosts in sources/{source}.yml."
    )
    return ingest_issue("error", "url-outside-source", message, name, page=url)
