"""Coming in, staying in, going out."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.signing_in import Caller, change_password, sign_in
from passerelle.review.accounts.users import any_users, disable, set_password, set_role
from passerelle.store.account_tables import SessionRow, UserRow
from tests.review.accounts.conftest import PHRASE, House
from tests.review.browsing import Browser

HERE = Caller("192.0.2.1", "Firefox")


def test_a_person_signs_in_works_and_signs_out(house: House) -> None:
    house.add("amélie")
    browser = house.browser()
    assert browser.get("/account?x=1").headers["location"] == "/sign-in?next=%2Faccount%3Fx%3D1"
    came = browser.sign_in("Amélie", PHRASE, next="/account?x=1")
    assert (came.status_code, came.headers["location"]) == (303, "/account?x=1")
    assert "amélie" in browser.get("/account").text
    left = browser.submit("/sign-out")
    assert left.headers["clear-site-data"] == '"cache"'
    assert browser.get("/account").headers["location"].startswith("/sign-in")


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(house: House) -> None:
    house.add("zoe")
    house.add("disabled")
    with house.store.session() as session:
        disable(session, "disabled", house.clock())
    answers = [house.browser().sign_in(*one) for one in (("zoe", "x"), ("nobody", "x"), ("disabled", PHRASE))]
    assert {answer.status_code for answer in answers} == {401}
    assert all("ne vont pas ensemble" in answer.text for answer in answers)


def test_an_unknown_name_costs_a_hash_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.add("zoe")
    asked: list[str] = []
    right = house.door.passwords._matches

    def noted(stored: str, said: str) -> bool:
        asked.append(stored.rpartition("$")[0].rpartition("$")[0])  # all but salt and hash
        return right(stored, said)

    monkeypatch.setattr(house.door.passwords, "_matches", noted)
    for name in ("zoe", "nobody"):
        with pytest.raises(AccountError, match=r"sign-in\.wrong"):
            sign_in(house.door, name, "x", HERE)
    assert len(asked) == 2
    assert asked[0] == asked[1]  # hashed with the same parameters


def test_the_database_knows_no_token(house: House) -> None:
    house.add("zoe")
    tokens = sign_in(house.door, "zoe", PHRASE, HERE)
    kept = (house.store.engine.url.database or "").encode()
    house.store.close()
    with open(kept, "rb") as file:  # noqa: PTH123 - the bytes as they lie on the disk
        everything = file.read()
    assert tokens.session.encode() not in everything
    assert tokens.browser.encode() not in everything
    assert PHRASE.encode() not in everything


def test_signing_in_gives_a_new_token_and_ends_the_old_one(house: House) -> None:
    house.add("zoe")
    browser = house.browser()
    browser.sign_in("zoe", PHRASE)
    first = browser.cookies["passerelle-session-8484"]
    browser.submit("/sign-in", name="zoe", password=PHRASE)
    second = browser.cookies["passerelle-session-8484"]
    assert first != second
    stale = house.browser()
    stale.cookies.set("passerelle-session-8484", first, domain="127.0.0.1")
    assert stale.get("/account").status_code == 303


def test_a_token_that_the_browser_made_up_opens_nothing(house: House) -> None:
    house.add("zoe")
    browser = house.browser()
    browser.cookies.set("passerelle-session-8484", "chosen-by-somebody-else", domain="127.0.0.1")
    assert browser.get("/account").status_code == 303
    browser.sign_in("zoe", PHRASE)
    assert browser.cookies["passerelle-session-8484"] != "chosen-by-somebody-else"


def test_a_session_ends_after_rest_and_after_a_day_of_work(house: House) -> None:
    house.add("zoe")
    browser = house.browser()
    browser.sign_in("zoe", PHRASE)
    for _ in range(7):
        house.clock.wait(minutes=100)
        assert browser.get("/account").status_code == 200
    house.clock.wait(minutes=21)  # 12 h 1 min since the sign-in
    assert browser.get("/account").status_code == 303
    browser.sign_in("zoe", PHRASE)
    house.clock.wait(hours=2)
    assert browser.get("/account").status_code == 303
    browser.sign_in("zoe", PHRASE)
    with house.store.session() as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1  # those that are over are gone


@pytest.mark.parametrize("act", ["disable", "role", "password"])
def test_what_changes_an_account_ends_its_sessions_at_once(shared: House, act: str) -> None:
    shared.add("boss", "admin")
    shared.add("zoe", "admin")
    browser = shared.browser()
    browser.sign_in("zoe", PHRASE)
    assert browser.get("/users").status_code == 200
    with shared.store.session() as session:
        if act == "disable":
            disable(session, "zoe", shared.clock())
        elif act == "role":
            set_role(session, "zoe", "reader")
        else:
            set_password(session, "zoe", shared.door.passwords.hash("x"), temporary=True)
    assert browser.get("/account").status_code == 303


def test_changing_ones_password_ends_the_other_sessions_and_gives_this_one_a_new_token(house: House) -> None:
    house.add("zoe")
    here, there = house.browser(), house.browser()
    here.sign_in("zoe", PHRASE)
    there.sign_in("zoe", PHRASE)
    before = here.cookies["passerelle-session-8484"]
    new = "trois barques vers le large"
    assert here.submit("/account/password", old=PHRASE, new=new, again=new).status_code == 303
    assert here.cookies["passerelle-session-8484"] != before
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert there.sign_in("zoe", PHRASE).status_code == 401
    assert there.sign_in("zoe", new).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("x", "trois barques vers le large", "trois barques vers le large", "actuel n’est pas le bon"),
        (PHRASE, "court", "court", "Trop court"),
        (PHRASE, "bonjour12345", "bonjour12345", "Trop facile"),
        (PHRASE, "trois barques vers le large", "trois barques", "ne sont pas les mêmes"),
        (PHRASE, PHRASE, PHRASE, "est l’ancien"),
    ],
)
def test_a_new_password_that_is_refused_says_why(house: House, old: str, new: str, again: str, why: str) -> None:
    house.add("zoe")
    browser = house.browser()
    browser.sign_in("zoe", PHRASE)
    answer = browser.submit("/account/password", old=old, new=new, again=again)
    assert answer.status_code == 422
    assert why in answer.text
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Linux"),
        ("<b>curl</b>", "&lt;b&gt;curl&lt;/b&gt;"),
    ],
)
def test_a_person_sees_where_they_are_signed_in(house: House, agent: str, shown: str) -> None:
    house.add("zoe")
    browser = Browser(house.app(), headers={"User-Agent": agent})
    browser.sign_in("zoe", PHRASE)
    assert f"<td>{shown} <strong>(celle-ci)" in browser.get("/account").text


def test_signing_out_everywhere_ends_all_sessions(house: House) -> None:
    house.add("zoe")
    here, there = house.browser(), house.browser()
    for one in (here, there):
        one.sign_in("zoe", PHRASE)
    here.submit("/account/sign-out-everywhere")
    assert [one.get("/account").status_code for one in (here, there)] == [303, 303]


def test_a_hash_of_other_parameters_is_made_anew_at_the_next_sign_in(house: House) -> None:
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PHRASE)
    house.add("zoe")
    with house.store.session() as session:
        session.get_one(UserRow, "zoe").password = old
    sign_in(house.door, "zoe", PHRASE, HERE)
    with house.store.session() as session:
        renewed = session.get_one(UserRow, "zoe").password or ""
    assert renewed != old
    assert "$argon2id$" in renewed
    assert ",t=1," in renewed
    sign_in(house.door, "zoe", PHRASE, HERE)


def test_an_account_without_a_password_is_not_entered_with_one(house: House) -> None:
    house.add("zoe", password="")
    for said in ("", "None", PHRASE):
        with pytest.raises(AccountError, match=r"sign-in\.wrong"):
            sign_in(house.door, "zoe", said, HERE)
    with pytest.raises(AccountError, match=r"old-wrong"):
        change_password(house.door, "zoe", "", "trois barques vers le large", HERE)


@pytest.mark.parametrize("elsewhere", ["//evil.test/", "https://evil.test/", "/\\evil.test", "evil", "/a\nb", ""])
def test_the_door_leads_nowhere_else(house: House, elsewhere: str) -> None:
    house.add("zoe")
    assert house.browser().sign_in("zoe", PHRASE, next=elsewhere).headers["location"] == "/"


def test_the_desk_works_alone_until_there_is_an_account(house: House) -> None:
    browser = house.browser()
    page = browser.get("/account")
    assert "seul·e sur cet ordinateur, sans compte" in page.text
    assert "ariane, seul·e ici" in page.text
    assert "passerelle users add ariane --role admin" in page.text
    assert browser.submit("/users", name="zoe", role="admin").status_code == 403
    with house.store.session() as session:
        assert not any_users(session)
    house.add("zoe", "admin")
    assert browser.get("/account").headers["location"].startswith("/sign-in")


def test_who_did_not_choose_their_password_does_so_first(house: House) -> None:
    house.add("zoe", "admin")
    with house.store.session() as session:
        set_password(session, "zoe", house.door.passwords.hash(PHRASE), temporary=True)
    browser = house.browser()
    browser.sign_in("zoe", PHRASE)
    assert browser.get("/users").headers["location"] == "/account"
    assert "Quelqu’un d’autre connaît ce mot de passe" in browser.get("/account").text
    new = "trois barques vers le large"
    browser.submit("/account/password", old=PHRASE, new=new, again=new)
    assert browser.get("/users").status_code == 200
