"""Signing in through an identity provider: OpenID Connect, authorization code with PKCE.

The provider says who somebody is by a verified e-mail address; who may come in, and in which role, is for the accounts
of the desk to say. The protocol's own parts are Authlib's, an extra: ``passerelle[oidc]``.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.tokens import new_token

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures with a key that only the provider has; never ``none``, nor one that the desk could make itself."""
KINDS_OF_KEYS = {"RSA", "EC", "OKP"}
SCOPE = "openid email"
LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""
PATIENCE = 10.0
"""Seconds that an answer of the provider may take."""
REMEMBERED = timedelta(hours=1)
"""How long the provider's description of itself is kept."""
_HERE = {"localhost", "127.0.0.1", "::1"}


class ProviderError(Exception):
    """The provider, or somebody in its name, answered something that proves nothing; the message is for the log."""


@dataclass(frozen=True)
class Provider:
    """An identity provider, and how it knows this desk."""

    issuer: str
    client_id: str
    client_secret: str | None
    label: str
    """What people call it."""
    transport: httpx.BaseTransport | None = None
    """How it is reached, where not over the network."""
    _told: dict[str, tuple[datetime, Any]] = field(default_factory=dict, compare=False, repr=False)

    def describe(self, now: datetime) -> Mapping[str, Any]:
        """Give its description of itself (OpenID Connect Discovery)."""
        told: Mapping[str, Any] = self._read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration", now)
        if told.get("issuer") != self.issuer:
            msg = f"the provider at {self.issuer} calls itself {told.get('issuer')!r}"
            raise ProviderError(msg)
        return told

    def keys(self, now: datetime, *, anew: bool = False) -> Any:
        """Give the keys that it signs with; anew where one is not among those known."""
        place = _endpoint(self.describe(now), "jwks_uri")
        if anew:
            self._told.pop(place, None)
        told = self._read(place, now).get("keys")
        known = [key for key in told if isinstance(key, dict) and key.get("kty") in KINDS_OF_KEYS] if told else []
        return {"keys": known}

    def ask(self, method: str, url: str, **more: Any) -> Any:
        """Ask it something over HTTP; give the JSON of its answer."""
        try:
            with httpx.Client(transport=self.transport, timeout=PATIENCE) as client:
                answer = client.request(
                    method, url, headers={"Accept": "application/json"} | more.pop("headers", {}), **more
                )
            return answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            msg = f"{url} did not answer as a provider does: {error}"
            raise ProviderError(msg) from error

    def _read(self, url: str, now: datetime) -> Any:
        at, told = self._told.get(url, (None, None))
        if at is None or now - at > REMEMBERED:
            told = self.ask("GET", url)
            if not isinstance(told, dict):
                msg = f"{url} is not a JSON object"
                raise ProviderError(msg)
            self._told[url] = now, told
        return told


@dataclass(frozen=True)
class Pending:
    """A sign-in under way; the browser keeps it in a cookie until it comes back from the provider."""

    state: str
    nonce: str
    verifier: str
    next: str

    def written(self) -> str:
        """Write it for the cookie."""
        return quote(json.dumps([self.state, self.nonce, self.verifier, self.next]), safe="")

    @classmethod
    def read(cls, written: str | None) -> Pending:
        """Read it from the cookie.

        Raises:
            ProviderError: there is none, or it is not ours.
        """
        with suppress(ValueError, TypeError):
            said = json.loads(httpx.QueryParams(f"p={written}")["p"])
            if isinstance(said, list) and all(isinstance(one, str) and one for one in said):
                return cls(*said)
        msg = "the browser came back from the provider without having left for it, or too late"
        raise ProviderError(msg)


def provider_from(environment: Mapping[str, str]) -> Provider | None:
    """Read the provider from ``PASSERELLE_OIDC_…``; none where no issuer is named.

    Raises:
        AccountError: the settings are not whole, or Authlib is not installed.
    """
    said = {name: environment.get(f"PASSERELLE_OIDC_{name}", "").strip() for name in ("ISSUER", "CLIENT_ID", "LABEL")}
    issuer, client = said["ISSUER"], said["CLIENT_ID"]
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)):
        raise AccountError("start.oidc-issuer", issuer=issuer)
    if not client:
        raise AccountError("start.oidc-client")
    if find_spec("authlib") is None:
        raise AccountError("start.oidc-missing", python=sys.executable)
    return Provider(issuer, client, _secret(environment), said["LABEL"] or parts.hostname)


