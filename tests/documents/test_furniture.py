"""What is page furniture and, as important, what is not."""

from __future__ import annotations

import pytest

from extractors.documents.furniture import line_rule
from tests.documents.pages import html_document, rules, shown

MAIN = (
    "<main><h1>Projet Passage</h1><p>La maison fictive Le Passage, à Sorel-Tracy, accompagne les jeunes en fugue avec "
    "la police et le centre de services. Une travailleuse de rue les rencontre là où ils sont.</p>"
    "<p>Les rencontres ont lieu chaque semaine, dans un lieu calme que les jeunes ont choisi eux-mêmes.</p></main>"
)


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<nav><ul><li><a href=/>Accueil</a></li></ul></nav>", "navigation"),
        ("<div class='main-menu'><a href=/>Accueil</a></div>", "navigation"),
        ("<header id=masthead><a href=/>Le Passage</a></header>", "header"),
        ("<footer><p>12, rue Un, Sorel-Tracy</p></footer>", "footer"),
        ("<div id='cookie-law-info-bar'><p>Ce site utilise des témoins.</p><button>OK</button></div>", "consent"),
        ("<div class='sharedaddy sd-sharing'><a href=#>Facebook</a></div>", "share-buttons"),
        ("<section class='newsletter-signup'><h2>Restons en contact</h2></section>", "newsletter"),
        ("<a class='skip-link screen-reader-text' href='#c'>Aller au contenu</a>", "skip-link"),
        ("<div class='breadcrumbs'><a href=/>Accueil</a> › Projets</div>", "breadcrumbs"),
        ("<div class='related-posts'><h3>Un autre projet</h3></div>", "related"),
        ("<div id='comments'><h3>2 avis</h3><p>Bravo!</p></div>", "comments"),
        ("<form role=search><label>Mots</label></form>", "search"),
        ("<div class='modal'><p>Appuyez-nous</p></div>", "popup"),
        ("<aside class='widget-area'><h3>Archives</h3></aside>", "sidebar"),
        ("<div class='login-form'><p>Mot de passe</p></div>", "login"),
    ],
)
def test_furniture_told_by_its_element_is_set_aside_with_its_rule(markup: str, rule: str) -> None:
    document = html_document(markup + MAIN)
    assert rule in {dropped.rule for dropped in document.dropped}
    assert [kind for kind, _ in shown(document)] == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='content-header'>{MAIN}</div>",
        f"<div class='has-sidebar no-cookie'>{MAIN}</div>",
        f"<div class='page-wrapper with-nav'>{MAIN}</div>",
        f"<div id='nav-content' class='navigation'>{MAIN}</div>",
        f"<div class='modal popup'>{MAIN}</div>",
        f"<form id='aspnetForm'>{MAIN}</form>",
        f"<header>{MAIN}</header>",
        f"<div class='comments'>{MAIN}</div>",
        f"<div style='display:none'>{MAIN}</div>",
    ],
)
def test_a_page_does_not_vanish_in_an_oddly_named_container(markup: str) -> None:
    document = html_document(markup)
    assert [kind for kind, _ in shown(document)] == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Skip to main content", "skip-link"),
        ("Aller au contenu", "skip-link"),
        ("1/4", "slider-counter"),
        ("2 de 7", "slider-counter"),
        ("Partager sur facebook", "share-buttons"),
        ("Partagez sur votre réseau:", "share-buttons"),
        ("Share this page", "share-buttons"),
        ("Devenez membre", "membership"),
        ("Devenez membre sur un portail", "membership"),
        ("Publiez du contenu et contribuez au développement de votre quartier!", "membership"),
        ("Become a member", "membership"),
        ("Inscrivez-vous à notre infolettre", "newsletter"),
        ("Subscribe to our newsletter", "newsletter"),
        ("Sélectionnez une ville/municipalité", "selector"),
        ("Select a city", "selector"),
        ("Lire la suite →", "read-more"),
        ("Read more", "read-more"),
        ("Retour en haut", "back-to-top"),
        ("© 2024 Le Passage", "copyright"),
        ("Tous droits réservés.", "copyright"),
        ("Tout accepter", "consent"),
        ("Nous utilisons des témoins pour améliorer votre expérience.", "consent"),
        ("We use cookies to improve your visit.", "consent"),
        ("À lire aussi : Un nouveau toit pour les jeunes", "related"),
        ("Publicité", "advertisement"),
        ("Se connecter", "login"),
    ],
)
def test_furniture_told_by_its_words_has_a_rule(text: str, rule: str) -> None:
    assert line_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "Partagez-nous vos initiatives de collaboration",
        "Partager ses expériences avec d’autres familles",
        "Devenez membre de la table en écrivant à la coordonnatrice; la cotisation annuelle est de 20 $ par organisme.",
        "Share your story with a trusted worker",
        "Search and rescue volunteers",
        "Recherche-action menée avec l’université",
        "Menu de la semaine : soupe et pain",
        "Top dix des projets",
        "Des témoins racontent leur parcours",
        "12 à 25 ans",
        "1/4 des jeunes ont été en fugue",
        "Connexion Jeunesse, un projet de Laval",
        "English classes",
        "Annonce d’un nouveau financement",
    ],
)
def test_text_that_only_speaks_of_such_things_stays(text: str) -> None:
    assert line_rule(text) is None


