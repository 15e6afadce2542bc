"""Contacts, cost and languages offered are read from what pages write."""

import pytest

from extractors.recognizers.contacts import read_email, read_phone, read_url
from extractors.recognizers.offered import read_cost, read_languages
from schemas.document import Block, Document, Link
from tests.recognizers.passages import check_evidence, guess, passage

EMAILS = [
    ("Écrivez à info@exemple.org.", "info@exemple.org"),
    ("Courriel : Coordination@Maison-Exemple.qc.ca", "coordination@maison-exemple.qc.ca"),
    ("info [at] exemple.org", "info@exemple.org"),
    ("info(arobase)exemple(point)org", "info@exemple.org"),
    ("Suivez-nous @maisonexemple", None),
    ("Pas d'adresse ici.", None),
    ("a@b", None),
]
PHONES = [
    ("Téléphone : 514 555-0112", "514-555-0112"),
    ("(418) 555-0112", "418-555-0112"),
    ("1 800 555-0112", "800-555-0112"),
    ("+1-450-555-0112", "450-555-0112"),
    ("819.555.0112", "819-555-0112"),
    ("514 555-0112, poste 204", "514-555-0112, poste 204"),
    ("450\u00a0555‑0112", "450-555-0112"),
    ("Télécopieur : 514 555-0113", None),
    ("Téléc. : 514 555-0113 Tél. : 514 555-0112", "514-555-0112"),
    ("125 000 $ en 2020-2021", None),
    ("Dossier 5145550112345", None),
]
URLS = [
    ("Voir https://exemple.org/projet.", "https://exemple.org/projet"),
    ("Site : www.exemple.org/aide", "https://www.exemple.org/aide"),
    ("(https://exemple.org)", "https://exemple.org"),
    ("info@exemple.org", None),
    ("rien", None),
]
COSTS = [
    ("Les ateliers sont gratuits.", "free"),
    ("Le tout est offert gratuitement.", "free"),
    ("Activité gratuite et confidentielle", "free"),
    ("Service sans frais", "free"),
    ("Aucuns frais ne sont exigés.", "free"),
    ("Workshops are free of charge.", "free"),
    ("The service is free.", "free"),
    ("Free and confidential support for the youth", "free"),
    ("offered at no cost to the families", "free"),
    ("Frais d'inscription : 20 $", "paid"),
    ("Coût : 15 $ par personne", "paid"),
    ("25 $ par séance", "paid"),
    ("Cost: $20 per session", "paid"),
    ("Contribution volontaire", "donation"),
    ("Tarification sociale selon le revenu", "sliding-scale"),
    ("Ligne sans frais 1 800 555-0112", None),
    ("toll-free number", None),
    ("Feel free to call the team.", None),
    ("a violence-free life", None),
    ("Le service n'est pas gratuit.", None),
    ("Une subvention de 125 000 $", None),
    ("Le coût de la vie augmente.", None),
]
LANGUAGES = [
    ("Les contenus sont disponibles en français ou en anglais.", ["en", "fr"]),
    ("Services offerts en français et en anglais", ["en", "fr"]),
    ("Service bilingue", ["en", "fr"]),
    ("Les ateliers sont donnés dans les deux langues.", ["en", "fr"]),
    ("Workshops are offered in French and English.", ["en", "fr"]),
    ("The helpline is bilingual.", ["en", "fr"]),
    ("Services available in English and French", ["en", "fr"]),
    ("Langues : français, anglais", ["en", "fr"]),
    ("Les ateliers sont offerts en français.", ["fr"]),
    ("Support is available in English.", ["en"]),
    ("Texte en anglais seulement", []),
    ("Document disponible en anglais seulement", []),
    ("Read this page in English", []),
    ("Version anglaise", []),
    ("Elle enseigne le français au secondaire.", []),
]


@pytest.mark.parametrize(("text", "expected"), EMAILS)
def test_an_email_is_read_or_not(text: str, expected: str | None) -> None:
    p = passage(text)
    found = read_email(p)
    assert (found.value if found else None) == expected
    check_evidence(p, [found])


def test_an_email_behind_a_link_is_read() -> None:
    block = Block(
        kind="paragraph", text="Écrivez-nous ici", links=(Link(text="ici", url="mailto:Info@exemple.org?subject=a"),)
    )
    p = passage("x")
    p = type(p)(Document(**{**p.document.model_dump(), "blocks": (block,)}), (0,), "fr")
    found = read_email(p)
    assert found is not None
    assert found.value == "info@exemple.org"
    assert found.evidence[0].quote == "ici"


@pytest.mark.parametrize(("text", "expected"), PHONES)
def test_a_phone_number_is_read_or_not(text: str, expected: str | None) -> None:
    p = passage(text)
    found = read_phone(p)
    assert (found.value if found else None) == expected
    check_evidence(p, [found])


@pytest.mark.parametrize(("text", "expected"), URLS)
def test_a_web_address_is_read_or_not(text: str, expected: str | None) -> None:
    p = passage(text)
    found = read_url(p)
    assert (found.value if found else None) == expected
    check_evidence(p, [found])


@pytest.mark.parametrize(("text", "expected"), COSTS)
def test_what_taking_part_costs_is_read(text: str, expected: str | None) -> None:
    p = passage(text, language=guess(text))
    found = read_cost(p)
    assert (found.value if found else None) == expected
    check_evidence(p, [found])


@pytest.mark.parametrize(("text", "expected"), LANGUAGES)
def test_languages_of_the_service_are_read(text: str, expected: list[str]) -> None:
    p = passage(text, language=guess(text))
    found = read_languages(p)
    assert [language.value for language in found] == expected
    check_evidence(p, found)


def test_a_mailbox_that_bears_the_initiatives_name_is_its_contact() -> None:
    p = passage("Marie Roy répond à qui veut savoir où elle passe, au laroulotte@exemple.example chaque semaine.")
    assert read_email(p) is None
    found = read_email(p, ("La Roulotte",))
    assert found is not None
    assert found.value == "laroulotte@exemple.example"
