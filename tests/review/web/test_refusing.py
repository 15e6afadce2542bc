"""What cannot be done is said on a whole page, in both languages, with the way back and what was typed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from passerelle.review.accounts.passwords import Passwords
from passerelle.review.accounts.signing_in import Door
from passerelle.review.accounts.users import add_user, sign_out_everywhere
from passerelle.review.web import warming
from passerelle.review.web.rendering import _environment
from passerelle.review.web.security.settings import Security
from passerelle.review.web.security.starting import guarded
from tests.review.accounts.conftest import NOON, PHRASE
from tests.review.browsing import Browser
from tests.review.desk import QUICK, desk
from tests.review.web.place import DIRECTORY, TRANSLATED, Place, send

TYPED = "« Tapé à la main », <b>puis perdu?"
SHOWN = "« Tapé à la main », &lt;b&gt;puis perdu?"


def whole(page: str) -> bool:
    """Whether an answer is a page of the desk, with its menu and a way on."""
    return "<html lang=" in page and 'href="/queue"' in page and "<nav" in page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/records/ini-00000000/say", {"action": "comment", "reason": TYPED}, 404),
        ("/records/{record}/say", {"action": "dance", "reason": TYPED}, 422),
        ("/records/{record}/edit", {"path": "nowhere.at.all", "value": TYPED}, 422),
        ("/duplicates/{record}/ini-00000000", {"do": "apart", "reason": TYPED}, 422),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_leads_back(
    place: Place, path: str, fields: dict[str, str], status: int, language: str
) -> None:
    browser = place.browser(accept_language=language, referer="http://127.0.0.1:8484/queue?type=initiative")
    refused = send(browser, path.format(record=place.ids[TRANSLATED]), **fields)
    assert refused.status_code == status
    assert whole(refused.text)
    assert f'<html lang="{language}">' in refused.text
    assert SHOWN in refused.text
    assert 'href="/queue?type=initiative"' in refused.text


def test_a_way_back_leads_to_no_other_site(place: Place) -> None:
    browser = place.browser(referer="https://evil.example/queue")
    assert "evil.example" not in browser.get("/records/ini-00000000").text


def test_htmx_is_told_why_and_leaves_the_page_as_it_is(place: Place, browser: Browser) -> None:
    told = {"csrf": browser.token(), "path": "nowhere.at.all", "value": TYPED}
    here = f"/records/{place.ids[TRANSLATED]}/edit"
    refused = browser.post(here, data=told, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert refused.headers["hx-reswap"] == "none"
    assert json.loads(refused.headers["hx-trigger"])["refused"] == "Ce champ ne se modifie pas."


def team(place: Place) -> Any:
    """Give the desk of a place whose only account is zoe's."""
    store = place.workplace.store
    security = Security(Door(store, Passwords(QUICK), clock=lambda: NOON))
    with store.session() as session:
        hashed = security.door.passwords.hash(PHRASE)
        add_user(session, "zoe", "curator", now=NOON, password=hashed)
    return desk(store, place.help, security=security)


def test_a_form_of_a_session_that_ended_is_shown_with_the_way_in(place: Place) -> None:
    browser = Browser(team(place))
    browser.sign_in("zoe", PHRASE)
    token, own = browser.token(), {"Sec-Fetch-Site": "same-origin"}
    here = f"/records/{place.ids[TRANSLATED]}"
    told = {"csrf": token, "path": "summary.en", "value": TYPED}
    with place.workplace.store.session() as session:
        sign_out_everywhere(session, "zoe")
    ended = browser.post(f"{here}/edit", data=told, headers=own)
    assert ended.status_code == 401
    assert f'<p class="typed">{SHOWN}</p>' in ended.text
    assert f'name="value" value="{SHOWN}"' in ended.text
    assert f"/sign-in?next={quote(here, safe='')}" in ended.text
    assert browser.post(f"{here}/edit", data=told, headers={**own, "HX-Request": "true"}).status_code == 401
    assert PHRASE not in browser.post("/account/password", data={"old": PHRASE}, headers=own).text
    browser.sign_in("zoe", PHRASE)
    stale = browser.post(f"{here}/edit", data=told, headers={**own, "HX-Request": "true"})
    assert stale.status_code == 403
    assert stale.json()["person"] == "zoe"
    again = browser.post(f"{here}/edit", data={**told, "csrf": stale.json()["token"]}, headers=own)
    assert again.status_code == 303
    assert browser.post(f"{here}/edit", data=told, headers={"HX-Request": "true"}).text.startswith("Ce formulaire")


def test_a_changed_record_opens_where_its_page_changed(place: Place, browser: Browser) -> None:
    record = place.ids["Projet Relais Trottoir"]
    send(browser, f"/records/{record}/say", action="approve", version=place.view(record).version)
    place.reread(DIRECTORY, "deux travailleuses de rue", "trois travailleuses de rue")
    (proposal, *_) = place.view(record).proposals
    changed = next(one.digest for one in place.view(record).evidence[proposal.path])
    page = browser.get(f"/records/{record}").text
    assert f'src="/records/{record}/page?digest={changed}&amp;field={proposal.path}#evidence"' in page


def test_a_list_to_approve_has_no_dot_for_what_is_empty(place: Place, browser: Browser) -> None:
    assert "<span></span>" not in browser.get("/bulk").text


def test_the_desk_tells_the_command_of_its_own_data_set(place: Place) -> None:
    door = Door(place.workplace.store, Passwords(QUICK))
    command = "passerelle --home '/srv/data set'"
    security = guarded(door, host="127.0.0.1", alone="Zoé Côté", command=command)
    browser = Browser(desk(place.workplace.store, place.help, security=security), address="127.0.0.1")
    for path in ("/account", "/users"):
        assert (
            "passerelle --home &#39;/srv/data set&#39; users add &#39;Zoé-Côté&#39; --role admin"
            in browser.get(path).text
        )


def test_the_desk_warms_up_without_the_translator(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passerelle.pipeline.chosen_engine", lambda _: pytest.fail("the translator is loaded"))
    app = place.app()
    _environment.cache_clear()
    warming.warm(app.state.desk)
    assert len(_environment().cache or ()) > 30
