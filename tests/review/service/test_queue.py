from __future__ import annotations

from datetime import UTC, datetime, timedelta

from passerelle.review.bulk import approvable, approve_many, versions
from passerelle.review.claims import claim, claim_on, release_claim, skip
from passerelle.review.deciding import Act, undo
from passerelle.review.history import history, people, record_history
from passerelle.review.queue import Filter, QueuePage, ids, neighbours, next_for, page, place_of
from passerelle.review.refreshing import refresh
from passerelle.store.review_tables import PairRow
from passerelle.store.texts import save_filling
from schemas.records import TextStatus
from schemas.texts import text_digest
from schemas.working import Filling
from tests.review.service.test_deciding import do, organization, see
from tests.review.service.world import World, pages

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def look(world: World, cursor: str | None = None, size: int = 50, **wanted: str) -> QueuePage:
    with world.store.session() as session:
        return page(session, Filter.from_query(wanted), cursor, size=size, now=NOW)


def names(found: QueuePage) -> list[str]:
    return [item.name_fr for item in found.items]


def test_what_matters_most_comes_first_and_is_counted(either: World) -> None:
    one = either.id("Projet Cousu")
    do(either, Act("approve", one))
    either.read(pages(ages=(12, 24), seen=(3,))[0])
    found = look(either)
    assert found.items[0].record == one
    assert found.items[0].reasons[0] == "changed-source"
    assert [item.type for item in found.items[1:3]] == ["initiative", "initiative"]
    assert found.counts["status"] == {"approved": 1, "unreviewed": 5}
    assert found.counts["type"] == {"initiative": 3, "organization": 3}
    assert found.counts["reason"]["changed-source"] == 1
    assert found.counts["theme"] == {"homelessness": 1, "poverty": 1, "runaway": 1}
    assert found.total == 6


def test_search_ignores_case_accents_and_marks(either: World) -> None:
    assert names(look(either, q="LEVIS rondes")) == ["Rondes du Quai"]
    assert names(look(either, q="concertation-de-LA-rive", type="initiative")) == ["Concertation de la rive"]
    assert look(either, q="100% _").items == ()
    assert names(look(either, q=either.id("Rondes"))) == ["Rondes du Quai"]


def test_search_finds_ids_whole_begun_or_merged_and_the_acronyms_of_organisations(either: World) -> None:
    one, other = either.id("Rondes"), either.id("Concertation")
    house = organization(either, "Le Quai de Nuit")
    do(either, Act("edit", house, "acronyms", ["L.Q.D.N."]))
    for said in (one, one.upper(), one[:9], f"{one[:9]} quai", house, "lqdn", "Lqdn rondes", "L.Q.D.N."):
        assert names(look(either, q=said, type="initiative")) == ["Rondes du Quai"], said
        with either.store.session() as session:
            assert ids(session, Filter(q=said, type="initiative")) == (one,)
    assert names(look(either, q="lqdn", type="organization")) == ["Le Quai de Nuit"]
    assert look(either, q="ini-" + one[5:9]).total == look(either, q="lqd", type="initiative").total == 0
    do(either, Act("merge", one, value=other))
    either.match()
    for said in (one, other):
        assert look(either, q=said, type="initiative").total == 1


def test_pages_of_the_queue_follow_each_other_in_every_order(either: World) -> None:
    for sort in ("priority", "name", "age", "completeness"):
        whole = look(either, sort=sort)
        cursor, told = None, []
        while True:
            part = look(either, cursor, size=2, sort=sort)
            told += [item.record for item in part.items]
            cursor = part.next
            if cursor is None:
                break
        assert told == [item.record for item in whole.items]
        assert len(set(told)) == whole.total == 6


def test_a_facet_counts_what_it_would_give_under_the_other_filters(world: World) -> None:
    found = look(world, type="initiative", theme="poverty")
    assert names(found) == ["Concertation de la rive"]
    assert found.counts["theme"] == {"homelessness": 1, "poverty": 1, "runaway": 1}
    assert found.counts["type"] == {"initiative": 1}
    assert names(look(world, region="12")) == ["Concertation de la rive"]


