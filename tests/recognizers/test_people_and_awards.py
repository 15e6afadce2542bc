"""People are read with role and organisation; awards with giver and year, ceremonies left out."""

import pytest

from extractors.recognizers.awards import read_awards
from extractors.recognizers.people import read_people
from tests.recognizers.passages import check_evidence, guess, passage

PEOPLE = [
    (
        "« Bravo », partage d'emblée Anne-Marie Roy, directrice générale de Boréal-Jeunesse.",
        ("Anne-Marie Roy", "directrice générale", "Boréal-Jeunesse"),
    ),
    (
        "« Bravo », partage d’emblée Anne Roy, directrice générale d’Entraide-Jeunesse Val-Doré.",
        ("Anne Roy", "directrice générale", "Entraide-Jeunesse Val-Doré"),
    ),
    (
        "«Oui», ajoute Sophie Lavoie, coordonnatrice des services externes chez Boréal-Jeunesse.",
        ("Sophie Lavoie", "coordonnatrice des services externes", "Boréal-Jeunesse"),
    ),
    (
        "met en lumière Véronique Caron, travailleuse de rue au volet adulte.",
        ("Véronique Caron", "travailleuse de rue au volet adulte", None),
    ),
    ("« Oui », dit Marc Tremblay.", ("Marc Tremblay", None, None)),
    ("Marc Tremblay affirme que tout va bien.", ("Marc Tremblay", None, None)),
    ("Selon Julie Gagnon, les besoins augmentent.", ("Julie Gagnon", None, None)),
    ("La directrice générale, Julie Gagnon, est fière.", ("Julie Gagnon", "directrice générale", None)),
    ("Le coordonnateur du projet, Luc St-Pierre, est là.", ("Luc St-Pierre", "coordonnateur du projet", None)),
    ("Le maire Gilles Lehouillier-Roy était présent.", ("Gilles Lehouillier-Roy", "maire", None)),
    ("Dre Samira Haddad répond.", ("Samira Haddad", None, None)),
    ("M. Tremblay explique.", ("Tremblay", None, None)),
    ("Mme Claire de la Durantaye, présidente", ("Claire de la Durantaye", "présidente", None)),
    ("— Annick Caron", ("Annick Caron", None, None)),
    ("– Annick Caron, coordonnatrice", ("Annick Caron", "coordonnatrice", None)),
    ("Annick Caron, Coordinator – Boréal-Jeunesse", ("Annick Caron", "Coordinator", "Boréal-Jeunesse")),
    (
        '"It works," says Mary Smith, executive director of Harbourlight.',
        ("Mary Smith", "executive director", "Harbourlight"),
    ),
    ("According to John Kelly, the need is great.", ("John Kelly", None, None)),
    ("Coordinator Jane Doe said the team is proud.", ("Jane Doe", "Coordinator", None)),
    ("Jane Doe, outreach worker at Harbourlight, agrees.", ("Jane Doe", "outreach worker", "Harbourlight")),
    ("Dr. Samuel Cohen, psychologist", ("Samuel Cohen", "psychologist", None)),
    ("« Oui », affirme Nguyen Tran, agente de liaison.", ("Nguyen Tran", "agente de liaison", None)),
    ("conclut la directrice générale de Tournesol, Ève Roy.", ("Ève Roy", "directrice générale", "Tournesol")),
    ("Le sergent Pierre Dion de la Sûreté du Québec", ("Pierre Dion", "sergent", None)),
    ("se réjouit Léa Côté, intervenante.", ("Léa Côté", "intervenante", None)),
]

