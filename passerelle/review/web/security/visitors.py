"""Who a request is from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from passerelle.review.accounts.sessions import SEEN_EVERY, SignedIn, find_session
from passerelle.review.accounts.tokens import new_token
from passerelle.review.accounts.users import any_users
from passerelle.review.web.people import Person
from passerelle.review.web.security.cookies import read_cookie
from passerelle.review.web.security.forms import make_token
from passerelle.review.web.security.settings import Security


@dataclass(frozen=True)
class Visitor:
    """Who a request is from, as its cookies prove."""

    person: Person | None
    secret: str
    """What the tokens of this browser's forms are made from."""
    signed: SignedIn | None = None
    token: str | None = None
    """Of the session."""
    alone: bool = False
    """There are no accounts, and nobody else can come in."""
    fresh: str | None = None
    """Cookie for forms to be set: the browser has none yet."""

    @property
    def form_token(self) -> str:
        """What this browser's forms carry."""
        return make_token(self.secret)

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is to be noted that this person is there."""
        return self.signed is not None and now - self.signed.seen >= SEEN_EVERY


def identify(request: Request, security: Security) -> Visitor:
    """Find out who a request is from."""
    https, door = security.https, security.door
    token = read_cookie(request, "session", https=https)
    with door.store.session() as session:
        signed = find_session(session, token, now=door.clock(), limits=door.limits) if token else None
        alone = signed is None and security.alone is not None and not any_users(session)
    if token and signed:
        person = Person(signed.account.name, signed.account.role)
        return Visitor(person, token, signed, token)
    form = read_cookie(request, "form", https=https)
    fresh = None if form else new_token()
    return Visitor(security.alone if alone else None, form or fresh or "", alone=alone, fresh=fresh)
