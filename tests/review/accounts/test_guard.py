"""What no page from elsewhere, no strange name and no form of somebody else's gets past."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import Form, Request
from hypothesis import given
from hypothesis import strategies as st

from passerelle.review.accounts.users import list_users
from passerelle.review.web.people import Person, Signed
from passerelle.review.web.security.forms import fits, make_token
from passerelle.review.web.security.hosts import local_path
from tests.review.accounts.conftest import PHRASE, House
from tests.review.browsing import Browser

TEAM: dict[str, Any] = {"alone": None, "local": False, "https": True, "hosts": frozenset({"desk.test"})}


def visit(house: House, base_url: str, path: str = "/account", **how: Any) -> httpx.Response:
    return house.browser(base_url, **how).get(path)


@pytest.mark.parametrize(
    "host", ["localhost:8484", "LOCALHOST", "127.0.0.1:8484", "127.0.0.1", "[::1]:8484", "localhost.:8484"]
)
def test_a_desk_of_one_computer_answers_to_its_own_names(house: House, host: str) -> None:
    assert house.browser().get("/account", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8484", "127.0.0.1.evil.test", "localhost.evil.test", "192.0.2.7", "[::1", "", "a b",
     "@localhost:x", "evil@localhost", "localhost/.evil.test", "localhost:8484:1", "localhost:65536", "localhost:x"],
)  # fmt: skip
def test_a_desk_of_one_computer_answers_to_no_other_name(house: House, host: str) -> None:
    answer = house.browser().get("/account", headers={"Host": host})
    assert answer.status_code == 421
    assert "ariane" not in answer.text


def test_a_desk_of_a_team_answers_to_its_names_and_to_bare_addresses(house: House) -> None:
    house.add("zoe")
    assert visit(house, "https://desk.test", **TEAM).status_code == 303
    assert visit(house, "https://192.0.2.7", **TEAM).status_code == 303
    assert visit(house, "https://evil.test", **TEAM).status_code == 421


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"])
def test_who_works_alone_is_not_reached_through_a_proxy(house: House, header: str) -> None:
    refused = house.browser().get("/account", headers={header: "203.0.113.9"})
    assert refused.status_code == 403
    assert "passerelle users add" in refused.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:8484"},
        {"Origin": "http://127.0.0.1:8484", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_origin_changes_nothing_even_with_the_right_token(house: House, headers: dict[str, str]) -> None:
    house.add("boss", "admin")
    browser = house.browser()
    browser.sign_in("boss", PHRASE)
    told = {"csrf": browser.token(), "name": "eve", "role": "admin"}
    refused = browser.post("/users", data=told, headers=headers)
    assert refused.status_code == 403
    assert "autre site" in refused.text
    with house.store.session() as session:
        assert [one.name for one in list_users(session)] == ["boss"]


@pytest.mark.parametrize("token", [None, "", "x", "é", "AAAA", "A" * 86, "A" * 88])
def test_a_form_without_the_token_changes_nothing(house: House, token: str | None) -> None:
    house.add("boss", "admin")
    browser = house.browser()
    browser.sign_in("boss", PHRASE)
    told = {"name": "eve", "role": "admin"} | ({} if token is None else {"csrf": token})
    assert browser.post("/users", data=told).status_code == 403
    assert browser.post("/users", data=told, headers={b"X-CSRF-Token": (token or "").encode()}).status_code == 403
    with house.store.session() as session:
        assert [one.name for one in list_users(session)] == ["boss"]


def test_somebody_elses_token_fits_no_form_of_mine(house: House) -> None:
    house.add("boss", "admin")
    house.add("eve")
    mine, hers = house.browser(), house.browser()
    mine.sign_in("boss", PHRASE)
    hers.sign_in("eve", PHRASE)
    refused = mine.post("/users", data={"csrf": hers.token(), "name": "eva", "role": "admin"})
    assert refused.status_code == 403


def test_the_door_has_a_token_too_so_that_nobody_is_signed_in_as_somebody_else(house: House) -> None:
    house.add("eve")
    browser = house.browser()
    assert browser.post("/sign-in", data={"name": "eve", "password": PHRASE}).status_code == 403
    assert "passerelle-session-8484" not in browser.cookies


@given(st.text(), st.text())
def test_a_token_fits_its_own_secret_only(secret: str, other: str) -> None:
    one, two = make_token(secret), make_token(secret)
    assert one != two  # masked anew each time
    assert fits(secret, one)
    assert fits(secret, two)
    assert fits(other, one) == (other == secret or other.encode(errors="replace") == secret.encode(errors="replace"))
    assert not fits(secret, other)


@given(st.text())
def test_a_local_path_stays_on_the_desk(said: str) -> None:
    path = local_path(said)
    base = httpx.URL("https://desk.test/sign-in")
    assert base.join(path.replace("\\", "/")).host == "desk.test"  # browsers read a backslash as a slash


def test_cookies_are_out_of_reach_of_scripts_other_sites_and_other_hosts(house: House) -> None:
    house.add("zoe")
    plain = house.browser().sign_in("zoe", PHRASE).headers.get_list("set-cookie")
    browser = house.browser("https://desk.test", **TEAM)
    secure = [
        browser.get("/sign-in").headers["set-cookie"],
        *browser.sign_in("zoe", PHRASE).headers.get_list("set-cookie"),
    ]
    assert [one.split("=")[0] for one in plain] == ["passerelle-session-8484", "passerelle-browser-8484"]
    assert [one.split("=")[0] for one in secure] == [
        "__Host-passerelle-form", "__Host-passerelle-session", "__Host-passerelle-browser"
    ]  # fmt: skip
    assert all("Secure" in one for one in secure)
    for one in (*plain, *secure):
        assert "HttpOnly" in one
        assert "SameSite=lax" in one
        assert "Path=/" in one
        assert "Domain" not in one


def test_a_trusted_proxy_is_believed_that_it_speaks_tls_and_nobody_else(house: House) -> None:
    house.add("zoe")
    how = {**TEAM, "https": False, "proxies": ("10.0.0.2",)}
    app = house.app(**how)
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    behind = Browser(app, "http://desk.test", "10.0.0.2", said).get("/sign-in")
    beside = Browser(app, "http://desk.test", "10.0.0.3", said).get("/sign-in")
    assert behind.headers["set-cookie"].startswith("__Host-")
    assert "strict-transport-security" in behind.headers
    assert beside.headers["set-cookie"].startswith("passerelle-form-80=")
    assert "strict-transport-security" not in beside.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/sign-in"), ("GET", "/none"), ("GET", "/static/desk.css"), ("GET", "/static/none"), ("POST", "/users")],
)  # fmt: skip
def test_every_answer_has_the_headers_of_safety(house: House, method: str, path: str) -> None:
    answer = house.browser().request(method, path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "server" not in answer.headers
    if not path.startswith("/static/"):
        assert answer.headers["cache-control"] == "no-store"


def test_a_fault_of_ours_says_so_with_the_same_headers_and_without_its_traceback(house: House) -> None:
    app = house.app()

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("the secret of the house")

    browser = Browser(app, faults=False)
    answer = browser.get("/fault")
    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "ce n’est pas votre faute" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_reader_looks_and_changes_nothing(house: House) -> None:
    house.add("lea", "reader")
    app = house.app()

    @app.post("/anything")
    def anything(person: Signed) -> str:
        return person.name

    browser = Browser(app)
    browser.sign_in("lea", PHRASE)
    assert browser.get("/account").status_code == 200
    assert browser.submit("/anything").status_code == 403
    assert browser.submit("/account/sign-out-everywhere").status_code == 303


def test_only_an_admin_sees_and_changes_accounts(house: House) -> None:
    house.add("boss", "admin")
    house.add("zoe")
    browser = house.browser()
    browser.sign_in("zoe", PHRASE)
    assert browser.get("/users").status_code == 403
    for path in ("/users", "/users/role", "/users/disable", "/users/enable", "/users/password", "/users/sign-out"):
        assert browser.submit(path, name="zoe", role="admin").status_code == 403
    assert 'href="/users"' not in browser.get("/account").text


def typed_in(house: House) -> tuple[Browser, str]:
    """Give a browser with a form that was opened before its session ended, and its token."""
    house.add("zoe")
    app = house.app()

    @app.post("/typed")
    def typed(request: Request, text: str = Form()) -> str:
        return text

    browser = Browser(app)
    browser.sign_in("zoe", PHRASE)
    token = browser.token()
    house.clock.wait(hours=3)
    return browser, token


def test_what_was_typed_before_the_session_ended_is_shown_again_to_be_sent(house: House) -> None:
    browser, token = typed_in(house)
    fields = {"csrf": token, "text": "« l’été »\n<b>&"}
    ended = browser.post("/typed", data=fields)
    assert ended.status_code == 401
    assert "dans un autre onglet" in ended.text
    browser.sign_in("zoe", PHRASE)
    own = {"Origin": "http://127.0.0.1:8484"}
    again = browser.post("/typed", data=fields, headers=own)
    assert again.status_code == 403
    assert "&lt;b&gt;&amp;" in again.text
    assert 'name="text" value="« l’été »\n&lt;b&gt;&amp;"' in again.text
    assert browser.submit("/typed", text="« l’été »").text == "« l’été »"


def test_what_another_page_may_have_typed_is_not_shown(house: House) -> None:
    browser, token = typed_in(house)
    browser.sign_in("zoe", PHRASE)
    shown = browser.post("/typed", data={"csrf": token, "text": "planted"})  # no word of where it comes from
    assert shown.status_code == 403
    assert "planted" not in shown.text


def test_passwords_of_a_stale_form_are_not_shown(house: House) -> None:
    browser, token = typed_in(house)
    browser.sign_in("zoe", PHRASE)
    told = {"csrf": token, "old": PHRASE, "new": PHRASE, "again": PHRASE}
    shown = browser.post("/account/password", data=told, headers={"Sec-Fetch-Site": "same-origin"})
    assert shown.status_code == 403
    assert PHRASE not in shown.text


def test_who_has_not_signed_in_sends_little(house: House) -> None:
    house.add("zoe")
    browser = house.browser()
    told = {"csrf": browser.token(), "name": "zoe", "password": PHRASE}
    assert browser.post("/sign-in", data={**told, "more": "x" * 70_000}).status_code == 413
    assert browser.post("/sign-in", data=told, files={"file": b"x" * 70_000}).status_code == 413
    assert browser.post("/sign-in", data=told).status_code == 303


@pytest.mark.parametrize(
    "path", ["/sign-in%3F/../users", "/static/%2e%2e/users", "/health%23/users", "//users", "/account%2f..%2fusers"]
)
def test_a_path_that_is_spelled_strangely_opens_nothing(house: House, path: str) -> None:
    house.add("boss", "admin")
    assert house.browser().get(path).status_code in {303, 404}
    assert "boss" not in house.browser().get(path).text


def test_htmx_is_led_to_the_door(house: House) -> None:
    house.add("zoe")
    answer = house.browser().get("/account", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Faccount"


def test_a_program_is_told_to_sign_in(house: House) -> None:
    house.add("zoe")
    answer = house.browser().get("/account", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "Sign in first" in answer.text


def test_a_person_may_do_what_those_before_may() -> None:
    assert [Person("x", "curator").may(role) for role in ("reader", "curator", "admin")] == [True, True, False]
