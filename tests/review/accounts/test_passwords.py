"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import unicodedata
from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.passwords import LONGEST, SHORTEST, Passwords, check_strength, make_password
from tests.review.accounts.conftest import PHRASE
from tests.review.desk import QUICK

PASSWORDS = Passwords(QUICK)


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse2024", "Bonjour12345!", "M0tdep@sse123", "azertyuiop123", "qwertyqwerty", "aaaaaaaaaaaaaaa",
        "abcdefghijklmnop", "passerelle2026", "Passerelle-Québec", "amelie-amelie", "exemple.org2026", "soleilsoleil1",
        "123456789012", "!!!!!!!!!!!!!!!!", "montreal-canadiens", "printemps2026!!", "0987654321ab",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(AccountError, match=r"password\.weak"):
        check_strength(password, "amélie", "amelie@exemple.org")


@pytest.mark.parametrize(
    "password",
    [PHRASE, "trois barques vers le large", "correct horse battery staple", "kV9#fw2!mQz7", "été 1987 à Kamouraska"],
)  # fmt: skip
def test_a_few_words_or_random_signs_are_taken(password: str) -> None:
    check_strength(password, "amélie", None)


def test_what_the_desk_makes_up_is_taken_and_never_the_same() -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_strength(password, "zoe")


@given(st.text(max_size=LONGEST + 20), st.text(max_size=20))
@settings(deadline=None)
def test_any_password_is_taken_or_refused_with_a_reason(password: str, name: str) -> None:
    fits = SHORTEST <= len(unicodedata.normalize("NFC", password)) <= LONGEST
    with nullcontext() if fits else pytest.raises(AccountError, match=r"password\.(short|long)"):
        try:
            check_strength(password, name)
        except AccountError as refused:
            if refused.key != "password.weak":
                raise


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(deadline=None, max_examples=30)
def test_a_password_opens_its_own_hash_however_its_accents_are_typed(password: str) -> None:
    stored = PASSWORDS.hash(password)
    assert PASSWORDS.check(stored, password).right
    assert PASSWORDS.check(stored, unicodedata.normalize("NFD", password)).right
    assert not PASSWORDS.check(stored, password + "x").right


def test_hashes_are_argon2id_with_the_parameters_of_rfc_9106() -> None:
    assert Passwords().hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("stored", [None, "", "nonsense", "$argon2id$v=19$broken"])
def test_a_hash_that_is_none_is_opened_by_nothing(stored: str | None) -> None:
    assert not PASSWORDS.check(stored, PHRASE).right


def test_a_password_too_long_to_be_one_is_not_hashed_whole() -> None:
    long = "x" * (LONGEST + 1)
    assert not PASSWORDS.check(PASSWORDS.hash(long), long).right
