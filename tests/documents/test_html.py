"""What the walker keeps of a page's structure, one markup family a test."""

from __future__ import annotations

import pytest

from tests.documents.pages import document_of, html_document, shown

INTRO = "<p>La Table jeunesse de Rimouski réunit douze organismes du quartier autour des jeunes de la rue.</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>Ateliers</li><li>Sorties</li></ul>",
        "<ul><li><span>Ateliers</span></li><li><span>Sorties</span></li></ul>",
        "<ul><li><p>Ateliers</p></li><li><p>Sorties</p></li></ul>",
        "<div>• Ateliers<br>• Sorties</div>",
        "<p>- Ateliers<br/>- Sorties</p>",
    ],
)
def test_list_items_are_kept_in_all_common_markup(markup: str) -> None:
    assert shown(html_document(INTRO + markup))[1:] == [("list_item", "Ateliers"), ("list_item", "Sorties")]


def test_nested_and_numbered_lists_say_so() -> None:
    blocks = html_document(INTRO + "<ol><li>Appeler<ul><li>le jour</li></ul></li></ol>").blocks[1:]
    assert [(b.text, b.level, b.ordered) for b in blocks] == [("Appeler", 1, True), ("le jour", 2, False)]


def test_headings_keep_their_level_and_links_their_address() -> None:
    heading, paragraph = html_document('<h3>Projet</h3><p>Voir <a href="../projet">la page du projet</a>.</p>').blocks
    assert (heading.kind, heading.level, heading.text) == ("heading", 3, "Projet")
    assert [(link.text, link.url) for link in paragraph.links] == [
        ("la page du projet", "https://exemple.test/fr/projet")
    ]


def test_div_and_span_soup_reads_as_paragraphs() -> None:
    document = html_document("<div><div><span>Une première <b>phrase</b>.</span></div><div>Une seconde.</div></div>")
    assert shown(document) == [("paragraph", "Une première phrase."), ("paragraph", "Une seconde.")]


def test_paragraphs_separated_by_line_breaks_are_split_and_wrapped_lines_are_joined() -> None:
    document = html_document("<div>Premier texte<br>qui continue.<br><br>Second texte<br>123, rue Un<br>Matane</div>")
    assert [text for _, text in shown(document)] == [
        "Premier texte qui continue.",
        "Second texte",
        "123, rue Un",
        "Matane",
    ]


def test_quotations_and_captions_are_told_from_paragraphs() -> None:
    document = html_document(
        INTRO + "<blockquote><p>« Un lieu sûr. »</p><footer>— Anne Roy</footer></blockquote>"
        "<figure><img src=a.jpg><figcaption>Photo : Marc Hé</figcaption></figure>"
        "<figure class=wp-block-pullquote><blockquote><p>« On avance. »</p><cite>Luc</cite></blockquote></figure>"
    )
    assert shown(document)[1:4] == [
        ("quotation", "« Un lieu sûr. »"),
        ("quotation", "— Anne Roy"),
        ("caption", "Photo : Marc Hé"),
    ]
    assert shown(document)[4][0] == "quotation"


def test_a_table_gives_a_block_a_row_and_a_layout_table_gives_its_contents() -> None:
    data = "<table><tr><th>Nom</th><th>Ville</th></tr><tr><td>Le Relais<br>fictif</td><td>Laval</td></tr></table>"
    layout = "<table><tr><td><h2>Titre</h2><p>Un texte.</p></td><td><ul><li>un</li></ul></td></tr></table>"
    assert shown(html_document(data)) == [("table_row", "Nom | Ville"), ("table_row", "Le Relais fictif | Laval")]
    assert shown(html_document(layout)) == [("heading", "Titre"), ("paragraph", "Un texte."), ("list_item", "un")]


def test_a_definition_list_reads_as_headings_with_text() -> None:
    document = html_document("<h2>Service</h2><dl><dt>Clientèle</dt><dd>12 à 25 ans</dd></dl>")
    assert shown(document)[1:] == [("heading", "Clientèle"), ("paragraph", "12 à 25 ans")]
    assert document.blocks[1].level == 3


