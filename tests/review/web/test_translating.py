"""Translating at the desk in a real browser: the engine, the memory, the page's own words, and the termbase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, expect

from passerelle import pipeline
from passerelle.review.deciding import Act
from schemas.edition import edition
from schemas.paths import dumped
from tests.browser import PATIENCE, accessible, chromium, press
from tests.review.web.place import Place, place_from, served, to_field
from tests.translation.conftest import ScriptedEngine

FRENCH = "Une intervenante accompagne 12 jeunes sans abri."
ROUGH = "An intervener supports 15 youths without shelter."
"""What the engine makes of it: the number is another, and the termbase wants another word."""
GOOD = "A support worker helps 12 homeless youth."
MADE, FAIR = "Des bénévoles préparent le souper.", "Volunteers prepare supper."
"""A text, and what the engine makes of it that no check minds."""
OFFERED = "La Tournée des frigos"
GIVEN_UP = re.compile(r"^htmx:(afterRequest|sendAbort)")
"""What the console says where a person no longer wants what they asked for."""
RECORDS = ("Réseau Tisserand", "Jumelage Deux Rives")


@pytest.fixture(scope="module")
def place(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a desk with a scripted engine, and two records that say the same in French."""
    answers = {FRENCH: ROUGH, MADE: FAIR}
    with pytest.MonkeyPatch.context() as patch, place_from(made, tmp_path_factory.mktemp("translating")) as opened:
        patch.setattr(pipeline, "chosen_engine", lambda _: ScriptedEngine(lambda text: answers.get(text, text)))
        for name in RECORDS:
            opened.decide(Act("edit", opened.ids[name], "description.fr", FRENCH))
        opened.decide(Act("edit", opened.ids[OFFERED], "description.fr", MADE))
        yield opened


