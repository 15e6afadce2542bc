"""What came of a crawl: for people in a report, for the issue log in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from passerelle.crawling.discovery.scope import Scope
from schemas.crawl import SCRIPTED_PAGE, CrawlCounts, CrawlEnd, Health, Visit
from schemas.issue import Issue, Severity

LINES_A_CODE = 100
"""Lines of one code and source, where the code says nothing else."""


class _Line(NamedTuple):
    """What the issue log says of a code."""

    code: str
    severity: Severity
    advice: str
    most: int = LINES_A_CODE
    """Lines of a source; the rest is one line that counts them."""


_VISIT_LINES = (
    _Line("robots-forbid", "info", "Nothing is to be done, unless the site's owner lets us in."),
    _Line(
        "crawl-delay-too-long", "warning", "Ask the site's owner for shorter pauses, or ingest saved copies.", most=1
    ),
    _Line("site-blocks", "warning", "Write to the site's owner; no way around it is tried."),
    _Line("dead-link", "info", "Nothing is to be done: the link that leads there is dead."),
    _Line("page-gone", "warning", "Its records stay; a curator decides whether to withdraw them."),
    _Line("server-refuses", "warning", "Open the page in a browser; if it has moved, correct the source file."),
    _Line("server-fails", "warning", "The next crawl asks again."),
    _Line("asked-to-wait", "warning", "The next crawl asks again; give the source a slower pace if this comes back."),
    _Line("unreachable", "warning", "The next crawl asks again."),
    _Line("refused-address", "error", "Only a host named in PASSERELLE_ALLOW_HOSTS may have a private address."),
    _Line("too-large", "warning", "It was left; deny its address if it is no page."),
    _Line("bad-redirect", "warning", "Correct the address in the source file, or deny it."),
    _Line("not-http", "warning", "The next crawl asks again; tell the site's owner if this comes back."),
    _Line(
        SCRIPTED_PAGE, "warning", "Look for a feed or another address of it that gives text, or ingest a saved copy."
    ),
    _Line("other-media", "info", "It was archived and not read; deny its address to leave it out."),
)
_END_LINES: dict[CrawlEnd, _Line] = {
    "limit": _Line("page-limit", "info", "The limit of pages was reached; the next crawl begins with those left over."),
    "interrupted": _Line("crawl-interrupted", "info", "The crawl was stopped; the next one goes on where it stopped."),
    "unreachable": _Line("source-unreachable", "error", "The site gives no page; the next crawl tries again."),
    "failed": _Line("crawl-failed", "error", "The crawl could not go on: {said}. Correct that and crawl again."),
    "busy": _Line("crawl-busy", "warning", "Another crawl of this source is under way; this one did nothing."),
}
_DEAD_START = "Correct or remove this address in the source file, or in the list that was given."
_BY_CODE = {line.code: line for line in _VISIT_LINES}
_NOT_OF_THE_START = frozenset({"robots-forbid", "other-media", "page-gone", SCRIPTED_PAGE})
"""Codes that are no worse for a start point; the others are errors there."""


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
        if counts[code] <= _BY_CODE[code].most:
            yield _visit_issue(source, code, visit)
    yield from _more(source, counts)


def _visit_issue(source: str, code: str, visit: Visit) -> Issue:
    line, said = _BY_CODE[code], (visit.said or "").rstrip(".")
    is_start = visit.depth == 0 and code not in _NOT_OF_THE_START
    advice = _DEAD_START if is_start and code == "dead-link" else line.advice
    message = f"{visit.fetch_url}: {said}. {advice}"
    return issue(source, "error" if is_start else line.severity, code, message, visit.url)


def _more(source: str, counts: Mapping[str, int]) -> Iterator[Issue]:
    for code, number in counts.items():
        line = _BY_CODE[code]
        if number > line.most:
            yield issue(source, line.severity, code, f"{number - line.most} more pages of {source} are the same.")


def end_issue(source: str, end: CrawlEnd, said: str = "") -> Issue | None:
    """Give the line that a run's end is worth, if any."""
    line = _END_LINES.get(end)
    return issue(source, line.severity, line.code, line.advice.format(said=said)) if line else None
