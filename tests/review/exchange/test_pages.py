from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest

from passerelle.review.deciding import Act, decide
from passerelle.review.web.people import Person
from tests.review.browsing import Browser
from tests.review.desk import desk
from tests.review.exchange.test_importing import COUSU, edited, machine_text, out, put
from tests.review.service.world import World

SAME = {"Sec-Fetch-Site": "same-origin"}


def browser_of(world: World, role: Any = "curator") -> Browser:
    browser = Browser(desk(world.store, world.help, alone=Person("Ariane", role)))
    browser.headers["Accept-Language"] = "en"
    return browser


def upload(browser: Browser, body: bytes, name: str = "fiches.csv") -> httpx.Response:
    files = {"file": (name, body, "text/csv")}
    return browser.post("/exchange", data={"csrf": browser.token("/exchange")}, files=files, headers=SAME)


def save(browser: Browser, place: str, page: httpx.Response) -> httpx.Response:
    told = {name: re.search(rf'name="{name}" value="([^"]*)"', page.text) for name in ("plan", "act", "name")}
    fields = {name: found[1] for name, found in told.items() if found}
    assert len(fields) == 3
    fields["csrf"] = browser.token("/exchange")
    return browser.post(place.partition("?")[0], data=fields, headers=SAME)


def test_a_file_is_shown_before_it_is_saved_and_saved_once_however_often_it_is_sent(world: World) -> None:
    browser = browser_of(world)
    sheet = browser.get("/exchange/records.csv?type=initiative&q=cousu").content
    taken = upload(browser, edited(sheet, put("audience.max_age", "21")))
    assert taken.status_code == 303
    page = browser.get(taken.headers["location"])
    assert "Save 1 change" in page.text
    assert world.initiatives()[COUSU].audience.max_age == 24, "nothing is saved before"
    for _ in range(2):
        assert save(browser, taken.headers["location"], page).headers["location"] == "/history?done=imported"
    assert world.initiatives()[COUSU].audience.max_age == 21
    assert browser.get("/history").text.count("Ariane") >= 1


def test_what_moved_since_the_preview_is_shown_again_and_nothing_is_saved(world: World) -> None:
    browser = browser_of(world)
    taken = upload(browser, edited(out(world, COUSU), put("audience.max_age", "21")))
    page = browser.get(taken.headers["location"])
    with world.store.session() as session:
        decide(session, [Act("edit", world.id(COUSU), "audience.max_age", 30)], by="bob", help=world.help)
    answer = save(browser, taken.headers["location"], page)
    assert answer.status_code == 409
    assert "bob" in answer.text
    assert world.initiatives()[COUSU].audience.max_age == 30


def test_texts_left_in_state_initial_are_told_in_the_language_of_the_reader(world: World) -> None:
    browser = browser_of(world)
    browser.headers["Accept-Language"] = "fr-CA"
    record = machine_text(world)
    body = browser.get("/exchange/texts.xlf?to=en&q=cousu").content
    body = body.replace(b"Sewn By Hand Project", b"Sewn by Hand")
    page = unescape(browser.get(upload(browser, body, "textes.xlf").headers["location"]).text)
    assert "1 texte est traduit mais encore à l’état" in page
    told = page.rpartition("Non repris")[2]
    assert "Projet Cousu Main" in told
    assert record not in re.sub(r'href="[^"]*"', "", told)


def test_hostile_cells_are_shown_as_text(world: World) -> None:
    browser = browser_of(world)
    body = edited(out(world, COUSU), put("name.fr", "<img src=x onerror=alert(1)>"))
    page = browser.get(upload(browser, body, "<script>.csv").headers["location"]).text
    assert "<img" not in page.split("<main")[1]
    assert "<script>.csv" not in page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "Choose a file"),
        (b"a,b\n1,2\n", "No column"),
        (b"<xliff/>", "cannot be read"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "declares entities"),
        (b"PK\x03\x04", "Not a readable"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_words(world: World, body: bytes, said: str) -> None:
    answer = upload(browser_of(world), body)
    page = browser_of(world).get(answer.headers["location"]) if answer.status_code == 303 else answer
    assert page.status_code == 422
    assert said in page.text


def test_who_may_only_read_takes_files_out_and_brings_none_in(world: World) -> None:
    browser = browser_of(world, "reader")
    for path in ("records.xlsx", "records.csv?type=initiative", "columns.csv?type=initiative", "texts.xlf?to=en"):
        assert browser.get(f"/exchange/{path}").status_code == 200
    assert upload(browser, b"id,version\n").status_code == 403
    assert browser.get("/exchange/records.doc").status_code in (404, 422)
    assert browser_of(world).get(f"/exchange/{'0' * 64}").status_code == 404
    assert browser_of(world).get("/exchange/..%2f..%2fpasserelle.db").status_code == 404
