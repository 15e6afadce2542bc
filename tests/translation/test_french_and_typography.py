from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translation.calendar import days_through
from passerelle.translation.hours import at_the_hour
from passerelle.translation.typography import NBSP, for_engine, for_reader, localise
from schemas.base import Language
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


FORMS = [
    line.replace("_", NBSP).split("\t")
    for line in Path(__file__).with_name("typography.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "given_form", "expected"), FORMS)
def test_figures_and_dates_are_written_as_the_other_language_does(
    language: Language, given_form: str, expected: str
) -> None:
    assert localise(given_form, language) == expected
    assert localise(expected, language) == expected
    assert localise(f"({given_form})", language) == f"({expected})"


READER: list[tuple[Language, str, str]] = [
    ("en", 'He said "yes".', "He said “yes”."),
    ("en", "It's the parents' turn", "It’s the parents’ turn"),
    ("en", "Who ? Us ! Then : go ; stop", "Who? Us! Then: go; stop"),
    ("fr", 'Elle dit "oui".', "Elle dit «_oui_»."),
    ("fr", "L'aide aujourd'hui", "L’aide aujourd’hui"),
    ("fr", "Qui ? Nous ! Alors : va ; reste", "Qui? Nous! Alors_: va; reste"),
    ("fr", 'Un "mot" et "deux"', "Un «_mot_» et «_deux_»"),
    ("fr", "à 8:30 :", "à 8:30_:"),
]


@pytest.mark.parametrize(("language", "plain", "expected"), READER)
def test_a_reader_sees_the_marks_of_the_language(language: Language, plain: str, expected: str) -> None:
    shown = expected.replace("_", NBSP)
    assert for_reader(plain, language) == shown
    assert for_reader(shown, language) == shown


def test_quotes_and_apostrophes_go_plain_to_the_engine_and_come_back_typographic() -> None:
    plain = for_engine(f"L’aide «{NBSP}sur mesure{NBSP}»{NBSP}: oui")
    assert plain == 'L\'aide "sur mesure" : oui'
    assert for_reader(plain, "fr") == f"L’aide «{NBSP}sur mesure{NBSP}»{NBSP}: oui"
    assert for_reader('It\'s "tailored" help', "en") == "It’s “tailored” help"


@pytest.mark.parametrize(
    ("source", "written", "mended"),
    [
        ("le 12 mai à 19 h", "May 12 to 7 p.m.", "May 12 at 7 p.m."),
        ("samedi à 19 h", "Saturday to 19 h", "Saturday at 19 h"),
        ("jeudi à 17 h 30", "Thursday in 5:30 p.m.", "Thursday at 5:30 p.m."),
        ("de 9 h à 17 h", "from 9 a.m. to 5 p.m.", "from 9 a.m. to 5 p.m."),
        ("de 9 h à 17 h", "of 9 a.m. to 5 p.m.", "from 9 a.m. to 5 p.m."),
        ("de 9 h 30 à 17 h", "open of 9 h 30 to 17 h", "open from 9 h 30 to 17 h"),
        ("de 8 h à 17 h", "open of 8 to 17 h", "open from 8 h to 17 h"),
        ("de midi à 17 h", "noon to 5 p.m.", "noon to 5 p.m."),
        ("jusqu’à 19 h", "up to 7 p.m.", "up to 7 p.m."),
    ],
)
def test_an_hour_has_the_preposition_that_it_asks_for(source: str, written: str, mended: str) -> None:
    assert at_the_hour(source, written) == mended


@pytest.mark.parametrize(
    ("source", "written", "mended"),
    [
        ("ouvert du mardi au samedi", "open on Tuesday on Saturday", "open from Tuesday to Saturday"),
        ("du lundi au vendredi", "open on Monday to Friday", "open from Monday to Friday"),
        ("du lundi au vendredi", "Monday to Friday", "Monday to Friday"),
        ("le lundi et le vendredi", "on Monday on Friday", "on Monday on Friday"),
    ],
)
def test_days_from_one_to_another_are_written_so(source: str, written: str, mended: str) -> None:
    assert days_through(source, written) == mended
