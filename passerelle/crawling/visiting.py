"""Ask for one URL of a source: conditionally, archived, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self, Unpack

from passerelle.crawling.archive import ArchiveError, ArchiveWriter, Known, RawPlace, read_body
from passerelle.crawling.discovery.links import PageLinks, page_key, page_links
from passerelle.crawling.fetching.answers import Answer, Exchange, Failure, FailureKind, How, NotModified, Outcome
from passerelle.crawling.fetching.robots import KnownRobots
from passerelle.crawling.frontier import Frontier, Target
from passerelle.crawling.journal import ALIAS, OTHER, SCRIPTED, Journal, key_of, notes_of, unanswered
from passerelle.crawling.known_robots import robots_target
from schemas.capture import Capture
from schemas.crawl import TargetKind, Visit, VisitOutcome

WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})
TEXTS = WEB_PAGES | {"text/plain", "application/octet-stream"}
"""Media types that extractors read; a server that declares none may still send a page."""

LASTING = frozenset({200, 301, 308})
"""Statuses of what leads to a page for good: a permanent redirect, or a page that names its canonical address."""

PROBLEMS: dict[FailureKind, str] = {
    "robots": "robots-forbid",
    "crawl-delay": "crawl-delay-too-long",
    "blocked": "site-blocks",
    "gone": "dead-link",
    "client-error": "server-refuses",
    "server-error": "server-fails",
    "rate-limited": "asked-to-wait",
    "timeout": "unreachable",
    "dns": "unreachable",
    "tls": "unreachable",
    "connection": "unreachable",
    "truncated": "unreachable",
    "refused-address": "refused-address",
    "too-large": "too-large",
    "too-many-redirects": "bad-redirect",
    "redirect-out-of-scheme": "bad-redirect",
    "bad-headers": "not-http",
    "not-http": "not-http",
    "off-limits": "bad-redirect",
}
"""Kind of failure → code of its issue; kinds that an operator treats alike have one."""

SITE_WIDE: frozenset[FailureKind] = frozenset(
    {"blocked", "rate-limited", "timeout", "dns", "tls", "connection", "server-error", "refused-address"}
)
"""Failures that are likely the site's, not the page's."""


class PageFetcher(Protocol):
    """What a crawl needs of ``fetching.fetch.Fetcher``."""

    def fetch(self, url: str, **how: Unpack[How]) -> Outcome:
        """Fetch one page."""

    def remember_robots(self, known: KnownRobots) -> None:
        """Take over what an earlier run read of a robots.txt."""

    def allows(self, url: str, pace: float | None = None) -> bool:
        """Say whether robots.txt lets a URL be fetched."""

    def stop(self) -> None:
        """End every wait and read: calls under way raise ``Stopped``."""

    def __enter__(self) -> Self:
        """Open."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close all connections."""


@dataclass(frozen=True)
class Visited:
    """What came of asking for a URL."""

    outcome: Outcome
    url: str
    """Where it was found."""
    body: bytes | None = None
    """Of the page or list; ``None`` where there is none, or it has not changed and nobody needs it."""
    links: PageLinks = field(default_factory=PageLinks)
    before: Visit | None = None
    """What was known of it before."""

    @property
    def failure(self) -> Failure | None:
        """The failure, if it is one."""
        return self.outcome if isinstance(self.outcome, Failure) else None


