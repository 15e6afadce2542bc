"""The public pages as people use them: in a real browser, from a disk and from a plain host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from passerelle.publishing.site.words import label
from tests.browser import accessible
from tests.publishing.site.conftest import Open
from tests.publishing.site.synthetic import FULL_ID, HOSTILE_ID, Synthetic

PAGES = {
    "search": "fr/index.html",
    "filtered": "en/index.html#q=tides&region=06&theme=violence",
    "nothing": "fr/index.html#q=zzzz",
    "initiative": f"en/initiatives/{FULL_ID}.html",
    "from pages": "fr/initiatives/ini-00000001.html",
    "hostile": f"fr/initiatives/{HOSTILE_ID}.html",
    "organisation": "fr/organizations/org-00000002.html",
    "list": "fr/organizations-1.html",
    "about": "en/about.html",
    "withdrawn": "fr/initiatives/ini-00009001.html",
}
TOTAL = "2\u00a0000 initiatives"


def ready(page: Page) -> Page:
    """Wait until the search page shows results, or says that there are none."""
    expect(page.get_by_role("status")).not_to_have_text("Chargement…")
    expect(page.get_by_role("status")).not_to_have_text("Loading…")
    return page


def names(page: Page) -> list[str]:
    return page.locator("#list h3").all_text_contents()


def expected(**chosen: str) -> int:
    """Count the synthetic initiatives of a region and a theme."""
    return sum(
        chosen.get("region", "") in ("", *one.territory.regions) and chosen.get("theme", "") in ("", *one.themes)
        for one in Synthetic().view.initiatives
    )


@pytest.fixture(params=["disk", "host"])
def base(request: pytest.FixtureRequest, release: Path) -> str:
    return release.as_uri() if request.param == "disk" else str(request.getfixturevalue("address"))


def test_words_are_found_without_accents_in_both_languages_from_their_start(look: Open, base: str) -> None:
    page = ready(look("fr/index.html", base=base))
    expect(page.get_by_role("status")).to_have_text(f"{TOTAL}, page 1 de 67")
    box = page.get_by_role("searchbox")
    box.fill("MAREES")
    expect(page.get_by_role("status")).to_have_text("400 initiatives, page 1 de 14")
    assert all("marées" in name for name in names(page))
    box.fill("of tid")
    expect(page.get_by_role("status")).to_have_text("400 initiatives, page 1 de 14")
    box.fill("a coeur")
    expect(page.locator("#list h3").first).to_contain_text("à cœur ouvert")
    box.fill("zzzz")
    expect(page.get_by_role("status")).to_contain_text("Aucune initiative")
    expect(page.get_by_role("status")).not_to_contain_text("anglais")  # no text is missing in French


def test_where_texts_are_missing_in_a_language_the_other_ones_word_is_proposed(look: Open) -> None:
    page = ready(look("en/index.html"))
    page.get_by_role("searchbox").fill("zzzz")
    expect(page.get_by_role("status")).to_contain_text("Some have no English text yet: try the French word too.")


def test_other_forms_of_a_word_are_found_too(look: Open) -> None:
    page = ready(look("fr/index.html"))
    page.get_by_role("searchbox").fill("ouvert")
    expect(page.get_by_role("status")).to_contain_text("initiatives")
    expect(page.get_by_role("status")).not_to_contain_text(TOTAL)
    found = page.get_by_role("status").inner_text()
    page.get_by_role("searchbox").fill("Ouvertes")
    expect(page.get_by_role("status")).to_have_text(found)
    page.get_by_role("searchbox").fill("42")
    expect(page.locator("#list h3").first).to_have_text(re.compile(" 42$"))
    expect(page.locator("#list")).not_to_contain_text(" 420")  # a short word that is there begins no other
    stem = "word => passerelle.stem(word)"
    for forms in (
        "itinerants itinerance itinerante itinerant",
        "fugue fugueurs fugueuse",
        "travail travaux",
        "regionaux regionale",
        "women woman",
        "child children",
        "workers work",
        "family families",
        "running run",
        "frigo frigos",
        "maree marees",
        "aine aines ainee ainees",
        "age ages agee agees",
        "aide aider aides",
        "aidant aidante aidants aidantes",
    ):
        assert len({page.evaluate(stem, word) for word in forms.split()}) == 1, forms
    apart = ("fugue fusion", "aide aines", "police politique", "man mental", "maree mars", "aines ainsi", "cas case")
    for one, other in map(str.split, apart):
        assert page.evaluate(stem, one) != page.evaluate(stem, other)


def test_a_citation_names_the_release(look: Open, base: str) -> None:
    for place in (f"en/initiatives/{FULL_ID}.html", "en/organizations/org-00000002.html"):
        page = look(place, base=base)
        expect(page.locator(".cite")).to_contain_text(re.compile(r", release \d+, data of .+ 20\d\d\. "))
        expect(page.locator("footer p").last).to_have_text(re.compile(r"^Terms of reuse · Release \d+, data .+ · No"))


def test_filters_narrow_count_and_stand_in_the_address(look: Open, base: str) -> None:
    page = ready(look("fr/index.html", base=base))
    page.get_by_role("checkbox", name="Montréal").check()
    many = expected(region="06")
    expect(page.get_by_role("status")).to_contain_text(f"{many} initiatives")
    page.get_by_role("checkbox", name="Violence", exact=False).first.check()
    both = expected(region="06", theme="violence")
    expect(page.get_by_role("status")).to_contain_text(f"{both} initiative")
    assert "region=06" in page.url
    assert "theme=violence" in page.url
    beside = page.locator("label", has=page.locator("input[value='01']")).locator(".n")
    expect(beside).to_have_text(str(expected(region="01", theme="violence")))
    page.get_by_role("button", name="Retirer le filtre : Montréal").click()
    expect(page.get_by_role("status")).to_contain_text(f"{expected(theme='violence')} initiatives")
    expect(page.get_by_role("button", name="Retirer le filtre : Violence")).to_be_focused()
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.get_by_role("status")).to_contain_text(TOTAL)
    assert "#" not in page.url


def test_an_address_brings_the_same_results_back(look: Open) -> None:
    page = ready(look("fr/index.html#q=fleuve&origin=source&org=org-00000011&sort=changed"))
    shown = names(page)
    assert shown
    page.reload()
    assert names(ready(page)) == shown
    assert page.get_by_label("Trier par").input_value() == "changed"
    assert page.get_by_role("searchbox").input_value() == "fleuve"
    assert page.locator("#org").input_value() == "org-00000011"
    asked = ready(look("fr/index.html?q=fleuve"))
    assert asked.get_by_role("searchbox").input_value() == "fleuve"
    assert asked.url.endswith("fr/index.html#q=fleuve")


def test_the_back_button_undoes_one_step(look: Open) -> None:
    page = ready(look("fr/index.html"))
    page.get_by_role("checkbox", name="Laval").check()
    expect(page.get_by_role("status")).not_to_contain_text(TOTAL)
    narrowed = page.get_by_role("status").inner_text()
    page.get_by_role("searchbox").press_sequentially("fleuve", delay=5)
    expect(page.locator("#chosen")).to_contain_text("Recherche : fleuve")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(narrowed)
    assert page.get_by_role("searchbox").input_value() == ""
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text(TOTAL)
    page.go_forward()
    expect(page.get_by_role("status")).to_have_text(narrowed)


def test_pages_of_results_follow_one_another(look: Open) -> None:
    page = ready(look("fr/index.html"))
    first = names(page)
    assert len(first) == 30
    page.get_by_role("link", name="Page suivante").click()
    expect(page.get_by_role("status")).to_contain_text("page 2 de 67")
    assert not set(names(page)) & set(first)
    expect(page.get_by_role("heading", name="Résultats")).to_be_focused()
    assert "page=2" in page.url


def test_the_other_language_keeps_the_state(look: Open, base: str) -> None:
    page = ready(look("fr/index.html#q=fleuve&region=06", base=base))
    count = page.get_by_role("status").inner_text().split()[0]
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/index.html#q=fleuve&region=06")
    expect(page.get_by_role("status")).to_contain_text(f"{count} initiatives")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#list li").first).to_contain_text("river")


def test_the_root_follows_the_language_of_the_browser(look: Open, base: str) -> None:
    for locale, language in (("fr-CA", "fr"), ("en-CA", "en"), ("de-DE", "fr")):
        page = look("index.html#region=06", base=base, locale=locale)
        page.wait_for_url(f"**/{language}/index.html#region=06")


def test_everything_can_be_done_from_the_keyboard(look: Open) -> None:
    page = ready(look("fr/index.html"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Tab")  # the title of the map
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Bas-Saint-Laurent")).to_be_focused()
    ring = page.locator(".tile", has=page.locator(":focus")).evaluate("tile => getComputedStyle(tile).outlineWidth")
    assert ring == "3px"
    page.keyboard.press("Space")
    expect(page.locator("#chosen")).to_contain_text(label("regions", "01", "fr"))
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_contain_text(TOTAL)
    page.locator("#list a").first.focus()
    link = page.locator("#list a").first.get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/site/fr/{link}")


def test_a_record_page_is_whole_without_javascript(look: Open) -> None:
    page = look(f"fr/initiatives/{FULL_ID}.html", java_script_enabled=False)
    text = page.locator("main").inner_text()
    for said in (
        "La Grande Traversée",
        "on marche ensemble",
        "Un lieu à soi.",
        "Prix du Large",
        "rive.example/traversee",
    ):
        assert said in text
    assert page.locator(".prose h3").inner_text() == "Le service"
    index = look("fr/index.html", java_script_enabled=False)
    index.get_by_role("link", name="Toutes les initiatives").click()
    expect(index.get_by_role("heading", level=1)).to_have_text("Toutes les initiatives")
    assert index.locator(".names a").count() == 500


def test_a_record_page_fills_in_names_of_others(look: Open, base: str) -> None:
    page = look(f"en/initiatives/{FULL_ID}.html", base=base)
    expect(page.locator("[data-name]")).to_have_text("The drop-in of the river 1")
    expect(page.locator("[data-news] a")).to_have_text("Un prix pour l’atelier")
    assert page.locator("[data-news] a").get_attribute("lang") == "fr"
    organization = look("fr/organizations/org-00000002.html", base=base)
    expect(organization.locator("#members")).to_contain_text("La Grande Traversée (partenaire)")
    expect(organization.locator("#members")).to_contain_text("Le réseau des érables 2 (responsable)")


def test_an_id_that_is_gone_leads_on(look: Open) -> None:
    page = look("fr/initiatives/ini-00009000.html")
    page.wait_for_url("**/fr/initiatives/ini-00000001.html")
    expect(look(PAGES["withdrawn"]).locator("main")).to_contain_text("retirée le 1er\u00a0mars 2026")


def test_what_a_page_said_never_runs(look: Open) -> None:
    for path in (
        PAGES["hostile"],
        "fr/organizations/org-hostile1.html",
        f"fr/index.html#q={HOSTILE_ID}",
        "fr/organizations-1.html",
        'en/index.html#q=<img src=x onerror=alert(1)>&theme=<b>&org="><script>alert(1)</script>&page=-1&sort=x',
    ):
        page = look(path)
        if "index" in path:
            ready(page)
        assert "pwned" not in page.title() or "script" in page.title()
        assert page.locator("main script, main img, main [onclick], main [onmouseover]").count() == 0
        assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0
    found = ready(look(f"fr/index.html#q={HOSTILE_ID}"))
    expect(found.locator("#list h3")).to_contain_text("</script><script>")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_are_accessible_in_light_and_dark_and_fit_a_phone(look: Open, path: str) -> None:
    page = look(path)
    if "index" in path:
        ready(page)
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_root_is_accessible_without_javascript(look: Open) -> None:
    page = look("index.html", java_script_enabled=False)
    assert [link.get_attribute("lang") for link in page.get_by_role("link").all()] == ["fr", "en"]


def test_filters_wait_folded_on_a_phone(look: Open) -> None:
    page = ready(look("fr/index.html", viewport={"width": 320, "height": 640}))
    expect(page.get_by_role("checkbox", name="Montréal")).to_be_hidden()
    page.get_by_text("Régions du Québec").click()
    page.get_by_role("checkbox", name="Montréal").check()
    expect(page.get_by_role("status")).to_contain_text(f"{expected(region='06')} initiatives")


def test_dark_is_dark_and_print_leaves_the_controls_out(look: Open) -> None:
    page = ready(look("fr/index.html", color_scheme="dark"))
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(22, 25, 26)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    for control in ("#q", "#regions", "#facets", ".top nav"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator("#list h3").first).to_be_visible()


def test_a_chosen_region_is_marked_without_colour(look: Open) -> None:
    page = ready(look("fr/index.html#region=06", forced_colors="active"))
    tile = page.locator(".tile.r06")
    assert tile.evaluate("tile => getComputedStyle(tile).borderStyle") == "double"
    mark = tile.locator(".n").evaluate("cell => getComputedStyle(cell, '::after').content")
    assert "✓" in mark


def test_data_that_does_not_load_is_said(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="fr-CA")
    page = context.new_page()
    page.route("**/data/list-fr.js*", lambda route: route.abort())
    page.goto(f"{address}/site/fr/index.html")
    expect(page.get_by_role("status")).to_contain_text("n’ont pas pu être chargées")
    context.close()
