from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.publishing.api.words import query_terms, terms_of
from schemas.base import Language


def finds(query: str, text: str, *languages: Language) -> bool:
    said = terms_of(text, *languages)
    groups = query_terms(query)
    return bool(groups) and all(said & set(group) for group in groups)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("atelier", "L’atelier des marées"),
        ("l'atelier", "Deux ateliers par mois"),
        ("lorsqu’une fugue", "Des fugues lorsqu'on grandit"),
        ("hébergement", "Des femmes hebergées"),
        ("hebergees", "Elle est hébergée ici"),
        ("heberge", "L’HÉBERGEMENT d’urgence"),
        ("Montréal", "montreal"),
        ("intervenante", "Les intervenant·es de rue"),
        ("intervenants", "Les intervenant.es de rue"),
        ("usagère", "Les usager·ères"),
        ("usager·ères", "Les usagers"),
        ("montréalaise", "Les montréalais∙es"),
        ("actrice", "Les acteur(trice)s du milieu"),
        ("acteur(trice)s", "Une actrice du milieu"),
        ("travailleuse", "Les travailleurs de rue"),
        ("travailleurs", "Une travailleuse de rue"),
        ("heureux", "Une fin heureuse"),
        ("lieu", "Des lieux sûrs"),
        ("journal", "Les journaux"),
        ("travail", "Des travaux communautaires"),
        ("nouvelles", "Un nouveau départ"),
        ("sœur", "Les soeurs"),
        ("aînés", "Une aînée"),
        ("aine", "Des aînées"),
        ("maree", "Les marées"),
        ("frigo", "La tournée des frigos"),
        ("frigos", "Un frigo"),
        ("ado", "Les ados"),
        ("élu", "Des élus"),
        ("ami", "Entre amis"),
        ("bijou", "Des bijoux"),
        ("jeux", "Un jeu"),
        ("aidantes", "Un proche aidant"),
        ("aide", "Aider, aidée, aidés"),
        ("arts", "L’art"),
        ("kiosques", "Un kiosque"),
    ],
)
def test_accents_inflection_elision_and_inclusive_marks_do_not_count_in_french(query: str, text: str) -> None:
    assert finds(query, text, "fr")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("worker", "Street workers"),
        ("women", "A women’s shelter"),
        ("woman", "Women and girls"),
        ("men", "A man alone"),
        ("policewoman", "Policewomen"),
        ("child", "Children"),
        ("people", "A person in need"),
        ("wife", "Wives"),
        ("communities", "Our community"),
        ("THE run", "running"),
        ("video", "Videos"),
        ("kids", "One kid"),
    ],
)
def test_inflection_and_possessives_do_not_count_in_english(query: str, text: str) -> None:
    assert finds(query, text, "en")


def test_words_without_content_are_not_asked_for() -> None:
    assert query_terms("les de la") == ()
    assert query_terms("l’un des ateliers") == query_terms("ateliers")


def test_other_words_are_not_found() -> None:
    assert not finds("fugue", "Un atelier de cuisine", "fr")
    assert not finds("atelier fugue", "Un atelier de cuisine", "fr")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("marée", "En mars, les maris"),
        ("mars", "La marée"),
        ("aînés", "Ainsi va la vie"),
        ("aine", "ainsi"),
        ("cas", "Une case"),
        ("pas", "Le passé"),
        ("aide", "Des aidants"),
        ("art", "Un article, des artisans"),
        ("age", "Une agence"),
        ("logé", "Un logo"),
    ],
)
def test_words_that_share_no_more_than_three_letters_are_not_the_same(query: str, text: str) -> None:
    assert not finds(query, text, "fr")


def test_a_name_is_read_in_both_languages() -> None:
    assert finds("relais", "Relais du Fleuve", "fr", "en")
    assert finds("houses", "Tide House", "fr", "en")


@given(st.text())
def test_any_text_finds_itself(text: str) -> None:
    groups = query_terms(text)
    assert not groups or finds(text, text, "fr", "en")
    assert all(stem.isalnum() for group in groups for stem in group)
