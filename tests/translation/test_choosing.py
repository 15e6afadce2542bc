from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from passerelle.translation.checks import LEAST_LIKELY
from passerelle.translation.choosing import MANY, Choosing
from passerelle.translation.engines import Answer

ASKED = "Denrées aux familles"
SAID = {"Food": -0.2, "Food to families ⟦1⟧": -0.3, "Foodage families": -0.4, "Food to families": -0.5}


class Both:
    """Both directions of a language pair, with known answers; it remembers what it was asked."""

    def __init__(self, said: Mapping[str, float] = SAID) -> None:
        self.said = said
        self.many: list[str] = []
        self.weighed: list[str] = []

    def choices(self, sentences: Sequence[str], beam: int, most: int) -> list[list[Answer]]:
        assert (beam, most) == (MANY, MANY)
        self.many += sentences
        return [[Answer(text, confidence) for text, confidence in self.said.items()] for _ in sentences]

    def likelihoods(self, texts: Sequence[str], sentences: Sequence[str]) -> list[float]:
        assert len(texts) == len(sentences)
        self.weighed += texts
        return [-0.1 if "families" in text else -4.0 for text in texts]


def choosing(both: Both) -> Choosing:
    direction = cast(Any, both)
    return Choosing(direction, direction, "fr", "en", lambda _, text: "⟦" not in text)


def test_where_the_likeliest_answer_leaves_something_out_the_best_of_many_is_taken() -> None:
    both = Both()
    found = choosing(both).best({ASKED: Answer("Food", -0.2), "Les familles": Answer("The families", -0.2)})
    assert found == {ASKED: Answer("Food to families", -0.5, -0.1), "Les familles": Answer("The families", -0.2, -0.1)}
    assert both.many == [ASKED]


def test_an_answer_that_fails_another_check_is_not_weighed() -> None:
    both = Both()
    choosing(both).best({ASKED: Answer("Foodage families", -0.1)})
    assert both.weighed == ["Food", "Food to families"], "nor is one without its placeholders, nor one twice"


def test_of_answers_that_all_fail_the_one_that_fails_fewest_is_weighed_and_given() -> None:
    both = Both({"Foodage of of of of families": -0.1, "Foodage families": -0.4})
    found = choosing(both).best({ASKED: Answer("Foodage of of of of familiesage", -0.1)})
    assert found == {ASKED: Answer("Foodage families", -0.4, -0.1)}
    assert both.weighed == ["Foodage families"]


def test_of_answers_that_all_leave_something_out_the_best_both_ways_is_given() -> None:
    found = choosing(Both({"Food": -0.3, "Foods": -0.2})).best({ASKED: Answer("Food", -0.3)})
    assert found == {ASKED: Answer("Foods", -0.2, -4.0)}
    assert LEAST_LIKELY > -4.0, "so that the station refuses it"


@pytest.mark.parametrize(("names", "many"), [((), []), (["Le travail de rue"], ["Le travail de rue"])])
def test_an_answer_without_a_term_that_is_hidden_next_is_not_chosen_anew_but_a_names_is(
    names: list[str], many: list[str]
) -> None:
    both = Both()
    found = choosing(both).best({"Le travail de rue": Answer("The job of road", -0.2)}, names)
    assert both.many == many
    assert all(answer.likelihood is not None for answer in found.values())


def test_an_answer_is_judged_with_its_terms_mended() -> None:
    both = Both()
    found = choosing(both).best({"Le travail de rue aide les familles.": Answer("The street work helps families.")})
    assert both.many == []
    assert found == {"Le travail de rue aide les familles.": Answer("The street work helps families.", None, -0.1)}


def test_without_a_sentence_nothing_is_asked() -> None:
    both = Both()
    assert choosing(both).best({}) == {}
    assert both.many == both.weighed == []
