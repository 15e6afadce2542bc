from pathlib import Path
from typing import Any, cast

from passerelle.translation.argos import argos_package
from passerelle.translation.copying import Copying
from passerelle.translation.direction import Direction, Faithful
from passerelle.translation.engines import Answer
from passerelle.translation.protect import Placeholder

OURS = Placeholder("⟦{}⟧", 32)
COPYING = Copying(OURS)


class Scripted:
    """A direction with a wide beam of known answers, and known ways to go on from a beginning."""

    def __init__(self, many: tuple[str, ...] = (), on: dict[str, str] | None = None) -> None:
        self.many, self.on = many, on or {}
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def answer(self, sentences: list[str], _beam: int, faithful: Faithful) -> list[Answer]:
        return [Answer(next((one for one in self.many if faithful(text, one)), "")) for text in sentences]

    def go_on(self, _sentence: str, beginning: str, without: list[str]) -> str:
        self.asked.append((beginning, tuple(without)))
        return beginning + self.on[beginning]


def mended(direction: Scripted, sentence: str, answer: str) -> str | None:
    found = COPYING.mend(cast(Any, direction), {sentence: Answer(answer)})
    return found[sentence].text if found else None


def test_an_answer_with_its_placeholders_is_not_asked_for_again() -> None:
    assert mended(Scripted(), "Le ⟦0⟧ de ⟦1⟧", "The ⟦1⟧ ⟦0⟧") is None
    assert Copying(None).mend(cast(Any, Scripted()), {"Le ⟦0⟧": Answer("The")}) == {}


def test_of_more_answers_one_that_has_them_is_taken() -> None:
    direction = Scripted(("The ⟦0⟧ of ⟦0⟧", "The ⟦0⟧ of ⟦1⟧"))
    assert mended(direction, "Le ⟦0⟧ de ⟦1⟧", "The ⟦0⟧") == "The ⟦0⟧ of ⟦1⟧"
    assert direction.asked == []


def test_where_none_has_them_the_answer_goes_on_before_each_repeat_without_what_was_said() -> None:
    direction = Scripted(on={"The ⟦0⟧ owner of": " ⟦1⟧, ⟦1⟧.", "The ⟦0⟧ owner of ⟦1⟧,": " here."})
    assert mended(direction, "Le ⟦0⟧ de ⟦1⟧, ici.", "The ⟦0⟧ owner of ⟦0⟧.") == "The ⟦0⟧ owner of ⟦1⟧, here."
    assert direction.asked == [("The ⟦0⟧ owner of", ("⟦0⟧",)), ("The ⟦0⟧ owner of ⟦1⟧,", ("⟦0⟧", "⟦1⟧"))]


def test_a_number_made_up_in_the_place_of_a_placeholder_is_not_taken() -> None:
    assert mended(Scripted(on={"On ⟦0⟧ May, on": " May 2."}), "Le ⟦0⟧ mai.", "On ⟦0⟧ May, on ⟦0⟧.") is None


def test_an_answer_that_lost_a_placeholder_for_good_is_left_to_the_station() -> None:
    assert mended(Scripted(on={"The ⟦0⟧ of": " here."}), "Le ⟦0⟧ de ⟦1⟧.", "The ⟦0⟧ of ⟦0⟧.") is None
    assert mended(Scripted(), "Le ⟦0⟧ de ⟦1⟧.", "The ⟦0⟧.") is None


def test_a_model_goes_on_from_a_beginning_and_leaves_a_word_out(packages: Path) -> None:
    direction = Direction(argos_package(packages / "translate-fr_en-0_1"))
    assert direction.go_on("Les jeunes avec les parents", "The youth", []) == "The youth with the parents"
    without = direction.go_on("Les jeunes avec les parents", "The youth", ["with"])
    assert without.startswith("The youth ")
    assert "with" not in without.split()