@pytest.fixture(scope="module")
def page(place: Place) -> Iterator[Page]:
    with served(place.app("Ariane", "admin")) as address, chromium() as browser:
        context = browser.new_context(base_url=address, locale="fr-CA", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def look(page: Page, place: Place) -> Iterator[Any]:
    """Give a function that opens a text of the desk in the window; what the console minds fails the test."""
    wrong: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not GIVEN_UP.search(said.text):
            wrong.append(said.text)

    page.on("console", note)

    def look(name: str, path: str) -> Any:
        page.goto(f"/records/{place.ids[name]}")
        to_field(page, path)
        return page.locator(f'.field[data-field="{path.rpartition(".")[0]}"]')

    yield look
    page.remove_listener("console", note)
    assert wrong == []


def kept(place: Place, name: str) -> Any:
    """Give the English description of a record, and how it came to be."""
    text = place.view(place.ids[name]).texts["description.en"]
    return text.text, text.badge


def test_what_the_engine_makes_is_offered_or_refused_with_the_reason_and_saves_nothing(
    page: Page, place: Place, look: Any
) -> None:
    field = look(RECORDS[0], "description.en")
    press(page, "t")
    expect(field.get_by_role("status")).to_contain_text("la traduction automatique changeait un nombre")
    expect(field.locator("[data-first]")).to_have_value("")
    field = look(OFFERED, "description.en")
    press(page, "t")
    expect(field.get_by_role("status")).to_contain_text("nouvelle traduction automatique")
    expect(field.locator("[data-first]")).to_have_value(FAIR)
    assert [kept(place, name) for name in (RECORDS[0], OFFERED)] == [(None, "pending"), (None, "pending")]


def test_a_translation_is_held_against_checks_and_terms_while_it_is_typed_then_serves_another_record(
    page: Page, place: Place, look: Any
) -> None:
    field = look(RECORDS[0], "description.en")
    press(page, "o")
    expect(field.locator("[data-first]")).to_have_value(FRENCH)
    field.locator("[data-first]").fill(ROUGH)
    field.get_by_role("button", name="Vérifier").click()
    checks, word = field.locator(".checks"), field.get_by_role("row", name="intervenante")
    expect(checks).to_contain_text("un nombre a changé")
    expect(word).to_contain_text("éviter : intervener")
    expect(word.get_by_role("cell").last).to_have_text("non")
    expect(field.locator("[data-first]")).to_have_value(ROUGH)
    field.locator("[data-first]").fill(GOOD)
    field.get_by_role("button", name="Vérifier").click()
    expect(checks).to_contain_text("ne trouvent rien à redire")
    expect(word.get_by_role("cell").last).to_have_text("oui")
    accessible(page)
    field.locator("[data-first]").focus()
    press(page, "Control+Enter")
    expect(field).to_contain_text("Enregistré")
    field = look(RECORDS[1], "description.en")
    press(page, "e")
    expect(field.locator(".memory")).to_contain_text(GOOD)
    press(page, "Escape", "r")
    expect(field.locator("[data-first]")).to_have_value(GOOD)
    press(page, "Control+Enter")
    expect(field).to_contain_text("Enregistré")
    assert [kept(place, name) for name in RECORDS] == [(GOOD, "person")] * 2


AS_SOON_AS_IT_IS_THERE = """([[shown, key], ...more]) => {
  const press = (shown, key, more) => new MutationObserver((_, watch) => {
    const here = document.activeElement;
    if (!document.querySelector(shown)) return;
    watch.disconnect();
    if (more.length) press(...more[0], more.slice(1));
    here.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  press(shown, key, more);
}"""
"""Presses keys, each in the very moment in which an element comes into the page."""


def test_keys_are_heard_from_the_moment_in_which_a_box_opens_or_closes(page: Page, look: Any) -> None:
    field = look(RECORDS[1], "description.en")
    box, closed = ".side [data-first]", '.side[data-field="description.en"]:has([data-edit])'
    page.evaluate(AS_SOON_AS_IT_IS_THERE, [[box, "Escape"], [closed, "o"]])
    press(page, "e")
    expect(field.locator("[data-first]")).to_have_value(FRENCH)


@contextmanager
def held_up(page: Page, part: str) -> Iterator[list[Route]]:
    """Let answers to what is asked of the desk wait for the end."""
    waiting: list[Route] = []
    page.route(part, lambda route: waiting.append(route))  # noqa: PLW0108 - a method of list takes no mark
    yield waiting
    for one in waiting:
        one.continue_()
    page.unroute(part)


def test_keys_pressed_while_a_box_is_on_its_way_are_neither_lost_nor_typed_into_it(page: Page, look: Any) -> None:
    field = look(RECORDS[1], "description.en")
    box = field.locator("[data-first]")
    with held_up(page, "**/edit?*") as asked:
        with page.expect_request("**/edit?*"):
            press(page, "e")
        with page.expect_event("requestfailed"):
            press(page, "Escape")
        asked.clear()
    expect(page.locator("[data-key='a']")).to_be_visible()
    with held_up(page, "**/edit?*"):
        with page.expect_request("**/edit?*"):
            press(page, "e")
        press(page, "a")  # would approve the record
    expect(box).to_be_focused()
    there_before = box.input_value()
    with held_up(page, "**/field?*"):
        with page.expect_request("**/field?*"):
            press(page, "Escape")
        press(page, "e")
    expect(box).to_be_focused()
    expect(box).to_have_value(there_before)
    with held_up(page, "**/field?*"):
        with page.expect_request("**/field?*"):
            press(page, "Escape")
        press(page, "j")
        there = page.evaluate("document.activeElement.dataset.field")
    expect(box).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.field") == there != "description.en"


def test_a_text_that_a_page_gives_is_no_translation_even_once_a_person_changed_it(
    page: Page, place: Place, look: Any
) -> None:
    place.decide(Act("edit", place.ids[RECORDS[0]], "description.en", GOOD, translated_from=FRENCH))
    field = look(RECORDS[0], "description.fr")
    press(page, "e")
    expect(field.get_by_role("button", name="Vérifier")).to_be_hidden()
    expect(field.get_by_role("link", name="Retraduire")).to_be_hidden()
    field.get_by_role("link", name="Prendre le texte de la page").click()
    expect(field.locator("[data-first]")).to_have_value(
        dumped(place.view(place.ids[RECORDS[0]]).base, "description.fr")
    )
    field.locator("[data-first]").fill(f"{FRENCH} Chaque jour.")
    press(page, "Control+Enter")
    expect(field).to_contain_text("Enregistré")
    view = place.view(place.ids[RECORDS[0]])
    assert view.edited["description.fr"].translated_from is None
    assert (view.texts["description.fr"].badge, view.texts["description.en"].badge) == ("person", "stale")


def test_how_many_translations_an_entry_of_the_termbase_touches_is_shown_before_it_is_saved(
    page: Page, place: Place
) -> None:
    for name in RECORDS:
        place.decide(Act("edit", place.ids[name], "description.fr", FRENCH))
        place.decide(Act("edit", place.ids[name], "description.en", GOOD, translated_from=FRENCH))
    page.goto("/words/termbase?q=intervenante")
    page.locator("tbody").get_by_role("link", name="intervenant", exact=True).click()
    page.locator("[name='en.avoid']").fill("support worker")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("alert")).to_contain_text("« support worker » figure deux fois")
    page.locator("[name='en.admitted']").fill("outreach worker")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    effect = page.get_by_role("region", name="Ce qui changerait")
    expect(effect.get_by_role("listitem")).to_have_count(len(RECORDS))
    expect(effect.get_by_role("link", name=RECORDS[1])).to_be_visible()
    expect(effect).to_contain_text(GOOD)
    assert edition().termbase == {}
    accessible(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**done=word-saved**")
    assert "support worker" in str(edition().termbase)
