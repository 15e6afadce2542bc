"""A team's day by keyboard alone: sign in, review ten records, merge and split; and a session that ends meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from passerelle.review.accounts.passwords import Passwords
from passerelle.review.accounts.signing_in import Door
from passerelle.review.accounts.users import add_user, sign_out_everywhere
from passerelle.review.web.security.settings import Security
from tests.browser import PATIENCE, accessible, chromium, press
from tests.review.accounts.conftest import NOON, PHRASE
from tests.review.desk import QUICK, desk
from tests.review.web.place import ALIKE, TRANSLATED, Place, place_from, served, to_field


@pytest.fixture(scope="module")
def place(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a data set whose desk has one account: zoe's."""
    with place_from(made, tmp_path_factory.mktemp("team")) as opened:
        with opened.workplace.store.session() as session:
            add_user(session, "zoe", "curator", now=NOON, password=Passwords(QUICK).hash(PHRASE))
        yield opened


@pytest.fixture(scope="module")
def page(place: Place) -> Iterator[Page]:
    store = place.workplace.store
    app = desk(store, place.help, security=Security(Door(store, Passwords(QUICK))))
    with served(app) as address, chromium() as browser:
        context = browser.new_context(locale="fr-CA", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        opened = context.new_page()
        opened.goto(f"{address}/queue?type=initiative&sort=name")
        yield opened


def tab_to(page: Page, words: str) -> None:
    """Go to a link, a button or a menu by the tabulator alone."""
    for _ in range(60):
        press(page, "Tab")
        here = page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''")
        if here.strip().startswith(words):
            seen = page.evaluate("document.activeElement.matches(':focus-visible')")
            assert seen, f"nobody sees that {words} has the focus"
            return
    pytest.fail(f"no way to {words}")


def to_line(page: Page, name: str) -> None:
    for _ in range(10):
        press(page, "j")
        if name in page.evaluate("document.activeElement.innerText"):
            return
    pytest.fail(f"no way to {name}")


def type_in(page: Page) -> None:
    """Sign in where the door asks."""
    expect(page.locator("#name")).to_be_visible()
    tab_to_box(page, "name")
    page.keyboard.type("zoe")
    press(page, "Tab")
    page.keyboard.type(PHRASE)
    press(page, "Enter")


def tab_to_box(page: Page, value: str, attribute: str = "id") -> None:
    for _ in range(20):
        if page.evaluate(f"document.activeElement.{attribute}") == value:
            return
        press(page, "Tab")
    pytest.fail(f"no way to the box {value}")


def review(page: Page, place: Place) -> None:
    """Claim a record of a region, fix its age, comment and approve it, go on, undo that and redo it."""
    page.goto(f"{page.url.split('?')[0]}?type=initiative&sort=name&region=04")
    press(page, "n")
    expect(page.locator("#record-bar")).to_contain_text("Vous y travaillez")
    record = page.evaluate("document.body.dataset.record")
    field = page.locator('.field[data-field="audience.max_age"]')
    to_field(page, "audience.min_age")
    expect(page.frame_locator("#frame").locator("mark").first).to_be_visible()
    to_field(page, "audience.max_age")
    press(page, "Enter")
    expect(page.locator("[data-first]")).to_be_focused()
    press(page, "Control+A", "9", "9", "Control+Enter")
    expect(field).to_contain_text("99")
    expect(field).to_be_focused()
    press(page, "e")
    expect(page.locator("[data-first]")).to_be_focused()
    press(page, "Escape")
    expect(field).to_be_focused()
    press(page, "c")
    page.keyboard.type("À relire : j’ai appelé.")  # letters that are shortcuts elsewhere
    press(page, "Control+Enter")
    page.wait_for_url("**done=comment")
    press(page, "A")
    page.wait_for_url("**/queue?**done=nothing-left**")  # the region has this one only
    assert place.view(record).status == "approved"
    press(page, "u")
    page.wait_for_url("**done=undone**")
    assert place.view(record).status == "unreviewed"
    press(page, "U")
    page.wait_for_url("**done=redone**")
    assert place.view(record).status == "approved"
    assert place.initiative(record).audience.max_age == 99


def approve(page: Page, place: Place, number: int) -> None:
    """Approve so many records in all, each with the key that leads to the next one."""
    page.goto(f"{page.evaluate('location.origin')}/queue?type=initiative&sort=name")
    press(page, "n")
    page.wait_for_url("**/records/**")
    for _ in range(number - len(approved(place))):
        page.wait_for_load_state("domcontentloaded")  # keys are heard from here on
        record = page.evaluate("document.body.dataset.record")
        assert record, f"the queue ran out: {page.url}"
        press(page, "A")
        page.wait_for_function("before => document.body && document.body.dataset.record !== before", arg=record)
    assert len(approved(place)) == number


def approved(place: Place) -> list[str]:
    return [record for record in place.ids.values() if place.view(record).status == "approved"]


def merge(page: Page) -> None:
    """Look two records up, and make them one."""
    press(page, "q")
    expect(page.locator("h1")).to_contain_text("File de révision")
    press(page, "/")
    page.keyboard.type(ALIKE[0])
    page.wait_for_url("**q=Projet**Trottoir**")
    expect(page.locator("#q")).to_be_focused()
    press(page, "Tab")
    to_line(page, ALIKE[0])
    press(page, "Enter")
    expect(page.locator("#record-bar")).to_contain_text(ALIKE[0])
    tab_to(page, "Autres gestes")
    press(page, "Enter")
    tab_to(page, "Réunir avec une autre fiche")
    press(page, "Enter")
    expect(page.locator("#q")).to_be_visible()
    press(page, "/")
    page.keyboard.type(ALIKE[1])
    press(page, "Enter")
    expect(page.locator(".line")).to_have_count(1)
    to_line(page, ALIKE[1])
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("Comparer")
    press(page, "m")
    page.wait_for_url("**done=merged**")
    tab_to(page, "Appliquer maintenant")
    press(page, "Enter")
    page.wait_for_url("**done=applied**")


def split(page: Page) -> None:
    """Take the two apart that were made one."""
    tab_to(page, "Les comparer")
    press(page, "Enter")
    expect(page.locator(".note")).to_contain_text("mènent à une seule fiche")
    tab_to(page, page.locator(".note a").inner_text())
    press(page, "Enter")
    page.wait_for_url("**/records/**")
    tab_to(page, "Autres gestes")
    press(page, "Enter")
    tab_to(page, "Séparer ce qui a été réuni")
    press(page, "Enter")
    page.wait_for_url("**/split")
    tab_to_box(page, "part", "name")
    press(page, "Space")
    tab_to(page, "Voir ce que cela donnerait")
    press(page, "Enter")
    expect(page.locator("#made")).to_contain_text("Cela ferait 2 fiches")
    tab_to(page, "Séparer")
    press(page, "Enter")
    page.wait_for_url("**done=split**")
    tab_to(page, "Appliquer maintenant")
    press(page, "Enter")
    page.wait_for_url("**done=applied**")


def test_a_day_from_the_door_to_a_split(page: Page, place: Place) -> None:
    type_in(page)
    expect(page.locator("h1")).to_contain_text("File de révision")
    review(page, place)
    approve(page, place, 10)
    one, other = (place.ids[name] for name in ALIKE)
    merge(page)
    assert place.view(one).id == place.view(other).id
    split(page)
    assert place.view(one).id != place.view(other).id
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    accessible(page)
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    tab_to(page, "Plus")
    press(page, "Enter")
    tab_to(page, "Raccourcis clavier")
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#more summary")).to_be_focused()


def test_a_session_that_ends_takes_no_word_along(page: Page, place: Place) -> None:
    if page.locator("#name").count():
        type_in(page)
    record = place.ids[TRANSLATED]
    here = re.sub(r"(//[^/]+)/.*", rf"\1/records/{record}", page.url)
    page.goto(f"{here}?edit=summary.en")
    box = page.locator("[data-first]")
    expect(box).to_be_focused()
    press(page, "Control+A")
    page.keyboard.type("A tour of fridges, every week.")
    with place.workplace.store.session() as session:
        sign_out_everywhere(session, "zoe")
    press(page, "Control+Enter")
    ended = page.locator("#ended")
    expect(ended).to_contain_text("Votre session est terminée")
    expect(ended.get_by_role("link")).to_be_focused()
    accessible(page)
    with page.context.expect_page() as opened:
        press(page, "Enter")
    door = opened.value
    type_in(door)
    expect(door.locator("[data-first]")).to_have_value("A tour of fridges, every week.")
    door.close()
    page.bring_to_front()
    expect(box).to_have_value("A tour of fridges, every week.")
    box.focus()
    press(page, "Control+Enter")
    expect(page.locator('.field[data-field="summary"]')).to_contain_text("Enregistré")
    assert place.initiative(record).summary.en == "A tour of fridges, every week."
    assert place.view(record).history[0].by == "zoe"