def leave(provider: Provider, back: str, next_: str, now: datetime) -> tuple[str, Pending]:
    """Give where a browser goes to sign in, and what it keeps meanwhile.

    Args:
        provider: the provider.
        back: address of the desk to which it comes back.
        next_: path to go on to then.
        now: the time.

    Raises:
        ProviderError: the provider cannot be asked.
    """
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]  # noqa: PLC0415
    from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # noqa: PLC0415

    pending = Pending(new_token(), new_token(), new_token(), next_)
    place = prepare_grant_uri(
        _endpoint(provider.describe(now), "authorization_endpoint"),
        provider.client_id,
        "code",
        back,
        SCOPE,
        pending.state,
        nonce=pending.nonce,
        code_challenge=create_s256_code_challenge(pending.verifier),
        code_challenge_method="S256",
    )
    return str(place), pending


def arrive(provider: Provider, back: str, said: Mapping[str, str], pending: Pending, now: datetime) -> str | None:
    """Give the verified e-mail address of who comes back from the provider; none where it has none.

    Args:
        provider: the provider.
        back: address of the desk to which it came back.
        said: the parameters it came with.
        pending: what the browser kept.
        now: the time.

    Raises:
        ProviderError: what it came with proves nothing.
    """
    if not secrets.compare_digest(said.get("state", "").encode(), pending.state.encode()):
        msg = "the state is not the one that was sent"
        raise ProviderError(msg)
    if said.get("iss", provider.issuer) != provider.issuer:  # RFC 9207: another provider's answer, mixed in
        msg = f"the answer is from {said['iss']!r}"
        raise ProviderError(msg)
    if "code" not in said:
        msg = f"the provider refused: {said.get('error')!r} {said.get('error_description', '')!r}"
        raise ProviderError(msg)
    tokens = _redeem(provider, back, said["code"], pending, now)
    claims = _verified(provider, tokens, pending, now)
    if "email" not in claims:
        claims = _more(provider, tokens, claims, now)
    email = claims.get("email")
    return email if isinstance(email, str) and claims.get("email_verified") is True else None


def _redeem(provider: Provider, back: str, code: str, pending: Pending, now: datetime) -> Mapping[str, Any]:
    """Change the code for tokens."""
    told = provider.describe(now)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": pending.verifier}
    how: dict[str, Any] = {}
    if not provider.client_secret:
        form["client_id"] = provider.client_id
    elif "client_secret_basic" in told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        how["auth"] = quote(provider.client_id, safe=""), quote(provider.client_secret, safe="")  # RFC 6749, 2.3.1
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    tokens = provider.ask("POST", _endpoint(told, "token_endpoint"), data=form, **how)
    if not isinstance(tokens, dict) or not isinstance(tokens.get("id_token"), str):
        msg = "the provider gave no id_token"
        raise ProviderError(msg)
    return tokens


def _verified(provider: Provider, tokens: Mapping[str, Any], pending: Pending, now: datetime) -> Mapping[str, Any]:
    """Give what the id_token claims, where it is signed by the provider, for this desk, for this very sign-in."""
    from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415

    must = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    given = {"nonce": pending.nonce, "client_id": provider.client_id, "access_token": tokens.get("access_token")}
    try:
        token = _signed(provider, tokens["id_token"], now)
        claims = CodeIDToken(token.claims, token.header, must, given)
        claims.validate(int(now.timestamp()), LEEWAY)
    except (JoseError, ValueError) as error:
        msg = f"the id_token proves nothing: {error}"
        raise ProviderError(msg) from error
    return dict(claims)


def _signed(provider: Provider, token: str, now: datetime) -> Any:
    """Read a token that the provider signed; its keys are asked for anew once, as it may have changed them."""
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        return jwt.decode(token, KeySet.import_key_set(provider.keys(now)), algorithms=ALGORITHMS)
    except (JoseError, ValueError):
        return jwt.decode(token, KeySet.import_key_set(provider.keys(now, anew=True)), algorithms=ALGORITHMS)


def _more(provider: Provider, tokens: Mapping[str, Any], claims: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Give what the provider tells of a person elsewhere than in the id_token."""
    told = provider.describe(now)
    if "userinfo_endpoint" not in told:
        return claims
    bearer = {"Authorization": f"Bearer {tokens.get('access_token')}"}
    more = provider.ask("GET", _endpoint(told, "userinfo_endpoint"), headers=bearer)
    if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
        msg = "the provider tells of somebody else than its id_token"
        raise ProviderError(msg)
    return more


def _endpoint(told: Mapping[str, Any], name: str) -> str:
    """Give an address that the provider names for itself; over TLS, or on this computer."""
    place = told.get(name)
    parts = urlsplit(place if isinstance(place, str) else "")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        msg = f"{name} of the provider is {place!r}"
        raise ProviderError(msg)
    return str(place)


def _secret(environment: Mapping[str, str]) -> str | None:
    path = environment.get("PASSERELLE_OIDC_CLIENT_SECRET_FILE")
    said = Path(path).read_text("utf-8") if path else environment.get("PASSERELLE_OIDC_CLIENT_SECRET", "")
    return said.strip() or None