def test_a_related_section_goes_with_its_links_and_the_text_after_it_stays() -> None:
    document = html_document(
        MAIN + "<h3>À lire aussi</h3><ul><li><a href=/a>Un toit pour les jeunes de Sorel</a></li></ul>"
        "<p>Pour joindre l’équipe, appelez le 450 555-0199 en tout temps.</p>"
    )
    assert rules(document)["À lire aussi"] == rules(document)["Un toit pour les jeunes de Sorel"] == "related"
    assert document.blocks[-1].text.startswith("Pour joindre")


def test_a_box_of_related_pages_goes_whole_and_a_heading_among_the_text_takes_no_text() -> None:
    cards = "<div><a href=/a>Les soupers du quai</a><span>Des aînés cuisinent avec les élèves de Gaspé.</span></div>"
    document = html_document(MAIN + f"<div><h2>Vous aimerez aussi</h2>{cards}</div>")
    assert not any("Gaspé" in block.text for block in document.blocks)
    told = "<p>Les élèves de Gaspé cuisinent avec les aînés tous les jeudis.</p>"
    assert html_document(MAIN + f"<h2>Vous aimerez aussi</h2>{told}").blocks[-1].text.startswith("Les élèves")


def test_a_long_text_said_twice_is_kept_once_and_short_labels_as_often_as_they_stand() -> None:
    long = "Il vous suffit de nous écrire à l’adresse suivante : bonjour@passage.test"
    card = "<article><h3>{}</h3><h4>Contact</h4><p>12 à 25 ans, sans frais pour les familles.</p></article>"
    document = html_document(MAIN + f"<div><p>{long}</p></div><p>{long}</p>" + card.format("Un") + card.format("Deux"))
    texts = [text for _, text in shown(document)]
    assert texts.count(long) == 1
    assert rules(document)[long] == "repeated"
    assert texts.count("Contact") == texts.count("12 à 25 ans, sans frais pour les familles.") == 2


def test_a_sources_own_selectors_are_a_rule_too() -> None:
    document = html_document(MAIN + "<div class='promo-maison'><p>Bandeau maison</p></div>", drop=(".promo-maison",))
    assert rules(document) == {"Bandeau maison": "source"}


def test_nothing_is_lost_kept_and_dropped_together_hold_the_pages_words() -> None:
    page = "<nav><a href=/>Accueil</a></nav>" + MAIN + "<div class=share>Partagez</div><p>Lire la suite</p>"
    document = html_document(page)
    words = " ".join([document.text, *(dropped.text for dropped in document.dropped)]).split()
    assert {"Accueil", "Partagez", "suite", "fugue", "Sorel-Tracy,"} <= set(words)
