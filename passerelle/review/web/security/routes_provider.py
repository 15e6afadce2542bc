"""The door through an identity provider."""

from __future__ import annotations

import logging
from datetime import timedelta

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from passerelle.review.accounts.oidc import Pending, Provider, ProviderError, arrive, leave
from passerelle.review.accounts.signing_in import let_in
from passerelle.review.accounts.users import fold_name
from passerelle.review.web.rendering import language_of
from passerelle.review.web.security.cookies import drop_cookie, read_cookie, set_cookie
from passerelle.review.web.security.hosts import local_path
from passerelle.review.web.security.routes_sign_in import Next, caller_of, door_page, keep
from passerelle.review.web.security.settings import Security, security_of
from passerelle.review.web.words import translator
from passerelle.store.account_tables import UserRow

LOG = logging.getLogger(__name__)
AWAY = timedelta(minutes=10)
"""How long a person may take at the provider."""

router = APIRouter(prefix="/sign-in/provider")


@router.get("")
def go_to_provider(request: Request, next: Next = "/") -> Response:  # noqa: A002 - as in the address
    """Lead to the provider."""
    security, provider = _provider(request)
    try:
        place, pending = leave(provider, _back(request, security), local_path(next), security.door.clock())
    except ProviderError as error:
        return _failed(request, error)
    answer = RedirectResponse(place, 303)
    set_cookie(request, answer, "provider", pending.written(), https=security.https, lasts=AWAY)
    return answer


@router.get("/back")
def come_from_provider(request: Request) -> Response:
    """Sign in who comes back from the provider, where an account has their verified e-mail address."""
    security, provider = _provider(request)
    kept = read_cookie(request, "provider", https=security.https)
    try:
        pending = Pending.read(kept)
        back = _back(request, security)
        email = arrive(provider, back, dict(request.query_params), pending, security.door.clock())
    except ProviderError as error:
        return _failed(request, error)
    with security.door.store.session() as session:
        row = session.scalar(select(UserRow).where(UserRow.email == fold_name(email or ""), UserRow.disabled.is_(None)))
        tokens = let_in(session, security.door, row, caller_of(request)) if row else None
    if tokens is None:
        LOG.warning("sign-in refused: the provider sent %r, which no account in use has verified", email)
        return _refused(request, 403, "sign-in.no-account")
    answer = RedirectResponse(local_path(pending.next), 303)
    keep(request, answer, tokens)
    drop_cookie(request, answer, "provider", https=security.https)
    return answer


def _provider(request: Request) -> tuple[Security, Provider]:
    security = security_of(request)
    if security.provider is None:
        raise HTTPException(404)
    return security, security.provider


def _back(request: Request, security: Security) -> str:
    """Give the address that the provider leads back to; it must be among those it knows of this desk."""
    return f"{security.url or str(request.base_url).rstrip('/')}/sign-in/provider/back"


def _failed(request: Request, error: ProviderError) -> Response:
    LOG.warning("sign-in through the provider failed: %s", error)
    return _refused(request, 502, "sign-in.provider-failed")


def _refused(request: Request, status: int, key: str) -> Response:
    answer = door_page(request, status, said=translator(language_of(request))(key))
    drop_cookie(request, answer, "provider", https=security_of(request).https)
    return answer
