from __future__ import annotations

from typing import Any

import pytest

from passerelle.review.deciding import Act, Conflict, InvalidAct, decide, redo, redoable, undo, undoable
from passerelle.review.record_view import RecordView, record_view
from passerelle.review.waiting import Waiting
from passerelle.store.records import load_decisions, load_matched
from passerelle.store.texts import save_fillings
from passerelle.translation.align import from_decisions
from passerelle.translation.memory import Memory
from schemas.decision import Decision
from schemas.records import Initiative, Organization, TextStatus
from schemas.texts import text_digest
from schemas.working import Filling
from tests.review.service.world import SEWN, World, pages


def do(world: World, *acts: Act, by: str = "ana", **more: Any) -> tuple[Decision, ...]:
    with world.store.session() as session:
        return decide(session, acts, by=by, help=world.help, **more)


def see(world: World, record: str) -> RecordView:
    with world.store.session() as session:
        return record_view(session, record, world.help)


def take_back(world: World, decision: str, by: str = "ana") -> tuple[Decision, ...]:
    with world.store.session() as session:
        return undo(session, decision, by=by, help=world.help)


def bring_back(world: World, decision: str, by: str = "ana") -> tuple[Decision, ...]:
    with world.store.session() as session:
        return redo(session, decision, by=by, help=world.help)


def organization(world: World, name: str) -> str:
    with world.store.session() as session:
        return next(one.id for one in load_matched(session).organizations if one.name == name)


def age(world: World, record: str) -> int | None:
    shown = see(world, record).record
    assert isinstance(shown, Initiative)
    return shown.audience.max_age


def test_an_edit_is_seen_at_once_and_says_what_stood_there_before(either: World) -> None:
    one = either.id("Projet Cousu")
    made = do(either, Act("edit", one, "audience.max_age", 21))[0]
    assert (made.before, made.source_value, made.by) == (24, 24, "ana")
    assert age(either, one) == 21
    assert either.initiatives()["Projet Cousu Main"].audience.max_age == 21
    either.match()
    assert age(either, one) == 21
    seen = see(either, one)
    assert isinstance(seen.base, Initiative)
    assert seen.base.audience.max_age == 24
    assert seen.evidence["audience.max_age"]


def test_what_is_undone_comes_back_and_can_be_redone(world: World) -> None:
    one = world.id("Projet Cousu")
    made = do(world, Act("edit", one, "audience.max_age", 21))[0]
    undos = take_back(world, made.id)
    assert age(world, one) == 24
    with world.store.session() as session:
        assert undoable(session, "ana") == ()
        assert redoable(session, "ana") == ((undos[0],),)
    bring_back(world, undos[0].id)
    assert age(world, one) == 21
    with world.store.session() as session:
        assert redoable(session, "ana") == ()
        assert undoable(session, "ana") == ((made,),)
    with pytest.raises(InvalidAct, match="undone-already"):
        take_back(world, undos[0].id)


def test_one_undo_takes_back_a_whole_batch(world: World) -> None:
    ids = sorted(one.id for one in world.initiatives().values())
    made = do(world, *(Act("approve", one) for one in ids))
    assert {one.batch for one in made} == {made[0].id}
    assert [see(world, one).status for one in ids] == ["approved"] * 3
    undos = take_back(world, made[1].id)
    assert len(undos) == 3
    assert [see(world, one).status for one in ids] == ["unreviewed"] * 3
    bring_back(world, made[2].id)
    assert [see(world, one).status for one in ids] == ["approved"] * 3


def test_the_same_act_sent_twice_is_taken_once(either: World) -> None:
    one = either.id("Projet Cousu")
    first = do(either, Act("edit", one, "audience.max_age", 21), act_id="a1")
    again = do(either, Act("edit", one, "audience.max_age", 21), act_id="a1")
    assert first == again
    with either.store.session() as session:
        assert len(load_decisions(session)) == 1


def test_two_people_on_one_field_is_a_conflict_and_on_two_fields_is_none(world: World) -> None:
    one = world.id("Projet Cousu")
    version = see(world, one).version
    theirs = do(world, Act("edit", one, "audience.max_age", 21), by="ben", expected={one: version})
    do(world, Act("edit", one, "audience.min_age", 12), expected={one: version})
    with pytest.raises(Conflict) as caught:
        do(world, Act("edit", one, "audience.max_age", 30), expected={one: version})
    assert caught.value.since == theirs
    do(world, Act("edit", one, "audience.max_age", 30), expected={one: caught.value.now})
    assert age(world, one) == 30


def test_a_page_that_changed_meanwhile_is_a_conflict_for_an_approval(world: World) -> None:
    one = world.id("Projet Cousu")
    version = see(world, one).version
    world.read(pages(description="Pour 40 filles et leurs familles.", seen=(3,))[0])
    with pytest.raises(Conflict) as caught:
        do(world, Act("approve", one), expected={one: version})
    assert caught.value.since == ()
    do(world, Act("edit", one, "audience.max_age", 21, before=24), expected={one: version})
    with pytest.raises(Conflict):
        do(world, Act("edit", one, "audience.max_age", 22, before=24))


