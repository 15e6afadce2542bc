"""A captured page is harmless, and shows where a field comes from."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.review.web.captured import TAGS, Quote, clean_page, plain_page
from tests.review.web.hostile import PAYLOADS

ALLOWED = {"class", "colspan", "dir", "id", "lang", "rowspan", "scope", "title"}
PAGE = """<html><body><h1>Le relais</h1><p>Pour les <b>14</b> à 24&nbsp;ans.
Le service est offert à 14 municipalités.</p><ul><li>Un <a href="https://rive.example/a">atelier</a></li></ul></body>"""


def harmless(html: str) -> None:
    # Wrapped as a browser gets it, and parsed by a parser that is not the one that made it.
    soup = BeautifulSoup(f"<!doctype html><body>{html}</body>", "html.parser").body
    assert soup is not None
    for tag in soup.find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ALLOWED
        assert tag.get("id") in (None, "evidence")


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_in_a_page_can_act(payload: str) -> None:
    for html in (
        payload,
        f"<html><body><p>Un projet.</p>{payload}<p>Fin.</p></body></html>",
        f"<head>{payload}</head>",
    ):
        harmless(clean_page(html, [Quote("Un projet.")])[0])
        harmless(plain_page(html, [Quote("Un projet.")])[0])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*PAYLOADS.values(), "<p>", "</p>", "<table>", "</style>", "texte"]), max_size=4),
    st.text(),
)
def test_nothing_in_a_wild_page_can_act(parts: list[str], words: str) -> None:
    html = "".join(parts) + words
    harmless(clean_page(html, [Quote(words), Quote("texte")])[0])


def test_the_words_of_a_field_are_marked_in_their_block() -> None:
    block = "Pour les 14 à 24 ans. Le service est offert à 14 municipalités."
    html, found = clean_page(PAGE, [Quote("14", block, block.rindex("14"))])
    assert found == 1
    assert 'offert à <mark class="evidence" id="evidence">14</mark> municipalités' in html
    assert "<b>14</b>" in html


def test_words_across_elements_are_marked_piece_by_piece() -> None:
    html, found = clean_page(PAGE, [Quote("14 à 24 ans")])
    assert found == 1
    assert html.count("<mark") == 2
    assert html.count('id="evidence"') == 1


def test_words_that_the_page_has_not_are_not_marked() -> None:
    html, found = clean_page(PAGE, [Quote("introuvable"), Quote("")])
    assert found == 0
    assert "<mark" not in html


def test_a_link_says_where_it_led_and_leads_nowhere() -> None:
    html, _ = clean_page(PAGE)
    assert '<span class="link" title="https://rive.example/a">atelier</span>' in html


def test_plain_text_keeps_its_lines() -> None:
    html, found = plain_page("Un\n  <b>deux</b>", [Quote("<b>deux</b>")])
    assert html == '<pre>Un\n  <mark class="evidence" id="evidence">&lt;b&gt;deux&lt;/b&gt;</mark></pre>'
    assert found == 1
