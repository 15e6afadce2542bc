"""Accounts, for those who administer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from passerelle.review.accounts import users
from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.passwords import make_password
from passerelle.review.web.people import require
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.security.routes_account import first_account
from passerelle.review.web.security.routes_sign_in import said_of
from passerelle.review.web.security.settings import security_of
from passerelle.review.web.words import translator


def accounts_only(request: Request) -> None:
    """Refuse changes where nobody has an account: the first one is made at the terminal, by who owns the data."""
    if request.state.visitor.alone and request.method == "POST":
        raise HTTPException(403)


router = APIRouter(prefix="/users", dependencies=[Depends(require("admin")), Depends(accounts_only)])

Done = Literal["disabled", "enabled", "role", "signed-out"]
Name = Annotated[str, Form(max_length=254)]
Role = Annotated[str, Form(max_length=16)]
_NOTHING_TYPED = {"name": "", "email": "", "role": "curator"}


@router.get("")
def show_users(request: Request, done: Annotated[Done | None, Query()] = None) -> Response:
    """Show every account."""
    return _page(request, done=translator(language_of(request))(f"users.done.{done}") if done else "")


@router.post("")
def add(request: Request, name: Name, role: Role, email: Annotated[str, Form(max_length=254)] = "") -> Response:
    """Open an account with a temporary password, which is shown once."""
    door, password = security_of(request).door, make_password()
    hashed = door.passwords.hash(password)
    try:
        with door.store.session() as session:
            made = users.add_user(session, name, role, now=door.clock(), email=email or None)
            users.set_password(session, made.name, hashed, temporary=True)
    except AccountError as error:
        return _page(request, 422, said=said_of(request, error), typed={"name": name, "email": email, "role": role})
    return _page(request, password=password, whose=made.name)


@router.post("/password")
def reset_password(request: Request, name: Name) -> Response:
    """Give a person a temporary password, which is shown once; their sessions end."""
    door, password = security_of(request).door, make_password()
    hashed = door.passwords.hash(password)
    try:
        with door.store.session() as session:
            users.set_password(session, name, hashed, temporary=True)
    except AccountError as error:
        return _page(request, 422, said=said_of(request, error))
    return _page(request, password=password, whose=users.fold_name(name))


@router.post("/role")
def change_role(request: Request, name: Name, role: Role) -> Response:
    """Change what a person may do; they sign in anew."""
    return _change(request, "role", lambda session: users.set_role(session, name, role))


@router.post("/disable")
def disable(request: Request, name: Name) -> Response:
    """Let a person in no more."""
    now = security_of(request).door.clock()
    return _change(request, "disabled", lambda session: users.disable(session, name, now))


@router.post("/enable")
def enable(request: Request, name: Name) -> Response:
    """Let a person in again."""
    return _change(request, "enabled", lambda session: users.enable(session, name))


@router.post("/sign-out")
def sign_out(request: Request, name: Name) -> Response:
    """End every session of a person."""
    return _change(request, "signed-out", lambda session: users.sign_out_everywhere(session, name))


def _change(request: Request, done: Done, act: Callable[[Session], None]) -> Response:
    try:
        with security_of(request).door.store.session() as session:
            act(session)
    except AccountError as error:
        return _page(request, 422, said=said_of(request, error))
    return RedirectResponse(f"/users?done={done}", 303)


def _page(
    request: Request,
    status: int = 200,
    *,
    said: str = "",
    done: str = "",
    password: str = "",
    whose: str = "",
    typed: Mapping[str, str] = _NOTHING_TYPED,
) -> Response:
    with security_of(request).door.store.session() as session:
        everybody = users.list_users(session)
    return render(
        request,
        "users.html",
        status,
        users=everybody,
        roles=users.ROLES,
        said=said,
        done=done,
        password=password,
        whose=whose,
        typed=typed,
        command=first_account(request, request.state.person.name),
    )