def test_a_comment_neither_conflicts_nor_changes_the_version(world: World) -> None:
    one = world.id("Projet Cousu")
    version = see(world, one).version
    do(world, Act("comment", one, value="À vérifier avec l’organisme."))
    seen = see(world, one)
    assert seen.version == version
    assert [comment.value for comment in seen.comments] == ["À vérifier avec l’organisme."]


@pytest.mark.parametrize(
    ("act", "key"),
    [
        (Act("edit", "", "version", 2), "bad-value"),
        (Act("edit", "", "audience.max_age", "vieux"), "bad-age"),
        (Act("edit", "", "audience.min_age", 121), "bad-age"),
        (Act("edit", "", "nowhere", "x"), "unknown-field"),
        (Act("edit", "", "benefits.7.text.fr", "x"), "unknown-field"),
        (Act("edit", "", None, "x"), "no-path"),
        (Act("edit", "", "themes", ["gardening-on-mars"]), "unknown-code"),
        (Act("edit", "", "contact.url", "javascript:alert(1)"), "bad-address"),
        (Act("edit", "", "links", ["data:text/html,x"]), "bad-address"),
        (Act("edit", "", "contact.email", "pas un courriel"), "bad-email"),
        (Act("edit", "", "start", "septembre 2021"), "bad-date"),
        (Act("edit", "", "name.fr", "nul\0"), "bad-value"),
        (Act("edit", "", "name.fr", "\ud800"), "bad-value"),
        (Act("edit", "", "name.fr", "x" * 200_000), "too-long"),
        (Act("approve", "", "description.en"), "no-text"),
        (Act("reopen", ""), "no-reason"),
        (Act("reject", "", reason="  "), "no-reason"),
        (Act("merge", "", value="ini-nowhere"), "no-record"),
        (Act("split", "", value="ini-nowhere"), "no-part"),
        (Act("comment", "", value=" "), "empty-comment"),
        (Act("undo", "", undoes="nothing"), "no-decision"),
    ],
)
def test_an_act_that_cannot_be_done_says_why_and_leaves_nothing(world: World, act: Act, key: str) -> None:
    record = world.id("Projet Cousu")
    fine = Act("edit", record, "audience.max_age", 21)
    with pytest.raises(InvalidAct) as caught:
        do(world, fine, Act(**{**vars(act), "record": record}))
    assert caught.value.key == key
    assert see(world, record).history == ()


def test_an_unknown_record_is_refused(world: World) -> None:
    with pytest.raises(InvalidAct, match="no-record"):
        do(world, Act("approve", "ini-nowhere"))


def test_decisions_of_a_clock_that_goes_back_still_stand_in_order(world: World) -> None:
    one = world.id("Projet Cousu")
    later = do(world, Act("edit", one, "audience.max_age", 21))[0]
    long_ago = later.at.replace(year=2001)
    now = do(world, Act("edit", one, "audience.max_age", 22), now=long_ago)[0]
    assert now.id > later.id
    assert age(world, one) == 22


def test_an_edit_that_changes_nothing_makes_no_decision(world: World) -> None:
    one = world.id("Projet Cousu")
    assert do(world, Act("edit", one, "audience.max_age", 24)) == ()
    assert len(do(world, Act("edit", one, "audience.max_age", 21))) == 1
    assert do(world, Act("edit", one, "audience.max_age", 21)) == ()


def test_a_translation_remembers_its_source_and_goes_stale_with_it(world: World) -> None:
    one = world.id("Projet Cousu")
    made = do(world, Act("edit", one, "description.en", "For 30 girls."))[0]
    assert made.translated_from == "Pour 30 filles."
    text = see(world, one).texts["description.en"]
    assert (text.badge, text.reviewed, text.source) == ("person", True, "Pour 30 filles.")
    world.read(pages(description="Pour 40 filles et 12 garçons.", seen=(3,))[0])
    stale = see(world, one)
    assert (stale.texts["description.en"].badge, stale.texts["description.en"].text) == ("stale", "For 30 girls.")
    assert "stale-translation" in stale.reasons
    do(world, Act("approve", one, "description.en"))
    assert see(world, one).texts["description.en"].badge == "person"


