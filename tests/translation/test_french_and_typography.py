from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translation.typography import NBSP, for_engine, for_reader, localise
from schemas.inclusive import expand_inclusive

CASES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("inclusive.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_there_are_enough_forms_of_each_kind() -> None:
    assert sum(1 for form, plain in CASES if form != plain) >= 120
    assert sum(1 for form, plain in CASES if form == plain) >= 40


@pytest.mark.parametrize(("form", "plain"), CASES)
def test_inclusive_forms_are_read_as_plain_ones_and_all_else_stays(form: str, plain: str) -> None:
    assert expand_inclusive(f"Voir {form}, là") == f"Voir {plain}, là"
    assert expand_inclusive(f"({form})") in {f"({plain})", f"({form})"}
    assert expand_inclusive(plain) == plain


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aeésntr .·()/-@XQ0"), max_size=40))
def test_expanding_twice_is_expanding_once_for_a_sentence_without_forms(text: str) -> None:
    plain = "".join(character for character in text if character not in ".·()/-")
    assert expand_inclusive(plain) == plain


ENGLISH = [
    ("25 000 $", "$25,000"),
    (f"1{NBSP}250,50{NBSP}$", "$1,250.50"),
    ("10 %", "10%"),
    ("3,5 millions", "3.5 millions"),
    ("à 14 h 30", "à 2:30 p.m."),
    ("9 h", "9 a.m."),
    ("le 14 juillet 2020", "July 14, 2020"),
    ("1er mars", "March 1"),
    ("$25,000", "$25,000"),
    ("de 12 à 25 ans", "de 12 à 25 ans"),
    ("en 2020", "en 2020"),
]
FRENCH = [
    ("$25,000", f"25{NBSP}000{NBSP}$"),
    ("$12.50", f"12,50{NBSP}$"),
    ("10%", f"10{NBSP}%"),
    ("3.5 million", "3,5 million"),
    ("2:30 p.m.", f"14{NBSP}h{NBSP}30"),
    ("9 a.m.", f"9{NBSP}h"),
    ("July 14, 2020", f"14{NBSP}juillet 2020"),
    ("March 1", f"1er{NBSP}mars"),
    ("in 2020", "in 2020"),
]


@pytest.mark.parametrize(("given_form", "expected"), ENGLISH)
def test_french_forms_become_english_ones(given_form: str, expected: str) -> None:
    assert localise(given_form, "en") == expected
    assert localise(expected, "en") == expected


@pytest.mark.parametrize(("given_form", "expected"), FRENCH)
def test_english_forms_become_french_ones(given_form: str, expected: str) -> None:
    assert localise(given_form, "fr") == expected
    assert localise(expected, "fr") == expected


def test_quotes_and_apostrophes_go_plain_to_the_engine_and_come_back_typographic() -> None:
    plain = for_engine(f"L’aide «{NBSP}sur mesure{NBSP}»{NBSP}: oui")
    assert plain == 'L\'aide "sur mesure" : oui'
    assert for_reader(plain, "fr") == f"L’aide «{NBSP}sur mesure{NBSP}»{NBSP}: oui"
    assert for_reader('It\'s "tailored" help', "en") == "It’s “tailored” help"
