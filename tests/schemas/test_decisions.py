from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from schemas.decision import Decision, in_force

AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def decision(number: int, undoes: int | None = None) -> Decision:
    return Decision(
        id=f"{number:04}",
        at=AT,
        by="curator",
        action="edit" if undoes is None else "undo",
        record="ini-abcd1234",
        path="name.fr" if undoes is None else None,
        value=number if undoes is None else None,
        undoes=None if undoes is None else f"{undoes:04}",
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Decisions in which every undo names an earlier one."""
    made: list[Decision] = []
    for number in range(draw(st.integers(0, 12))):
        undoes = draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
        made.append(decision(number, undoes))
    return tuple(made)


def standing(history: tuple[Decision, ...]) -> set[str]:
    """Say by recursion which decisions stand: those that no standing undo names."""

    def stands(one: Decision) -> bool:
        return not any(other.undoes == one.id and stands(other) for other in history if other.id > one.id)

    return {one.id for one in history if one.action != "undo" and stands(one)}


@given(histories(), st.randoms(use_true_random=False))
def test_what_stands_is_what_no_standing_undo_names(history: tuple[Decision, ...], order: Random) -> None:
    shuffled = list(history)
    order.shuffle(shuffled)
    kept = in_force(tuple(shuffled))
    assert {one.id for one in kept} == standing(history)
    assert [one.id for one in kept] == sorted(one.id for one in kept)


def test_an_undo_takes_a_decision_away_and_an_undo_of_the_undo_brings_it_back() -> None:
    edit, undo, again = decision(1), decision(2, undoes=1), decision(3, undoes=2)
    assert in_force((edit,)) == (edit,)
    assert in_force((edit, undo)) == ()
    assert in_force((edit, undo, again)) == (edit,)
