import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translation.amounts import amounts_last
from passerelle.translation.attempt import Sentence, prepare


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("A $25,000 grant helps.", "A grant of $25,000 helps."),
        ("It won a $500 award.", "It won an award of $500."),
        ("the $2 million federal grants", "the federal grants of $2 million"),
        ("Our $15,000 yearly budget", "Our yearly budget of $15,000"),
        ("a $20 fee", "a $20 fee"),
        ("a $40 donation of food", "a $40 donation of food"),
        ("$5,000 grants", "$5,000 grants"),
    ],
)
def test_an_amount_comes_after_what_it_pays(text: str, turned: str) -> None:
    assert amounts_last(text) == turned
    assert amounts_last(turned) == turned


def test_only_the_engine_reads_it() -> None:
    attempt = prepare(Sentence("A $25,000 grant helps.", "en", "fr"), "kept")
    assert (attempt.request, attempt.sentence.text) == ("A grant of $25,000 helps.", "A $25,000 grant helps.")


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    assert {*text.split()} - {"a", "an", "A", "An", "AN"} <= {*amounts_last(text).split()}
