"""A page's life is one row, and says what all of its captures would say."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, func, insert, select

from passerelle.matching.gathering import Gathered
from passerelle.store import database
from passerelle.store.captures import (
    add_captures,
    all_captures,
    extracted,
    newest_captures,
    page_states,
    pages_by_source,
    save_extractions,
)
from passerelle.store.database import Store, open_store
from passerelle.store.pages import life_of, load_lives
from passerelle.store.tables import CaptureRow, PageRow
from schemas.capture import Capture, WarcPlace, digest_of
from schemas.drafts import Extraction
from schemas.working import PageState, Sighting
from tests.store.test_store import NOON

PAGE = "https://exemple.test/a"


def seen(body: str = "un", hours: int = 0, page: str = PAGE, source: str = "exemple") -> Capture:
    place = WarcPlace(path=f"{source}/2026/a.warc.gz", offset=hours, length=10)
    at = NOON + timedelta(hours=hours)
    return Capture(source=source, url=page, captured_at=at, digest=digest_of(body.encode()), size=2, place=place)


def reading(capture: Capture) -> Extraction:
    return Extraction(page=capture.page, digest=capture.digest, extractor="maillage/1", language="fr")


def told(captures: list[Capture], sightings: tuple[Sighting, ...]) -> tuple[datetime, datetime, datetime]:
    """Give what matching makes of some sightings: first seen, last seen, last changed."""
    state = PageState(page=PAGE, url=PAGE, source="exemple", sightings=sightings, extraction=reading(captures[-1]))
    gathered = Gathered((state,))
    return gathered.first_seen(PAGE), gathered.last_seen(PAGE), gathered.last_changed(PAGE)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=30))
def test_four_sightings_say_what_all_of_them_say(bodies: list[str]) -> None:
    captures = [seen(body, hours) for hours, body in enumerate(bodies)]
    life = life_of(captures)
    assert life is not None
    assert life.newest == captures[-1]
    everything = tuple(Sighting(captured_at=one.captured_at, digest=one.digest) for one in captures)
    assert told(captures, life.sightings) == told(captures, everything)


@pytest.mark.parametrize("batches", [1, 2, 7])
def test_the_order_in_which_captures_come_in_makes_no_difference(store: Store, batches: int) -> None:
    captures = [seen(body, hours) for hours, body in enumerate("abbacca")]
    shuffled = [captures[at] for at in (3, 6, 0, 5, 1, 4, 2)]
    with store.session() as session:
        for start in range(batches):
            add_captures(session, shuffled[start::batches])
        assert load_lives(session) == {PAGE: life_of(captures)}


def test_two_hundred_crawls_of_a_page_cost_matching_no_more_than_one(store: Store) -> None:
    with store.session() as session:
        for crawl in range(200):
            add_captures(session, [seen("un" if crawl < 150 else "deux", crawl), seen("trois", crawl, f"{PAGE}/b")])
        for body in ("un", "deux"):
            save_extractions(session, "code-1", [reading(seen(body))])
        save_extractions(session, "code-1", [reading(seen("trois", page=f"{PAGE}/b"))])
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    with store.session() as session:
        states = page_states(session)
        assert len(newest_captures(session)) == 2
        assert extracted(session, ["code-1"]) == {(state.page, state.extraction.digest, "code-1") for state in states}
        assert pages_by_source(session) == {"exemple": 2}
    event.remove(store.engine, "before_cursor_execute", note)
    assert asked
    assert not [statement for statement in asked if "captures" in statement], "no sighting is read"
    assert [len(state.sightings) for state in states] == [4, 2]
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(PageRow)) == 2
        assert len(list(all_captures(session))) == 400, "every sighting is kept"


def test_a_page_claimed_by_two_sources_is_counted_for_both(store: Store) -> None:
    with store.session() as session:
        add_captures(session, [seen(), seen(hours=1, source="autre")])
        assert pages_by_source(session) == {"autre": 1, "exemple": 1}
        assert newest_captures(session)[0].source == "autre"


def test_a_database_from_before_has_its_pages_worked_out(database_url: str) -> None:
    captures = [seen(body, hours) for hours, body in enumerate("abba")]
    engine = create_engine(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        rows = [
            {
                "source": one.source,
                "page": one.page,
                "captured_at": one.captured_at,
                "digest": one.digest,
                "payload": one.model_dump_json(),
            }
            for one in captures
        ]
        connection.execute(insert(CaptureRow), rows)
    engine.dispose()
    store = open_store(database_url)
    with store.session() as session:
        assert load_lives(session) == {PAGE: life_of(captures)}
    store.close()
