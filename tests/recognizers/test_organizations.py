"""Organisations are found by name, acronym and the words around them; initiatives, people and places are not."""

import pytest

from extractors.recognizers.organizations import read_organizations
from schemas.base import Language
from tests.recognizers.passages import check_evidence, guess, passage

ORGANIZATIONS = [
    # known bodies
    ("avec le CISSS de la Montérégie-Est", ["CISSS de la Montérégie-Est"]),
    ("avec le CISSS Montérégie-Est", ["CISSS de la Montérégie-Est"]),
    ("le CISSS-ME et ses équipes", ["CISSS de la Montérégie-Est"]),
    ("la CIUSS-CN site Centre Jeunesse (CJQ) appuie", ["CIUSSS de la Capitale-Nationale"]),
    ("le CIUSSS de la Capitale-Nationale (CIUSSS-CN)", ["CIUSSS de la Capitale-Nationale"]),
    ("Centre intégré de santé et de services sociaux de Laval", ["CISSS de Laval"]),
    ("le Centre intégré de santé et services sociaux de Laval", ["CISSS de Laval"]),
    ("décerné par le CISSS-CA", ["CISSS de Chaudière-Appalaches"]),
    ("la Sûreté du Québec participe", ["Sûreté du Québec"]),
    ("la sûreté du Québec participe", ["Sûreté du Québec"]),
    ("le Service de Police de la Ville de Québec (SPVQ)", ["Service de police de la Ville de Québec"]),
    ("un agent du SPVM", ["Service de police de la Ville de Montréal"]),
    ("le Service de police de la ville de Gatineau", ["Service de police de la Ville de Gatineau"]),
    ("the Service de police de la Ville de Montréal is there", ["Service de police de la Ville de Montréal"]),
    # head words
    ("Le Centre de soir Élan Boréal ouvre ses portes.", ["Centre de soir Élan Boréal"]),
    ("Il s'agit de la Table de concertation jeunesse Des Rapides.", ["Table de concertation jeunesse Des Rapides"]),
    ("La Maison des jeunes L'Envolée offre des ateliers.", ["Maison des jeunes L'Envolée"]),
    ("La Fondation Aurore-Boréale appuie le tout.", ["Fondation Aurore-Boréale"]),
    ("coordonné par la CDC Trois-Vallons", ["CDC Trois-Vallons"]),
    ("le Carrefour jeunesse-emploi des Vallons", ["Carrefour jeunesse-emploi des Vallons"]),
    ("Le Refuge La Bouée", ["Refuge La Bouée"]),
    (
        "Justice Alternative du Vallon, une organisation communautaire de Granby, est là.",
        ["Justice Alternative du Vallon"],
    ),
    ("Le Regroupement des maisons Lumière s'y joint.", ["Regroupement des maisons Lumière"]),
    ("La Coalition Grand-Large et la Fondation Petit-Pas", ["Coalition Grand-Large", "Fondation Petit-Pas"]),
    ("L'Entraide Jeunesse Val-Doré assurera une présence.", ["Entraide Jeunesse Val-Doré"]),
    ("the Boreal Youth Centre in town is open", ["Boreal Youth Centre"]),
    (
        "We work with the Northern Lights Foundation and with the Harbour Community Alliance every week.",
        ["Northern Lights Foundation", "Harbour Community Alliance"],
    ),
    ("la Maison Clair-Ruisseau inc. est ouverte", ["Maison Clair-Ruisseau inc."]),
    ("L’école secondaire et la Polyvalente Mont-Brise", ["Polyvalente Mont-Brise"]),
    # cues
    ("L'organisme Tournesol aide les familles.", ["Tournesol"]),
    ("l'organisme communautaire Pas-à-Pas", ["Pas-à-Pas"]),
    ("entre l'organisme C.B.J.M., la Sûreté du Québec et d'autres", ["C.B.J.M.", "Sûreté du Québec"]),
    ("en partenariat avec Tournesol et Boréal", ["Tournesol", "Boréal"]),
    ("en collaboration avec Tournesol, Boréal et le CISSS de Laval", ["Tournesol", "Boréal", "CISSS de Laval"]),
    ("Le projet de TANDEM Haute-Rive vise à aider.", ["TANDEM Haute-Rive"]),
    ("Le but du projet du Refuge La Bouée est d'outiller.", ["Refuge La Bouée"]),
    ("directrice générale de Tournesol", ["Tournesol"]),
    ("coordonnatrice des services chez Boréal-Jeunesse", ["Boréal-Jeunesse"]),
    ("offert par Tournesol depuis peu", ["Tournesol"]),
    ("piloté par l'organisme Rive-Libre", ["Rive-Libre"]),
    ("The community organization Sunflower helps youth.", ["Sunflower"]),
    ("in partnership with Sunflower and Harbourlight", ["Sunflower", "Harbourlight"]),
    ("led by Harbourlight since 2019", ["Harbourlight"]),
    ("executive director of Harbourlight", ["Harbourlight"]),
    # subjects and appositions
    ("Le 1847 vient en aide aux jeunes.", ["Le 1847"]),
    ("Par ses ateliers, Le 3120 vient en aide aux jeunes.", ["Le 3120"]),
    ("Tournesol offre des ateliers aux familles.", ["Tournesol"]),
    ("Chaque soir, Boréal accueille les jeunes.", ["Boréal"]),
    ("Boréal, un organisme de Rimouski, ouvre ses portes.", ["Boréal"]),
    ("Harbourlight, a community organization based in Granby, is open.", ["Harbourlight"]),
    # acronyms
    ("La Table des aînés de Val-Doré (TAVD) se réunit. La TAVD publie un guide.", ["Table des aînés de Val-Doré"]),
    ("le BRJM (Bureau des ressources jeunesse de Mirabel)", ["Bureau des ressources jeunesse de Mirabel"]),
]

