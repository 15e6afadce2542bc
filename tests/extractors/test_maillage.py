import pytest

from tests.extractors.pages import COMMUNITY, COMMUNITY_LABEL, SCHOOL, SCHOOL_LABEL, detail, extract, only

ORDERS = {
    "headings over lists": (SCHOOL_LABEL, SCHOOL, COMMUNITY_LABEL, COMMUNITY),
    "both headings first": (SCHOOL_LABEL, COMMUNITY_LABEL, SCHOOL, COMMUNITY),
    "headings between the lists": (SCHOOL, SCHOOL_LABEL, COMMUNITY_LABEL, COMMUNITY),
    "both lists first": (SCHOOL, COMMUNITY, SCHOOL_LABEL, COMMUNITY_LABEL),
    "a slider's counter": ("1/2", SCHOOL, SCHOOL_LABEL, "2/2", COMMUNITY_LABEL, COMMUNITY),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_lists_go_to_their_headings_whatever_order_a_dump_leaves_them_in(order: tuple[str, ...]) -> None:
    benefits = [found.value for found in only(detail(*order)).benefits]
    assert [benefit.sector for benefit in benefits] == ["education"] * 2 + ["community"] * 3
    assert benefits[0].text == "Réduit l'absentéisme des élèves"
    assert benefits[2].text == "Rejoint des familles isolées"


def test_a_detail_page_gives_its_named_project_and_who_leads_it() -> None:
    draft = only(detail(*ORDERS["headings over lists"]))
    assert draft.name.value == "Cap sur demain"
    assert draft.kind is not None
    assert draft.kind.value == "program"
    assert draft.lead_organization is not None
    assert draft.lead_organization.value.name == "Maison des Bouées"
    assert [found.value.gazetteer_id for found in draft.partners] == ["cisss-bas-saint-laurent"]
    assert draft.start is not None
    assert draft.start.value == "2019-09"


def test_sections_of_a_detail_page_stay_apart() -> None:
    draft = only(detail(*ORDERS["headings over lists"]))
    assert draft.description is not None
    assert draft.description.value.startswith("Le programme vise")
    assert "persévérance" not in draft.description.value
    impacts = [found.value for found in draft.impacts]
    assert impacts == ["Augmente la persévérance scolaire", "Améliore le climat en classe."]
    assert draft.conclusion is not None
    assert draft.conclusion.value == "Ce modèle peut être repris ailleurs."


def test_a_testimonial_names_its_author_role_and_organization() -> None:
    (found,) = only(detail(*ORDERS["headings over lists"])).testimonials
    said = found.value
    assert (said.author, said.organization) == ("Mélanie Thériault-Roy", "Maison des Bouées")
    assert said.role == "Coordonnatrice du programme"
    assert not said.quote.startswith("«")


def test_the_closing_words_to_the_reader_are_in_no_field() -> None:
    written = only(detail(*ORDERS["headings over lists"])).model_dump_json()
    assert "boîte à outils" not in written
    assert "terminé le maillage" not in written


def test_an_english_detail_page_is_read_by_its_english_labels() -> None:
    draft = only(
        "Collaboration between the community sector and the justice sector\n"
        "You have just built an alliance between the community sector and the justice sector! This is "
        "what Harbour House, a community organization in Gatineau, did. The Fresh Start project is a success.\n\n"
        "How the justice sector benefits from this collaboration\n"
        "Reduces the number of hearings;\nShortens delays.\n\n"
        "What the community sector gains\nReaches young adults earlier.\n\n"
        "Description of the collaboration\n\n"
        "The project supports young adults aged 18 to 30 after a first offence, in groups and one by one.\n\n"
        "Results\nFewer repeat offences;\nFaster files.\n\n"
        "You have just completed the alliance!\nWe suggest that you consult the toolbox to find out more.\n"
    )
    assert draft.language == "en"
    assert draft.name.value == "Fresh Start"
    assert [found.value.sector for found in draft.benefits] == ["justice", "justice", "community"]
    assert len(draft.impacts) == 2


DIRECTORY = """\
Répertoire des initiatives

Voici des initiatives de collaboration intersectorielle pour prévenir l'exploitation sexuelle des jeunes.
Un filet pour les jeunes en fugue à Laval
Le projet Retour au port est né d'un partenariat entre la Maison du Phare et le Service de police de Laval. Une
 intervenante accompagne les adolescentes de 12 à 17 ans.
Projet Boussole (PB)
Le projet Boussole, porté par l'organisme Halte-Nuit Gatineau, vise à prévenir l'itinérance chez les jeunes de 16 à 22
 ans au moyen de travail de rue.
Des ateliers pour les écoles de Rimouski
Les Voix du Large, à Rimouski, donnent des ateliers gratuits sur le consentement aux élèves du secondaire de la région.
Partagez-nous vos initiatives
Vous souhaitez partager votre initiative de collaboration? Écrivez-nous à l'adresse suivante : info@exemple.example
""".replace("\n ", " ")


def test_each_entry_of_a_directory_is_an_initiative_with_a_stable_key() -> None:
    drafts = extract(DIRECTORY).initiatives
    assert [draft.key for draft in drafts] == [
        "un-filet-pour-les-jeunes-en-fugue-a-laval",
        "projet-boussole",
        "des-ateliers-pour-les-ecoles-de-rimouski",
    ]


def test_an_entry_is_named_after_its_project_and_keeps_its_heading_as_other_name() -> None:
    first, second, third = extract(DIRECTORY).initiatives
    assert first.name.value == "Retour au port"
    assert "Un filet pour les jeunes en fugue à Laval" in [found.value for found in first.other_names]
    assert second.name.value == "Projet Boussole"
    assert "PB" in [found.value for found in second.other_names]
    assert third.name.value == "Des ateliers pour les écoles de Rimouski"


def test_the_topic_of_a_directory_does_not_leak_into_its_entries() -> None:
    for draft in extract(DIRECTORY).initiatives:
        assert "sexual-exploitation" not in [found.value for found in draft.themes]


def test_the_closing_call_of_a_directory_is_no_entry_and_in_none() -> None:
    extraction = extract(DIRECTORY)
    assert "info@exemple.example" not in extraction.model_dump_json()


def test_the_one_who_acts_in_an_entry_leads_it() -> None:
    third = extract(DIRECTORY).initiatives[2]
    assert third.lead_organization is not None
    assert third.lead_organization.value.name == "Les Voix du Large"
