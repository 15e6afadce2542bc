"""Record pages: everything is said, in the right language, with where it comes from."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup, Tag

from passerelle.publishing.exports.jsonld import initiative_node, organization_node
from passerelle.publishing.site import SITE_PAGES
from passerelle.publishing.site.fixed import fixed_site_files
from passerelle.publishing.site.pages import initiative_page, organization_page
from passerelle.publishing.site.words import _all as all_words
from passerelle.publishing.site.words import day, edtf, label, words
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.paths import language_maps
from schemas.records import Benefit
from schemas.wording import number
from tests.publishing.factories import DAY, initiative, organization, reference
from tests.publishing.site.synthetic import full, hostile, one

LINKED = "application/ld+json"
"""A block of data: a browser runs nothing of it."""


def soup(body: bytes) -> BeautifulSoup:
    return BeautifulSoup(body.decode("utf-8"), "html.parser")


def section(page: BeautifulSoup, key: str) -> Tag:
    found = page.find(None, {"aria-labelledby": key})
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_record_stands_on_its_page_in_its_language(language: Language) -> None:
    page = soup(initiative_page(full(), language))
    for block in page("script"):
        block.decompose()
    shown = " ".join(page.get_text().split())
    for path, text in language_maps(full()):
        said = text.get(language) or text.get("en" if language == "fr" else "fr") or ""
        for line in re.sub(r"[#*-]|\[(.*?)\]\(.*?\)", r"\1", said).splitlines():
            assert line.strip() in shown, path
        if not text.get(language) and "role" not in path:
            holder = page.find(string=re.compile(re.escape(said)))
            assert holder
            assert holder.find_parent(attrs={"lang": True}).get("lang") != language, path  # type: ignore[union-attr]


def test_a_text_says_above_itself_where_it_comes_from() -> None:
    page = soup(initiative_page(full(), "en"))
    lead = page.find(class_="lead")
    assert lead
    told = lead.find_previous(class_="told")
    assert told
    assert "Machine translation" in told.get_text()
    assert "Translated from French by a machine, not yet read over by a person." in told.get_text()
    link = told.find("a")
    assert isinstance(link, Tag)
    assert link["href"] == "https://rive.example/traversee"
    assert "Written by a person" in section(page, "description").get_text()
    gains = section(page, "benefits").get_text()
    assert gains.index("Human translation reused") < gains.index("A place of") < gains.index("Not yet translated")
    assert "the original has changed since" in section(page, "impacts").get_text()
    assert "Text from a page" in section(page, "testimonials").get_text()


def test_an_origin_that_all_texts_share_is_told_once() -> None:
    record = initiative(name=LanguageMap(fr="Un nom"), summary=LanguageMap(fr="Un mot."), impacts=(), benefits=())
    page = soup(initiative_page(record, "fr"))
    assert [told.get_text(" ", strip=True) for told in page.find_all(class_="told")] == [
        "Texte d’une page Tous les textes de cette fiche sont ceux de pages de l’organisme."
    ]
    gains = (Benefit(text=LanguageMap(fr="Un")), Benefit(text=LanguageMap(fr="Deux")))
    translated = soup(initiative_page(record.model_copy(update={"benefits": gains}), "en"))
    assert len(section(translated, "benefits").find_all(class_="told")) == 1
    assert "here is the original, in French" in section(translated, "benefits").get_text()


def test_a_summary_that_the_description_repeats_is_shown_once() -> None:
    text = LanguageMap(fr="Le soir, on marche.")
    page = initiative_page(
        initiative(summary=text, description=LanguageMap(fr="Bonjour.\n\nLe soir, on marche.")), "fr"
    )
    assert soup(page).find(class_="lead") is None
    assert soup(page).main.get_text().count("Le soir, on marche.") == 1  # type: ignore[union-attr]


def test_a_page_says_what_it_is_and_where_its_data_is() -> None:
    page = soup(initiative_page(full(), "fr"))
    links = {(link.get("hreflang"), link.get("type")): link["href"] for link in page.find_all("link", rel="alternate")}
    assert page.html["lang"] == "fr"  # type: ignore[index]
    assert links["en", None] == "../../en/initiatives/ini-complet1.html"
    assert links[None, "application/json"] == "../../../initiatives/ini-complet1.json"
    cite = page.find(class_="cite")
    assert cite
    assert cite.get_text().startswith("Maison des Marées, «\u00a0La Grande Traversée\u00a0», Passerelle")
    assert "fiche ini-complet1, modifiée le 1er\u00a0mars 2026" in cite.get_text()
    facts = section(page, "facts").get_text(" ", strip=True)
    assert "16 à 24 ans, Filles et femmes" in facts
    assert "juillet 2020" in facts
    assert "consultée le 1er\u00a0mars 2026" in section(page, "sources").get_text()


def test_a_page_that_is_gone_is_said_to_be() -> None:
    record = initiative(sources=(reference(gone_at=DAY),))
    assert "page gone since March\u00a01, 2026" in section(soup(initiative_page(record, "en")), "sources").get_text()


def test_what_a_page_wrote_is_shown_as_text() -> None:
    for body in (initiative_page(hostile(), "fr"), organization_page(organization(name=hostile().name.fr), "en")):
        page = soup(body)
        main = page.main
        assert main
        assert main.find_all(["script", "img", "svg", "b"]) == []
        assert "</script><script>document.title" in main.get_text()
        for tag in page.find_all():
            assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
            assert str(tag.get("href", "#")).partition(":")[0] in {"#", "https", "tel"} or ":" not in str(tag["href"])


def test_pages_run_no_script_of_their_own_and_ask_nobody_else() -> None:
    bodies = [initiative_page(full(), "fr"), organization_page(organization(), "fr")]
    bodies += [body for path, body in fixed_site_files().items() if path.endswith(".html")]
    for body in bodies:
        page = soup(body)
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert isinstance(policy, Tag)
        assert "default-src 'none'" in policy["content"]
        assert "unsafe" not in policy["content"]
        assert {tag.get("type") for tag in page.find_all(["script", "style"]) if tag.get_text(strip=True)} <= {LINKED}
        assert page.find_all(None, {"style": True}) == []
        loaded = [*(t["src"] for t in page.find_all(src=True)), *(t["href"] for t in page.find_all("link"))]
        assert [address for address in loaded if ":" in str(address)] == []


def test_pages_are_small() -> None:
    assert max(len(initiative_page(one(n), "fr")) for n in range(1, 30)) < 8_000
    assert len(initiative_page(full(), "fr")) < 12_000
    first_look = {p: b for p, b in fixed_site_files().items() if "assets" in p or p == "site/fr/index.html"}
    assert sum(map(len, first_look.values())) < 60_000  # 200,000 promised


def test_a_record_has_a_page_in_each_language() -> None:
    paths = [page.path_of("ini-1") for page in SITE_PAGES["initiative"]]
    assert paths == ["site/fr/initiatives/ini-1.html", "site/en/initiatives/ini-1.html"]
    assert SITE_PAGES["initiative"][1].render(full()) == initiative_page(full(), "en")
    assert SITE_PAGES["organization"][0].render(organization()) == organization_page(organization(), "fr")


def test_every_word_exists_in_both_languages_and_none_hides_behind_a_method() -> None:
    for section_words in all_words().values():
        for key, both in section_words.items():
            assert both["fr"], key
            assert both["en"], key
            assert not hasattr(dict, key), f"a template would show dict.{key}"
    assert words("browser", "fr")["remove"] == "Retirer le filtre\u00a0: {label}"


def test_dates_numbers_and_labels_are_written_as_each_language_does() -> None:
    assert day(DAY, "fr") == "1er\u00a0mars 2026"
    assert day(DAY, "en") == "March\u00a01, 2026"
    assert [edtf(date, "fr") for date in ("2020", "2020-07", "2020-07-14")] == [
        "2020",
        "juillet 2020",
        "14\u00a0juillet 2020",
    ]
    assert number(1234567, "fr") == "1\u00a0234\u00a0567"
    assert number(1234, "en") == "1,234"
    assert label("regions", "16", "en") == "Montérégie"
    assert label("themes", "no-longer-listed", "fr") == "no-longer-listed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_carries_its_record_as_linked_data_and_leads_to_the_feeds(language: Language) -> None:
    pages = {initiative_page: (full(), initiative_node), organization_page: (organization(1), organization_node)}
    for make, (record, node) in pages.items():
        page = soup(make(record, language))  # type: ignore[operator]
        block = page.find("script", {"type": LINKED})
        assert isinstance(block, Tag)
        assert json.loads(block.string or "") == node(record, language)  # type: ignore[operator]
        feeds = page.find_all("link", {"rel": "alternate", "title": True})
        assert [feed["href"] for feed in feeds] == [
            f"../../../exports/feeds/initiatives.{language}.{kind}" for kind in ("atom", "json")
        ]


def test_linked_data_of_a_hostile_record_does_not_end_its_block() -> None:
    body = initiative_page(hostile(), "fr")
    block = body.partition(b'<script type="application/ld+json">')[2].partition(b"</script>")[0]
    assert json.loads(block) == initiative_node(hostile(), "fr")