CHAPTERS = [
    ("avec Centraide Exemple-Nord", ["Centraide Exemple-Nord"]),
    ("la Fondation Lucie et André Exemple", ["Fondation Lucie et André Exemple"]),
    ("l’organisme En Tout C.A.S. offre un suivi", ["En Tout C.A.S."]),
    ("le Regroupement Entr’Autres est là", ["Regroupement Entr’Autres"]),
    ("la MRC des Collines-de-l’Outaouais", ["MRC des Collines-de-l’Outaouais"]),
    ("au centre-ville de Montréal", []),
    ("Corporation de développement des Rives (CDC des Rives)", ["Corporation de développement des Rives"]),
    (
        "Projet Aide Nord (PAN). Le PAN (Projet Aide Nord), en partenariat avec le SPVQ, agit.",
        ["Projet Aide Nord", "Service de police de la Ville de Québec"],
    ),
]


@pytest.mark.parametrize(("text", "names"), CHAPTERS)
def test_names_reach_as_far_as_the_page_writes_them(text: str, names: list[str]) -> None:
    assert [mention.value.name for mention in read_organizations(passage(text))] == names


NONE = [
    "Le projet Mobilune vise à aider les jeunes.",
    "Complémentaire aux projets Mobilune et PAX, ce projet contribue au milieu.",
    "Le projet Horizon est en place. Horizon vise l'autonomie.",
    "Le programme Passage accompagne les jeunes.",
    "the Horizon project is in place",
    "Le prix Impact sur la communauté a été remis.",
    "Marie Tremblay offre des ateliers.",
    "Jean-Pierre Gagnon, directeur, accueille les gens.",
    "Montréal offre plusieurs ressources.",
    "Elle offre du soutien.",
    "Celui-ci vise les jeunes.",
    "Travaillant en partenariat avec les acteurs clés, l'équipe aide.",
    "De l'hébergement est disponible, dans la ville.",
    "En juillet, les jeunes partent.",
    "Concertation pour contrer l'exploitation",
    "Services offerts",
    "Description de la collaboration",
    "Centre et services",
    "Impacts of the collaboration",
    "How the Community Sector Benefits",
    "Workshops provide tools for the youth.",
    "Il habite rue Saint-Denis à Montréal.",
    "Grâce à la mobilisation de plusieurs acteur.trices, le projet connaît un succès.",
    "Les CISSS du réseau",
    "M. Fortin souhaite ouvrir un second local.",
    "Mme Beaulne offre des ateliers.",
    "Un psychologue du CIUSSS est disponible.",
    "Clés en main vise les jeunes de la rue.",
    "NOUVEAU SERVICE POUR LES JEUNES DE LA RÉGION",
]


