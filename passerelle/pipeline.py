"""The whole way from captures to a release, station by station, as plain functions.

``passerelle run`` calls them one after the other; ``flows/`` wraps them for Prefect. Each reads what the station
before it left in the store, and repeats nothing that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Literal

from sqlalchemy.orm import Session

from extractors.extract import extract_page
from extractors.fingerprint import fingerprint
from passerelle.crawling.archive import ArchiveError, read_body
from passerelle.laying import Laying
from passerelle.matching import match as match_pages
from passerelle.publishing.contents import Rules
from passerelle.publishing.material import stored_material
from passerelle.publishing.plan import Plan
from passerelle.publishing.release import Order, PublishOutcome, plan_release, publish_release
from passerelle.publishing.retention import read_keep
from passerelle.publishing.withholding.kept import removal_issue
from passerelle.publishing.withholding.released import Released
from passerelle.publishing.withholding.withdrawals import Withdrawals
from passerelle.review.refreshing import refold_since, refresh_all
from passerelle.settings import Settings
from passerelle.store import captures as captures_store
from passerelle.store import log, records, texts
from passerelle.store.crawls import gone_since
from passerelle.store.decisions import lock_decisions
from passerelle.translation.align import from_decisions, harvest
from passerelle.translation.engines import Engine, make_engine
from passerelle.translation.memory import Memory
from passerelle.translation.station import translate as fill_gaps
from passerelle.workplace import Workplace
from schemas.capture import Capture
from schemas.drafts import Extraction
from schemas.issue import Issue
from schemas.records import Translated
from schemas.release import Licence
from schemas.working import Matched, MemoryEntry

BATCH = 50
"""Pages read in one transaction: little is lost by a crash, and a commit costs little a page."""

LICENCE = Licence(
    name="Creative Commons Attribution 4.0 International",
    spdx="CC-BY-4.0",
    url="https://creativecommons.org/licenses/by/4.0/",
    attribution="Passerelle; texts belong to the sources named in each record",
)

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

StationName = Literal["extract", "match", "translate", "publish"]
Advance = Callable[[int, int], None]
"""Called with what is done and the total; the caller draws the progress."""


def _quiet(_done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class StationReport:
    """What one station did."""

    station: StationName
    changed: int
    total: int
    issues: int
    words: int = 0
    """Words that were sent to the translation engine."""
    seconds: float = 0.0
    """Time that translating them took."""


@dataclass(frozen=True)
class RunReport:
    """What a run of the whole way did."""

    stations: tuple[StationReport, ...]
    outcome: PublishOutcome

    @property
    def nothing_changed(self) -> bool:
        """Tell whether no station had anything to do."""
        return self.outcome.status == "unchanged" and not any(report.changed for report in self.stations)


def waiting(workplace: Workplace) -> tuple[Capture, ...]:
    """Give the newest capture of every page that the present extractors have not read yet."""
    codes = {name: fingerprint(workplace.sources.get(name)) for name in _source_names(workplace)}
    with workplace.store.session() as session:
        known = captures_store.extracted(session, codes.values())
        newest = captures_store.newest_captures(session)
    return tuple(c for c in newest if (c.page, c.digest, codes[c.source]) not in known)


def read_captures(workplace: Workplace, captures: Sequence[Capture]) -> None:
    """Read a batch of captures and keep what was read, in one transaction a source."""
    by_source: dict[str, list[Extraction]] = {}
    for capture in captures:
        by_source.setdefault(capture.source, []).append(_read(workplace, capture))
    with workplace.store.session() as session:
        for source, extractions in sorted(by_source.items()):
            code = fingerprint(workplace.sources.get(source))
            captures_store.save_extractions(session, code, extractions)


def extract(workplace: Workplace, advance: Advance = _quiet) -> StationReport:
    """Read every page that waits, in batches."""
    todo = waiting(workplace)
    for start in range(0, len(todo), BATCH):
        read_captures(workplace, todo[start : start + BATCH])
        advance(min(start + BATCH, len(todo)), len(todo))
    return finish_extract(workplace, len(todo))


def finish_extract(workplace: Workplace, changed: int) -> StationReport:
    """Write the issues of all readings into the log."""
    with workplace.store.session() as session:
        states = captures_store.page_states(session)
        issues = tuple(issue for state in states for issue in state.extraction.issues)
        log.replace_issues(session, "extract", issues)
    return StationReport("extract", changed, len(states), len(issues))


def match(workplace: Workplace) -> StationReport:
    """Match all drafts into records, with the curators' decisions folded in; those taken meanwhile too."""
    with workplace.store.session() as session:
        decisions = records.load_decisions(session)
        matched = match_pages(
            captures_store.page_states(session),
            identities=records.load_identities(session),
            judgements=records.load_judgements(session),
            decisions=decisions,
            sources=workplace.sources,
        )
        lock_decisions(session)
        changed = records.save_matched(session, matched)
        log.replace_issues(session, "match", matched.issues)
        refold_since(session, (decision.id for decision in decisions), Laying())
    refresh_all(workplace.store, Laying())
    total = len(matched.initiatives) + len(matched.news) + len(matched.organizations)
    return StationReport("match", changed, total, len(matched.issues))


