"""Accounts in a real browser: by keyboard, in both languages, on a phone, with cookies as browsers keep them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from passerelle.store.database import open_store
from tests.browser import PATIENCE, accessible, chromium
from tests.review.accounts.conftest import PHRASE, House
from tests.review.web.place import served

NEW = "trois barques vers le large"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 800}

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[House]:
    store = open_store(f"sqlite:///{shutil.copy(empty_sqlite, tmp_path_factory.mktemp('team'))}")
    house = House(store)
    house.add("amélie", "admin", "amelie@exemple.org")
    house.add("luc", "reader")
    yield house
    store.close()


@pytest.fixture(scope="module")
def visit(team: House) -> Iterator[Visit]:
    """Give a function that opens a page in a browser that knows nothing yet."""
    with served(team.app()) as address, chromium() as browser:

        def visit(path: str, locale: str = "fr-CA", **size: int) -> Page:
            context = browser.new_context(locale=locale, viewport=size or DESK)  # type: ignore[arg-type]
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(address + path)
            return page

        yield visit


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in with the keyboard alone."""
    page.locator("#name").fill(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def check(page: Page) -> None:
    """Hold a page against WCAG, and against the width of its window."""
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_person_signs_in_changes_their_password_and_signs_out(visit: Visit) -> None:
    page = visit("/account")
    sign_in(page, "luc", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    check(page)
    sign_in(page, "luc", PHRASE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Compte : luc")
    check(page)
    assert page.evaluate("document.cookie") == ""  # all are out of reach of scripts
    page.get_by_label("Mot de passe actuel").fill(PHRASE)
    page.get_by_label("Nouveau mot de passe", exact=True).fill("court")
    page.get_by_label("encore une fois").fill("court")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Trop court")
    page.get_by_label("Mot de passe actuel").fill(PHRASE)
    page.get_by_label("Nouveau mot de passe", exact=True).fill(NEW)
    page.get_by_label("encore une fois").fill(NEW)
    page.keyboard.press("Enter")
    expect(page.get_by_text("vos autres sessions sont fermées")).to_be_visible()
    page.locator("#who summary").click()
    page.get_by_role("button", name="Fermer la session", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrir une session")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrir une session")


@pytest.mark.parametrize(("locale", "size"), [("fr-CA", DESK), ("en-CA", PHONE)])
def test_an_admin_adds_somebody_who_must_choose_a_password(visit: Visit, locale: str, size: dict[str, int]) -> None:
    admin = visit("/users", locale, **size)
    check(admin)
    sign_in(admin, "AMELIE@exemple.org", PHRASE)
    expect(admin.locator("#add-title")).to_be_visible()
    name = f"zoe-{locale[:2]}"
    admin.locator("#name").fill(name)
    admin.locator("#name").press("Enter")
    password = admin.locator("div.good code").inner_text()
    check(admin)
    somebody = visit("/queue", locale, **size)
    sign_in(somebody, name, password)
    expect(somebody).to_have_url(re.compile("/account$"))
    check(somebody)
    admin.goto(admin.url.partition("?")[0])
    disable = "Désactiver" if locale == "fr-CA" else "Disable"
    admin.get_by_role("button", name=f"{disable} – {name}").press("Enter")
    expect(admin.get_by_role("row", name=name)).to_contain_text("désactivé" if locale == "fr-CA" else "disabled")
    somebody.reload()
    expect(somebody.locator("#password")).to_be_visible()
