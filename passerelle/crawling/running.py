"""One run of one source, from its start points to its last page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from passerelle.crawling.archive import ArchiveError, ArchiveWriter, RawPlace, read_body
from passerelle.crawling.discovery.links import PageLinks, page_links
from passerelle.crawling.discovery.scope import Scope
from passerelle.crawling.fetching.answers import Stopped
from passerelle.crawling.frontier import Frontier, Target
from passerelle.crawling.journal import Journal, key_of
from passerelle.crawling.known_robots import known_robots
from passerelle.crawling.lists import Listed, Lists
from passerelle.crawling.stopping import Stop
from passerelle.crawling.visiting import LASTING, SITE_WIDE, PageFetcher, Visited, Visitor
from passerelle.store import crawls
from passerelle.store.crawls import QueueState
from passerelle.store.database import Store
from schemas.crawl import CrawlEnd, Visit
from schemas.source import Crawl, Source, StartPoint

GIVE_UP_AFTER = 10
"""Failures in a row that are likely the site's: what is left is asked for by the next run."""
GONE_ASKED_FOR = timedelta(days=30)
"""How long a page that is gone is asked for again without any link to it: sites break and are mended."""
DEAD_AFTER = 5
"""Failures in a row after which a URL that never answered is asked for only where something links to it."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
FLUSH_AFTER = 100
"""Pages asked for between two transactions, where the archive causes none."""

Advance = Callable[[int, int], None]
"""Told the pages asked for so far and the pages known to this run."""


@dataclass(frozen=True)
class Limits:
    """What a run may do."""

    pages: int
    since: datetime | None
    stop: Stop
    advance: Advance
    only_starts: bool = False
    """Whether nothing but the start points, and their versions in other languages, is asked for."""


@dataclass
class _Known:
    """What earlier runs, and the interrupted one that this run goes on with, know of a source."""

    pages: list[Target] = field(default_factory=list)
    done: list[Visit] = field(default_factory=list)
    """Dealt with by the interrupted run, as far as it went."""
    unread: list[Visit] = field(default_factory=list)
    """Fetched, and killed before their links were queued."""
    aliases: dict[str, Target] = field(default_factory=dict)
    urls: set[str] = field(default_factory=set)
    """All that was ever asked for."""
    seen: dict[str, datetime] = field(default_factory=dict)
    """When each page last answered."""
    partners: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Versions in other languages of each page that answered."""
    robots: list[Visit] = field(default_factory=list)


