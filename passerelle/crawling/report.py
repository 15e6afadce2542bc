"""What came of a crawl: for people in a report, for the issue log in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from passerelle.crawling.discovery.scope import Scope
from schemas.crawl import CrawlCounts, CrawlEnd, Health, Visit
from schemas.issue import Issue, Severity

LINES_A_CODE = 100
"""Lines of one code and source; the rest is one line that counts them."""

_SEVERITIES: dict[str, Severity] = {
    "robots-forbid": "info",
    "dead-link": "info",
    "other-media": "info",
    "page-gone": "warning",
    "refused-address": "error",
}
"""Where it is not a warning."""

_ADVICE = {
    "robots-forbid": "Nothing is to be done, unless the site's owner lets us in.",
    "site-blocks": "Write to the site's owner; no way around it is tried.",
    "dead-link": "Nothing is to be done: the link that leads there is dead.",
    "page-gone": "Its records stay; a curator decides whether to withdraw them.",
    "server-refuses": "Open the page in a browser; if it has moved, correct the source file.",
    "server-fails": "The next crawl asks again.",
    "asked-to-wait": "The next crawl asks again; give the source a slower pace if this comes back.",
    "unreachable": "The next crawl asks again.",
    "refused-address": "Nothing was fetched; only an address named in PASSERELLE_ALLOW_HOSTS may be private.",
    "too-large": "It was left; deny its address if it is no page.",
    "bad-redirect": "Correct the address in the source file, or deny it.",
    "not-http": "The next crawl asks again; tell the site's owner if this comes back.",
    "other-media": "It was archived and not read; deny its address to leave it out.",
}


@dataclass(frozen=True)
class CrawlReport:
    """One run of one source."""

    source: str
    end: CrawlEnd
    counts: CrawlCounts = field(default_factory=CrawlCounts)
    issues: tuple[Issue, ...] = ()
    seconds: float = 0.0
    health: Health = "never"
    crawl: int | None = None
    """Number of the run; none for a dry run."""
    planned: tuple[str, ...] = ()
    """What a dry run would ask for, in order."""

    @property
    def is_bad(self) -> bool:
        """Whether the run could not do its work."""
        return self.end in {"failed", "unreachable", "busy"}


def issue(source: str, severity: Severity, code: str, message: str, page: str | None = None) -> Issue:
    """Make a line of the issue log."""
    return Issue(stage="crawl", severity=severity, code=code, message=message, source=source, page=page)


def visit_issues(source: str, visits: Iterable[tuple[Visit, int | None]], scope: Scope, crawl: int) -> Iterator[Issue]:
    """Give one line for each URL that gave no page when last asked, while anything still leads to it.

    Args:
        source: name of the source.
        visits: each with the run that last queued it.
        scope: URLs outside it are no longer the source's.
        crawl: the run.
    """
    counts: Counter[str] = Counter()
    for visit, queued_by in visits:
        code = visit.problem
        if code is None or not scope.reaches(visit.fetch_url):
            continue
        if visit.capture is None and queued_by != crawl:
            continue
        counts[code] += 1
        if counts[code] <= LINES_A_CODE:
            yield _visit_issue(source, code, visit)
    yield from _more(source, counts)


def _visit_issue(source: str, code: str, visit: Visit) -> Issue:
    is_start = visit.depth == 0 and code not in {"robots-forbid", "other-media", "page-gone"}
    severity: Severity = "error" if is_start else _SEVERITIES.get(code, "warning")
    said = (visit.said or "").rstrip(".")
    return issue(source, severity, code, f"{visit.fetch_url}: {said}. {_ADVICE[code]}", visit.url)


def _more(source: str, counts: Mapping[str, int]) -> Iterator[Issue]:
    for code, number in counts.items():
        if number > LINES_A_CODE:
            yield issue(source, "warning", code, f"{number - LINES_A_CODE} more pages of {source} are the same.")


def end_issue(source: str, end: CrawlEnd, said: str = "") -> Issue | None:
    """Give the line that a run's end is worth, if any."""
    lines: dict[CrawlEnd, tuple[Severity, str, str]] = {
        "limit": ("info", "page-limit", "The limit of pages was reached; the next crawl begins with those left over."),
        "interrupted": ("info", "crawl-interrupted", "The crawl was stopped; the next one goes on where it stopped."),
        "unreachable": ("error", "source-unreachable", "The site gives no page; the next crawl tries again."),
        "failed": ("error", "crawl-failed", f"The crawl could not go on: {said}. Correct that and crawl again."),
        "busy": ("warning", "crawl-busy", "Another crawl of this source is under way; this one did nothing."),
    }
    if end not in lines:
        return None
    severity, code, message = lines[end]
    return issue(source, severity, code, message)