def chosen_engine(settings: Settings) -> Engine:
    """Make the engine that the settings name.

    Raises:
        passerelle.translation.errors.EngineError: there is none of this name, or it lacks its address.
    """
    return make_engine(
        settings.engine,
        settings.packages,
        threads=settings.threads,
        address=settings.libretranslate,
        prefer_shipped=settings.prefer_shipped,
    )


def known_texts(session: Session, matched: Matched) -> Memory:
    """Give the translation memory: what was kept, what pages say in both languages, what curators wrote."""
    by_curators = from_decisions(records.load_decisions(session))
    return Memory((*texts.load_memory(session), *harvest((*matched.initiatives, *matched.news)), *by_curators))


def translate(workplace: Workplace, advance: Advance = _quiet) -> StationReport:
    """Fill the gaps from memory, then by the engine, whose answers are kept batch by batch; the rest is pending."""
    with workplace.store.session() as session:
        matched = records.load_matched(session)
        memory = known_texts(session, matched)
    engine = chosen_engine(workplace.settings)

    def keep(learnt: Sequence[MemoryEntry]) -> None:
        with workplace.store.session() as session:
            texts.add_memory(session, learnt)

    began = perf_counter()
    with_gaps: tuple[Translated, ...] = (*matched.initiatives, *matched.news)
    fillings, learnt, issues = fill_gaps(with_gaps, memory, engine, progress=advance, keep=keep)
    seconds = perf_counter() - began
    with workplace.store.session() as session:
        changed = texts.save_fillings(session, fillings)
        log.replace_issues(session, "translate", issues)
    refresh_all(workplace.store, Laying())
    words = sum(len(entry.source.split()) for entry in learnt)
    return StationReport("translate", changed, len(fillings), len(issues), words, seconds)


def publish(workplace: Workplace, *, accept_drop: bool = False, machine_texts: bool = True) -> PublishOutcome:
    """Publish a release of the records as they stand, unless nothing changed or the gate refuses."""
    with workplace.store.session() as session:
        outcome = publish_release(_order(workplace, session, accept_drop=accept_drop, machine_texts=machine_texts))
        removal = (removal_issue(outcome.removed),) if outcome.removed else ()
        log.replace_issues(session, "publish", (*outcome.reasons, *removal, *outcome.withheld))
        if outcome.status == "published" and outcome.manifest:
            log.add_release(session, outcome.manifest.version, outcome.manifest.content, outcome.manifest.as_of)
    return outcome


def plan(workplace: Workplace, *, accept_drop: bool = False, lines: int = 1000) -> Plan:
    """Say what publishing would do, and change nothing; ``lines`` records are named at most."""
    with workplace.store.session() as session:
        return plan_release(_order(workplace, session, accept_drop=accept_drop, machine_texts=True), lines=lines)


def run(
    workplace: Workplace, *, accept_drop: bool = False, machine_texts: bool = True, advance: Advance = _quiet
) -> RunReport:
    """Go the whole way."""
    stations = (extract(workplace, advance), match(workplace), translate(workplace, advance))
    outcome = publish(workplace, accept_drop=accept_drop, machine_texts=machine_texts)
    return RunReport(stations, outcome)


def _order(workplace: Workplace, session: Session, *, accept_drop: bool, machine_texts: bool) -> Order:
    decisions = records.load_decisions(session)
    return Order(
        material=stored_material(session),
        curated=workplace.settings.curated,
        rules=Rules(
            workplace.sources,
            machine_texts=machine_texts,
            withdrawals=Withdrawals.of(decisions),
            released=Released.of(decisions),
        ),
        captures=captures_store.pages_by_source(session),
        as_of=max((*_heard(session), *(decision.at for decision in decisions)), default=_NEVER),
        licence=LICENCE,
        accept_drop=accept_drop,
        keep=read_keep(workplace.settings.keep),
    )


def _heard(session: Session) -> Iterator[datetime]:
    """Yield when pages were last captured, and when they were found gone: a record may change or end with either."""
    newest = captures_store.newest_moment(session)
    yield from [newest] if newest else []
    yield from gone_since(session).values()


def _read(workplace: Workplace, capture: Capture) -> Extraction:
    try:
        body = read_body(workplace.raw, capture.place, capture.digest)
    except ArchiveError as error:
        issue = Issue(
            stage="extract",
            severity="error",
            code="archive-damaged",
            message=str(error),
            source=capture.source,
            page=capture.page,
            digest=capture.digest,
        )
        return Extraction(
            page=capture.page, digest=capture.digest, extractor="none/0", language="unknown", issues=(issue,)
        )
    return extract_page(
        body,
        page=capture.page,
        url=capture.url,
        digest=capture.digest,
        source=workplace.sources.get(capture.source),
        source_name=capture.source,
        media_type=capture.media_type,
        headers=capture.headers,
        captured_on=capture.captured_at.date().isoformat(),
    )


def _source_names(workplace: Workplace) -> tuple[str, ...]:
    with workplace.store.session() as session:
        return tuple(sorted(captures_store.pages_by_source(session)))
