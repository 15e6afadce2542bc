from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import column, create_engine, table

from passerelle.store import database
from passerelle.store.crawls import (
    REMEMBERED,
    Queued,
    add_counts,
    crawls_of,
    finish_crawl,
    gone_since,
    queue_again,
    resumable_crawl,
    save_visits,
    source_states,
    start_crawl,
    visit_of,
    visits_among,
    visits_of,
)
from passerelle.store.database import Store, open_store
from schemas.base import LanguageMap
from schemas.crawl import CrawlCounts, CrawlEnd, Health, SourceState, Visit
from schemas.release import Licence
from schemas.source import Crawl, Source, StartPoint

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://exemple.test/a"


def a_visit(url: str = URL, **more: object) -> Visit:
    return Visit.model_validate({"source": "exemple", "url": url, "fetch_url": url} | more)


def a_source(**more: object) -> Source:
    crawl = Crawl(start=(StartPoint(kind="page", url=URL),))
    plain = {"name": "exemple", "title": LanguageMap(fr="x"), "publisher": "x", "licence": Licence(name="x")}
    return Source.model_validate(plain | {"enabled": True, "crawl": crawl} | more)


def a_run(store: Store, at: datetime, end: CrawlEnd | None = "done", **counts: int) -> int:
    with store.session() as session:
        run = start_crawl(session, "exemple", at)
        add_counts(session, run.id, CrawlCounts(**counts))
        if end:
            finish_crawl(session, run.id, at + timedelta(minutes=1), end)
    return run.id


def state(store: Store, now: datetime = NOON, **more: object) -> SourceState:
    source = more.pop("source", None) or a_source()
    assert isinstance(source, Source)
    with store.session() as session:
        return source_states(session, {"exemple": source}, now=now, **more)["exemple"]  # type: ignore[arg-type]


def test_a_visit_comes_back_with_its_place_in_the_queue(store: Store) -> None:
    with store.session() as session:
        save_visits(session, [Queued(a_visit(), 1, "queued")])
        save_visits(session, [Queued(a_visit(outcome="ok"), 1, "done")])
    with store.session() as session:
        assert visit_of(session, "exemple", URL) == a_visit(outcome="ok")
        assert visit_of(session, "autre", URL) is None
        assert list(visits_of(session, "exemple")) == [(a_visit(outcome="ok"), 1, "done")]


def test_known_urls_are_queued_again_whatever_their_number(store: Store) -> None:
    urls = [f"{URL}/{number:04}" for number in range(1200)]
    with store.session() as session:
        save_visits(session, [Queued(a_visit(url), 1, "done") for url in urls])
    with store.session() as session:
        queue_again(session, "exemple", urls[:1100], 2)
    with store.session() as session:
        states = [(crawl, state) for _, crawl, state in visits_of(session, "exemple")]
        assert len(visits_among(session, "exemple", [*urls, "https://ailleurs.test/"])) == 1200
    assert states.count((2, "queued")) == 1100
    assert states.count((1, "done")) == 100


def test_counts_add_up_and_the_newest_run_comes_first(store: Store) -> None:
    first = a_run(store, NOON, new=2, bytes=10)
    second = a_run(store, NOON, unchanged=2)
    with store.session() as session:
        add_counts(session, first, CrawlCounts(new=1, bytes=5))
        runs = crawls_of(session, "exemple")
    assert [run.id for run in runs] == [second, first]
    assert runs[1].counts == CrawlCounts(new=3, bytes=15)


def test_only_a_run_that_was_stopped_not_long_ago_is_gone_on_with(store: Store) -> None:
    for end, is_resumed in (("done", False), ("limit", False), ("interrupted", True), (None, True)):
        run = a_run(store, NOON, end)  # type: ignore[arg-type]
        with store.session() as session:
            found = resumable_crawl(session, "exemple", NOON + timedelta(hours=1))
            assert (found.id if found else None) == (run if is_resumed else None)
            assert resumable_crawl(session, "exemple", NOON + timedelta(days=4)) is None


