"""Curators and the pipeline at the same time, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from passerelle import pipeline
from passerelle.matching import match
from passerelle.review.bulk import approve_many, settle, versions
from passerelle.review.deciding import Act, Conflict
from passerelle.review.judging import newest_judgement
from passerelle.store.database import Store, open_store
from passerelle.store.records import load_decisions
from schemas.decision import Decision
from tests.review.service.test_deciding import age, do, see
from tests.review.service.world import World, pages, put

CURATORS = 5
EACH = 6
PATIENCE = 300
"""Seconds after which a test gives up on others: no measure of speed."""


def together(*work: Callable[[], object]) -> list[object]:
    """Do things at the same time, each in a thread of its own; give their results."""
    with ThreadPoolExecutor(len(work)) as pool:
        return [one.result(PATIENCE) for one in [pool.submit(one) for one in work]]


def test_no_decision_is_lost_beside_others_and_the_pipeline(either: World) -> None:
    ids = sorted(one.id for one in either.initiatives().values())

    def curate(number: int) -> list[Decision]:
        made: list[Decision] = []
        for turn in range(EACH):
            record = ids[(number + turn) % len(ids)]
            acts = [
                Act("edit", record, "audience.max_age", 20 + number * EACH + turn),
                Act("comment", record, value="x"),
            ]
            made += do(either, *acts, by=f"curator-{number}", act_id=f"{number}-{turn}")
        return made

    def run() -> list[Decision]:
        for day in range(3):
            put(either.store, [pages(description=f"Pour {day + 40} filles.", seen=(day + 1,))[0]])
            either.match()
        return []

    work = [lambda number=number: curate(number) for number in range(CURATORS)]
    told = [one for made in together(*work, run) for one in made]  # type: ignore[attr-defined]
    with either.store.session() as session:
        kept = load_decisions(session)
    assert {one.id for one in told} == {one.id for one in kept}
    assert len(kept) == 2 * CURATORS * EACH
    for record in ids:
        last = [one for one in kept if one.record == record and one.action == "edit"][-1]
        assert age(either, record) == last.value
    before = {one.id: one for one in either.initiatives().values()}
    either.match()
    assert {one.id: one for one in either.initiatives().values()} == before


def test_of_two_who_saw_the_same_one_is_told_of_the_other(either: World) -> None:
    one = either.id("Projet Cousu")
    version = see(either, one).version
    start = threading.Barrier(CURATORS)

    def race(number: int) -> str:
        start.wait(PATIENCE)
        try:
            do(either, Act("edit", one, "audience.max_age", 30 + number), by=f"c{number}", expected={one: version})
        except Conflict as conflict:
            return f"conflict with {len(conflict.since)}"
        return "taken"

    told = together(*(lambda number=number: race(number) for number in range(CURATORS)))
    assert sorted(map(str, told)) == ["conflict with 1"] * (CURATORS - 1) + ["taken"]
    assert len(see(either, one).history) == 1


def at_once(*acts: Callable[[], tuple[Decision, ...]]) -> tuple[tuple[Decision, ...], Conflict]:
    """Let two people act at the same moment; give what the first decided, and what the second was told."""
    start = threading.Barrier(len(acts))

    def act(take: Callable[[], tuple[Decision, ...]]) -> tuple[Decision, ...] | Conflict:
        start.wait(PATIENCE)
        try:
            return take()
        except Conflict as conflict:
            return conflict

    told = together(*(lambda take=take: act(take) for take in acts))
    (conflict,) = (one for one in told if isinstance(one, Conflict))
    (made,) = (one for one in told if isinstance(one, tuple))
    return made, conflict


def test_of_two_bulk_approvals_at_once_one_is_taken_whole_and_the_other_told_of_it(either: World) -> None:
    ids = sorted(one.id for one in either.initiatives().values())
    with either.store.session() as session:
        seen = versions(session, ids)

    def approve(by: str, records: list[str]) -> tuple[Decision, ...]:
        with either.store.session() as session:
            return approve_many(session, records, by=by, help=either.help, expected=seen)

    made, conflict = at_once(lambda: approve("ana", ids), lambda: approve("ben", ids[::-1]))
    assert [one for one in made if one.record == conflict.record] == list(conflict.since)
    with either.store.session() as session:
        assert load_decisions(session) == made
    assert {one.record for one in made} == set(ids)
    assert {one.batch for one in made} == {made[0].id}


@pytest.mark.parametrize("second", ["apart", "with a third"])
def test_of_two_who_judge_one_record_at_once_one_is_told_of_the_other(either: World, second: str) -> None:
    one, other, third = (either.id(name) for name in ("Projet Cousu", "Rondes", "Concertation"))
    with either.store.session() as session:
        seen, judged = versions(session, [one, other, third]), newest_judgement(session)
    acts = (
        Act("merge", one, value=other, judged=judged),
        Act("split", other, value=one, judged=judged)
        if second == "apart"
        else Act("merge", third, value=other, judged=judged),
    )
    made, conflict = at_once(*(lambda act=act: do(either, act, expected=seen) for act in acts))
    assert conflict.since == made
    with either.store.session() as session:
        assert load_decisions(session) == made


def test_a_judgement_that_stands_is_not_taken_twice(world: World) -> None:
    one, other = world.id("Projet Cousu"), world.id("Rondes")
    for action in ("split", "merge"):
        assert len(do(world, Act(action, one, value=other))) == 1
        assert do(world, Act(action, one, value=other)) == ()


def test_answers_to_changes_posted_twice_at_once_are_taken_once(either: World) -> None:
    one = either.id("Projet Cousu")
    do(either, Act("approve", one))
    either.read(pages(description="Pour 31 filles.", seen=(1,))[0])
    start = threading.Barrier(2)

    def post() -> tuple[Decision, ...]:
        start.wait(PATIENCE)
        with either.store.session() as session:
            return settle(session, [(one, "description.fr")], by="ana", help=either.help, act_id="same")

    first, second = together(post, post)
    assert first == second
    assert len(see(either, one).history) == 2


def test_an_act_posted_twice_at_once_is_taken_once(either: World) -> None:
    one = either.id("Projet Cousu")
    start = threading.Barrier(2)

    def post() -> tuple[Decision, ...]:
        start.wait(PATIENCE)
        return do(either, Act("edit", one, "audience.max_age", 21), act_id="same")

    first, second = together(post, post)
    assert first == second
    assert len(see(either, one).history) == 1


def test_what_is_decided_while_matching_works_is_in_what_matching_writes(
    either: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = either.id("Projet Cousu")
    real = match

    def slow(*args: object, **more: object) -> object:
        matched = real(*args, **more)  # type: ignore[arg-type]
        do(either, Act("edit", one, "audience.max_age", 21))
        return matched

    monkeypatch.setattr(pipeline, "match_pages", slow)
    either.match()
    assert either.initiatives()["Projet Cousu Main"].audience.max_age == 21


def comment_elsewhere(url: str, home: str, record: str, start: Barrier) -> None:
    """Comment from another process, from when the first one is there too."""
    store: Store = open_store(url)
    world = World(store, Path(home))
    try:
        start.wait(PATIENCE)
        comment(world, record, "elsewhere")
    finally:
        store.close()


def comment(world: World, record: str, by: str) -> None:
    for turn in range(EACH):
        do(world, Act("comment", record, value=f"{turn}"), by=by)


def test_several_processes_share_one_file(world: World, tmp_path: Path) -> None:
    one = world.id("Rondes")
    url = world.store.engine.url.render_as_string(hide_password=False)
    new = get_context("spawn")
    start = new.Barrier(2)
    other = new.Process(target=comment_elsewhere, args=(url, str(tmp_path), one, start))
    other.start()
    start.wait(PATIENCE)
    comment(world, one, "here")
    other.join(PATIENCE)
    assert other.exitcode == 0
    comments = see(world, one).comments
    assert len({comment.id for comment in comments}) == len(comments) == 2 * EACH