class Visitor:
    """Asks for the URLs of one run of one source."""

    def __init__(
        self,
        source: str,
        fetcher: PageFetcher,
        *,
        raw: RawPlace,
        writer: ArchiveWriter | None,
        journal: Journal,
        frontier: Frontier,
        pace: float,
        scope: Callable[[str], bool],
    ) -> None:
        """Begin; without a writer nothing is archived or remembered (a dry run)."""
        self._source, self._fetcher, self._raw, self._writer = source, fetcher, raw, writer
        self._journal, self._frontier = journal, frontier
        self._pace, self._scope = pace, scope

    def visit_list(self, url: str, kind: TargetKind) -> Visited:
        """Ask for a feed, a sitemap or a page of a listing."""
        return self._visit(Target(key_of(url), url), kind, needs_body=True)

    def visit_page(self, target: Target, *, needs_links: bool) -> Visited:
        """Ask for a page; what it links to is read where it is new or changed, or where it is needed."""
        return self._visit(target, "page", needs_body=needs_links)

    def _visit(self, target: Target, kind: TargetKind, *, needs_body: bool) -> Visited:
        before = self._journal.visit(target.url)
        known = self._known_capture(before)
        outcome = self._ask(target, known)
        visited = self._read(outcome, known, kind, needs_body=needs_body)
        if self._writer is None:
            return replace(visited, before=before)
        try:
            self._archive(target, visited, kind, known)
        except ArchiveError:
            if not isinstance(outcome, NotModified):
                raise
            # The archive cannot read the page that has not changed: ask for the whole of it.
            visited = self._read(self._ask(target, None), None, kind, needs_body=needs_body)
            self._archive(target, visited, kind, None)
        if visited.failure:
            self._note_failure(target, before, visited.failure, kind)
        return replace(visited, before=before)

    def _known_capture(self, before: Visit | None) -> Capture | None:
        """Give the last capture of a URL, or of the page that it led to."""
        if before and before.capture is None and before.leads_to:
            before = self._journal.visit(before.leads_to)
        return before.capture if before else None

    def _ask(self, target: Target, known: Capture | None) -> Outcome:
        headers = known.headers if known else {}
        return self._fetcher.fetch(
            target.fetch_url,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            # Site spellings differ from normal ones: only where a redirect led elsewhere does the difference matter.
            known_url=known.url if known and known.url != target.url else None,
            pace=self._pace,
            scope=self._scope,
        )

    def _read(self, outcome: Outcome, known: Capture | None, kind: TargetKind, *, needs_body: bool) -> Visited:
        body = None
        if isinstance(outcome, Answer):
            body = outcome.body
        elif isinstance(outcome, NotModified) and needs_body and known:
            with suppress(ArchiveError):  # found out again, and minded, when the answer is archived
                body = read_body(self._raw, known.place, known.digest)
        media_type = outcome.media_type if isinstance(outcome, Answer) else known.media_type if known else ""
        is_page = kind == "page" and body is not None and media_type in WEB_PAGES
        links = page_links(body, outcome.url) if is_page and body is not None else PageLinks()
        return Visited(outcome, outcome.url, body, links)

    def _archive(self, target: Target, visited: Visited, kind: TargetKind, known: Capture | None) -> None:
        if self._writer is None:
            return
        outcome = visited.outcome
        last = outcome.exchange if isinstance(outcome, Failure) else outcome
        received = sum(len(exchange.payload) for exchange in (*outcome.trail, *([last] if last else [])))
        self._journal.count(bytes=received)
        why, page = self._identity(target, visited, known) if kind == "page" else (kind, target)
        notes = notes_of(page, self._journal.crawl) | ({SCRIPTED: "yes"} if visited.links.scripted else {})
        earlier = [capture for capture in (known or self._known_capture(self._journal.visit(page.url)),) if capture]
        self._writer.write_outcome(outcome, why=why, notes=notes, earlier=earlier, known=self._known_robots)

    def _known_robots(self, exchange: Exchange) -> Known:
        """Give what the journal needs to know of a robots.txt, and its capture of an earlier run."""
        if exchange.robots_of is None:
            return {}, ()
        target = robots_target(exchange.robots_of)
        before = self._journal.visit(target.url)
        return notes_of(target, self._journal.crawl), [before.capture] if before and before.capture else []

    def _identity(self, target: Target, visited: Visited, known: Capture | None) -> tuple[str, Target]:
        """Say as what an answer is archived, and which page it is.

        A redirect leads to another page, which may have been asked for already; so may a canonical address.
        """
        outcome = visited.outcome
        if isinstance(outcome, Failure):
            return "page", target
        media_type = outcome.media_type if isinstance(outcome, Answer) else known.media_type if known else ""
        if media_type not in TEXTS:
            return OTHER, target
        page = replace(target, url=key_of(outcome.url), fetch_url=outcome.url)
        hinted = page_key(outcome.url, visited.links.canonical)
        if hinted and hinted != page.url and self._has_page(hinted):
            self._lead(target, hinted, outcome)
            return ALIAS, target
        if page.url == target.url:
            return "page", target
        is_second = self._frontier.is_done(page.url)
        self._frontier.set_done(page.url)
        self._lead(target, page.url, outcome)
        return (ALIAS, target) if is_second else ("page", page)

    def _has_page(self, url: str) -> bool:
        known = self._journal.visit(url)
        return self._frontier.is_done(url) or (known is not None and known.outcome == "ok")

    def _lead(self, target: Target, url: str, outcome: Answer | NotModified) -> None:
        """Note that a URL is another address of a page."""
        passing = (hop.status for hop in outcome.hops if hop.status not in LASTING)
        status = next(passing, outcome.hops[0].status if outcome.hops else 200)
        self._end(target, "page", outcome="redirect", status=status, leads_to=url, seen_at=outcome.fetched_at)

    def _note_failure(self, target: Target, before: Visit | None, failure: Failure, kind: TargetKind) -> None:
        outcome: VisitOutcome = "blocked" if failure.kind in {"robots", "crawl-delay", "blocked"} else "failed"
        # A page that was gone and whose site now fails is gone still: only an answer brings it back.
        problem, gone_since = PROBLEMS[failure.kind], before.gone_since if before else None
        if failure.kind == "gone":
            outcome = "gone"
            if before and before.capture:
                problem, gone_since = "page-gone", before.gone_since or datetime.now(UTC)
        if kind == "page":
            is_news = gone_since is not None and (before is None or before.gone_since is None)
            failed = {"blocked": {"blocked": 1}, "failed": {"failed": 1}, "gone": {"gone": 1} if is_news else {}}
            self._journal.count(**failed[outcome])
        self._end(
            target,
            kind,
            outcome=outcome,
            status=failure.status,
            problem=problem,
            said=failure.message,
            gone_since=gone_since,
            failures=(before.failures if before else 0) + 1,
        )

    def _end(self, target: Target, kind: TargetKind, **update: object) -> None:
        before = self._journal.visit(target.url)
        self._journal.end(unanswered(before, target, self._source, kind, datetime.now(UTC), **update))