def test_pages_that_were_there_and_are_gone_are_listed(store: Store) -> None:
    with store.session() as session:
        gone = a_visit(outcome="gone", gone_since=NOON), a_visit(f"{URL}/dead", outcome="gone")
        failing = a_visit(f"{URL}/failing", outcome="failed", gone_since=NOON)
        save_visits(session, [Queued(visit, 1, "done") for visit in (*gone, failing, a_visit(f"{URL}/there"))])
        assert gone_since(session) == {("exemple", URL): NOON, ("exemple", f"{URL}/failing"): NOON}


def test_a_source_says_how_it_is(store: Store) -> None:
    assert state(store).health == "never"
    a_run(store, NOON - timedelta(days=2), new=10)
    a_run(store, NOON - timedelta(days=1), unchanged=10)
    fine = state(store)
    assert (fine.health, fine.last_news) == ("fine", NOON - timedelta(days=2))
    assert state(store, source=a_source(enabled=False)).health == "off"
    assert state(store, source=a_source(crawl=None)).health == "manual"
    assert state(store, next_runs={"exemple": NOON - timedelta(hours=7)}).health == "late"
    assert state(store, next_runs={"exemple": NOON + timedelta(hours=7)}).health == "fine"
    poor = a_source(min_initiatives=5)
    assert state(store, source=poor, initiatives={"exemple": 4}).health == "silent"
    assert state(store, source=poor, initiatives={"exemple": 5}).health == "fine"
    assert state(store, now=NOON + timedelta(days=200)).health == "silent"


def test_fewer_pages_failures_and_refusals_show(store: Store) -> None:
    a_run(store, NOON - timedelta(days=3), new=10)
    cases: list[tuple[CrawlEnd, dict[str, int], Health]] = [
        ("done", {"unchanged": 4}, "silent"),
        ("done", {"unchanged": 9, "failed": 1}, "fine"),
        ("done", {"unchanged": 4, "blocked": 6}, "failing"),
        ("limit", {"unchanged": 1}, "fine"),
        ("unreachable", {"unchanged": 9}, "failing"),
    ]
    for day, (end, counts, health) in enumerate(cases):
        a_run(store, NOON + timedelta(days=day), end, **counts)
        assert state(store, now=NOON + timedelta(days=day, hours=1)).health == health, (end, counts)


def test_health_is_not_judged_from_a_crawl_cut_by_hand(store: Store) -> None:
    a_run(store, NOON - timedelta(days=3), "cut", new=2)
    cut = state(store, source=a_source(min_initiatives=5), initiatives={"exemple": 1})
    assert cut.last is not None
    assert (cut.health, cut.last.end) == ("never", "cut")
    a_run(store, NOON - timedelta(days=2), new=10)
    a_run(store, NOON - timedelta(days=1), "cut")
    assert state(store).health == "fine", "the run that gave no page was only a part"


def test_a_list_of_urls_is_no_visit_of_its_source(store: Store) -> None:
    stopped = a_run(store, NOON - timedelta(days=2), "interrupted", new=2)
    for hours in range(REMEMBERED + 2):
        a_run(store, NOON - timedelta(hours=hours + 1), "listed", new=1)
    last = state(store).last
    assert last is not None
    assert last.id == stopped
    with store.session() as session:
        resumed = resumable_crawl(session, "exemple", NOON)
    assert resumed is not None
    assert resumed.id == stopped


def test_visits_from_before_are_counted_by_kind_and_problem(database_url: str) -> None:
    engine = create_engine(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).with_name("migrations")))
    visits = a_visit(), a_visit(f"{URL}/feed", kind="feed"), a_visit(f"{URL}/app", problem="scripted-page")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        columns = [column(name) for name in ("source", "url", "outcome", "state", "payload")]
        rows = [
            {"source": one.source, "url": one.url, "outcome": "ok", "state": "done", "payload": one.model_dump_json()}
            for one in visits
        ]
        connection.execute(table("visits", *columns).insert(), rows)
    engine.dispose()
    store = open_store(database_url)
    with store.session() as session:
        found = source_states(session, {"exemple": a_source()}, now=NOON)["exemple"]
    store.close()
    assert (found.pages, found.scripted) == (2, 1)
