"""Signing in through an identity provider."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.oidc import Provider, provider_from
from passerelle.review.accounts.users import disable
from tests.review.accounts.conftest import House
from tests.review.accounts.provider import ISSUER, SmallProvider, unsigned
from tests.review.browsing import Browser, InProcess

TEAM: dict[str, Any] = {
    "alone": None, "local": False, "https": True, "hosts": frozenset({"desk.test"}), "url": "https://desk.test"
}  # fmt: skip


class Team:
    """A desk whose people sign in through a provider."""

    def __init__(self, house: House, **how: Any) -> None:
        house.add("zoe", email="Zoe@Exemple.org", password="")
        self.house, self.provider = house, SmallProvider(house.clock, **how)
        self.desk = house.app(**TEAM, provider=self.provider.client())
        self.browser = Browser(self.desk, "https://desk.test")

    def leave(self, next_: str = "/account") -> httpx.Response:
        """Go to the provider, and be sent back; give where to."""
        left = self.browser.get("/sign-in/provider", params={"next": next_})
        assert left.status_code == 303
        with httpx.Client(transport=InProcess(self.provider.app, "192.0.2.50")) as there:
            return there.get(left.headers["location"])

    def come(self, **changed: str) -> httpx.Response:
        """Sign in, with what the browser brings back changed."""
        back = httpx.URL(self.leave().headers["location"])
        return self.browser.get(back.copy_merge_params(changed))

    def is_in(self) -> bool:
        return self.browser.get("/account").status_code == 200


@pytest.fixture
def team(house: House) -> Team:
    return Team(house)


def test_a_person_signs_in_through_the_provider_into_the_account_with_their_address(team: Team) -> None:
    assert "Continuer avec Exemple" in team.browser.get("/sign-in").text
    came = team.come()
    assert (came.status_code, came.headers["location"]) == (303, "/account")
    assert "Compte\xa0: zoe" in team.browser.get("/account").text
    asked = team.provider.asked
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "https://desk.test/sign-in/provider/back"
    assert asked["scope"] == "openid email"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert "__Host-passerelle-provider" not in team.browser.cookies


def test_the_address_may_be_told_by_userinfo_only(team: Team) -> None:
    team.provider.in_token = False
    assert team.come().status_code == 303
    assert team.is_in()


def test_userinfo_of_somebody_else_is_not_believed(team: Team) -> None:
    team.provider.in_token, team.provider.somebody_else = False, True
    assert team.come().status_code == 502
    assert not team.is_in()


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_opens_nothing(team: Team, verified: Any) -> None:
    team.provider.verified = verified
    assert team.come().status_code == 403
    assert not team.is_in()


def test_who_has_no_account_is_told_so(team: Team) -> None:
    team.provider.email = "somebody@exemple.org"
    refused = team.come()
    assert refused.status_code == 403
    assert "aucun compte de ce bureau" in refused.text
    assert not team.is_in()


def test_a_disabled_account_is_opened_by_no_provider(team: Team) -> None:
    team.house.add("boss", "admin")
    with team.house.store.session() as session:
        disable(session, "zoe", team.house.clock())
    assert team.come().status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "https://evil.test"}, {"iss": None}, {"aud": "another"},
        {"aud": ["another", "third"]}, {"exp": 1}, {"exp": None}, {"iat": None}, {"sub": None}, {"azp": "another"},
        {"aud": ["desk", "another"], "azp": "another"}, {"at_hash": "wrong"}, {"nbf": 99999999999},
    ],
)  # fmt: skip
def test_an_id_token_that_is_not_for_this_sign_in_proves_nothing(team: Team, claims: dict[str, Any]) -> None:
    team.provider.claims = claims
    assert team.come().status_code == 502
    assert not team.is_in()


@pytest.mark.parametrize("how", ["none", "another key", "the client's secret"])
def test_an_id_token_that_the_provider_did_not_sign_proves_nothing(
    team: Team, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "none":
        monkeypatch.setattr(team.provider, "sign", unsigned)
    elif how == "another key":
        team.provider.signing = team.provider.new_key("first")
    else:
        shared = OctKey.import_key("le secret: 100 % le secret: 100 %")
        monkeypatch.setattr(team.provider, "sign", lambda claims: jwt.encode({"alg": "HS256"}, claims, shared))
    assert team.come().status_code == 502
    assert not team.is_in()


def test_a_provider_may_change_its_keys(team: Team) -> None:
    team.come()
    team.browser.cookies.clear()
    team.provider.key = team.provider.signing = team.provider.new_key("second")
    assert team.come().status_code == 303
    assert team.is_in()


@pytest.mark.parametrize("changed", [{"state": "x"}, {"state": ""}, {"code": "made-up"}, {"iss": "https://evil.test"}])
def test_what_the_browser_did_not_bring_from_this_provider_proves_nothing(team: Team, changed: dict[str, str]) -> None:
    assert team.come(**changed).status_code == 502
    assert not team.is_in()


def test_a_refusal_of_the_provider_is_told(team: Team) -> None:
    back = httpx.URL(team.leave().headers["location"])
    said = {"state": back.params["state"], "error": "access_denied"}
    assert team.browser.get("/sign-in/provider/back", params=said).status_code == 502


def test_a_browser_that_did_not_leave_for_the_provider_does_not_come_back_from_it(team: Team) -> None:
    back = team.leave().headers["location"]
    another = Browser(team.desk, "https://desk.test")
    assert another.get(back).status_code == 502
    assert another.get("/account").status_code == 303
    assert team.browser.get(back).status_code == 303
    assert team.browser.get(back).status_code == 502  # once is enough


@pytest.mark.parametrize("kept", ["", "x", "%5B%5D", "%5B1%2C2%2C3%2C4%5D", "%7B%7D", "%22abcd%22"])
def test_a_cookie_that_is_not_ours_is_refused(team: Team, kept: str) -> None:
    team.browser.cookies.set("__Host-passerelle-provider", kept, domain="desk.test")
    assert team.browser.get("/sign-in/provider/back?state=x&code=y").status_code == 502


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://evil.test"}, {"authorization_endpoint": "http://id.test/authorize"},
        {"authorization_endpoint": None}, {"authorization_endpoint": "javascript:alert(1)"},
    ],
)  # fmt: skip
def test_a_provider_that_describes_itself_strangely_is_not_gone_to(team: Team, described: dict[str, Any]) -> None:
    team.provider.described = described
    refused = team.browser.get("/sign-in/provider")
    assert refused.status_code == 502
    assert "n’a pas abouti" in refused.text


def test_a_public_client_has_no_secret(house: House) -> None:
    team = Team(house)
    team.desk = house.app(**TEAM, provider=team.provider.client(secret=None))
    team.browser = Browser(team.desk, "https://desk.test")
    assert team.come().status_code == 303


def test_the_provider_leads_to_pages_of_the_desk_only(team: Team) -> None:
    back = team.leave("//evil.test/").headers["location"]
    assert team.browser.get(back).headers["location"] == "/"


def test_without_a_provider_there_is_no_such_door(house: House) -> None:
    house.add("zoe")
    assert house.browser().get("/sign-in/provider").status_code == 404
    assert house.browser().get("/sign-in/provider/back").status_code == 404


def test_the_provider_is_read_from_the_environment(tmp_path: Any) -> None:
    told = {"PASSERELLE_OIDC_ISSUER": ISSUER, "PASSERELLE_OIDC_CLIENT_ID": "desk"}
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n", "utf-8")
    assert provider_from({}) is None
    assert provider_from(told) == Provider(ISSUER, "desk", None, "id.test")
    whole = {**told, "PASSERELLE_OIDC_CLIENT_SECRET_FILE": str(secret), "PASSERELLE_OIDC_LABEL": "Exemple"}
    assert provider_from(whole) == Provider(ISSUER, "desk", "s3cret", "Exemple")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"ISSUER": "http://id.test", "CLIENT_ID": "desk"}, "start.oidc-issuer"),
        ({"ISSUER": "id.test", "CLIENT_ID": "desk"}, "start.oidc-issuer"),
        ({"ISSUER": ISSUER}, "start.oidc-client"),
    ],
)
def test_settings_of_a_provider_that_are_not_whole_are_refused(told: dict[str, str], why: str) -> None:
    with pytest.raises(AccountError, match=why):
        provider_from({f"PASSERELLE_OIDC_{name}": value for name, value in told.items()})
