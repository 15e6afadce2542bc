"""A withdrawn name is found however a page writes it, and nothing else is taken for it. The people are fictional."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.publishing.withholding.names import People, PersonName, folded

ARIANE = People.of(["Ariane Côté-Okpara"])


@pytest.mark.parametrize(
    "written",
    [
        "Ariane Côté-Okpara",
        "ARIANE CÔTÉ-OKPARA",
        "Ariane Cote-Okpara",
        "Ariane\u00a0Côté\u2011Okpara",
        "Ariane\nCôté-Okpara",
        "**Ariane** Côté-Okpara",
        "Ariane Co\u0302te\u0301-Okpara",
        "Ariane Côté Okpara",
        "Côté-Okpara, Ariane",
        "CÔTÉ-OKPARA Ariane",
        "A. Côté-Okpara",
        "Ariane B. Côté-Okpara",
        "https://rive.example/portrait-ariane-cote-okpara/",
        "https://rive.example/Ariane%20C%C3%B4t%C3%A9-Okpara",
        "ariane.cote-okpara@rive.example",
        "acoteokpara@rive.example",
        "Côté-Okpara_Ariane.jpg",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert ARIANE.named_in(written)
    assert ARIANE.named_in(f"Selon {written}, directrice")
    for language, halves in product(("fr", "en"), (True, False)):
        left = ARIANE.taken_out(f"Selon {written}, directrice.", language, halves=halves)  # type: ignore[arg-type]
        assert "okpara" not in folded(left)
        assert left.startswith("Selon ")
        assert left.endswith(", directrice.")


@pytest.mark.parametrize(
    "written",
    ["Ariane Côté", "Marianne Okpara", "à côté d’Okpara", "Arianette Côté-Okparas", "info@rive.example", "Ariane", ""],
)
def test_another_name_is_not_taken_for_it(written: str) -> None:
    assert not ARIANE.named_in(written)
    assert ARIANE.taken_out(written, "fr", halves=False) == written


def test_an_initial_is_no_french_preposition() -> None:
    anne = People.of(["Anne Côté"])
    text = "La maison est à côté. Il passe à Côté-Nord ou a. cote basse."
    assert anne.taken_out(text, "fr", halves=False) == text


def test_half_a_name_is_taken_out_only_where_asked() -> None:
    text = "Mme Côté-Okpara sourit; Ariane rit. Marie-Ariane non, les Arianes non plus, à coté-okpara non."
    assert ARIANE.taken_out(text, "fr", halves=False) == text
    said = ARIANE.taken_out(text, "fr", halves=True)
    assert (
        said == "Mme [nom retiré] sourit; [nom retiré] rit. Marie-Ariane non, les Arianes non plus, à coté-okpara non."
    )


def test_the_marker_is_in_the_language_of_the_text() -> None:
    assert ARIANE.taken_out("Ariane Côté-Okpara’s team", "en", halves=False) == "[name withheld]’s team"


def test_a_name_of_several_words_is_found_from_either_end() -> None:
    people = People.of(["Marie-Ève de la Durantaye"])
    for written in ("Marie-Ève de la Durantaye", "Marie Eve De La Durantaye", "de la Durantaye, Marie-Ève"):
        assert people.named_in(written)
    assert not people.named_in("la Durantaye")


def test_a_name_needs_two_words() -> None:
    for name in ("Ariane", " ", "…"):
        with pytest.raises(ValueError, match="full name"):
            PersonName(name)


def test_nobody_is_found_where_nobody_is_withheld() -> None:
    assert not People().named_in("Ariane Côté-Okpara")
    assert People().taken_out("Ariane Côté-Okpara", "fr", halves=True) == "Ariane Côté-Okpara"


def test_only_the_people_that_texts_name_are_among_them() -> None:
    two = People.of(["Ariane Côté-Okpara", "Jules Ferron"])
    assert two.among(["Jules Ferron a dit"]) == People.of(["Jules Ferron"])


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_keeps_a_name_that_stands_in_it_as_words(before: str, after: str) -> None:
    text = f"{before} Ariane Côté-Okpara {after}"
    assert not ARIANE.named_in(ARIANE.taken_out(text, "fr", halves=False))