class Run:
    """The frontier, the archive and the journal of one run, put to work."""

    def __init__(
        self,
        source: Source,
        crawl: Crawl,
        *,
        store: Store,
        raw: RawPlace,
        fetcher: PageFetcher,
        writer: ArchiveWriter | None,
        journal: Journal,
        limits: Limits,
    ) -> None:
        """Begin; without a writer it is a dry run."""
        self._source, self._crawl, self._limits, self._fetcher = source, crawl, limits, fetcher
        self._store, self._raw, self._writer, self._journal = store, raw, writer, journal
        self.scope = Scope(source)
        self._known = self._load()
        for visit in self._known.robots:
            if robots := known_robots(visit, raw):
                fetcher.remember_robots(robots)
        journal.asked = self._known.urls
        self.frontier = Frontier(
            self.scope,
            max_depth=crawl.depth,
            max_pages=limits.pages,
            since=limits.since,
            aliases=self._known.aliases,
        )
        self._visitor = Visitor(
            source.name,
            fetcher,
            raw=raw,
            writer=writer,
            journal=journal,
            frontier=self.frontier,
            pace=crawl.pace,
            scope=self.scope.reaches,
        )
        self.lists = Lists(self._visitor.visit_list, self.scope)
        self._partners: dict[str, tuple[str, ...]] = {}
        self._asked = self._answered = self._failed_in_a_row = self._since_flush = 0

    def go(self) -> CrawlEnd:
        """Ask for all there is; give how it ended."""
        try:
            self._enter_starts()
            self._enter_known()
            end = self._visit_pages()
        except Stopped:
            end = "interrupted"
        self._write_down()
        return end

    def plan(self) -> list[Target]:
        """Ask for the start points only; give the pages that a run would ask for, in order."""
        self._enter_starts()
        self._enter_known()
        planned = []
        while target := self.frontier.pop():
            planned.append(target)
            if self._is_start(target):
                self._follow(target, self._visitor.visit_page(target, needs_links=self._crawl.depth > 0))
            else:
                self._follow_links(target, PageLinks(), self._known.partners.get(target.url, ()))
        return [target for target in planned if self._fetcher.allows(target.fetch_url, self._crawl.pace)]

    def _enter_done(self) -> None:
        """Take over what the interrupted run asked for: versions in other languages come next, as they would have."""
        done = sorted(self._known.done, key=lambda visit: visit.tried_at or _LONG_AGO)
        for target in self.frontier.take_over((visit.url, self._partners_of(visit)) for visit in done):
            self._queue(target)

    def _partners_of(self, visit: Visit) -> list[Target]:
        partners = self._known.partners.get(visit.url, ())
        return [Target(key_of(url), url, visit.depth, visit.url) for url in partners]

    def _enter_starts(self) -> None:
        self._enter_done()
        for start in self._crawl.start:
            if start.kind == "page":
                url = key_of(start.url)
                self._queue(self.frontier.add_start(Target(url, start.url, seen_at=self._known.seen.get(url))))
            else:
                self._enter_list(start)

    def _enter_list(self, start: StartPoint) -> None:
        for listed in self.lists.read(start):
            self._enter_listed(listed)

    def _enter_listed(self, listed: Listed) -> None:
        url = key_of(listed.url)
        target = Target(url, listed.url, 1, listed.list_url, self._known.seen.get(url), listed.changed)
        self._queue(self.frontier.add(target))
        partners = (url for language, url in listed.partners if language[:2] in self._source.languages)
        self._partners[url] = tuple(partners)

    def _enter_known(self) -> None:
        """Queue what earlier runs found, and the links of pages whose links a crash kept from being queued."""
        pages = () if self._limits.only_starts else self._known.pages
        entered = [target for known in pages if (target := self.frontier.add(known))]
        if self._writer:
            with self._store.session() as session:
                urls = [target.url for target in entered]
                crawls.queue_again(session, self._source.name, urls, self._journal.crawl)
        for visit in self._known.unread:
            target = Target(visit.url, visit.fetch_url, visit.depth, visit.found_on, visit.seen_at)
            self._journal.set_linked(visit.url, self._follow_links(target, self._links_of(visit)))

    def _visit_pages(self) -> CrawlEnd:
        while target := self.frontier.pop():
            if self._limits.stop.is_set:
                raise Stopped
            visited = self._visitor.visit_page(target, needs_links=target.depth < self._crawl.depth)
            self._asked += 1
            self._judge(visited)
            self._follow(target, visited)
            self._flush_if_due()
            self._limits.advance(self._asked, self._asked + len(self.frontier))
            if self._failed_in_a_row >= GIVE_UP_AFTER:
                return "unreachable"
        if self._answered + self.lists.answered + len(self._known.done) == 0 and not self._limits.only_starts:
            return "unreachable"
        return "limit" if self.frontier.is_exhausted else "done"

    def _judge(self, visited: Visited) -> None:
        failure = visited.failure
        if failure is None:
            self._answered += 1
        is_site_wide = failure is not None and (failure.kind in SITE_WIDE or failure.retry_after is not None)
        self._failed_in_a_row = self._failed_in_a_row + 1 if is_site_wide else 0

    def _follow(self, target: Target, visited: Visited) -> None:
        partners = None
        if visited.failure is None:
            is_read = visited.body is not None
            known = () if is_read or visited.before is None else visited.before.partners
            partners = self._follow_links(target, visited.links, known)
        self._journal.set_linked(target.url, partners)
        if (url := key_of(visited.url)) != target.url:
            self._journal.set_linked(url, partners)

    def _follow_links(self, target: Target, links: PageLinks, partners: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Queue what a page links to; give its versions in other languages."""
        declared = self._partners.pop(target.url, ())
        partners = tuple(dict.fromkeys((*links.partners_in(self._source.languages), *declared, *partners)))
        for url in partners:
            self._queue(self.frontier.add_partner(Target(key_of(url), url, target.depth, target.url)))
        refreshed = [links.refresh] if links.refresh else []
        for url in (*links.links, *refreshed):
            self._queue(self.frontier.add(Target(key_of(url), url, target.depth + 1, target.url)))
        return partners

    def _queue(self, target: Target | None) -> None:
        if target and self._writer:
            self._journal.queue(target)

    def _flush_if_due(self) -> None:
        self._since_flush += 1
        if self._since_flush >= FLUSH_AFTER:
            self._write_down()

    def _write_down(self) -> None:
        """Have the archive on disk first: a page is dealt with once it is there."""
        if self._writer:
            self._writer.commit()
            self._journal.flush()
        self._since_flush = 0

    def _is_start(self, target: Target) -> bool:
        return target.depth == 0 and target.found_on is None

    def _links_of(self, visit: Visit) -> PageLinks:
        if visit.capture is None:
            return PageLinks()
        try:
            body = read_body(self._raw, visit.capture.place, visit.capture.digest)
        except ArchiveError:
            return PageLinks()
        return page_links(body, visit.capture.url or visit.url)

    def _load(self) -> _Known:
        known = _Known()
        answered: dict[str, Target] = {}
        leads: list[tuple[str, str]] = []
        with self._store.session() as session:
            for visit, crawl, state in crawls.visits_of(session, self._source.name):
                if visit.outcome != "waiting":
                    known.urls.add(visit.url)
                if visit.kind != "page":
                    known.robots += [visit] if visit.kind == "robots" else []
                    continue
                target = Target(visit.url, visit.fetch_url, visit.depth, visit.found_on, visit.seen_at)
                if visit.seen_at:
                    known.seen[visit.url] = visit.seen_at
                if visit.outcome == "ok":
                    answered[visit.url] = target
                    known.partners[visit.url] = visit.partners
                if visit.outcome == "redirect" and visit.leads_to and visit.status in LASTING:
                    leads.append((visit.url, visit.leads_to))
                self._sort(known, visit, target, state if crawl == self._journal.crawl else None)
        known.aliases = {url: answered[page] for url, page in leads if page in answered}
        return known

    def _sort(self, known: _Known, visit: Visit, target: Target, state: QueueState | None) -> None:
        if state in {"done", "fetched"} and self._writer:
            known.done.append(visit)
            if state == "fetched":
                known.unread.append(visit)
        elif state == "queued" or _is_due(visit, self._limits):
            known.pages.append(target)


def _is_due(visit: Visit, limits: Limits) -> bool:
    """Say whether a URL known from earlier is asked for again without anything leading to it."""
    if visit.outcome == "redirect":
        return False
    if visit.gone_since and visit.tried_at:
        return visit.tried_at - visit.gone_since < GONE_ASKED_FOR
    if visit.outcome == "gone":
        return False
    return visit.capture is not None or visit.failures < DEAD_AFTER
