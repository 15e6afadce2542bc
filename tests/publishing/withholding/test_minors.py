"""Testimonials of minors are recognised by what is said of the speaker, in both languages, and by nothing else."""

from __future__ import annotations

import pytest

from passerelle.publishing.withholding.minors import speaks_as_minor, stated_age
from schemas import records
from schemas.base import LanguageMap

MINORS = [
    "Jade, 15 ans",
    "Jade (16 ans)",
    "Jade – 17 ans",
    "15 ans",
    "Jade, âgée de 14 ans",
    "Jade, 15",
    "participante de 16 ans",
    "une jeune fille de 14 ans",
    "un jeune de 13 ans",
    "Élève",
    "élève de 5e secondaire",
    "Élève, école secondaire des Rives",
    "une élève de l’école des Rives",
    "écolier",
    "jeune participante",
    "Jeune participant",
    "jeune participant·e",
    "Jeune du quartier",
    "une jeune",
    "adolescente",
    "un ado de la maison des jeunes",
    "étudiante au secondaire",
    "étudiant de 4e secondaire",
    "finissante du secondaire",
    "secondaire 3",
    "enfant",
    "mineure",
    "Jade, 15 years old",
    "a 15-year-old",
    "15-year-old participant",
    "participant, aged 16",
    "age 12",
    "pupil",
    "Pupil at Riverside School",
    "high school student",
    "Grade 9 student",
    "student, Grade 9",
    "student at Riverside High School",
    "youth participant",
    "young participant",
    "Teenager",
    "teen from Verdun",
    "youth from the neighbourhood",
]

OTHERS = [
    "Ariane Côté-Okpara, directrice générale",
    "Ariane Côté-Okpara",
    "intervenante, 12 ans d’expérience",
    "bénévole depuis 15 ans",
    "intervenante auprès des 12-17 ans",
    "intervenante jeunesse",
    "enseignante des élèves de 6e année",
    "mère d’une élève",
    "mère d’une fille de 14 ans",
    "parent d’élève",
    "père d’un adolescent",
    "directrice de l’école secondaire des Rives",
    "représentant des jeunes",
    "éducatrice à l’enfance",
    "participante",
    "participante, 34 ans",
    "jeune participante, 22 ans",
    "jeune adulte",
    "jeune mère",
    "ancienne élève",
    "étudiante à l’université",
    "étudiante au cégep",
    "élève-infirmière",
    "Maison des jeunes des Rives",
    "Jeunesse en tête",
    "participant, aged 40",
    "outreach worker for 15 years",
    "youth worker",
    "Youth worker at the drop-in",
    "child psychologist",
    "teacher, Grade 9",
    "high school teacher",
    "former student",
    "university student",
    "student",
    "young adult",
    "mother of a 15-year-old",
    "works with youth aged 12 to 17",
    "10 years of experience",
    "2019",
]


def said_by(
    author: str | None = None, role: LanguageMap | None = None, quote: str = "On s’y sent bien."
) -> records.Testimonial:
    return records.Testimonial(quote=LanguageMap(fr=quote), author=author, role=role)


@pytest.mark.parametrize("who", MINORS)
def test_a_minor_is_recognised_in_author_role_and_signature(who: str) -> None:
    assert speaks_as_minor(said_by(author=who))
    assert speaks_as_minor(said_by(author="Jade", role=LanguageMap(fr=who)))
    assert speaks_as_minor(said_by(author="Jade", role=LanguageMap(en=who)))
    assert speaks_as_minor(said_by(quote=f"On s’y sent bien.\n— {who}"))


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_is_taken_for_one(who: str) -> None:
    assert not speaks_as_minor(said_by(author=who))
    assert not speaks_as_minor(said_by(role=LanguageMap(fr=who, en=who)))
    assert not speaks_as_minor(said_by(quote=f"On s’y sent bien.\n— {who}"))


@pytest.mark.parametrize(
    "quote",
    [
        "J’avais 15 ans quand je suis arrivée, j’en ai 40.",
        "Les élèves adorent venir ici.",
        "Un lieu pour les 12-17 ans.",
        "She was 15 years old",
    ],
)
def test_what_a_speaker_tells_is_not_said_of_the_speaker(quote: str) -> None:
    assert not speaks_as_minor(said_by(author="Ariane Côté-Okpara", quote=quote))


@pytest.mark.parametrize(("age", "minor"), [(8, True), (17, True), (18, False), (80, False)])
def test_majority_is_at_eighteen(age: int, minor: bool) -> None:
    assert stated_age(f"{age} ans") == stated_age(f"{age} years old") == age
    assert speaks_as_minor(said_by(author=f"Jade, {age} ans")) is minor
