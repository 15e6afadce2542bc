from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from passerelle.store.captures import (
    add_capture,
    captures_of,
    extracted,
    newest_captures,
    page_states,
    pages_by_source,
    save_extractions,
)
from passerelle.store.database import Store, open_store
from passerelle.store.log import add_issues, load_issues, replace_issues
from passerelle.store.records import (
    add_decision,
    load_decisions,
    load_identities,
    load_matched,
    save_matched,
    stored_records,
)
from passerelle.store.tables import Base
from passerelle.store.texts import add_memory, load_fillings, load_memory, save_fillings
from schemas.base import LanguageMap
from schemas.capture import Capture, WarcPlace, digest_of
from schemas.decision import Decision
from schemas.drafts import Extraction
from schemas.issue import Issue
from schemas.records import Initiative, Organization, Provenance, TextStatus
from schemas.working import Filling, Identity, Judgement, Matched, MemoryEntry

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def a_capture(body: str = "un", url: str | None = "https://exemple.test/a", hours: int = 0) -> Capture:
    return Capture(
        source="exemple",
        url=url,
        captured_at=NOON + timedelta(hours=hours),
        digest=digest_of(body.encode()),
        size=len(body),
        place=WarcPlace(path="exemple/2026/a.warc.gz", offset=0, length=10),
    )


def an_initiative(id_: str = "ini-aaaaaaaa", name: str = "Le Relais") -> Initiative:
    return Initiative(
        id=id_,
        slug=id_,
        kind="project",
        name=LanguageMap(fr=name),
        sources=(),
        first_seen=NOON,
        last_seen=NOON,
        last_changed=NOON,
    )