NOBODY = [
    "Montréal offre des ressources.",
    "Le projet Comète Nord vise les jeunes.",
    "Centre-du-Québec, région administrative",
    "La Maison Claire-Fontaine accueille.",
    "rue Jean-Talon",
    "Les jeunes ajoutent que tout va bien.",
    "Description de la collaboration",
    "How the Community Sector benefits",
    "We met the director of Dawson Street House.",
    "Vous êtes invités, dit le communiqué.",
    "Québec, Lévis et Montmagny",
    "En juillet, Tournesol explique sa mission.",
    "Le Centre Odile-Carrière accueille",
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_a_person_is_read_with_role_and_organisation(text: str, expected: tuple[str, str | None, str | None]) -> None:
    p = passage(text, language=guess(text))
    found = read_people(p)
    assert [(person.value.name, person.value.role, person.value.organization) for person in found] == [expected]
    check_evidence(p, found)


def test_a_family_name_alone_is_the_person_named_in_full_before_or_after() -> None:
    text = "M. Fortin cherche un local. « On manque de place », conclut le directeur, Réal Fortin. Mme Roy approuve."
    assert [person.value.name for person in read_people(passage(text))] == ["Réal Fortin", "Roy"]


def test_a_long_role_before_a_name_is_read() -> None:
    text = "Pour le directeur de l'éducation des adultes du Centre de services scolaire des Épinettes, Luc Pépin, oui."
    person = read_people(passage(text))[0].value
    assert (person.name, person.role) == ("Luc Pépin", "directeur de l'éducation des adultes")


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_person_is_left(text: str) -> None:
    assert read_people(passage(text, language=guess(text))) == ()


def test_a_name_over_its_title_is_one_signature() -> None:
    p = passage("— Annick Caron", "Coordinator of the Horizon project – Boréal-Jeunesse", language="en")
    (person,) = read_people(p)
    assert person.value.role == "Coordinator of the Horizon project"
    assert person.value.organization == "Boréal-Jeunesse"


def test_a_person_named_twice_is_one() -> None:
    p = passage("« Oui », dit Anne Roy.", "« Non », ajoute Anne Roy, directrice.")
    (person,) = read_people(p)
    assert person.value.role == "directrice"
    assert len(person.evidence) == 2


AWARDS = [
    ("le prix Main tendue décerné par le CISSS-CA", [("Main tendue", "CISSS-CA", None)]),
    (
        "Boréal-Jeunesse a remporté le prix Impact durable lors de la 40e édition des Prix d'excellence du réseau.",
        [("Impact durable", None, None)],
    ),
    ("Elle a reçu le prix « Cœur battant » en 2022.", [("Cœur battant", None, 2022)]),
    ("L'organisme est lauréat du prix Relève pour son projet Horizon.", [("Relève", None, None)]),
    ("Il s'est vu remettre le prix Engagement citoyen 2023 par la Ville.", [("Engagement citoyen", None, 2023)]),
    ("Le prix Léa-Roy a été remis à l'équipe.", [("Léa-Roy", None, None)]),
    (
        "a obtenu le prix Amélioration continue de nos milieux décerné par le CISSS de Laval",
        [("Amélioration continue de nos milieux", "CISSS de Laval", None)],
    ),
    (
        "The project won the Bright Path Award from the Harbourlight Foundation.",
        [("Bright Path Award", "Harbourlight Foundation", None)],
    ),
    ("The team received the Community Impact Award in 2021.", [("Community Impact Award", None, 2021)]),
    (
        "Après le prix Main tendue, le projet a obtenu le prix Impact durable.",
        [("Main tendue", None, None), ("Impact durable", None, None)],
    ),
    ("Le prix Main tendue. Oui, ce prix Main tendue!", [("Main tendue", None, None)]),
    ("Gala des Prix d'excellence du réseau", []),
    ("Les Prix d'excellence du CISSS de Laval", []),
    ("le prix d'entrée est de 5 $", []),
    ("à bas prix", []),
    ("Ce prix démontre le besoin.", []),
    ("C'est à tout prix qu'il faut agir.", []),
    ("The award ceremony was held in May.", []),
]


@pytest.mark.parametrize(("text", "expected"), AWARDS)
def test_awards_are_read_once_without_their_clauses(
    text: str, expected: list[tuple[str, str | None, int | None]]
) -> None:
    p = passage(text, language=guess(text))
    found = read_awards(p)
    assert [(award.value.name, award.value.awarded_by, award.value.year) for award in found] == expected
    check_evidence(p, found)
