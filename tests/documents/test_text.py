"""Plain text dumps of pages: structure inferred from how lines look."""

from __future__ import annotations

from tests.documents.pages import rules, shown, text_document

LONG = "Le projet réunit la maison des jeunes, la police et le centre de services autour des jeunes en fugue de Matane."


def test_a_short_line_over_long_text_is_a_heading() -> None:
    document = text_document(f"Projet Passage\n\n{LONG}\nRetombées observées\n{LONG[:90]} depuis un an.")
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 1),
        ("paragraph", None),
        ("heading", 2),
        ("paragraph", None),
    ]
    assert document.metadata.title == "Projet Passage"


def test_a_title_stays_the_title_over_an_address_and_furniture() -> None:
    document = text_document(f"Skip to content\n\nUn prix pour le projet Passage\n\n redaction@journal.test\n\n{LONG}")
    assert shown(document)[0] == ("heading", "Un prix pour le projet Passage")
    assert ("paragraph", "redaction@journal.test") in shown(document)


def test_two_headings_in_a_row_and_a_list_before_its_heading_keep_their_order() -> None:
    document = text_document(
        "1/4\n\nAccueille les jeunes sans rendez-vous;\nRéduit les délais de référence;\nAssure un suivi d’un an.\n"
        "Bénéfices pour le milieu communautaire\nBénéfices pour le milieu institutionnel\n"
        "Allège la charge des équipes;\nSoutient les familles.\n"
    )
    assert [kind for kind, _ in shown(document)] == [
        "list_item",
        "list_item",
        "list_item",
        "heading",
        "heading",
        "list_item",
        "list_item",
    ]
    assert rules(document) == {"1/4": "slider-counter"}


def test_all_list_marks_are_read_and_an_indented_paragraph_is_not_an_item() -> None:
    marks = "• un\n- deux\n– trois\n* quatre\n· cinq\n1. six\n2) sept\n"
    document = text_document(f"{marks}\n    {LONG}")
    assert [block.text for block in document.blocks if block.kind == "list_item"] == [
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
    ]
    assert [block.ordered for block in document.blocks][:7] == [False] * 5 + [True] * 2
    assert shown(document)[-1] == ("paragraph", LONG)


def test_a_quotation_is_its_own_block_and_so_are_its_author_and_role() -> None:
    impacts = "Les jeunes demandent de l’aide plus tôt, et les équipes se parlent chaque semaine depuis un an."
    quoted = "“We listen to each young person.”\n— Anne Roy\nCoordinator – Passage"
    document = text_document(f"{LONG}\nTestimonial\n{quoted}\n\nImpacts\n{impacts}")
    assert shown(document)[1:] == [
        ("heading", "Testimonial"),
        ("quotation", "“We listen to each young person.”"),
        ("paragraph", "— Anne Roy"),
        ("paragraph", "Coordinator – Passage"),
        ("heading", "Impacts"),
        ("paragraph", impacts),
    ]


def test_a_quotation_over_several_lines_and_one_with_a_bullet_are_quotations() -> None:
    several = text_document(f"{LONG}\n\n« On avance ensemble.\n\nOn ne lâche pas. »\n\n{LONG[:70]} encore.")
    bullet = text_document(
        f"{LONG}\n• « On y trouve des contacts, des outils concrets et un accès aux services. » un membre"
    )
    assert [kind for kind, _ in shown(several)] == ["paragraph", "quotation", "quotation", "paragraph"]
    assert shown(bullet)[1][0] == "quotation"


def test_a_quotation_that_is_never_closed_takes_nothing_with_it() -> None:
    document = text_document(f"« On avance ensemble.\n\n{LONG}\n\n“Encore un.\n\n{LONG[:70]} hier.")
    assert [kind for kind, _ in shown(document)] == ["paragraph"] * 4


def test_a_sentence_that_quotes_inside_stays_a_paragraph() -> None:
    line = "«On a obtenu ce prix grâce à l’équipe», dit Anne Roy, «et grâce aux jeunes de Matane»."
    assert shown(text_document(f"{LONG}\n\n{line}"))[1] == ("paragraph", line)


def test_a_line_broken_inside_a_sentence_is_joined() -> None:
    document = text_document(
        f"{LONG}\n\nLes jeunes prennent connaissance du cercle\nd’entrée dans la rue et de ses pièges."
    )
    assert shown(document)[1][1] == "Les jeunes prennent connaissance du cercle d’entrée dans la rue et de ses pièges."


def test_a_text_wrapped_at_a_column_is_joined_whatever_the_next_line_begins_with() -> None:
    paragraph = (
        "La maison fictive Le Passage accueille depuis dix ans les jeunes en\n"
        "fugue de la région, avec la Sûreté municipale et le centre de\n"
        "services. Chaque semaine, une travailleuse de rue les rencontre à\n"
        "Matane ou à Gaspé, là où ils se tiennent, et les écoute sans les\n"
        "juger. Le projet a reçu un prix régional pour son approche, que la\n"
        "Table jeunesse veut étendre à toute la péninsule dès cette année.\n"
    )
    document = text_document(f"Le Passage\n\n{paragraph}\nPartenaires\n\n{paragraph.replace('dix', 'six')}")
    assert [kind for kind, _ in shown(document)] == ["heading", "paragraph", "heading", "paragraph"]
    assert "rencontre à Matane" in document.text


def test_text_furniture_is_set_aside_by_the_same_rules() -> None:
    document = text_document(
        f"Aller au contenu\n{LONG}\nPartager cette page\nPartager sur email\nPartager sur print\nDevenir membre\n"
    )
    assert [text for _, text in shown(document)] == [LONG]
    assert set(rules(document).values()) == {"skip-link", "share-buttons", "membership"}


def test_a_block_says_on_which_line_it_stood() -> None:
    assert [block.path for block in text_document(f"\n\n{LONG}\n\nUne fin brève.").blocks] == ["line 3", "line 5"]


def test_two_hard_lines_of_furniture_do_not_make_a_page_empty_of_rules() -> None:
    assert text_document(f"Menu\n\nLe Passage\n{LONG}").blocks[0].text == "Le Passage"