def test_a_filter_survives_the_url_and_forgets_what_is_wrong() -> None:
    wanted = Filter(q="l’été", type="news", reason="any", age="90", sort="age")
    assert Filter.from_query(wanted.query()) == wanted
    assert Filter.from_query({"type": "robots", "sort": "1;drop", "age": "-1", "q": " a "}) == Filter(q="a")
    assert Filter().query(region="06") == {"region": "06"}


def test_a_broken_cursor_starts_anew(world: World) -> None:
    whole = look(world)
    for cursor in ("x", "bnVsbA==", "eyJhIjoxfQ==", "WzEsMiwzXQ==", whole.next or ""):
        assert look(world, cursor).items == whole.items


def test_old_captures_are_found_by_age(world: World) -> None:
    assert look(world, age="30").total == 6
    assert look(world, age="365").total == 0
    assert look(world).counts["age"] == {"30": 6}


def test_the_next_record_is_nobody_elses_and_not_skipped(world: World) -> None:
    wanted = Filter(type="initiative")
    with world.store.session() as session:
        order = ids(session, wanted, now=NOW)
    with world.store.session() as session:
        claim(session, order[0], "ben", now=NOW)
        assert next_for(session, "ana", wanted, now=NOW) == order[1]
        assert next_for(session, "ben", wanted, now=NOW) == order[0]
    with world.store.session() as session:
        skip(session, order[1], "ana", now=NOW)
        assert next_for(session, "ana", wanted, now=NOW) == order[2]
        assert next_for(session, "ana", wanted, after=place_of(session, order[2], wanted), now=NOW) is None
        assert next_for(session, "ben", wanted, after=place_of(session, order[0], wanted), now=NOW) == order[1]
        assert next_for(session, "ana", wanted, now=NOW + timedelta(days=1)) == order[0]
        assert neighbours(session, order[1], wanted, now=NOW) == (order[0], order[2])


def pending(world: World, record: str, path: str, made_from: str) -> None:
    """Keep that a text was looked at and could not be translated."""
    status = TextStatus(origin="pending", reason="no-engine", source_language="fr", source_hash=text_digest(made_from))
    with world.store.session() as session:
        save_filling(session, Filling(record=record, path=path, text=None, status=status))


def test_a_text_that_waits_for_a_translation_is_missing_and_never_outdated(world: World) -> None:
    one = world.id("Projet Cousu")
    pending(world, one, "description.en", "Pour 30 filles.")
    do(world, Act("edit", one, "description.fr", "Pour 40 filles."))
    assert "stale-translation" not in see(world, one).reasons
    assert "missing-translation" in see(world, one).reasons
    assert look(world, reason="stale-translation").total == 0


def offered(world: World, by: str = "ana", **wanted: str) -> str | None:
    with world.store.session() as session:
        return next_for(session, by, Filter(**wanted), now=NOW)


def test_what_a_person_left_is_offered_again_only_for_a_new_reason(world: World) -> None:
    one, other = world.id("Rondes"), world.id("Projet Cousu")
    wanted = {"q": one}
    made = do(world, Act("approve", one), now=NOW)[0]
    assert "missing-translation" in see(world, one).reasons
    assert offered(world, **wanted) is None
    assert offered(world, "ben", **wanted) == one  # whom it waits for still
    with world.store.session() as session:
        undo(session, made.id, by="ana", help=world.help)
    assert offered(world, **wanted) == one
    with world.store.session() as session:
        skip(session, one, "ana", now=NOW)
    assert offered(world, **wanted) is None
    with world.store.session() as session:
        left, right = sorted((one, other))
        session.add(PairRow(left=left, right=right, score=0.8, reasons="[]"))
        session.flush()
        refresh(session, (one,), world.help)
    assert offered(world, **wanted) == one


