"""Crawl sources: from the start points to the pages, politely, each answer archived.

A run can be stopped at any moment, by Ctrl-C or by a crash: what was fetched is in the archive, what was found is in
the queue (``visits``), and the next run goes on from there.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from passerelle.crawling.archive import ArchiveWriter, recover
from passerelle.crawling.discovery.scope import Scope
from passerelle.crawling.journal import Journal, record_crawled
from passerelle.crawling.report import CrawlReport, end_issue, issue, visit_issues
from passerelle.crawling.running import Limits, Run
from passerelle.crawling.stopping import Stop
from passerelle.crawling.visiting import PageFetcher
from passerelle.store import crawls
from passerelle.store.log import replace_issues
from passerelle.workplace import Workplace
from schemas.crawl import CrawlEnd, CrawlRun
from schemas.issue import Issue
from schemas.source import Crawl, Source
from schemas.urls import host_of

log = logging.getLogger(__name__)

FetcherFactory = Callable[[Source], PageFetcher]
Progress = Callable[[str, int, int], None]
"""Told the source, the pages asked for so far and the pages known to this run."""

PARALLEL = 8
"""Sources crawled at a time: their sites are different ones, and each waits for its own."""


def _quiet(_source: str, _done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class CrawlOptions:
    """How a crawl is done."""

    limit: int | None = None
    """Pages asked for, at most; the source's own limit holds too."""
    dry_run: bool = False
    """Ask for the start points only, archive and remember nothing, and say what would be asked for."""
    since: datetime | None = None
    """Leave out pages that the site dates earlier, and pages seen before that it does not date."""
    only_starts: bool = False
    """Ask for the start points and their versions in other languages, and for nothing known from earlier."""
    progress: Progress = _quiet
    stop: Stop = field(default_factory=Stop)
    """Ends the run."""


def crawl_sources(
    sources: Sequence[Source],
    *,
    workplace: Workplace,
    fetcher_factory: FetcherFactory,
    options: CrawlOptions | None = None,
) -> tuple[CrawlReport, ...]:
    """Crawl several sources, side by side where they share no host; Ctrl-C stops them all cleanly."""
    chosen = options or CrawlOptions()

    def crawl_group(group: Sequence[Source]) -> list[CrawlReport]:
        return [
            crawl_source(source, workplace=workplace, fetcher_factory=fetcher_factory, options=chosen)
            for source in group
            if not chosen.stop.is_set
        ]

    with ThreadPoolExecutor(PARALLEL, thread_name_prefix="crawl") as pool:
        futures = [pool.submit(crawl_group, group) for group in _by_host(sources)]
        try:
            while wait(futures, timeout=0.2).not_done:  # a wait without end would not let Ctrl-C through
                pass
        except KeyboardInterrupt:
            chosen.stop.stop()
    reports = {report.source: report for future in futures for report in future.result()}
    return tuple(reports[source.name] for source in sources if source.name in reports)


def crawl_source(
    source: Source,
    *,
    workplace: Workplace,
    fetcher_factory: FetcherFactory,
    options: CrawlOptions | None = None,
) -> CrawlReport:
    """Crawl one source; what goes wrong with a page or with the source is said in the report and the issue log."""
    began, chosen = time.monotonic(), options or CrawlOptions()
    if source.crawl is None:
        said = issue(source.name, "error", "not-crawled", f"{source.name} has no crawl section; write one.")
        return CrawlReport(source.name, "failed", issues=(said,))
    work = _Work(source, source.crawl, workplace, fetcher_factory, chosen)
    if chosen.dry_run:
        report = work.plan()
    else:
        with _locked(workplace, source.name) as is_ours:
            report = work.crawl_guarded() if is_ours else _without_run(source.name, "busy")
    return replace(report, seconds=time.monotonic() - began)


