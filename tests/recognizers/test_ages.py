"""Ages of an audience are read in both languages; durations, anniversaries, statistics and prices are not."""

import pytest

from extractors.recognizers.ages import read_ages
from tests.recognizers.passages import check_evidence, guess, passage

AGES = [
    ("Pour les jeunes de 12-25 ans.", 12, 25),
    ("Le projet rejoint les filles de 14 à 24 ans.", 14, 24),
    ("Des jeunes âgés entre 15 et 25 ans", 15, 25),
    ("Des jeunes (12-25 ans) du quartier", 12, 25),
    ("Jeunes âgé∙es de 12 à 25 ans", 12, 25),
    ("Jeunes âgé.es de 16 à 30 ans", 16, 30),
    ("jeunes de douze à vingt-cinq ans", 12, 25),
    ("de dix-huit à trente-cinq ans", 18, 35),
    ("Les 12-17 ans", 12, 17),
    ("Les 12 – 17 ans sont accueillis le soir.", 12, 17),
    ("12 à 25 ans", 12, 25),
    ("Âge : 12 à 17 ans", 12, 17),
    ("Clientèle : 6-12 ans", 6, 12),
    ("Enfants de 0-5 ans et leurs parents", 0, 5),
    ("Enfants de 6 mois à 5 ans", 0, 5),
    ("Poupons de 0 à 18 mois", 0, 1),
    ("Adultes de 18 ans et plus", 18, None),
    ("Adultes de 18 ans ou plus", 18, None),
    ("personnes de 65 ans et +", 65, None),
    ("65+", 65, None),
    ("Les 50 ans +", 50, None),
    ("femmes de plus de 50 ans", 50, None),
    ("À partir de 14 ans", 14, None),
    ("Dès 16 ans", 16, None),
    ("Il faut avoir au moins 18 ans.", 18, None),
    ("les moins de 18 ans", None, 17),
    ("Des jeunes de moins de 21 ans", None, 20),
    ("17 ans et moins", None, 17),
    ("Enfants jusqu'à 12 ans", None, 12),
    ("jeunes de 12 ans à 25 ans", 12, 25),
    ("jeunes de 12 à 17\u00a0ans", 12, 17),
    ("Les jeunes de 16/25 ans", 16, 25),
    ("Les 12-17 ans et les 18-30 ans ont chacun leur soirée.", 12, 30),
    ("Les 12-17 ans, puis les 18 ans et plus", 12, None),
    ("Jeunes de 12 à 25 ans. Les moins de 18 ans viennent avec un parent.", 12, 25),
    ("girls between the ages of 14 and 24", 14, 24),
    ("youth aged 12 to 25", 12, 25),
    ("youth aged 12–25", 12, 25),
    ("for youth ages 13-17", 13, 17),
    ("young people between 16 and 30 years old", 16, 30),
    ("16 to 35 year-olds", 16, 35),
    ("12-25 years of age", 12, 25),
    ("people aged eighteen to thirty-five", 18, 35),
    ("adults 18 and over", 18, None),
    ("seniors aged 65 years and older", 65, None),
    ("for people over 50", 50, None),
    ("youth under 18", None, 17),
    ("children under the age of 12", None, 11),
    ("children up to age 12", None, 12),
    ("Participants must be at least 16 years old.", 16, None),
    ("12 and under", None, 12),
    ("18+", 18, None),
]

NO_AGES = [
    "L'organisme existe depuis 25 ans.",
    "Fondé il y a 10 ans, l'organisme grandit.",
    "Depuis plus de 30 ans, nous accueillons des jeunes.",
    "La 40e édition du gala",
    "L'organisme célèbre ses 40 ans.",
    "Nous fêtons nos 25 ans!",
    "plus de 30 ans d'expérience",
    "une équipe forte de 15 ans d'expérience",
    "Elle travaille ici depuis 12 à 15 ans.",
    "Le plan d'action s'étend sur 3 à 5 ans.",
    "Un projet d'une durée de 2 à 3 ans",
    "13 % des jeunes de 15 à 24 ans vivent cette réalité.",
    "Selon une étude, les filles de 12 à 14 ans sont recrutées tôt.",
    "L'âge moyen est de 14 à 15 ans.",
    "Une peine de 2 à 5 ans de prison",
    "Ouvert de 9 h à 17 h",
    "De 2019 à 2022",
    "Téléphone : 514 555-0112",
    "Admission : gratuit pour les moins de 12 ans",
    "Coût : 12-25 $",
    "two years ago",
    "for 25 years",
    "In the past 10 years, the house has grown.",
    "within 3 to 5 years",
    "more than 20 years of experience",
    "According to a survey, youth aged 15 to 24 are concerned.",
    "Open 9 to 17",
    "Page 12-25",
    "Une trentaine de jeunes sont venus en 10 ans.",
    "Le projet sera offert dans 2 à 3 ans.",
]


@pytest.mark.parametrize(("text", "low", "high"), AGES)
def test_ages_of_the_audience_are_read(text: str, low: int | None, high: int | None) -> None:
    p = passage(text, language=guess(text))
    found = read_ages(p)
    assert tuple(bound.value if bound else None for bound in found) == (low, high)
    check_evidence(p, found)


@pytest.mark.parametrize("text", NO_AGES)
def test_what_is_no_age_of_an_audience_is_left(text: str) -> None:
    assert read_ages(passage(text, language=guess(text))) == (None, None)


def test_a_bound_keeps_every_place_that_says_it() -> None:
    p = passage("Jeunes de 12 à 25 ans", "Les 12-17 ans viennent le mardi.")
    low, high = read_ages(p)
    assert low is not None
    assert [evidence.block for evidence in low.evidence] == [0, 1]
    assert high is not None
    assert [evidence.block for evidence in high.evidence] == [0]
