"""``passerelle users`` and where ``passerelle review`` may open."""

from __future__ import annotations

from pathlib import Path
from socket import socket
from typing import Any

import pytest

from passerelle.cli import users as command
from passerelle.review.accounts import passwords
from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.passwords import Passwords
from passerelle.review.accounts.users import list_users
from passerelle.review.web.security.starting import guarded
from passerelle.store.database import open_store
from tests.cli.conftest import call
from tests.review.accounts.conftest import PHRASE, House
from tests.review.desk import QUICK


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "Passwords", lambda: Passwords(QUICK))


@pytest.fixture(scope="module")
def administered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with one account, an admin's, for what changes nothing."""
    home = tmp_path_factory.mktemp("administered")
    store = open_store(f"sqlite:///{home / '.passerelle' / 'passerelle.db'}")
    House(store).add("ariane", "admin")
    store.close()
    return home


def users(home: Path, *said: str, input: str = f"{PHRASE}\n", lang: str = "fr") -> Any:  # noqa: A002
    return call(home, "--lang", lang, "users", *said, input=input)


def test_an_account_is_added_listed_disabled_and_enabled(tmp_path: Path) -> None:
    assert f"passerelle --home {tmp_path} users add VOTRE-NOM --role admin" in users(tmp_path, "list").output
    assert users(tmp_path, "add", "Zoé", "--role", "admin", "--email", "zoe@exemple.org").exit_code == 0
    assert users(tmp_path, "add", "luc", "--temporary").exit_code == 0
    shown = users(tmp_path, "list").output
    assert "zoé" in shown
    assert "zoe@exemple.org" in shown
    assert "mot de passe provisoire" in shown
    assert users(tmp_path, "disable", "luc").exit_code == 0
    assert "désactivé depuis" in users(tmp_path, "list").output
    assert users(tmp_path, "enable", "luc").exit_code == 0
    assert users(tmp_path, "role", "luc", "reader").exit_code == 0
    assert users(tmp_path, "passwd", "luc", input="trois barques vers le large\n").exit_code == 0
    assert "reader" in users(tmp_path, "list", lang="en").output


@pytest.mark.parametrize(
    ("said", "typed", "why"),
    [
        (("add", "zoe"), "court\n", "Trop court"),
        (("add", "zoe"), "bonjour12345\n", "Trop facile"),
        (("add", "zoe"), "", "Trop court"),
        (("add", "z"), f"{PHRASE}\n", "ne peut pas être un nom"),
        (("add", "zoe", "--role", "boss"), f"{PHRASE}\n", "pas de rôle"),
        (("add", "zoe", "--email", "zoe"), f"{PHRASE}\n", "pas une adresse"),
        (("add", "ariane"), f"{PHRASE}\n", "déjà un compte"),
        (("add", "zoe", "--no-password"), "", "il faut --email"),
        (("passwd", "nobody"), f"{PHRASE}\n", "pas de compte"),
        (("disable", "ariane"), "", "la seule personne"),
        (("role", "ariane", "reader"), "", "la seule personne"),
    ],
)
def test_what_is_refused_is_one_line_with_the_reason(
    administered: Path,
    said: tuple[str, ...],
    typed: str,
    why: str,
) -> None:
    refused = users(administered, *said, input=typed)
    assert refused.exit_code == 2
    assert why in refused.output
    assert refused.output.count("\n") == 1


def test_a_password_is_never_an_argument(tmp_path: Path) -> None:
    assert users(tmp_path, "add", "zoe", "--password", PHRASE).exit_code == 2
    assert users(tmp_path, "add", "zoe", PHRASE).exit_code == 2
    store = open_store(f"sqlite:///{tmp_path / '.passerelle' / 'passerelle.db'}")
    with store.session() as session:
        assert list_users(session) == ()
    store.close()


def test_at_a_terminal_a_password_is_asked_for_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter([PHRASE, "autre chose de long"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(said))
    monkeypatch.setattr(command, "_at_terminal", lambda: True)
    refused = users(tmp_path, "add", "zoe")
    assert refused.exit_code == 2
    assert "ne sont pas les mêmes" in refused.output


@pytest.mark.parametrize(
    "how", [{"host": "192.0.2.9"}, {"host": "::"}, {"url": "https://desk.test/"}, {"proxies": ["10.0.0.2"]}]
)
def test_where_others_can_reach_it_the_desk_does_not_open_without_accounts(house: House, how: dict[str, Any]) -> None:
    asked = {"host": "127.0.0.1", "alone": "ariane", **how}
    with pytest.raises(AccountError, match=r"start\.no-accounts"):
        guarded(house.door, **asked)
    house.add("zoe", "admin")
    assert guarded(house.door, **asked).alone is None


@pytest.mark.parametrize("url", ["desk.test", "ftp://desk.test/", "https://", "https://desk.test/path", "https://[x"])
def test_an_address_that_is_none_is_refused(house: House, url: str) -> None:
    house.add("zoe", "admin")
    with pytest.raises(AccountError, match=r"start\.bad-url"):
        guarded(house.door, host="127.0.0.1", alone="ariane", url=url)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.1.2.3"])
def test_on_this_computer_only_the_desk_opens_without_accounts(house: House, host: str) -> None:
    alone = guarded(house.door, host=host, alone="ariane").alone
    assert alone is not None
    assert (alone.name, alone.role) == ("ariane", "admin")


@pytest.mark.parametrize(
    ("said", "env", "signs"),
    [(["--as", " Ariane  Côté "], "", "Ariane Côté"), ([], "Bruno", "Bruno"), (["--by", "Zoé"], "Bruno", "Zoé")],
)
def test_who_works_alone_says_who_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str], env: str, signs: str
) -> None:
    opened: list[Any] = []

    def run(app: Any, listening: socket, **_more: Any) -> None:
        opened.append(app)
        listening.close()

    monkeypatch.setattr("passerelle.publishing.api.running.run", run)
    monkeypatch.setenv("PASSERELLE_CURATOR", env)
    assert call(tmp_path, "review", "--port", "0", *said).exit_code == 0
    assert opened[0].state.security.alone.name == signs


def test_a_name_too_long_to_sign_with_is_refused(tmp_path: Path) -> None:
    assert call(tmp_path, "review", "--port", "0", "--as", "A" * 101).exit_code == 2


def test_the_command_says_what_to_do_where_there_are_no_accounts(tmp_path: Path) -> None:
    refused = call(tmp_path, "--lang", "en", "review", "--host", "192.0.2.9", "--port", "0")
    assert refused.exit_code == 2
    assert f"passerelle --home {tmp_path} users add YOUR-NAME --role admin" in refused.output
