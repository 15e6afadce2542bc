"""A small identity provider: it keeps to OpenID Connect, or breaks it in the ways that a test names."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from passerelle.review.accounts.oidc import Provider
from tests.review.accounts.conftest import Clock
from tests.review.browsing import InProcess

ISSUER = "https://id.test"
SECRET = "le secret: 100 %"


@dataclass
class SmallProvider:
    """Signs everybody in as one person."""

    clock: Clock
    email: str | None = "zoe@exemple.org"
    verified: Any = True
    in_token: bool = True
    """Whether the id_token has the e-mail address, or only userinfo."""
    claims: dict[str, Any] = field(default_factory=dict)
    """What the id_token says otherwise than it should; ``None`` leaves a claim out."""
    described: dict[str, Any] = field(default_factory=dict)
    """What its description says otherwise."""
    somebody_else: bool = False
    """Whether userinfo tells of another person."""
    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = self.signing = self.new_key("first")
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self.describe)
        self.app.get("/keys")(self.keys)
        self.app.get("/authorize")(self.authorize)
        self.app.post("/token")(self.token)
        self.app.get("/userinfo")(self.userinfo)

    def client(self, secret: str | None = SECRET) -> Provider:
        """Give the desk's side of it."""
        return Provider(ISSUER, "desk", secret, "Exemple", InProcess(self.app, "192.0.2.50"))

    @staticmethod
    def new_key(name: str) -> ECKey:
        return ECKey.generate_key("P-256", {"kid": name, "alg": "ES256", "use": "sig"})

    def describe(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys", "userinfo_endpoint": "userinfo"}  # noqa: E501 # fmt: skip
        return {"issuer": ISSUER, **{name: f"{ISSUER}/{path}" for name, path in places.items()}, **self.described}

    def keys(self) -> dict[str, Any]:
        return {**KeySet([self.key]).as_dict(private=False)}

    def authorize(self, request: Request) -> RedirectResponse:
        self.asked = dict(request.query_params)
        code = f"code-{len(self.codes)}"
        self.codes[code] = self.asked
        return RedirectResponse(
            f"{self.asked['redirect_uri']}?{urlencode({'code': code, 'state': self.asked['state']})}"
        )

    def token(
        self, request: Request, code: str = Form(), code_verifier: str = Form(), redirect_uri: str = Form()
    ) -> Any:
        asked = self.codes.pop(code, None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        told = base64.b64decode(request.headers.get("authorization", "Basic ")[6:]).decode()
        wrong = not asked or asked["code_challenge"] != challenge or asked["redirect_uri"] != redirect_uri
        if wrong or told not in {"desk:le%20secret%3A%20100%20%25", ""} or asked is None:
            raise HTTPException(400, "invalid_grant")
        return {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(self.clock().timestamp())
        claims = {"iss": ISSUER, "aud": "desk", "sub": "1", "exp": now + 300, "iat": now, "nonce": nonce}
        told = claims | (self.person() if self.in_token else {}) | self.claims
        return self.sign({name: value for name, value in told.items() if value is not None})

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.signing.kid}, claims, self.signing)

    def person(self) -> dict[str, Any]:
        return {"email": self.email, "email_verified": self.verified}

    def userinfo(self) -> dict[str, Any]:
        return {"sub": "2" if self.somebody_else else "1", **self.person()}


def unsigned(claims: dict[str, Any]) -> str:
    """Write an id_token that nobody signed."""
    parts = ({"alg": "none"}, claims)
    written = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    return ".".join((*written, ""))
