"""My account: one's own password and sessions."""

from __future__ import annotations

import shlex
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.passwords import SHORTEST
from passerelle.review.accounts.sessions import sessions_of
from passerelle.review.accounts.signing_in import change_password
from passerelle.review.accounts.users import sign_out_everywhere
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.security.routes_sign_in import Password, caller_of, keep, said_of, signed_out
from passerelle.review.web.security.settings import security_of
from passerelle.review.web.words import translator

router = APIRouter(prefix="/account")


@router.get("")
def show_account(request: Request, person: Signed, changed: Annotated[bool, Query()] = False) -> Response:
    """Show who one is here, and where one is signed in."""
    return _page(request, person.name, done="account.changed" if changed else "")


@router.post("/password")
def new_password(request: Request, person: Signed, old: Password, new: Password, again: Password) -> Response:
    """Change one's own password; other sessions end, this one goes on under a new token."""
    try:
        if new != again:
            raise AccountError("password.differ")
        tokens = change_password(security_of(request).door, person.name, old, new, caller_of(request))
    except AccountError as error:
        return _page(request, person.name, 422, said=said_of(request, error))
    answer = RedirectResponse("/account?changed=true", 303)
    keep(request, answer, tokens)
    return answer


@router.post("/sign-out-everywhere")
def go_everywhere(request: Request, person: Signed) -> Response:
    """End all of one's sessions, this one too."""
    with security_of(request).door.store.session() as session:
        sign_out_everywhere(session, person.name)
    return signed_out(request)


def first_account(request: Request, name: str) -> str:
    """Give the command that makes the first account of this data set, for the person who works alone."""
    return f"{security_of(request).command} users add {shlex.quote('-'.join(name.split()))} --role admin"


def _page(request: Request, name: str, status: int = 200, *, said: str = "", done: str = "") -> Response:
    door, signed = security_of(request).door, request.state.visitor.signed
    with door.store.session() as session:
        sessions = sessions_of(session, name, now=door.clock(), limits=door.limits) if signed else ()
    return render(
        request,
        "account.html",
        status,
        account=signed.account if signed else None,
        here=signed.id if signed else "",
        sessions=sessions,
        least=SHORTEST,
        said=said,
        done=translator(language_of(request))(done) if done else "",
        command=first_account(request, name),
    )