@pytest.mark.parametrize(("text", "names"), ORGANIZATIONS)
def test_organisations_are_found_in_order(text: str, names: list[str]) -> None:
    p = passage(text, language=guess(text))
    found = read_organizations(p)
    assert [mention.value.name.replace("’", "'") for mention in found] == names
    check_evidence(p, found)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_organisation_is_left(text: str) -> None:
    assert [mention.value.name for mention in read_organizations(passage(text, language=guess(text)))] == []


SECTORS = [
    ("l'organisme Tournesol", "community"),
    ("la Sûreté du Québec", "police"),
    ("le CISSS de Laval", "health-social-services"),
    ("la Polyvalente Mont-Brise", "education"),
    ("la Clinique Petit-Pas", "health-social-services"),
    ("la Ville de Montmagny", "municipal"),
    ("la Justice Alternative du Vallon", "community"),
    ("l'Observatoire Grand-Large", "research"),
    ("la Chaire Grand-Large", "research"),
    ("la Pharmacie Grand-Large", None),
]


@pytest.mark.parametrize(("text", "sector"), SECTORS)
def test_the_sector_comes_from_the_gazetteer_or_the_name(text: str, sector: str | None) -> None:
    found = read_organizations(passage(text))
    assert [mention.value.sector for mention in found] == ([sector] if sector else [])


def test_the_uses_of_one_organisation_are_one_mention() -> None:
    p = passage(
        "L'Entraide-Jeunesse Val-Doré ouvre une halte.",
        "« C'est beau », dit Anne Roy, directrice d'Entraide-Jeunesse.",
        "Entraide Jeunesse Val-Doré espère continuer.",
    )
    (only,) = read_organizations(p)
    assert only.value.name == "Entraide-Jeunesse Val-Doré"
    assert [evidence.block for evidence in only.evidence] == [0, 1, 2]


def test_the_own_name_of_an_organisation_leads_back_to_it() -> None:
    text = "Le Centre pour hommes Le Ponton anime des groupes. Un intervenant du Ponton y participe."
    assert [mention.value.name for mention in read_organizations(passage(text))] == ["Centre pour hommes Le Ponton"]


def test_an_acronym_defined_once_leads_back_later() -> None:
    p = passage("Le Regroupement des haltes de Portneuf (RHP) est né.", "Le RHP offre un repas.")
    (only,) = read_organizations(p)
    assert only.value.acronym == "RHP"
    assert [(evidence.block, evidence.quote) for evidence in only.evidence][1:] == [(0, "RHP"), (1, "RHP")]


def test_a_body_brings_what_the_gazetteer_knows() -> None:
    (only,) = read_organizations(passage("avec le CISSS-ME"))
    assert only.value.gazetteer_id == "cisss-monteregie-est"
    assert only.value.regions == ("16",)
    assert only.value.written == "CISSS-ME"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_name_of_a_body_is_the_same_in_both_languages(language: Language) -> None:
    (only,) = read_organizations(passage("CISSS de la Montérégie-Est (CISSS-ME)", language=language))
    assert only.value.name == "CISSS de la Montérégie-Est"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le Phare du Havre offre un abri aux jeunes de Gaspé.", "Le Phare du Havre"),
        ("La Maison des Bouées offre un abri. À la Maison des Bouées, on cuisine.", "Maison des Bouées"),
        ("La Halte des Brumes a reçu un prix, dit Léa Roy, directrice de La Halte des Brumes.", "La Halte des Brumes"),
    ],
)
def test_an_article_belongs_to_a_name_that_a_page_always_writes_with_it(text: str, name: str) -> None:
    assert [found.value.name for found in read_organizations(passage(text))] == [name]
