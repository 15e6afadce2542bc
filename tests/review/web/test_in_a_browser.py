"""The desk as people use it: in a real browser, by keyboard, on a phone, without JavaScript, two at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Dialog, Page, expect
from starlette.routing import Match

from passerelle.review.deciding import Act
from passerelle.review.web.navigation import ROUTERS
from tests.browser import PATIENCE, accessible, chromium, press
from tests.review.web.place import ALIKE, TRANSLATED, Place, place_from, served, to_field


@pytest.fixture(scope="module")
def place(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give one data set for the module: each test has records of its own."""
    with place_from(made, tmp_path_factory.mktemp("day")) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(place: Place) -> Iterator[str]:
    with served(place.app("Ariane", "curator")) as here:
        yield here


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


EXPECTED = r"status of (404|409|422)|ERR_FAILED|^htmx:(afterRequest|sendError)"
"""What the console says where the desk refuses something or does not answer, as it should."""


def watch(page: Page, address: str, wrong: list[str]) -> None:
    """Note whatever goes wrong in a page."""

    def dismiss(dialog: Dialog) -> None:
        wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def note(text: str) -> None:
        if not re.search(EXPECTED, text):
            wrong.append(text)

    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("dialog", dismiss)
    page.on("console", lambda said: note(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))


Look = Callable[..., Page]
DESK: dict[str, Any] = {"locale": "fr-CA", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Look]:
    """Give a function that opens a page of the desk; whatever goes wrong in it fails the test."""
    wrong: list[str] = []
    contexts = []

    def look(path: str, **options: Any) -> Page:
        context = browser.new_context(**(DESK | options))
        contexts.append(context)
        page = context.new_page()
        watch(page, address, wrong)
        page.goto(address + path)
        return page

    yield look
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Give one window for all pages that are only looked at: opening one costs more than a page."""
    with browser.new_context(**DESK) as context:
        page, wrong = context.new_page(), list[str]()
        watch(page, address, wrong)
        yield page, wrong


@pytest.fixture
def pass_by(window: tuple[Page, list[str]], address: str) -> Iterator[Look]:
    """Give a function that opens a page of the desk in that window; whatever goes wrong in it fails the test."""
    page, wrong = window
    wrong.clear()

    def pass_by(path: str) -> Page:
        page.set_viewport_size(DESK["viewport"])
        page.goto(address + path)
        return page

    yield pass_by
    assert wrong == []


def field(page: Page, path: str) -> Any:
    return page.locator(f'.field[data-field="{path}"]')


def test_single_keys_can_be_turned_off(look: Look) -> None:
    page = look("/queue")
    page.locator("#more summary").click()
    page.get_by_role("button", name="Raccourcis clavier").click()
    page.get_by_label("Raccourcis d’une seule touche").uncheck()
    press(page, "Escape", "n", "/", "?")
    assert page.url.endswith("/queue")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_translation_is_approved_by_keyboard(look: Look, place: Place) -> None:
    record = place.ids[TRANSLATED]
    page = look(f"/records/{record}")
    to_field(page, "name.en")
    press(page, "v")
    expect(field(page, "name").locator(".side").nth(1)).to_contain_text("relu")
    assert place.view(record).texts["name.en"].reviewed


def test_two_tabs_do_not_overwrite_each_other(look: Look, place: Place) -> None:
    record = place.ids["Réseau Tisserand"]
    first, second = look(f"/records/{record}"), look(f"/records/{record}?edit=name.en")
    edit = first.get_by_role("link", name="Écrire Nom, anglais")
    edit.click()
    first.locator("[data-first]").fill("Weavers’ network")
    second.locator("[data-first]").fill("The Tisserand network")
    second.get_by_role("button", name="Enregistrer").click()
    expect(field(second, "name")).to_contain_text("The Tisserand network")
    first.get_by_role("button", name="Enregistrer").click()
    conflict = first.locator(".conflict")
    expect(conflict).to_contain_text("The Tisserand network")
    expect(conflict.get_by_label("Ce que vous avez tapé")).to_have_value("Weavers’ network")
    assert "Weavers" in first.evaluate("JSON.stringify(localStorage)")  # until it is saved
    conflict.get_by_role("button", name="Enregistrer ma version").click()
    expect(field(first, "name")).to_contain_text("Weavers’ network")
    assert place.initiative(record).name.en == "Weavers’ network"
    # What the same tab saved does not stand in its own way.
    first.get_by_role("link", name="Écrire Résumé, anglais").click()
    first.get_by_role("link", name="Modifier Coût").click()
    first.locator(".field[data-field=cost] select").select_option("free")
    first.locator(".field[data-field=cost]").get_by_role("button", name="Enregistrer").click()
    expect(field(first, "cost")).to_contain_text("Enregistré")
    first.locator(".field[data-field=summary] textarea").fill("A network.")
    first.locator(".field[data-field=summary]").get_by_role("button", name="Enregistrer").click()
    expect(field(first, "summary")).to_contain_text("A network.")


def test_no_keystroke_is_lost(look: Look, place: Place) -> None:
    record = place.ids["Jumelage Deux Rives"]
    page = look(f"/records/{record}?edit=description.en")
    page.locator("[data-first]").fill("Half a sentence")
    page.reload()
    expect(page.locator("[data-first]")).to_have_value("Half a sentence")
    page.goto(page.url.split("?")[0])
    page.locator("#drafts a").click()
    expect(page.locator("[data-first]")).to_have_value("Half a sentence")
    press(page, "Escape")  # gives up, and may be a slip
    expect(page.locator("#said")).to_contain_text("votre texte attend")
    page.locator("#drafts a").click()
    page.route("**/edit", lambda route: route.abort())
    with page.expect_event("console"):
        page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status").filter(has_text="Le serveur ne répond pas")).to_be_visible()
    expect(page.locator("[data-first]")).to_have_value("Half a sentence")


def test_what_was_saved_is_no_draft_and_an_old_draft_never_takes_the_place_of_a_newer_value(
    look: Look, place: Place
) -> None:
    record = place.ids["Welcome Desk Chomedey"]
    page = look(f"/records/{record}?edit=audience.max_age")
    page.locator("[data-first]").fill("98")
    page.get_by_role("button", name="Enregistrer").click()
    expect(field(page, "audience.max_age")).to_contain_text("Enregistré")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("link", name="Modifier Public visé · Âge maximal").click()
    page.locator("[data-first]").fill("97")
    place.decide(Act("edit", record, "audience.max_age", 99))
    page.goto(page.url.split("?")[0])
    page.locator("#drafts").get_by_role("link", name="Public visé · Âge maximal").click()
    box = page.locator("[data-first]")
    expect(box).to_have_value("99")
    expect(page.locator(".restored .typed")).to_have_text("97")
    page.get_by_role("button", name="Le reprendre").click()
    expect(box).to_have_value("97")
    page.reload()
    expect(box).to_have_value("97")
    page.get_by_role("button", name="L’oublier").click()
    expect(box).to_have_value("99")


def test_a_description_is_seen_as_it_will_be(look: Look, place: Place) -> None:
    page = look(f"/records/{place.ids['Jumelage Deux Rives']}?edit=description.fr")
    page.locator("[data-first]").fill("Le **soir** :\n\n- un\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Aperçu").click()
    preview = page.locator(".preview")
    expect(preview.locator("strong")).to_have_text("soir")
    expect(preview.locator("li")).to_have_text("un")
    assert preview.locator("img, a[href]").count() == 0


def test_hostile_pages_names_and_texts_never_run(pass_by: Look, place: Place) -> None:
    from tests.review.web.hostile import MARKDOWN, PAYLOADS

    record, news = place.ids["Welcome Desk Chomedey"], place.news
    text = "\n\n".join((*PAYLOADS.values(), *MARKDOWN.values())).replace("\0", "").replace("\ud83d", "")
    place.decide(
        Act("edit", record, "name.en", '"><img src=x onerror=alert(1)><script>alert(1)</script>'),
        Act("edit", record, "description.en", text),
        Act("comment", record, value="</textarea><script>alert(1)</script>"),
        by="<b onmouseover=alert(1)>Eve",
    )
    for path in (
        f"/records/{record}?edit=description.en",
        f"/records/{record}/history",
        "/history",
        f"/duplicates/{record}/{place.ids[TRANSLATED]}",
        '/queue?q=<script>alert(1)</script>&source="><img src=x onerror=alert(1)>',
        f"/records/{news}",
    ):
        page = pass_by(path)
        assert (
            page.locator("main script, main img, main svg, main [onclick], main [onmouseover], main style").count() == 0
        )
        assert page.locator("main a[href^='javascript:'], main a[href^='data:']").count() == 0
    framed = page.frame_locator("#frame")
    expect(framed.locator("body")).to_contain_text("nuit")
    assert framed.locator("script, img, svg, form, input, iframe, object, a[href], [style], [hx-get]").count() == 0


def test_the_frame_may_do_nothing(pass_by: Look, place: Place) -> None:
    page = pass_by(f"/records/{place.news}")
    source = page.locator("#frame").get_attribute("src") or ""
    answer = page.request.get(page.url.split("/records")[0] + source)
    policy = answer.headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none';"
        r" frame-ancestors 'self'; sandbox",
        policy,
    )
    assert page.locator("#frame").get_attribute("sandbox") == ""


@pytest.mark.parametrize("scripts", [True, False], ids=["phone", "phone without JavaScript"])
def test_a_phone_reads_and_edits(look: Look, place: Place, scripts: bool) -> None:
    page = look(
        f"/records/{place.ids['La Tournée des frigos']}",
        viewport={"width": 360, "height": 700},
        has_touch=True,
        java_script_enabled=scripts,
    )
    page.get_by_role("link", name="Voir la page captée").click()
    page.get_by_role("link", name="Modifier Coût").click()
    field(page, "cost").locator("select").select_option("free" if scripts else "sliding-scale")
    page.get_by_role("button", name="Enregistrer").click()
    expect(field(page, "cost")).to_contain_text("modifié par Ariane")
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_language_changes_where_one_stands(look: Look) -> None:
    page = look("/queue?type=initiative&q=frigos")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Review queue")
    expect(page.locator(".line")).to_have_count(1)
    page.goto(page.url.split("?")[0])
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_header_takes_one_line_and_leaves_a_phone_to_the_queue(pass_by: Look) -> None:
    page = pass_by("/queue?lang=fr")
    heights = []
    for width in (1280, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        heights.append(page.locator(".top").bounding_box()["height"])  # type: ignore[index]
        expect(page.locator(".facets li").first).to_be_visible()
    assert max(heights) < 60
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".facets li").first).to_be_hidden()
    assert page.locator(".line").first.bounding_box()["y"] <= 200  # type: ignore[index]
    for menu, entry in (("#more", "Tableau de bord"), ("#who", "Mon compte")):
        page.locator(f"{menu} summary").click()
        expect(page.get_by_role("link", name=entry)).to_be_visible()
        box = page.locator(f"{menu} > .card").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    expect(page.get_by_role("link", name="Tableau de bord")).to_be_hidden()
    press(page, "Escape")
    expect(page.locator("#who summary")).to_be_focused()
    expect(page.get_by_role("link", name="Mon compte")).to_be_hidden()


def test_menus_and_filters_need_no_javascript(look: Look) -> None:
    page = look("/queue", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.get_by_text("Filtres").click()
    page.get_by_role("link", name="Nouvelle fiche").click()
    expect(page).to_have_url(re.compile("reason=new"))
    page.locator("#more summary").click()
    page.get_by_role("link", name="Échanges").click()
    expect(page).to_have_url(re.compile("/exchange"))


PAGES = {
    "queue": "/queue?type=initiative&region=06",  # short lists: the checker's time grows with them
    "nothing found": "/queue?q=zzzz",
    "record being edited": "/records/{translated}?edit=summary.en",
    "codes being edited": "/records/{translated}?edit=themes",
    "news item": "/records/{news}",
    "organisation": "/records/{organization}",
    "duplicates": "/duplicates",
    "two records": "/duplicates/{one}/{other}",
    "split": "/records/{one}/split",
    "bulk": "/bulk?type=initiative",
    "changes": "/bulk?do=changes",
    "history": "/history",
    "history of a record": "/records/{translated}/history",
    "history of a person": "/people/Bruno",
    "record to merge with": "/records/{one}/merge?q=deux+rives",
    "dashboard": "/dashboard",
    "guide": "/guide/",
    "exchange": "/exchange",
    "sheet to take in": "/exchange/{sheet}?name=a.csv",
    "texts to take in": "/exchange/{texts}?name=a.xlf",
    "lists of words": "/words",
    "list of words": "/words/cost",
    "a new word": "/words/themes/new",
    "termbase": "/words/termbase?q=violence",
    "a word": "/words/themes/violence",
    "an entry of the termbase": "/words/termbase/entry",
    "not found": "/records/ini-00000000",
}


AT_THE_DOOR = {"/sign-in", "/account", "/users"}
"""Pages that tests/review/accounts/test_in_a_browser.py holds against the same."""
NO_PAGES = {
    "/": "leads to the queue",
    "/health": "for machines",
    "/records/{record}/field": "a part of a record's page, which htmx asks for; else leads there",
    "/records/{record}/edit": "the same, for a field being edited",
    "/records/{record}/page": "somebody else's page, in a frame without scripts",
    "/sign-in/provider": "leads to the provider",
    "/sign-in/provider/back": "leads on from the provider",
}
"""Routes of the desk that are looked at by nobody, and why; files aside."""
FILES = re.compile(r"\.(\w+|\{kind\})$")


def test_every_page_of_the_desk_is_held_against_wcag() -> None:
    routes = [route for route in routes_of_the_desk() if not FILES.search(route.path)]
    visited = {next(route.path for route in routes if serves(route, path)) for path in PAGES.values()}
    missing = {route.path for route in routes} - visited - AT_THE_DOOR - NO_PAGES.keys()
    assert not missing, "add them to PAGES"
    assert not NO_PAGES.keys() - {route.path for route in routes}


def routes_of_the_desk() -> list[APIRoute]:
    """Give the routes that answer GET, in the order in which they are tried."""
    found = (route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
    return [route for route in found if "GET" in (route.methods or ())]


def serves(route: APIRoute, path: str) -> bool:
    return route.matches({"type": "http", "method": "GET", "path": path.partition("?")[0]})[0] is Match.FULL


@pytest.fixture(scope="module")
def brought(place: Place, address: str) -> dict[str, str]:
    """Give what the desk kept of a sheet and of texts that somebody brought."""
    paths = {"sheet": "/exchange/records.csv?type=initiative", "texts": "/exchange/texts.xlf"}
    given = {name: httpx.get(address + path, timeout=PATIENCE).content for name, path in paths.items()}
    return {name: place.help.keep_file(body) for name, body in given.items()}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_are_accessible_in_light_and_dark_and_fit_a_phone(
    pass_by: Look, place: Place, brought: dict[str, str], path: str
) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    records = {"translated": place.ids[TRANSLATED], "news": place.news, "organization": place.organization}
    page = pass_by(path.format(one=one, other=other, **records, **brought))
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
