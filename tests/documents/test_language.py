"""French, English, or unknown where there is doubt."""

from __future__ import annotations

import pytest

from extractors.documents.language import block_language, declared_language, language_of, page_language
from schemas.base import PageLanguage
from tests.documents.pages import html_document

FRENCH = "La table de concertation réunit les organismes du quartier pour soutenir les familles et les jeunes."
ENGLISH = "The round table brings together the organizations of the neighbourhood to support families and youth."
SPANISH = "El centro de mujeres ofrece talleres para las jóvenes del barrio que han sido víctimas de violencia."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Témoignage", "fr"),
        ("Testimonial", "en"),
        ("À propos de nous", "fr"),
        ("About us", "en"),
        ("Nos partenaires", "fr"),
        ("Our partners", "en"),
        ("Description de la collaboration", "fr"),
        ("Description of the collaboration", "en"),
        ("L’équipe", "fr"),
        ("Who we are", "en"),
        ("Les intervenant·es d’ici", "fr"),
        ("How the community sector benefits", "en"),
    ],
)
def test_clear_texts_and_labels_have_a_language(text: str, language: PageLanguage) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        SPANISH,
        "Centro de mujeres",
        "Quem somos",
        "Die Beratungsstelle hilft jungen Menschen, die auf der Straße leben und keine Wohnung haben.",
        "Il centro offre laboratori gratuiti per le ragazze e i ragazzi del quartiere che hanno bisogno di aiuto.",
        "Conclusion",
        "Contact",
        "CISSS",
        "450 555-0199",
        "",
        "🙂",
    ],
)
def test_other_languages_and_words_of_both_are_unknown(text: str) -> None:
    assert language_of(text) == "unknown"


def test_a_block_follows_its_words_then_its_lang_then_its_page() -> None:
    assert block_language(ENGLISH, "fr", "fr") == "en"
    assert block_language("Contact", "en", "fr") == "en"
    assert block_language("Contact", "unknown", "fr") == "fr"
    assert block_language(SPANISH, "unknown", "fr") == "unknown"
    assert block_language(FRENCH, "unknown", "unknown") == "fr"
    assert block_language(SPANISH, "unknown", "unknown") == "unknown"


def test_a_template_that_declares_the_wrong_language_is_not_believed() -> None:
    assert page_language(FRENCH, "en") == "fr"
    assert page_language("Contact", "en") == "en"
    assert html_document(f"<p>{FRENCH}</p>", lang="en-US").language == "fr"


def test_a_spanish_page_is_unknown_whatever_it_declares() -> None:
    assert html_document(f"<p>{SPANISH}</p><p>{SPANISH[:80]} y de la ciudad.</p>", lang="fr").language == "unknown"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr-CA", "fr"), ("en_US", "en"), ("FR", "fr"), ("fra", "fr"), ("es", "unknown"), (None, "unknown")],
)
def test_language_tags_are_read_in_all_their_forms(tag: str | None, language: PageLanguage) -> None:
    assert declared_language(tag) == language