@pytest.mark.parametrize(
    "markup",
    [
        "<details><summary>Horaire</summary><p>Le lundi dès 9 h.</p></details>",
        '<div class="elementor-accordion-item"><div class="elementor-tab-title" role="button">Horaire</div>'
        '<div class="elementor-tab-content" style="display:none"><p>Le lundi dès 9 h.</p></div></div>',
        '<h3><button aria-expanded="false" aria-controls="a">Horaire</button></h3>'
        '<div id="a" hidden class="accordion-panel"><p>Le lundi dès 9 h.</p></div>',
        '<div role="tablist"><button role="tab" aria-controls="p1">Horaire</button></div>'
        '<div role="tabpanel" id="p1"><p>Le lundi dès 9 h.</p></div>',
    ],
)
def test_folded_parts_are_read_with_their_title(markup: str) -> None:
    assert shown(html_document(INTRO + markup))[1:] == [("heading", "Horaire"), ("paragraph", "Le lundi dès 9 h.")]


def test_slides_are_read_once_although_a_carousel_clones_them() -> None:
    slide = (
        "<div class='swiper-slide{}'><p>Un projet de travail de rue mené avec la maison des jeunes de Matane.</p></div>"
    )
    document = html_document(INTRO + slide.format("") + slide.format(" swiper-slide-duplicate"))
    assert len(document.blocks) == 2
    assert document.dropped[0].rule == "carousel-clone"


@pytest.mark.parametrize(
    "card",
    [
        "<article><h3>{0}</h3><p>Un projet pour les jeunes de {0} et des alentours.</p></article>",
        "<div class='col-md-4'><div><h3>{0}</h3></div><div>Un projet pour les jeunes de {0} et d’ailleurs.</div></div>",
        "<li class='views-row'><h3>{0}</h3><div><span>Un projet pour les jeunes de {0}, gratuit.</span></div></li>",
        "<div class='elementor-element elementor-3f{0}'><h3>{0}</h3><p>Un projet pour les jeunes d’ici.</p></div>",
        "<details><summary>{0}</summary><p>Un projet pour les jeunes de {0} et des alentours.</p></details>",
    ],
)
def test_the_blocks_of_one_entry_share_a_group(card: str) -> None:
    document = html_document(INTRO + "<div>" + card.format("Gaspé") + card.format("Percé") + "</div>")
    groups = [block.group for block in document.blocks]
    assert groups[0] is None
    assert groups[1] == groups[2] != groups[3] == groups[4]
    assert None not in groups[1:]


def test_a_link_around_a_whole_card_belongs_to_its_blocks() -> None:
    document = html_document('<a href="/un"><h3>Projet Un</h3><p>Un texte.</p></a>')
    assert [[link.url for link in block.links] for block in document.blocks] == [["https://exemple.test/un"]] * 2


def test_typography_and_inclusive_writing_stay_as_the_page_has_them() -> None:
    text = "« Les intervenant·es et usager·ères de L’Île » disent : 12\u202fans, acteur(trice)s"
    assert html_document(f"<p>{text}</p>").blocks[0].text.replace(" ", "\u202f") == text.replace(" ", "\u202f")


def test_a_path_leads_back_to_the_element() -> None:
    block = html_document("<div><p>Un</p><p>Deux</p></div>").blocks[1]
    assert block.path == "body > div:nth-of-type(1) > p:nth-of-type(2)"


def test_a_blocks_own_lang_is_read() -> None:
    document = html_document(INTRO + '<p lang="en">Overview</p><p>Contact</p>')
    assert [block.language for block in document.blocks] == ["fr", "en", "fr"]


def test_html_handed_in_as_plain_text_is_still_html() -> None:
    document = document_of("<!DOCTYPE html><html><body><h1>Titre</h1><p>Un texte.</p></body></html>", "text/plain")
    assert shown(document) == [("heading", "Titre"), ("paragraph", "Un texte.")]