@dataclass(frozen=True)
class _Work:
    """One source to crawl, with all that it takes."""

    source: Source
    crawl: Crawl
    workplace: Workplace
    fetcher_factory: FetcherFactory
    options: CrawlOptions

    @property
    def limits(self) -> Limits:
        options, name = self.options, self.source.name
        most = self.crawl.max_pages if options.limit is None else min(options.limit, self.crawl.max_pages)
        return Limits(
            most,
            options.since,
            options.stop,
            advance=lambda done, total: options.progress(name, done, total),
            only_starts=options.only_starts,
        )

    def plan(self) -> CrawlReport:
        journal = Journal(self.workplace.store, self.source.name, crawl=0)
        with self.fetcher_factory(self.source) as fetcher, self.options.stop.watching(fetcher):
            run = self._run(fetcher, None, journal)
            planned = run.plan()
        issues = tuple(self._list_issues(run))
        return CrawlReport(
            self.source.name, "done", issues=issues, planned=tuple(target.fetch_url for target in planned)
        )

    def crawl_guarded(self) -> CrawlReport:
        """Crawl; whatever goes wrong ends this source's run, not the others'."""
        store = self.workplace.store
        begun = self._begin()
        end: CrawlEnd = "failed"
        said, more = "", list[Issue]()
        try:
            more += recover(self.workplace.raw, lambda found: record_crawled(store, found))
            end, found = self._crawl(begun)
            more += found
        except Exception as error:
            log.exception("%s: the crawl could not go on", self.source.name)
            said = f"{type(error).__name__}: {error}"
        return self._finish(begun, end, more, said)

    def _begin(self) -> CrawlRun:
        now = datetime.now(UTC)
        with self.workplace.store.session() as session:
            begun = None if self.options.only_starts else crawls.resumable_crawl(session, self.source.name, now)
            return begun or crawls.start_crawl(session, self.source.name, now)

    def _crawl(self, begun: CrawlRun) -> tuple[CrawlEnd, list[Issue]]:
        journal = Journal(self.workplace.store, self.source.name, begun.id)
        with (
            self.fetcher_factory(self.source) as fetcher,
            self.options.stop.watching(fetcher),
            ArchiveWriter(self.workplace.raw, self.source.name, journal.announce) as writer,
        ):
            run = self._run(fetcher, writer, journal)
            end = run.go()
        journal.flush()
        return end, self._list_issues(run)

    def _run(self, fetcher: PageFetcher, writer: ArchiveWriter | None, journal: Journal) -> Run:
        return Run(
            self.source,
            self.crawl,
            store=self.workplace.store,
            raw=self.workplace.raw,
            fetcher=fetcher,
            writer=writer,
            journal=journal,
            limits=self.limits,
        )

    def _list_issues(self, run: Run) -> list[Issue]:
        name = self.source.name
        damaged: dict[str, list[str]] = {}
        for url, said in run.lists.problems:
            damaged.setdefault(url, []).append(said)
        lists = [
            issue(
                name, "warning", "list-damaged", f"{url}: {'; '.join(said)}. What could be read of it was taken.", url
            )
            for url, said in damaged.items()
        ]
        traps = [
            issue(name, "info", "endless-pages", f"Left aside ({trap}): {url} and others like it; deny them.", url)
            for trap, url in sorted(run.frontier.trapped.items())
        ]
        return [*lists, *traps]

    def _finish(self, begun: CrawlRun, end: CrawlEnd, more: list[Issue], said: str) -> CrawlReport:
        name, now, is_list = self.source.name, datetime.now(UTC), self.options.only_starts
        end = "listed" if is_list and end in {"done", "limit"} else end
        is_cut = end == "limit" and self.limits.pages < self.crawl.max_pages
        kept: CrawlEnd = "listed" if is_list else "cut" if is_cut else end
        with self.workplace.store.session() as session:
            ended = crawls.finish_crawl(session, begun.id, now, kept)
            state = crawls.source_states(session, {name: self.source}, now=now)[name]
            visits = (
                (visit, queued_by)
                for visit, queued_by, _ in crawls.visits_of(session, name)
                if not is_list or queued_by == begun.id
            )
            issues = [*more, *visit_issues(name, visits, Scope(self.source), begun.id)]
            issues += [line for line in (end_issue(name, end, said), self._silence(state.health)) if line]
            if not is_list:  # it asked for all that lists had asked for before
                replace_issues(session, "crawl", issues, batch=name)
            replace_issues(session, "crawl", issues if is_list else (), batch=f"{name}, listed")
        return CrawlReport(name, end, ended.counts, tuple(issues), health=state.health, crawl=ended.id)

    def _silence(self, health: str) -> Issue | None:
        if health != "silent" or self.options.only_starts:
            return None
        message = "It gives fewer pages than before, or nothing new for long: look at its start points."
        return issue(self.source.name, "warning", "source-silent", message)


def _without_run(name: str, end: CrawlEnd) -> CrawlReport:
    line = end_issue(name, end)
    return CrawlReport(name, end, issues=(line,) if line else ())


def _by_host(sources: Sequence[Source]) -> list[list[Source]]:
    """Put sources that share a host together, to be crawled one after the other: a host has one visitor at a time."""
    groups: list[tuple[set[str], list[Source]]] = []
    for source in sources:
        hosts, members = _hosts(source), [source]
        apart = []
        for others, group in groups:
            if others & hosts:
                hosts |= others
                members = [*group, *members]
            else:
                apart.append((others, group))
        groups = [*apart, (hosts, members)]
    return [group for _, group in groups]


def _hosts(source: Source) -> set[str]:
    starts = [start.url for start in source.crawl.start] if source.crawl else []
    return {*source.hosts, *filter(None, map(host_of, starts))}


@contextmanager
def _locked(workplace: Workplace, name: str) -> Iterator[bool]:
    """Hold the lock of a source; a dead process holds none. Gives False where another process has it."""
    folder = workplace.settings.state / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"crawl-{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