def test_merged_records_are_one_after_matching_and_two_again_after_an_undo(world: World) -> None:
    one, other = world.id("Projet Cousu"), world.id("Rondes")
    do(world, Act("edit", other, "name.fr", "Les Rondes"))
    made = do(world, Act("merge", one, value=other, reason="la même chose"))[0]
    assert see(world, one).waiting == see(world, other).waiting == (Waiting(made, stands=True),)
    world.match()
    kept = see(world, other)
    assert kept.id == see(world, one).id
    assert kept.waiting == ()
    assert len(world.initiatives()) == 2
    assert any("Les Rondes" in str(one.value) for one in kept.history)
    take_back(world, made.id)
    assert see(world, one).waiting == (Waiting(made, stands=False),)
    world.match()
    assert set(world.initiatives()) == {"Projet Cousu Main", "Les Rondes", "Concertation de la rive"}
    assert see(world, other).id == other


def test_a_record_parted_again_stays_apart(world: World) -> None:
    one, other = world.id("Projet Cousu"), world.id("Rondes")
    do(world, Act("merge", one, value=other))
    world.match()
    whole = see(world, one)
    assert len(whole.parts) == 2
    part = next(key for key in whole.parts if SEWN not in key)
    do(world, Act("split", whole.id, value=part if whole.id == one else one))
    world.match()
    assert len(world.initiatives()) == 3
    assert see(world, one).id == one
    assert see(world, one).waiting == see(world, other).waiting == ()


def test_a_rejected_record_leaves_the_data_set_and_comes_back_with_an_undo(world: World) -> None:
    one = world.id("Projet Cousu")
    made = do(world, Act("reject", one, reason="pas une initiative"))[0]
    assert see(world, one).status == "rejected"
    world.match()
    assert one not in {record.id for record in world.initiatives().values()}
    shown = see(world, one)
    assert (shown.id, shown.status, shown.history, shown.waiting) == (one, "rejected", (made,), ())
    assert shown.evidence["audience.max_age"]
    assert not shown.there
    take_back(world, made.id)
    shown = see(world, one)
    assert (shown.status, shown.waiting, shown.there) == ("unreviewed", (Waiting(made, stands=False),), False)
    world.match()
    shown = see(world, one)
    assert (shown.status, shown.waiting, shown.there) == ("unreviewed", (), True)
    assert len(world.initiatives()) == 3


def test_a_rejected_organisation_is_still_shown_and_reopened(world: World) -> None:
    one = organization(world, "Le Quai de Nuit")
    do(world, Act("reject", one, reason="n’est pas une organisation"))
    world.match()
    shown = see(world, one)
    assert isinstance(shown.record, Organization)
    assert (shown.id, shown.record.name, shown.status, shown.there) == (one, "Le Quai de Nuit", "rejected", False)
    assert [made.action for made in do(world, Act("reopen", one, reason="elle existe bien"))] == ["undo"]
    assert see(world, one).status == "unreviewed"
    world.match()
    assert see(world, one).there


def test_news_and_organisations_are_reviewed_too(world: World) -> None:
    with world.store.session() as session:
        organization = load_matched(session).organizations[0].id
    do(world, Act("approve", organization), Act("edit", organization, "acronyms", ["ADB"]))
    seen = see(world, organization)
    assert (seen.status, seen.review.by) == ("approved", "ana")
    world.match()
    assert see(world, organization).status == "approved"


def test_what_a_curator_translates_or_approves_enters_the_memory(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("edit", one, "description.en", "For 30 girls."))
    with world.store.session() as session:
        memory = Memory(from_decisions(load_decisions(session)))
    found = memory.human("Pour 30 filles.", "fr", "en", "description")
    assert found is not None
    assert found.target == "For 30 girls."
    assert [one.text for one in world.help.suggestions("Pour 30 filles.", "fr", "description.en")] == ["For 30 girls."]


def test_an_approved_machine_translation_is_reviewed_until_its_source_changes(world: World) -> None:
    one = world.id("Projet Cousu")
    status = TextStatus(
        origin="machine", engine="essai", source_language="fr", source_hash=text_digest("Pour 30 filles.")
    )
    with world.store.session() as session:
        save_fillings(session, [Filling(record=one, path="description.en", text="For 30 girls.", status=status)])
    assert (see(world, one).texts["description.en"].badge, see(world, one).texts["description.en"].reviewed) == (
        "machine",
        False,
    )
    made = do(world, Act("approve", one, "description.en"))[0]
    assert (made.value, made.translated_from) == ("For 30 girls.", "Pour 30 filles.")
    assert see(world, one).texts["description.en"].reviewed
    world.read(pages(description="Pour 40 filles et 12 garçons.", seen=(3,))[0])
    changed = see(world, one).texts["description.en"]
    assert (changed.text, changed.reviewed) == (None, False)


def test_the_lowest_age_never_passes_the_highest_save_on_the_way_within_one_act(world: World) -> None:
    one = world.id("Projet Cousu")
    with pytest.raises(InvalidAct) as refused:
        do(world, Act("edit", one, "audience.min_age", 30))
    assert refused.value.key == "ages-crossed"
    assert age(world, one) == 24
    do(world, Act("edit", one, "audience.min_age", 30), Act("edit", one, "audience.max_age", 35))
    assert age(world, one) == 35
