from __future__ import annotations

from typing import Any

import pytest

from passerelle.review.bulk import changes, settle
from passerelle.review.comparing import words_changed
from passerelle.review.deciding import Act, InvalidAct
from passerelle.review.queue import Filter
from passerelle.review.queue import page as queue_page
from passerelle.store.log import issues_by_record
from schemas.decision import Action
from schemas.issue import Issue
from schemas.sameness import same
from schemas.settled import settled
from tests.matching.factories import initiative, page
from tests.review.service.test_deciding import age, do, see
from tests.review.service.world import World, pages


def reread(world: World, day: int, **changes: object) -> None:
    world.read(pages(seen=(day,), **changes)[0])


def answer(world: World, record: str, path: str, *, accept: bool) -> None:
    with world.store.session() as session:
        settle(
            session,
            [(record, path)] if accept else [],
            [] if accept else [(record, path)],
            by="ana",
            help=world.help,
        )


def test_a_wrong_value_that_a_curator_replaced_is_not_proposed_again(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("edit", one, "audience.max_age", 21))
    reread(world, 2, description="Pour 30 filles de la région.")
    assert see(world, one).proposals == ()
    reread(world, 3, ages=(14, 26))
    proposal = see(world, one).proposals[0]
    assert (proposal.path, proposal.was, proposal.is_now, proposal.mine) == ("audience.max_age", 24, 26, 21)
    assert "changed-source" in see(world, one).reasons
    answer(world, one, "audience.max_age", accept=False)
    for number, top in enumerate((26, 24, 26, 21)):
        reread(world, 4 + number, ages=(14, top))
        assert see(world, one).proposals == ()
        assert age(world, one) == 21


def test_an_accepted_change_lets_the_record_follow_its_page_again(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("edit", one, "audience.max_age", 21), Act("approve", one))
    reread(world, 2, ages=(14, 26))
    answer(world, one, "audience.max_age", accept=True)
    assert age(world, one) == 26
    assert see(world, one).proposals == ()
    with pytest.raises(InvalidAct, match="no-proposal"):
        answer(world, one, "audience.max_age", accept=True)


def test_matching_and_the_desk_call_the_same_things_a_change(world: World) -> None:
    one = world.id("Projet Cousu")
    reread(world, 1, description="Un atelier pour 30 filles, mis à jour le 3 mars 2026.")
    do(world, Act("edit", one, "description.fr", "Un atelier de couture."))
    reread(world, 2, description="Un atelier  pour 30 filles, mis à jour le 14 avril 2026.")
    seen = see(world, one)
    assert (seen.proposals, seen.issues) == ((), ())
    reread(world, 3, description="Un atelier pour 45 filles, mis à jour le 14 avril 2026.")
    seen = see(world, one)
    assert [proposal.path for proposal in seen.proposals] == ["description.fr"]
    assert {issue.code for issue in seen.issues} == {"source-changed"}


def log(world: World, record: str) -> set[str]:
    """Give the codes of the issue log's lines on a record."""
    with world.store.session() as session:
        lines = issues_by_record(session, [record]).get(record, ())
    return {Issue.model_validate_json(line).code for line in lines}


def test_an_issue_closes_with_its_decision_and_opens_again_when_the_source_changes_again(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("edit", one, "audience.max_age", 21))
    reread(world, 2, ages=(14, 26))
    assert log(world, one) == {"source-changed"}
    answer(world, one, "audience.max_age", accept=False)
    assert see(world, one).issues == (), "at once"
    world.match()
    assert log(world, one) == set(), "and in the log from the next run on"
    reread(world, 3, ages=(14, 28))
    assert log(world, one) == {issue.code for issue in see(world, one).issues} == {"source-changed"}


def elsewhere(world: World, oldest: int) -> None:
    """Read another page of the same initiative, which is not followed."""
    house: dict[str, Any] = {"lead": "Atelier des Berges", "themes": ["runaway"], "municipalities": ["Sorel-Tracy"]}
    draft = initiative("Projet Cousu Main", ages=(14, oldest), **house)
    world.read(page("https://a.test/", draft, body=str(oldest), seen=(oldest - 20,)))


@pytest.mark.parametrize("act", [("approve", None, None), ("edit", "audience.max_age", 30)])
def test_what_pages_disagree_on_is_closed_by_a_decision_until_the_page_that_is_followed_changes(
    world: World, act: tuple[Action, str | None, int | None]
) -> None:
    elsewhere(world, 30)
    one = world.id("Projet Cousu")
    (told,) = see(world, one).issues
    assert told.detail == "audience.max_age: kept 24; elsewhere 30"
    action, path, value = act
    do(world, Act(action, one, path, value))
    assert see(world, one).issues == ()
    world.match()
    assert log(world, one) == set()
    reread(world, 2, ages=(14, 27))
    assert "conflict" in log(world, one)


