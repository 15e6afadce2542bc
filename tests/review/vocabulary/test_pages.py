from __future__ import annotations

import re
from typing import Any

import httpx
from bs4 import BeautifulSoup

from passerelle.review.deciding import Act
from passerelle.review.web.people import Person
from schemas.edition import edition
from schemas.vocabulary import vocabulary
from tests.review.browsing import Browser
from tests.review.desk import desk
from tests.review.service.test_deciding import do
from tests.review.service.world import World, pages

PAGE = "/words/themes/poverty"
ENTRY = {"fr.preferred": "marsupial fouisseur", "en.preferred": "wombat", "en.avoid": "burrower", "pos": "noun"}


def browser_of(world: World, role: Any = "admin", name: str = "Ariane") -> Browser:
    browser = Browser(desk(world.store, world.help, alone=Person(name, role)))
    browser.headers["Accept-Language"] = "en"
    return browser


def send(browser: Browser, to: str, /, **fields: str) -> httpx.Response:
    told = {"csrf": browser.token("/words"), **fields}
    return browser.post(to, data=told, headers={"Sec-Fetch-Site": "same-origin"})


def form(**changes: str) -> dict[str, str]:
    own = next(term for term in vocabulary("themes").terms if term.code == "poverty")
    told = {"label.fr": own.label.fr or "", "label.en": own.label.en or "", "version": ""}
    told |= {"synonyms.fr": "\n".join(own.synonyms.fr), "synonyms.en": "\n".join(own.synonyms.en)}
    return told | changes


def test_the_effect_is_shown_and_nothing_saved_until_somebody_says_so(world: World) -> None:
    browser = browser_of(world)
    more = form(**{"synonyms.fr": f"{form()['synonyms.fr']}\nfilles"})
    shown = send(browser, PAGE, **more, do="try", reason="un mot de plus")
    assert "Projet Cousu Main" in shown.text
    assert 'value="un mot de plus"' in shown.text
    assert "30 filles" in shown.text
    assert edition().digest == ""
    assert send(browser, PAGE, **more, do="save").headers["location"] == "/words/themes?done=word-saved"
    assert edition().words["themes"]["poverty"].add.fr == ("filles",)
    assert "changed here" in browser.get("/words/themes").text
    stale = send(browser, PAGE, **more, do="save")
    assert stale.status_code == 409
    assert "filles" in stale.text, "what was typed is still there"


def test_curators_propose_and_admins_accept_or_decline(world: World) -> None:
    curator, admin = browser_of(world, "curator", "Bruno"), browser_of(world)
    assert send(curator, PAGE, **form(**{"label.fr": "Pauvretés"}), do="save").status_code == 403
    for label in ("Pauvretés", "Misère"):
        send(curator, PAGE, **form(**{"label.fr": label}), do="propose", reason="au pluriel")
    page = admin.get("/words").text
    first, second = re.findall(r'action="(/words/proposals/[^"]+)"', page)
    assert "Bruno" in page
    assert "au pluriel" in page
    assert send(curator, first, do="accept").status_code == 403
    assert send(admin, second, do="decline").headers["location"] == "/words?done=word-declined"
    assert send(admin, first, do="accept").headers["location"] == "/words?done=word-saved"
    assert "Pauvretés" in admin.get(f"{PAGE}?lang=fr").text
    assert "/words/proposals/" not in admin.get("/words").text
    assert send(admin, first, do="accept").status_code == 404


def test_a_value_that_a_list_lacks_is_proposed_with_its_effect_and_can_be_chosen_once_accepted(world: World) -> None:
    curator, admin = browser_of(world, "curator", "Bruno"), browser_of(world)
    record = world.id("Projet Cousu")
    assert 'href="/words/themes/new"' in curator.get(f"/records/{record}?edit=themes").text
    new = {"code": "sewing", "label.fr": "Couture", "label.en": "Sewing", "synonyms.fr": "cousu main", "version": ""}
    tried = send(curator, "/words/themes/new", **new, do="try").text
    assert "Projet Cousu Main" in tried
    assert 'value="sewing"' in tried
    for wrong in ({"code": "Not A Code"}, {"code": "poverty"}, {"label.en": ""}, {"synonyms.fr": "pauvreté"}):
        refused = send(curator, "/words/themes/new", **(new | wrong), do="propose")
        assert (refused.status_code, "cousu main" in refused.text or "synonyms.fr" in wrong) == (422, True), wrong
    assert send(curator, "/words/themes/new", **new, do="propose").status_code == 303
    assert 'action="/words/themes/new"' in admin.get("/words/themes/sewing").text, "as it is proposed"
    assert 'value="sewing"' not in curator.get(f"/records/{record}?edit=themes").text
    (proposal,) = re.findall(r'action="(/words/proposals/[^"]+)"', admin.get("/words").text)
    assert send(admin, proposal, do="accept").status_code == 303
    assert 'value="sewing"' in curator.get(f"/records/{record}?edit=themes").text
    assert send(curator, f"/records/{record}/edit", path="themes", value="sewing").status_code == 303
    world.match()
    assert world.initiatives()["Projet Cousu Main"].themes == ("sewing",)
    assert "cousu main" in admin.get("/words/themes/sewing").text