def test_the_queue_lists_what_needs_eyes_and_the_rest_by_a_filter(world: World) -> None:
    one = organization(world, "Le Quai de Nuit")
    do(world, Act("approve", one))
    assert see(world, one).reasons == ()
    listed = Filter.from_query({}).looking()
    with world.store.session() as session:
        assert one not in ids(session, listed)
        for more in ({"reason": "all"}, {"status": "approved"}, {"q": "quai"}):
            assert one in ids(session, Filter.from_query(more).looking()), more
        found = page(session, listed, implied=True)
    assert found.counts["status"]["approved"] == 1, "a state lists its records whether they need eyes or not"
    assert (found.total, found.counts["reason"]["any"], found.counts["reason"]["all"]) == (5, 5, 6)


def test_a_value_that_no_filter_has_is_told() -> None:
    assert Filter.unknown({"reason": "zzz", "q": "zzz", "sort": "name", "age": "31"}) == {"reason": "zzz", "age": "31"}


def test_a_claim_holds_until_it_expires_or_is_given_up(world: World) -> None:
    one = world.id("Rondes")
    with world.store.session() as session:
        mine = claim(session, one, "ana", now=NOW)
        assert claim(session, one, "ben", now=NOW).by == "ana"
        release_claim(session, one, "ben")
        assert claim_on(session, one, now=NOW) == mine
        assert claim_on(session, one, now=mine.until) is None
        assert claim(session, one, "ben", now=mine.until).by == "ben"
    do(world, Act("approve", one), by="ben", now=NOW + timedelta(minutes=30))
    with world.store.session() as session:
        held = claim_on(session, one, now=NOW)
        assert held is not None
        assert held.until == NOW + timedelta(minutes=50)


def test_rejected_records_are_shown_only_when_asked_for(world: World) -> None:
    one = world.id("Rondes")
    do(world, Act("reject", one, reason="trop vieux"))
    for _ in range(2):
        assert look(world, type="initiative").total == 2
        assert names(look(world, status="rejected")) == ["Rondes du Quai"]
        world.match()
    do(world, Act("reopen", one, reason="encore actif"))
    assert (look(world, type="initiative").total, look(world, status="rejected").total) == (3, 0)


def test_all_unchanged_records_of_a_source_are_approved_with_one_undo(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("reopen", one, reason="l’âge"))
    with world.store.session() as session:
        found = [item.record for item in approvable(session, Filter(source="exemple"))]
        seen = versions(session, found)
    assert one not in found
    assert len(found) == 2
    with world.store.session() as session:
        made = approve_many(session, found, by="ana", help=world.help, expected=seen)
    assert look(world, status="approved").total == 2
    with world.store.session() as session:
        undo(session, made[0].id, by="ana", help=world.help)
    assert look(world, status="approved").total == 0


def test_history_tells_acts_of_a_record_a_person_and_everybody(world: World) -> None:
    one, other = world.id("Projet Cousu"), world.id("Rondes")
    both = do(world, Act("approve", one), Act("approve", other))
    edit = do(world, Act("edit", one, "audience.max_age", 21), by="ben")[0]
    with world.store.session() as session:
        undo(session, both[0].id, by="ben", help=world.help)
    with world.store.session() as session:
        whole = history(session)
        assert [len(entry.decisions) for entry in whole.entries] == [2, 1, 2]
        assert [entry.undone for entry in whole.entries] == [False, False, True]
        assert whole.entries[0].undoes is not None
        assert history(session, by="ana").entries == whole.entries[2:]
        first = history(session, size=1)
        assert first.entries == whole.entries[:1]
        assert history(session, before=first.next, size=1).entries == whole.entries[1:2]
        assert [entry.first.by for entry in record_history(session, one)] == ["ben", "ben", "ana"]
        assert record_history(session, one)[1].first == edit
        assert people(session) == {"ben": 3, "ana": 2}
        assert whole.entries[1].names == {one: ("Projet Cousu Main", "")}


def test_the_line_of_a_record_follows_its_edits(world: World) -> None:
    one = world.id("Rondes")
    do(world, Act("edit", one, "name.fr", "Étoile du Nord"), Act("edit", one, "name.en", "North Star"))
    assert names(look(world, q="etoile nord")) == ["Étoile du Nord"]
    assert look(world, q="north star").items[0].name_en == "North Star"
    assert see(world, one).edited.keys() == {"name.fr", "name.en"}
