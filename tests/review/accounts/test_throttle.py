"""Guessing becomes slow, and nobody is kept out for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from passerelle.review.accounts import throttle
from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.signing_in import Caller, sign_in
from passerelle.store.account_tables import ThrottleRow
from tests.review.accounts.conftest import NOON, PHRASE, House


def attempt(house: House, password: str = "", address: str = "192.0.2.1", name: str = "zoe", **more: str) -> str:
    """Try once; give what was answered, or the browser's token."""
    try:
        return sign_in(house.door, name, password, Caller(address, **more)).browser
    except AccountError as error:
        return error.key


def test_after_some_failures_the_next_attempt_waits_even_with_the_right_password(shared: House) -> None:
    shared.add("zoe")
    assert {attempt(shared) for _ in range(6)} == {"sign-in.wrong"}
    assert attempt(shared, PHRASE) == "sign-in.wait"
    shared.clock.wait(seconds=1)
    assert attempt(shared, PHRASE) not in {"sign-in.wait", "sign-in.wrong"}
    assert {attempt(shared) for _ in range(6)} == {"sign-in.wrong"}  # it begins anew


def test_the_door_says_how_long_to_wait(house: House) -> None:
    house.add("zoe")
    browser = house.browser()
    for _ in range(6):
        assert browser.sign_in("zoe", "x").status_code == 401
    waiting = browser.sign_in("zoe", "x")
    assert (waiting.status_code, waiting.headers["retry-after"]) == (429, "1")
    assert "Attendez une seconde" in waiting.text


def test_an_unknown_name_is_slowed_down_like_a_known_one(house: House) -> None:
    house.add("zoe")
    heard = {name: [attempt(house, name=name, address=f"192.0.2.{n}") for n in range(8)] for name in ("zoe", "nobody")}
    assert heard["zoe"] == heard["nobody"]


def test_name_and_email_are_one_account(house: House) -> None:
    house.add("zoe", email="zoe@exemple.org")
    for n in range(6):
        attempt(house, name=("zoe", "ZOE@exemple.org")[n % 2], address=f"192.0.2.{n}")
    assert attempt(house, PHRASE, name="zoe", address="192.0.2.99") == "sign-in.wait"


def test_strangers_cannot_keep_the_owner_of_a_known_browser_out(shared: House) -> None:
    shared.add("zoe")
    known = attempt(shared, PHRASE)
    for hour in range(48):  # they go on and on, from everywhere
        attempt(shared, address=f"198.51.100.{hour}")
        shared.clock.wait(minutes=2)
    attempt(shared, address="198.51.100.99")
    assert attempt(shared, PHRASE, address="203.0.113.5") == "sign-in.wait"
    assert attempt(shared, PHRASE, browser=known) == known


def test_a_known_browser_is_slowed_down_by_its_own_failures_and_is_anothers_stranger(house: House) -> None:
    house.add("zoe")
    house.add("luc")
    known = attempt(house, PHRASE)
    assert [attempt(house, browser=known) for _ in range(7)].count("sign-in.wait") == 1
    for _ in range(6):
        attempt(house, name="luc", browser=known, address="192.0.2.8")
    assert attempt(house, PHRASE, name="luc", browser=known, address="192.0.2.9") == "sign-in.wait"


def test_an_account_waits_a_minute_at_most(house: House) -> None:
    house.add("zoe")
    for n in range(60):
        attempt(house, address=f"192.0.2.{n}")
        house.clock.wait(minutes=1)
    assert attempt(house, PHRASE, address="203.0.113.5") not in {"sign-in.wait", "sign-in.wrong"}


def test_an_address_that_tries_many_accounts_is_slowed_down_and_its_own_account_does_not_free_it(house: House) -> None:
    house.add("mallory")
    for n in range(20):
        assert attempt(house, name=f"name{n}") == "sign-in.wrong"
    attempt(house, PHRASE, name="mallory")
    assert attempt(house, name="one-more") == "sign-in.wrong"
    assert attempt(house, name="and-more") == "sign-in.wait"
    assert attempt(house, name="and-more", address="192.0.2.2") == "sign-in.wrong"


def test_a_network_of_ipv6_addresses_is_one() -> None:
    assert throttle.address_gate("2001:db8::1") == throttle.address_gate("2001:db8::ffff")
    assert throttle.address_gate("2001:db8::1") != throttle.address_gate("2001:db8:0:1::1")
    assert throttle.address_gate("a socket") == throttle.address_gate("a socket")


def test_attempts_at_the_same_time_are_all_counted(shared: House) -> None:
    gate = throttle.account_gate("zoe")

    def once(_: int) -> bool:
        with shared.store.session() as session:
            return not throttle.take(session, gate, NOON)

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(once, range(30)))
    assert passed == 6  # five are free; the sixth sets the first wait


def test_old_failures_are_forgotten(house: House) -> None:
    house.add("zoe")
    for _ in range(6):
        attempt(house)
    house.clock.wait(days=1)
    assert attempt(house) == "sign-in.wrong"
    with house.store.session() as session:
        assert session.scalar(select(func.max(ThrottleRow.failures))) == 1
    house.clock.wait(days=1)
    attempt(house, PHRASE)
    with house.store.session() as session:
        assert session.scalar(select(func.max(ThrottleRow.failures))) == 0


def test_no_secret_of_others_is_kept_with_the_counts(house: House) -> None:
    attempt(house, name="i typed my password here")
    with house.store.session() as session:
        assert all("typed" not in key for key in session.scalars(select(ThrottleRow.key)))


@given(st.integers(min_value=0, max_value=10**6))
def test_waits_grow_up_to_their_longest(failures: int) -> None:
    for rule in throttle.RULES.values():
        assert timedelta(0) <= rule.wait(failures) <= rule.wait(failures + 1) <= rule.longest


@pytest.mark.parametrize("kind", ["account", "address"])
def test_the_first_failures_are_free(kind: str) -> None:
    rule = throttle.RULES[kind]
    assert rule.wait(rule.free) == timedelta(0)
    assert rule.wait(rule.free + 1) == timedelta(seconds=1)
    assert rule.wait(rule.free + 2) == timedelta(seconds=2)
