import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.naming import expansion_start, namings, split_acronym
from extractors.prose import SUMMARY_LENGTH, sentences, shorten, slug
from extractors.quotations import Speaker, read_speaker
from tests.extractors.pages import context

NAMES = {
    "C’est ainsi que le projet les Jardins Nord-Sud connaît un succès.": "Jardins Nord-Sud",
    "Le projet Boussole vise les jeunes de la région.": "Projet Boussole",
    "Le programme « Entre deux rives » aide les familles de la région.": "Entre deux rives",
    "Leur projet, la Brigade du Phare, roule depuis deux ans.": "Brigade du Phare",
    "Le projet-pilote intitulé Cap sur la suite est offert à tous.": "Cap sur la suite",
    "Le projet Retour au port est né d’un partenariat.": "Retour au port",
    "Nous avons créé le Laboratoire d’idées du quartier (LIQ) pour les voisins.": "Laboratoire d’idées du quartier",
    "Le programme Au fil des saisons, lancé par des voisins, roule depuis deux ans.": "Au fil des saisons",
    "La clé est sous le Paillasson, une halte de nuit mise sur pied à Gatineau.": "Paillasson",
    "La Maison Vigie, du Centre Le Grand Large, a été inaugurée lundi.": "La Maison Vigie",
    "Les partenaires lancent « Une clé, un toit », une campagne d’affichage.": "Une clé, un toit",
    "L’organisme a dévoilé mardi Le Fourgon des arts, un camion aménagé.": "Le Fourgon",
    "The prize went on Friday for Boots & Company, a walking service in town.": "Boots & Company",
    "The Fresh Start project is a success for the whole town.": "Fresh Start",
    "The Lighthouse project is a success for the whole town.": "Lighthouse project",
    "Swap Corner was started in 2021 by the families of the town.": "Swap Corner",
    "Cette somme sert à déployer « Un pas devant » dans deux écoles.": "Un pas devant",
    "De ce constat est né, à l’automne 2023, le Relais jaune. Le Relais jaune aide les familles.": "Relais jaune",
    "“It works,” said Anne Roy, who runs the Open Gate for the Example Circle of the town.": "Open Gate",
    "A group of families opened a sister drop-in, the Harbour Kitchen, two streets away.": "Harbour Kitchen",
    "Le Comptoir vert, service mobile de réparation, y a reçu un prix.": "Le Comptoir vert",
    "Le projet s’appelle Clic et clac et couvrira dix municipalités.": "Clic et clac",
    "The newcomer is Second Bell, a homework club for students of the town.": "Second Bell",
    "Their project, Night Bridge, has been running since 2022 in the town.": "Night Bridge",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items(), ids=NAMES.values())
def test_an_initiative_is_named_as_its_page_introduces_it(text: str, name: str) -> None:
    first = namings(context(text).passage())[0]
    assert first.name.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Le projet de la Maison des Bouées vise les jeunes du quartier.",
        "Le projet de règlement sera étudié par les élus de la Ville.",
        "Les projets Mobile et Marine sont offerts dans la région.",
        "Le service Facebook est en panne depuis hier matin.",
        "L’an dernier, l’équipe mobile a distribué des trousses.",
        "La Régie Nord, service de police du territoire, y est aussi.",
    ],
)
def test_what_a_project_does_or_whose_it_is_is_no_name(text: str) -> None:
    assert [naming for naming in namings(context(text).passage()) if naming.name.strength > 1] == []


def test_another_project_named_in_passing_is_not_the_initiative() -> None:
    text = "Le projet Phare aide les jeunes. Complémentaire au projet Balise, le projet Phare est offert le soir."
    assert [naming.name.name for naming in namings(context(text).passage())] == ["Projet Phare"]


def test_an_acronym_leads_back_to_the_words_it_stands_for() -> None:
    before = "avec le Réseau d’entraide des aînés "
    start = expansion_start(before, "REA")
    assert start is not None
    assert before[start:].startswith("Réseau")
    assert expansion_start("sans rapport aucun ", "REA") is None
    assert split_acronym("Projet Exemple (PE)") == ("Projet Exemple", "PE")


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        (
            "— Anne Exemple\nCoordonnatrice du projet – Maison X",
            Speaker("Anne Exemple", "Coordonnatrice du projet", "Maison X"),
        ),
        ("Anne Exemple, directrice de la Maison X", Speaker("Anne Exemple", "directrice", "Maison X")),
        ("— Un parent", Speaker(None, "Un parent", None)),
        ("témoignage d’une participante", Speaker(None, "participante", None)),
        ("", Speaker()),
    ],
)
def test_an_attribution_is_read_into_author_role_and_organization(said: str, speaker: Speaker) -> None:
    assert read_speaker(said) == speaker


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "M. Roy dirige l’org. « Oui. Bien sûr. » Il habite à St-Jean."
    assert sentences(text) == ["M. Roy dirige l’org. « Oui. Bien sûr. »", "Il habite à St-Jean."]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=900))
def test_a_summary_is_never_too_long_and_a_key_never_empty(text: str) -> None:
    assert len(shorten(text)) <= SUMMARY_LENGTH
    assert slug(text)
