import re
import unicodedata
from collections import defaultdict
from typing import get_args

import pytest

from schemas.base import LANGUAGES
from schemas.records import Relation
from schemas.vocabulary import FOLDER, NAMES, vocabulary


def fold(text: str) -> str:
    """Case, accents, punctuation and simple plurals do not count, as in the reading of pages."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join(re.sub(r"(?<=...)[sx]$", "", word) for word in words)


def test_every_file_is_a_vocabulary_that_the_code_names() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_vocabulary_bears_the_name_of_its_file_and_a_title_in_both_languages(name: str) -> None:
    assert vocabulary(name).name == name
    assert vocabulary(name).title.fr
    assert vocabulary(name).title.en


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_unique_and_lower_case_words_with_hyphens(name: str) -> None:
    codes = vocabulary(name).codes
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_term_has_both_labels_and_none_is_used_twice(name: str) -> None:
    for language in LANGUAGES:
        labels = [term.label.get(language) for term in vocabulary(name).terms]
        assert all(labels)
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_under_two_terms_of_one_list(name: str, language: str) -> None:
    codes = defaultdict(set)
    for term in vocabulary(name).terms:
        for word in (*getattr(term.synonyms, language), getattr(term.label, language)):
            assert fold(word), f"{term.code}: {word!r} holds no letter"
            codes[fold(word)].add(term.code)
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "relations"])
def test_every_term_that_pages_speak_of_has_synonyms_in_both_languages(name: str) -> None:
    for term in vocabulary(name).terms:
        assert term.synonyms.fr, term.code
        assert term.synonyms.en, term.code


def test_relations_are_those_of_the_published_schema() -> None:
    assert set(vocabulary("relations").codes) == set(get_args(Relation))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_in_both_languages_how_to_add_a_word(name: str) -> None:
    head = [line for line in (FOLDER / f"{name}.yml").read_text("utf-8").splitlines() if line.startswith("#")]
    assert len(head) >= 2


@pytest.mark.parametrize(
    ("name", "phrase", "code"),
    [
        ("themes", "fugue", "runaway"),
        ("themes", "situation d'itinérance", "homelessness"),
        ("themes", "prévenir la criminalité", "crime-prevention"),
        ("themes", "human trafficking", "human-trafficking"),
        ("activities", "travailleuse de rue", "street-work"),
        ("activities", "hébergement d'urgence", "housing"),
        ("activities", "suivi psychosocial", "psychosocial-support"),
        ("kinds", "communauté de pratique", "network"),
        ("collaboration", "intersectorielle", "intersectoral"),
        ("cost", "gratuitement", "free"),
        ("groups", "jeunes en difficulté", "youth-at-risk"),
    ],
)
def test_a_common_phrase_points_to_its_term(name: str, phrase: str, code: str) -> None:
    terms = [term for term in vocabulary(name).terms if phrase in (*term.synonyms.fr, *term.synonyms.en)]
    assert [term.code for term in terms] == [code]


def test_a_flight_or_a_leak_is_no_running_away() -> None:
    words = {fold(word) for term in vocabulary("themes").terms for word in term.synonyms.fr}
    assert not words & {"fuite", "la fuite", "fuir"}
