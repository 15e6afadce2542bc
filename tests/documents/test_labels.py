"""Facts under a label: which lines state one, and which are titles or sentences."""

from __future__ import annotations

import pytest

from extractors.documents.labels import labelled_fact
from tests.documents.pages import rules, shown, text_document

FACTS = [
    ("Organisme : Maison Exemple", "lead", "Maison Exemple"),
    ("Porté par : Maison Exemple", "lead", "Maison Exemple"),
    ("Lead organization | Example House", "lead", "Example House"),
    ("Partenaires\u00a0: CLSC; Ville de Matane", "partners", "CLSC; Ville de Matane"),
    ("In partnership with: Example House", "partners", "Example House"),
    ("Clientèle visée : 12 à 17 ans", "audience", "12 à 17 ans"),
    ("Who it’s for: families", "audience", "families"),
    ("Région : Estrie", "territory", "Estrie"),
    ("Languages | French, English", "languages", "French, English"),
    ("Coût : gratuit", "cost", "gratuit"),
    ("Début du projet : mars 2018", "start", "mars 2018"),
    ("Courriel : info@exemple.test", "contact", "info@exemple.test"),
]
NO_FACTS = [
    "Sortir du silence : soutien aux femmes",
    "Organisme :",
    "Le projet est simple : on écoute les jeunes.",
    "https://exemple.test/ou",
    "Depuis 2018, la maison accueille des jeunes : ils viennent de partout.",
]
LONG = "Des ateliers donnés chaque semaine aux familles de Matane, avec des bénévoles formés par la maison de quartier."


@pytest.mark.parametrize(("line", "name", "value"), FACTS)
def test_a_fact_is_read_with_its_place(line: str, name: str, value: str) -> None:
    fact = labelled_fact(line)
    assert fact is not None
    assert (fact.name, line[fact.start : fact.end]) == (name, value)


@pytest.mark.parametrize("line", NO_FACTS)
def test_a_title_or_a_sentence_is_no_fact(line: str) -> None:
    assert labelled_fact(line) is None


def test_labelled_lines_are_no_headings_and_numbered_titles_are() -> None:
    entries = [f"{n}. Titre {n}\nOrganisme : Maison {n}\nRégion : Estrie\n{LONG}" for n in "123"]
    document = text_document("Répertoire des projets\n\n" + "\n\n".join(entries))
    assert [text for kind, text in shown(document) if kind == "heading"][-3:] == ["Titre 1", "Titre 2", "Titre 3"]
    assert ("paragraph", "Organisme : Maison 1") in shown(document)


def test_labels_above_their_values_are_joined_with_them() -> None:
    entries = [f"LE TITRE {n}\nOrganisme\nMaison {n}\nTerritoire :\nMatane\n{LONG}" for n in "123"]
    document = text_document("Nos bons coups\n\n" + "\n\n".join(entries))
    assert [text for _, text in shown(document)][1:4] == ["LE TITRE 1", "Organisme : Maison 1", "Territoire : Matane"]


def test_a_heading_over_text_or_over_a_list_is_no_label_of_a_fact() -> None:
    document = text_document(f"Partenaires\n{LONG}\n\nContact\n{LONG[:90]}.\n\nActivités\n- Repas\n- Jeux")
    assert [text for kind, text in shown(document) if kind == "heading"] == ["Partenaires", "Contact", "Activités"]


def test_two_numbered_points_over_text_stay_items() -> None:
    document = text_document(f"{LONG}\n\n1. Écouter\n{LONG[:90]} d’abord.\n2. Orienter\n{LONG[:90]} ensuite.")
    assert [text for kind, text in shown(document) if kind == "list_item"] == ["Écouter", "Orienter"]


def test_menus_of_a_dump_and_announcements_under_a_related_heading_are_furniture() -> None:
    menu = "Maison Exemple\nAccueil\nNos membres\nEmplois\n\nProjets | Actualités | Nous joindre\n"
    related = "À lire aussi\nLa patinoire rouvre\nTempête : les écoles fermées\n"
    document = text_document(f"{menu}\nUn toit pour l’hiver\n{LONG}\n\n{LONG[:80]} encore.\n\n{related}")
    assert [text for _, text in shown(document)] == ["Un toit pour l’hiver", LONG, f"{LONG[:80]} encore."]
    assert set(rules(document).values()) == {"menu", "related"}


def test_short_lines_that_are_no_rubrics_are_no_menu() -> None:
    document = text_document(f"Nos valeurs\n{LONG}\n\nRespect\nÉcoute\nEntraide\nSolidarité\n\n{LONG[:90]}.")
    assert {"Respect", "Écoute", "Entraide", "Solidarité"} <= {text for _, text in shown(document)}
