"""Crawls and visits: what is known of every URL of a source, and how each run went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, cast

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from passerelle.store.tables import CrawlRow, VisitRow
from schemas.crawl import SCRIPTED_PAGE, CrawlCounts, CrawlEnd, CrawlRun, Health, SourceState, Visit
from schemas.source import Source

QueueState = Literal["queued", "fetched", "done"]
"""Where a URL stands in a run: to be asked for; archived, its links not yet queued; dealt with."""

IN_ONE = 500
"""URLs named in one statement; databases bound the number of parameters."""
RESUMED_FOR = timedelta(days=3)
"""An interrupted run older than this is not gone on with: what it asked for first is due again."""
SILENT_AFTER = timedelta(days=180)
"""No new or changed page for so long, and someone should look: small sites rest, but seldom for half a year."""
LATE_AFTER = timedelta(hours=6)
"""A run this much later than planned is missing, not merely waiting for its turn."""
REMEMBERED = 10
"""Earlier runs that say how many pages a source has."""
FEWER_THAN = 0.5
"""Fewer than this part of the usual pages is silence."""


class Queued(NamedTuple):
    """What is known of a URL, the run that last queued it, and where it stands there."""

    visit: Visit
    crawl: int | None
    state: QueueState


def start_crawl(session: Session, source: str, at: datetime) -> CrawlRun:
    """Note that a run begins."""
    row = CrawlRow(source=source, started=at, counts=CrawlCounts().model_dump_json())
    session.add(row)
    session.flush()
    return _run(row)


def resumable_crawl(session: Session, source: str, now: datetime) -> CrawlRun | None:
    """Give the last run of a source where it was interrupted or killed, not long ago."""
    last = next(iter(crawls_of(session, source, 1)), None)
    stopped = last is not None and (last.finished is None or last.end == "interrupted")
    return last if stopped and last and now - last.started <= RESUMED_FOR else None


def add_counts(session: Session, crawl: int, found: CrawlCounts) -> None:
    """Add to the counts of a run."""
    row = session.get_one(CrawlRow, crawl)
    before = CrawlCounts.model_validate_json(row.counts)
    total = {name: getattr(before, name) + getattr(found, name) for name in CrawlCounts.model_fields}
    row.counts = CrawlCounts(**total).model_dump_json()


def finish_crawl(session: Session, crawl: int, at: datetime, end: CrawlEnd) -> CrawlRun:
    """Note that a run ended, and how."""
    row = session.get_one(CrawlRow, crawl)
    row.finished, row.end = at, end
    session.flush()
    return _run(row)


def crawls_of(session: Session, source: str, limit: int = REMEMBERED) -> tuple[CrawlRun, ...]:
    """Give the last runs of a source, newest first; lists of URLs are none: they say nothing of the whole."""
    are_runs = CrawlRow.source == source, CrawlRow.end.is_distinct_from("listed")
    rows = select(CrawlRow).where(*are_runs).order_by(CrawlRow.started.desc(), CrawlRow.id.desc())
    return tuple(_run(row) for row in session.scalars(rows.limit(limit)))


def visit_of(session: Session, source: str, url: str) -> Visit | None:
    """Give what is known of a URL."""
    wanted = select(VisitRow.payload).where(VisitRow.source == source, VisitRow.url == url)
    payload = session.scalar(wanted)
    return Visit.model_validate_json(payload) if payload else None


def visits_among(session: Session, source: str, urls: Iterable[str]) -> dict[str, Queued]:
    """Give what is known of some URLs, with their places in the queue."""
    wanted, found = list(urls), dict[str, Queued]()
    for start in range(0, len(wanted), IN_ONE):
        some = VisitRow.source == source, VisitRow.url.in_(wanted[start : start + IN_ONE])
        rows = session.execute(select(VisitRow.payload, VisitRow.crawl, VisitRow.state).where(*some))
        for payload, crawl, state in rows.tuples():
            visit = Visit.model_validate_json(payload)
            found[visit.url] = Queued(visit, crawl, cast(QueueState, state))
    return found


def visits_of(session: Session, source: str) -> Iterator[Queued]:
    """Give every URL of a source, with its place in the queue."""
    columns = select(VisitRow.payload, VisitRow.crawl, VisitRow.state)
    rows = columns.where(VisitRow.source == source).order_by(VisitRow.url).execution_options(yield_per=500)
    for payload, crawl, state in session.execute(rows).tuples():
        yield Queued(Visit.model_validate_json(payload), crawl, cast(QueueState, state))


def save_visits(session: Session, visits: Iterable[Queued]) -> None:
    """Keep what is known of some URLs, and their places in the queue."""
    rows = [
        {
            "source": visit.source,
            "url": visit.url,
            "outcome": visit.outcome,
            "kind": visit.kind,
            "problem": visit.problem,
            "crawl": crawl,
            "state": state,
            "payload": visit.model_dump_json(),
        }
        for visit, crawl, state in visits
    ]
    if not rows:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    adding = insert(VisitRow)
    news = {name: adding.excluded[name] for name in ("outcome", "kind", "problem", "crawl", "state", "payload")}
    session.execute(adding.on_conflict_do_update(index_elements=["source", "url"], set_=news), rows)


def queue_again(session: Session, source: str, urls: Iterable[str], crawl: int) -> None:
    """Put known URLs into the queue of a run."""
    wanted = list(urls)
    for start in range(0, len(wanted), IN_ONE):
        some = wanted[start : start + IN_ONE]
        session.execute(
            update(VisitRow)
            .where(VisitRow.source == source, VisitRow.url.in_(some))
            .values(crawl=crawl, state="queued")
            .execution_options(synchronize_session=False)
        )


def gone_since(session: Session) -> dict[tuple[str, str], datetime]:
    """Say since when pages that were there once are gone, by source and URL; they are until they answer again."""
    unanswered = select(VisitRow.payload).where(VisitRow.outcome.in_(("gone", "failed", "blocked")))
    visits = map(Visit.model_validate_json, session.scalars(unanswered))
    return {(visit.source, visit.url): visit.gone_since for visit in visits if visit.gone_since}


def source_states(
    session: Session,
    sources: Mapping[str, Source],
    *,
    now: datetime,
    next_runs: Mapping[str, datetime] | None = None,
    initiatives: Mapping[str, int] | None = None,
) -> dict[str, SourceState]:
    """Say how every source is doing.

    Args:
        session: a transaction.
        sources: sources by name.
        now: the time.
        next_runs: when each is due next after its last run, where it has a schedule.
        initiatives: records of each source, where they are known; fewer than the source promises is silence.
    """
    tallies = _tallies(session)
    return {
        name: _state(
            source,
            crawls_of(session, name),
            tallies.get(name, {}),
            now=now,
            next_run=(next_runs or {}).get(name),
            initiatives=None if initiatives is None else initiatives.get(name, 0),
        )
        for name, source in sources.items()
    }


def _tallies(session: Session) -> dict[str, Counter[str]]:
    """Count pages by outcome, and the problem of pages that only a script fills; lists count where they fail."""
    found: dict[str, Counter[str]] = {}
    by = VisitRow.source, VisitRow.kind, VisitRow.outcome, VisitRow.problem
    for source, kind, outcome, problem, number in session.execute(select(*by, func.count()).group_by(*by)).tuples():
        tally = found.setdefault(source, Counter())
        if kind == "page" or outcome in {"failed", "blocked"}:
            tally[outcome] += number
        if problem == SCRIPTED_PAGE:
            tally[problem] += number
    return found


def _state(
    source: Source,
    runs: tuple[CrawlRun, ...],
    tally: Mapping[str, int],
    *,
    now: datetime,
    next_run: datetime | None,
    initiatives: int | None,
) -> SourceState:
    ended = [run for run in runs if run.finished and run.end != "cut"]  # a part says nothing of the whole
    news = next((run.started for run in ended if run.counts.new or run.counts.changed), None)
    health = _health(source, ended, news, now=now, next_run=next_run, initiatives=initiatives)
    return SourceState(
        source=source.name,
        last=runs[0] if runs else None,
        pages=tally.get("ok", 0),
        gone=tally.get("gone", 0),
        failing=tally.get("failed", 0) + tally.get("blocked", 0),
        scripted=tally.get(SCRIPTED_PAGE, 0),
        last_news=news,
        next_run=next_run,
        health=health,
    )


def _health(
    source: Source,
    ended: list[CrawlRun],
    news: datetime | None,
    *,
    now: datetime,
    next_run: datetime | None,
    initiatives: int | None,
) -> Health:
    if not source.enabled:
        return "off"
    if source.crawl is None:
        return "manual"
    if not ended:
        return "never"
    last = ended[0]
    if last.end in {"failed", "unreachable"} or last.counts.failed + last.counts.blocked > last.counts.pages:
        return "failing"
    if _is_silent(source, ended, news, now=now, initiatives=initiatives):
        return "silent"
    late = next_run is not None and now - next_run > LATE_AFTER
    return "late" if late else "fine"


def _is_silent(
    source: Source, ended: list[CrawlRun], news: datetime | None, *, now: datetime, initiatives: int | None
) -> bool:
    whole = [run.counts.pages for run in ended if run.end == "done"]
    if whole and ended[0].end == "done" and whole[0] < FEWER_THAN * max(whole):
        return True
    if initiatives is not None and initiatives < source.min_initiatives:
        return True
    since = news or ended[-1].started
    return ended[0].counts.pages == 0 or now - since > SILENT_AFTER


def _run(row: CrawlRow) -> CrawlRun:
    end: CrawlEnd | None = row.end  # type: ignore[assignment]
    return CrawlRun(
        id=row.id,
        source=row.source,
        started=row.started,
        finished=row.finished,
        end=end,
        counts=CrawlCounts.model_validate_json(row.counts),
    )
