"""Whatever a page wrote, the site shows it as text."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.publishing.site.safe import (
    mail_link,
    markdown,
    one_line,
    paragraphs,
    phone_link,
    script,
    web_link,
)

TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "a", "blockquote", "br"}
WILD = st.text(
    st.sampled_from(list("ab \n\t#*_-+>[]()<>!`&\"'/:=1.|\\~\u2028\u202e\u00e9"))
    | st.characters(exclude_categories=["Cs"]),
    max_size=80,
)


def test_markdown_keeps_what_a_description_is_made_of() -> None:
    html = markdown(
        "# Un\n\nDu **gras**, de l’*italique*, [un lien](https://a.example/?b=1&c=2).\n\n1. un\n2. deux\n\n> dit"
    )
    assert html == (
        '<h3>Un</h3>\n<p>Du <strong>gras</strong>, de l’<em>italique</em>, <a href="https://a.example/?b=1&amp;c=2" '
        'rel="nofollow noopener">un lien</a>.</p>\n<ol>\n<li>un</li>\n<li>deux</li>\n</ol>\n'
        "<blockquote>\n<p>dit</p>\n</blockquote>\n"
    )


def test_headings_leave_no_step_out() -> None:
    soup = BeautifulSoup(markdown("### A\n\n###### B\n\n# C\n\n## D\n\nE\n---"), "html.parser")
    assert [tag.name for tag in soup.find_all(re.compile("h[1-6]"))] == ["h3", "h4", "h3", "h4", "h4"]


NO_LINKS = (
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"),
    *("//a.example", "/relative", "https://", "http:///x", "\u0001javascript:alert(1)", ""),
)


@pytest.mark.parametrize("url", [*NO_LINKS, None, "https://[x"])
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_link(url) is None


@pytest.mark.parametrize("url", NO_LINKS)
def test_only_web_addresses_become_links_in_markdown(url: str) -> None:
    assert "href" not in markdown(f"[x]({url}) <{url}> ![x]({url})")


@settings(deadline=None)
@given(WILD)
def test_no_text_becomes_markup_of_another_kind(text: str) -> None:
    soup = BeautifulSoup(markdown(text), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= TAGS
    for tag in soup.find_all():
        assert set(tag.attrs) <= ({"href", "rel"} if tag.name == "a" else {"start"} if tag.name == "ol" else set())
        assert str(tag.get("href", "https://")).lower().startswith(("http://", "https://"))


@settings(deadline=None)
@given(WILD)
def test_a_plain_text_keeps_its_words(text: str) -> None:
    soup = BeautifulSoup(str(paragraphs(text)), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"p", "br"}
    assert "".join(soup.get_text().split()) == "".join(text.split())


@settings(deadline=None)
@given(st.lists(WILD | st.integers() | st.none()) | st.dictionaries(WILD, WILD))
def test_data_reads_back_and_cannot_leave_its_script(value: object) -> None:
    body = script("a", value).decode("utf-8")
    assert "<" not in body
    assert "\u2028" not in body
    assert "\u2029" not in body
    written = body.removeprefix('passerelle.put("a",').removesuffix(");\n")
    assert json.loads(written) == value


def test_addresses_and_numbers_become_links_only_when_plain() -> None:
    assert mail_link("info@rive.example") == "mailto:info@rive.example"
    assert mail_link("info@rive.example?subject=x&body=y") is None
    assert mail_link("Info <info@rive.example>") is None
    assert phone_link("418 555-0199, poste 12") == "tel:+14185550199"
    assert phone_link("1 (800) 555-0199") == "tel:+18005550199"
    assert phone_link("911") is None
    assert phone_link(None) is None


def test_a_title_is_one_line_that_does_not_turn() -> None:
    assert one_line("Un\n nom \u202eretourné\u202c\u200f") == "Un nom retourné"
