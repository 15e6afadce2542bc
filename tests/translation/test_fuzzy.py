"""Organisations here are fictional; places are real places of Québec."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translation.engines import NoEngine
from passerelle.translation.memory import Memory
from passerelle.translation.station import translate
from schemas.records import Initiative
from tests.translation.conftest import ScriptedEngine
from tests.translation.test_gaps_and_memory import entry

Make = Callable[..., Initiative]

KNOWN = [
    entry("Les usagers sont accueillis le matin.", "Users are welcomed in the morning."),
    entry("Les jeunes employés du centre aident les usagers.", "Young employees of the centre help users."),
    entry("Le projet accompagne 40 jeunes de 12 à 17 ans.", "The project supports 40 youth aged 12 to 17."),
    entry("Les intervenantes sont présentes le soir dans les parcs.", "The workers are in the parks in the evening."),
    entry("Nous avons remis 25 000 $ aux familles de Verdun.", "We gave $25,000 to families in Verdun."),
    entry(
        "Le service n’est pas offert pendant la période des Fêtes.", "The service is not offered during the holidays."
    ),
]


def found(text: str) -> str | None:
    similar = Memory(KNOWN).similar(text, "fr", "en")
    return similar.target if similar else None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Le projet accompagne 55 jeunes de 14 à 21 ans.", "The project supports 55 youth aged 14 to 21."),
        ("Le projet accompagne 17 jeunes de 12 à 40 ans.", "The project supports 17 youth aged 12 to 40."),
        ("Nous avons remis 1 200 $ aux familles de Verdun.", "We gave $1,200 to families in Verdun."),
        ("Les intervenantes sont presentes le soir, dans les PARCS!", "The workers are in the parks in the evening."),
        ("Les usagers sont accueilli le matin.", "Users are welcomed in the morning."),
        ("Les usager·ères sont accueilli·es le matin.", "Users are welcomed in the morning."),
    ],
)
def test_numbers_accents_capitals_inclusive_forms_and_a_participles_plural_are_the_same_text(
    text: str, target: str
) -> None:
    assert found(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "Le projet accompagnait 40 jeunes de 12 à 17 ans.",  # another tense
        "Le projet accompagnera 40 jeunes de 12 à 17 ans.",
        "Les intervenants sont présents le soir dans les parcs.",  # a woman is not any worker
        "Les intervenantes sont présentes le soir dans des parcs.",
        "Les jeunes employeurs du centre aident les usagers.",
        "Le projet accompagne 40 femmes de 12 à 17 ans.",  # another word
        "Le projet accompagne 1 jeune de 12 à 17 ans.",  # the plural would have to follow
        "Le projet accompagne 12 jeunes de 12 à 17 ans et 5 parents.",
        "Nous avons remis 25 000 $ aux familles de Verchères.",  # another name
        "Le service est offert pendant la période des Fêtes.",  # a negation less
        "Les intervenantes sont absentes le soir dans les parcs.",
        "Le projet accompagne 40 jeunes de 12 à 17 ans avec 3 écoles du quartier.",
    ],
)
def test_what_says_something_else_is_not_taken(text: str) -> None:
    assert found(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text: str) -> None:
    similar = Memory(KNOWN).similar(text, "fr", "en")
    assert similar is None or similar.score > 0


def test_a_filling_from_a_similar_text_says_how_near_it_is(record: Make) -> None:
    ours = record(summary="Le projet accompagne 55 jeunes de 12 à 17 ans.", conclusion=KNOWN[2].source)
    (near, exact), _, issues = translate([ours], Memory(KNOWN), NoEngine())
    assert (near.text, near.status.origin) == ("The project supports 55 youth aged 12 to 17.", "memory")
    assert near.status.reason is not None
    assert near.status.reason.startswith("fuzzy-0.9")
    assert (exact.status.origin, exact.status.reason) == ("memory", None)
    assert issues == ()


def test_a_block_is_found_too_and_its_doubt_is_told_beside_the_engine(record: Make) -> None:
    ours = record(description="Bonjour.\n\n- Le projet accompagne 55 jeunes de 12 à 17 ans.")
    ((filling,), _, _) = translate([ours], Memory(KNOWN), ScriptedEngine(lambda _: "Hello."))
    assert filling.text == "Hello.\n\n- The project supports 55 youth aged 12 to 17."
    assert (filling.status.origin, filling.status.engine) == ("machine", "scripted fr→en 1")
    assert str(filling.status.reason).startswith("fuzzy-")


def test_a_name_is_never_taken_from_a_similar_one(record: Make) -> None:
    memory = Memory([entry("Carrefour jeunesse de Lachine 2023", "Lachine Youth Hub 2023", context="name")])
    ours = record(name="Carrefour jeunesse de Lachine 2024")
    ((filling,), _, _) = translate([ours], memory, NoEngine())
    assert filling.status.origin == "pending"