def test_the_migrations_make_exactly_the_tables_of_the_code(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_opening_twice_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        opened = open_store(database_url)
        with opened.session() as session:
            add_capture(session, a_capture())
        opened.close()
    again = open_store(database_url)
    with again.session() as session:
        assert len(captures_of(session, "https://exemple.test/a")) == 1
    again.close()


def test_a_failing_session_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.session() as session:
            add_capture(session, a_capture())
            raise RuntimeError("stop here")

    with pytest.raises(RuntimeError):
        fail()
    with store.session() as session:
        assert newest_captures(session) == ()


def test_the_same_capture_is_known_and_a_new_body_is_a_new_sighting(store: Store) -> None:
    with store.session() as session:
        assert add_capture(session, a_capture())
        assert not add_capture(session, a_capture())
        assert add_capture(session, a_capture("deux", hours=1))
        assert [c.digest for c in newest_captures(session)] == [digest_of(b"deux")]
        assert [c.captured_at for c in captures_of(session, "https://exemple.test/a")] == [
            NOON,
            NOON + timedelta(hours=1),
        ]
        assert pages_by_source(session) == {"exemple": 1}


def test_a_file_without_url_is_known_by_its_digest(store: Store) -> None:
    with store.session() as session:
        add_capture(session, a_capture(url=None))
        add_capture(session, a_capture("deux", url=None))
        assert {c.page for c in newest_captures(session)} == {
            "urn:" + digest_of(b"un"),
            "urn:" + digest_of(b"deux"),
        }


def test_a_page_state_has_its_life_and_the_newest_reading(store: Store) -> None:
    old, new = a_capture(), a_capture("deux", hours=2)
    with store.session() as session:
        for capture in (new, old):
            add_capture(session, capture)
        for capture in (old, new):
            reading = Extraction(page=capture.page, digest=capture.digest, extractor="maillage/1", language="fr")
            save_extractions(session, "code-1", [reading])
        (state,) = page_states(session)
        assert [s.digest for s in state.sightings] == [old.digest, new.digest]
        assert state.extraction.digest == new.digest
        assert extracted(session, ["code-1"]) == {(new.page, new.digest, "code-1")}


def test_a_new_reading_of_a_body_replaces_the_old_one(store: Store) -> None:
    capture = a_capture()
    with store.session() as session:
        add_capture(session, capture)
        for code in ("code-1", "code-2"):
            reading = Extraction(page=capture.page, digest=capture.digest, extractor=f"x/{code}", language="fr")
            save_extractions(session, code, [reading])
        assert extracted(session, ["code-1"]) == set()
        assert page_states(session)[0].extraction.extractor == "x/code-2"


def test_records_are_streamed_as_the_bytes_of_their_json_whatever_they_say(store: Store) -> None:
    record = an_initiative(name="L’« Échange » \\x41\\n 50\u00a0% ·")
    with store.session() as session:
        save_matched(session, Matched(initiatives=(record,)))
    with store.session() as session:
        (stored,) = stored_records(session, "initiative")
    assert (stored.payload, stored.provenance) == (record.model_dump_json().encode(), None)


def test_records_come_back_as_matching_made_them_and_a_second_save_changes_nothing(store: Store) -> None:
    made = Matched(
        initiatives=(an_initiative(),),
        organizations=(Organization(id="org-aaaaaaaa", name="Relais", first_seen=NOON, last_seen=NOON),),
        provenance=(Provenance(id="ini-aaaaaaaa", fields={}),),
        identities=(Identity(key="initiative|a|", id="ini-aaaaaaaa", type="initiative", first_seen=NOON),),
        redirects={"ini-bbbbbbbb": "ini-aaaaaaaa"},
        judgements=(Judgement(left="a", right="b", verdict="unsure", score=0.7),),
    )
    with store.session() as session:
        assert save_matched(session, made) == 2
    with store.session() as session:
        assert load_matched(session) == made
        assert save_matched(session, made) == 0


def test_an_identity_once_stored_is_never_changed(store: Store) -> None:
    first = Identity(key="k", id="ini-aaaaaaaa", type="initiative", first_seen=NOON)
    with store.session() as session:
        save_matched(session, Matched(identities=(first,)))
    with store.session() as session:
        save_matched(session, Matched(identities=(first.model_copy(update={"id": "ini-cccccccc"}),)))
        assert load_identities(session) == (first,)


def test_decisions_come_back_in_order_and_cannot_be_replaced(store: Store) -> None:
    def decide(number: int) -> Decision:
        return Decision(id=f"{number:04}", at=NOON, by="Maïté", action="approve", record="ini-aaaaaaaa")

    with store.session() as session:
        for number in (2, 1):
            add_decision(session, decide(number))
        assert [d.id for d in load_decisions(session)] == ["0001", "0002"]
    with pytest.raises(IntegrityError), store.session() as session:
        add_decision(session, decide(1))


def test_a_persons_and_a_machines_text_live_side_by_side_in_the_memory(store: Store) -> None:
    human = MemoryEntry(
        source_language="fr",
        target_language="en",
        source_hash="h",
        source="Fugue",
        target="Running away",
        origin="human",
    )
    machine = human.model_copy(update={"origin": "machine", "engine": "argos fr→en 1.9", "target": "Fugue"})
    with store.session() as session:
        add_memory(session, [human, machine])
        add_memory(session, [human.model_copy(update={"target": "Runaway"})])
        assert [(e.origin, e.target) for e in load_memory(session)] == [("human", "Runaway"), ("machine", "Fugue")]


def test_fillings_are_replaced_and_counted(store: Store) -> None:
    one = Filling(record="ini-aaaaaaaa", path="name.en", text=None, status=TextStatus(origin="pending"))
    two = one.model_copy(update={"path": "summary.en"})
    with store.session() as session:
        assert save_fillings(session, [one]) == 1
    with store.session() as session:
        assert save_fillings(session, [one]) == 0
        assert save_fillings(session, [two]) == 2
        session.flush()
        assert load_fillings(session) == (two,)


def test_the_issue_log_says_a_thing_once_and_forgets_what_no_longer_holds(store: Store) -> None:
    empty = Issue(stage="extract", severity="error", code="empty-file", message="Empty.", page="p")
    other = Issue(stage="ingest", severity="warning", code="unknown-key", message="Unknown key.")
    with store.session() as session:
        add_issues(session, [empty, empty, other])
        session.flush()
        assert load_issues(session) == (other, empty)
        replace_issues(session, "extract", [])
        session.flush()
        assert load_issues(session) == (other,)
