"""The door: signing in with a password, and signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.passwords import LONGEST
from passerelle.review.accounts.sessions import close_session
from passerelle.review.accounts.signing_in import Caller, Tokens, sign_in
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.security.cookies import drop_cookie, read_cookie, set_cookie
from passerelle.review.web.security.hosts import local_path
from passerelle.review.web.security.settings import security_of
from passerelle.review.web.words import translator

router = APIRouter()

Next = Annotated[str, Query(max_length=2000)]
FormText = Annotated[str, Form(max_length=254)]
Password = Annotated[str, Form(max_length=LONGEST)]
_WAITING = "sign-in.wait"


def said_of(request: Request, error: AccountError) -> str:
    """Say what was refused, in the language of the page."""
    return translator(language_of(request))(error.key, **error.values)


def caller_of(request: Request) -> Caller:
    """Give who asks to come in, as far as the network tells."""
    https = security_of(request).https
    return Caller(
        address=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", ""),
        browser=read_cookie(request, "browser", https=https),
        session=read_cookie(request, "session", https=https),
    )


def keep(request: Request, answer: Response, tokens: Tokens) -> None:
    """Give the browser what proves who it is used by."""
    security = security_of(request)
    set_cookie(request, answer, "session", tokens.session, https=security.https)
    lasts = security.door.limits.browser
    set_cookie(request, answer, "browser", tokens.browser, https=security.https, lasts=lasts)


def door_page(
    request: Request, status: int = 200, headers: dict[str, str] | None = None, *, said: str = "", name: str = "",
    next: str = "/", out: bool = False,  # noqa: A002 - the parameter's name in the address
) -> Response:  # fmt: skip
    """Show the form to sign in with."""
    provider = security_of(request).provider
    told = {"said": said, "name": name, "next": local_path(next), "out": out}
    return render(request, "sign_in.html", status, headers, provider=provider.label if provider else "", **told)


@router.get("/sign-in")
def show_door(request: Request, next: Next = "/", out: bool = False) -> Response:  # noqa: A002 - as in the address
    """Show the form, unless somebody has signed in already."""
    if request.state.person and not out:
        return RedirectResponse(local_path(next), 303)
    return door_page(request, next=next, out=out)


@router.post("/sign-in")
def come_in(
    request: Request,
    name: FormText,
    password: Password,
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002 - the field's name
) -> Response:
    """Sign in; after a wrong password the form comes back, after too many with the time to wait."""
    try:
        tokens = sign_in(security_of(request).door, name, password, caller_of(request))
    except AccountError as error:
        waiting = error.key == _WAITING
        headers = {"Retry-After": str(error.values["n"])} if waiting else None
        said = said_of(request, error)
        return door_page(request, 429 if waiting else 401, headers, said=said, name=name, next=next)
    answer = RedirectResponse(local_path(next), 303)
    keep(request, answer, tokens)
    return answer


@router.post("/sign-out")
def go_out(request: Request) -> Response:
    """End this session; the browser forgets the pages that it kept of it."""
    security = security_of(request)
    if token := request.state.visitor.token:
        with security.door.store.session() as session:
            close_session(session, token)
    return signed_out(request)


def signed_out(request: Request) -> Response:
    """Lead to the door, without the session."""
    answer = RedirectResponse("/sign-in?out=true", 303, {"Clear-Site-Data": '"cache"'})
    drop_cookie(request, answer, "session", https=security_of(request).https)
    return answer