def test_entries_of_the_termbase_are_added_found_and_taken_out(world: World) -> None:
    browser, place = browser_of(world), "/words/termbase/entry"
    assert "Translated texts that use this term: 0" in send(browser, place, **ENTRY, do="try").text
    assert send(browser, place, **ENTRY, do="save").status_code == 303
    listed = browser.get("/words/termbase?q=WOMBAT").text
    assert "burrower" in listed
    link = re.search(r'href="(/words/termbase/entry\?key=[^"]+)"', listed)
    assert link
    again = send(browser, place, **ENTRY, do="save")
    assert (again.status_code, "has an entry already" in again.text) == (422, True)
    page = browser.get(link[1]).text
    version = re.search(r'name="version" value="([^"]*)"', page)
    assert version
    key = "marsupial fouisseur|noun"
    assert send(browser, place, **ENTRY, key=key, out="1", version=version[1], do="save").status_code == 303
    assert "wombat" not in browser.get("/words/termbase?q=wombat").text.split("<tbody>")[1]


def test_an_entry_opened_and_saved_loses_nothing(world: World) -> None:
    browser = browser_of(world)
    entries = world.help.entries()
    fullest = max(entries, key=lambda key: len({part for side in entries[key].values() for part in as_set(side)}))
    boxes = BeautifulSoup(browser.get("/words/termbase/entry", params={"key": fullest}).text, "html.parser").main
    assert boxes
    told = {str(one["name"]): one.get_text() for one in boxes.select("textarea[name]")}
    told |= {str(one["name"]): str(one.get("value", "")) for one in boxes.select("input[name]:not([type=checkbox])")}
    told |= {"pos": str(entries[fullest].get("pos", "noun")), "enforce": "1"}
    assert send(browser, "/words/termbase/entry", **told, do="save").status_code == 303
    assert world.help.entries()[fullest] == entries[fullest]


def as_set(side: Any) -> set[str]:
    return set(side) if isinstance(side, dict) else set()


def test_words_that_are_none_are_not_found(world: World) -> None:
    browser = browser_of(world, "reader")
    for path in ("relations", "nope", "themes/nope", "termbase/entry?key=nope"):
        assert browser.get(f"/words/{path}").status_code == 404


def test_hostile_words_are_shown_as_text(world: World) -> None:
    browser = browser_of(world)
    send(browser, PAGE, **form(**{"label.en": "<b onmouseover=alert(1)>x</b>"}), do="propose", reason="<script>")
    page = browser.get("/words").text.split("<main")[1]
    assert "<b onmouse" not in page
    assert "<script>" not in page


def test_a_change_that_comes_from_a_word_is_not_laid_at_the_pages_door(world: World) -> None:
    browser, record = browser_of(world), world.id("Projet Cousu")
    do(world, Act("approve", record))
    world.read(pages(themes=["runaway", "poverty"])[0])
    assert "The page says" in browser.get(f"/records/{record}").text
    send(browser, PAGE, **form(**{"synonyms.fr": f"{form()['synonyms.fr']}\nfilles"}), do="save")
    queue = browser.get("/queue?q=cousu").text.split('class="queue"')[1]
    assert ("Vocabulary word changed" in queue, "Source changed" in queue) == (True, False)
    shown = browser.get(f"/records/{record}").text
    assert "A word of the vocabulary changed" in shown
    assert "The page has not changed: Ariane changed the term" in shown
    assert "The page says" not in shown
