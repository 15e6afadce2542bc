"""What a page says and a record does not hold is told with its reason and its sentence."""

from typing import get_args

import pytest

from extractors.explaining import Reason, refusals, sentence_at
from passerelle.cli.explain_messages import EXPLAIN
from tests.recognizers.passages import passage

TEXT = (
    "Le projet offre des ateliers aux familles. Il ne s'adresse pas aux étudiants. "
    "La Maison d'hébergement La Brise prête un local, et la Caisse Desjardins du Lac a versé un don."
)


def test_each_refusal_names_its_reason_and_its_sentence() -> None:
    found = {one.value: one for one in refusals(passage(TEXT), {"groups": ["families"], "activities": ["workshops"]})}
    assert (found["students"].reason, found["students"].sentence) == (
        "denied", "Il ne s'adresse pas aux étudiants.",
    )  # fmt: skip
    assert found["Maison d'hébergement La Brise"].reason == "no-part"
    assert "workshops" not in found


def test_what_a_record_holds_is_not_refused() -> None:
    kept = {"organizations": ["Maison d'hébergement La Brise", "Caisse Desjardins du Lac"]}
    assert not [one for one in refusals(passage(TEXT), kept) if one.reason == "no-part"]


def test_a_value_stands_in_one_sentence_and_metadata_in_none() -> None:
    document = passage(TEXT).document
    assert sentence_at(document, 0, TEXT.index("étudiants")) == "Il ne s'adresse pas aux étudiants."
    assert sentence_at(document, -1, 0) == ""


@pytest.mark.parametrize(
    ("text", "field", "value", "reason"),
    [
        ("Une étude montre que 30 % des jeunes de 15 à 24 ans ont fugué.", "audience", "jeunes de 15 à 24", "figure"),
        ("A survey of people aged 15 to 24 was made.", "audience", "aged 15 to 24", "figure"),
        ("La Maison célèbre ses 30 ans et plus d'action.", "audience", "30 ans et plus", "duration"),
        ("For youth aged 12 to 17. Those under 16 come with a parent.", "audience", "under 16", "restated"),
        ("The temperature must stay under 16 all night.", "audience", "under 16", "nobody"),
        ("L'organisme, fondé en 1987, anime des ateliers.", "start", "fondé en 1987", "founding"),
        ("Les ateliers ont commencé en 2019. Le projet a été lancé en 2021.", "start", "lancé en 2021", "less-sure"),
        ("La rencontre du 03/04/2022 a réuni des jeunes.", "start", "03/04/2022", "two-ways"),
        ("The meeting of May 5, 2019 gathered young people.", "start", "May 5, 2019", "no-beginning"),
        ("Le Québec compte des milliers d'organismes.", "territory", "Québec", "province"),
        ("Le bassin du Saint-Maurice est vaste.", "territory", "Saint-Maurice", "river"),
        ("Rendez-vous rue Sherbrooke.", "territory", "Sherbrooke", "no-place"),
        ("Rimouski, le 12 mars 2024 – Le projet aide les jeunes de Gaspé.", "territory", "Rimouski", "aside"),
        ("Le projet a lieu à Saint-Sauveur.", "territory", "Saint-Sauveur", "several-places"),
        ("Le plus proche centre comparable est à Val-d'Or.", "territory", "Val-d'Or", "elsewhere"),
        ("Forty-four drivers aged 19 to 81 take part.", "audience", "aged 19 to 81", "helpers"),
        ("Two law students hold office hours.", "audience", "law students", "helpers"),
        ("Le dernier atelier est réservé aux femmes.", "audience", "femmes", "part-only"),
        ("Le comité parle des violences faites aux femmes.", "audience", "femmes", "no-audience"),
        ("Un groupe pour les hommes violents.", "audience", "hommes", "offenders"),
        ("Le projet a reçu 40 000 $ du Centre Exemple Nord.", "organizations", "Centre Exemple Nord", "payer"),
        ("Le prix Élan, décerné par la Fondation Exemple.", "organizations", "Fondation Exemple", "prize-giver"),
        ("Des jeunes hébergés par le Centre Exemple Nord.", "organizations", "Centre Exemple Nord", "carer"),
        ("Anne Roy et Luc Hébert étaient dans la salle.", "people", "Anne Roy", "no-role"),
        ("Le trophée Élan, au sous-sol.", "awards", "Élan", "not-won"),
        ("La soirée a coûté 40 000 $ à la Ville.", "cost", "40 000 $", "no-fee"),
    ],
)  # fmt: skip
def test_what_was_read_and_not_taken_is_told_with_its_reason(text: str, field: str, value: str, reason: str) -> None:
    assert (field, value, reason) in {(one.field, one.value, one.reason) for one in refusals(passage(text), {})}


def test_a_date_that_the_record_holds_is_not_refused() -> None:
    text = "Le projet a été lancé en mars 2021. Depuis mars 2021, l'organisme anime des ateliers."
    assert not [one for one in refusals(passage(text), {"start": ["2021-03"]}) if one.field == "start"]


def test_what_taking_part_costs_is_no_refused_sum() -> None:
    text = "L'inscription est de 15 $ par personne. Une subvention de 40 000 $ paie le reste."
    assert [one.value for one in refusals(passage(text), {}) if one.field == "cost"] == ["40 000 $"]


def test_every_reason_is_said_in_both_languages() -> None:
    for reason in get_args(Reason):
        french, english = EXPLAIN[f"explain.{reason}"]
        assert french
        assert english not in ("", french)