@pytest.mark.parametrize("act", [("approve", None, None), ("edit", "audience.max_age", 33)])
def test_a_settled_disagreement_opens_again_when_another_page_says_something_new(
    world: World, act: tuple[Action, str | None, int | None]
) -> None:
    elsewhere(world, 30)
    one = world.id("Projet Cousu")
    action, path, value = act
    (decided,) = do(world, Act(action, one, path, value))
    assert decided.disputed == ("audience.max_age: kept 24; elsewhere 30",)
    world.match()
    (again,) = do(world, Act("approve", one))
    assert again.disputed == decided.disputed, "what was settled is no longer in the log, and still known"
    world.match()
    assert log(world, one) == set()
    elsewhere(world, 31)
    assert log(world, one) == {"conflict"}
    assert "conflict" in see(world, one).reasons
    do(world, Act("approve", one))
    world.match()
    assert log(world, one) == set()
    assert "conflict" not in see(world, one).reasons


def test_an_approval_of_pages_that_agree_does_not_settle_what_they_disagree_on_later(world: World) -> None:
    one = world.id("Projet Cousu")
    (decided,) = do(world, Act("approve", one))
    assert decided.disputed == ()
    elsewhere(world, 30)
    (line,) = (issue for issue in see(world, one).issues if issue.code == "conflict")
    base = see(world, one).base
    assert not settled(line, [decided], base)
    unnoted = decided.model_copy(update={"disputed": None})
    assert settled(line, [unnoted], base), "as decisions of before that was noted did"


def test_an_approved_record_shows_word_by_word_what_its_page_changed(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("approve", one))
    reread(world, 2, description="Pour 45 filles de la région.")
    seen = see(world, one)
    assert (seen.status, seen.reasons[0]) == ("approved", "changed-source")
    proposal = seen.proposals[0]
    assert not proposal.edited
    assert proposal.diff == (
        ("same", "Pour "),
        ("removed", "30 filles."),
        ("added", "45 filles de la région."),
    )
    answer(world, one, "description.fr", accept=False)
    kept = see(world, one)
    assert kept.proposals == ()
    assert kept.texts["description.fr"].text == "Pour 30 filles."


def test_accepting_one_change_of_an_approved_record_leaves_the_others_open(world: World) -> None:
    one = world.id("Projet Cousu")
    do(world, Act("approve", one))
    reread(world, 2, description="Pour 45 filles.", ages=(12, 24))
    assert {proposal.path for proposal in see(world, one).proposals} == {"description.fr", "audience.min_age"}
    answer(world, one, "audience.min_age", accept=True)
    assert {proposal.path for proposal in see(world, one).proposals} == {"description.fr"}
    do(world, Act("approve", one))
    assert see(world, one).proposals == ()


def test_a_change_in_many_records_is_accepted_as_one_act(world: World) -> None:
    ids = [one.id for one in world.initiatives().values()]
    do(world, *(Act("approve", one) for one in ids))
    again = [
        page.model_copy(
            update={
                "extraction": page.extraction.model_copy(
                    update={
                        "initiatives": tuple(
                            draft.model_copy(
                                update={"themes": (draft.themes[0].model_copy(update={"value": "poverty"}),)}
                            )
                            for draft in page.extraction.initiatives
                        )
                    }
                )
            }
        )
        for page in pages()
    ]
    world.read(*again)
    with world.store.session() as session:
        found = changes(session, Filter())
    assert [one.proposal.path for one in found] == ["themes", "themes"]
    with world.store.session() as session:
        made = settle(session, [(one.record, "themes") for one in found], by="ana", help=world.help)
    assert {one.batch for one in made} == {made[0].id}
    with world.store.session() as session:
        assert changes(session, Filter()) == ()
        assert page_total(world) == 3


def page_total(world: World) -> int:
    with world.store.session() as session:
        return queue_page(session, Filter(status="approved", type="initiative")).total


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Un  texte\nlong.", "Un texte long."),
        ("l'été « chaud »", "l’été “chaud”"),
        ("Mis à jour le 3 mars 2026 par la table de Lévis", "Mis à jour le 14 avril 2026 par la table de Lévis"),
        ("Updated on March 3, 2026 by the people of Lévis", "Updated on April 14, 2026 by the people of Lévis"),
        (
            "Voir https://exemple.test/a?nonce=9f8e7d6c5b4a39281706 pour tout savoir de nous",
            "Voir https://exemple.test/a?nonce=00aa11bb22cc33dd44ee pour tout savoir de nous",
        ),
    ],
)
def test_white_space_quotes_days_and_nonces_are_no_difference(was: str, now: str) -> None:
    assert same(was, now)
    assert {change for change, _ in words_changed(was, now)} <= {"same"}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("3 mars 2026", "14 avril 2026"),
        ("2019-05-04", "2020-05-04"),
        ("Pour 30 filles de Lévis et leurs proches", "Pour 40 filles de Lévis et leurs proches"),
        ("Ouvert", "Fermé"),
    ],
)
def test_a_short_value_that_is_a_day_and_any_other_word_is_a_difference(was: str, now: str) -> None:
    assert not same(was, now)


def test_the_words_of_a_difference_give_both_texts_back() -> None:
    was, now = "Un projet pour les jeunes de Lévis.", "Un grand projet pour les filles de Lévis et d’ailleurs."
    told = words_changed(was, now)
    assert "".join(word for change, word in told if change != "removed") == now
    assert [word for change, word in told if change == "removed"] == ["jeunes ", "Lévis."]
