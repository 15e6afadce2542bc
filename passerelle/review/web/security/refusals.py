"""Answers to forms of an earlier session, and to faults of our own."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders

from passerelle.review.web.refusing import refuse, typed_by_a_person
from passerelle.review.web.rendering import CSRF_FIELD, render, wants_part
from passerelle.review.web.security.cookies import is_secure
from passerelle.review.web.security.forms import StaleFormError
from passerelle.review.web.security.guard import is_secret
from passerelle.review.web.security.headers import set_headers
from passerelle.review.web.security.hosts import is_surely_own
from passerelle.review.web.security.settings import security_of
from passerelle.review.web.security.visitors import Visitor


async def stale_form(request: Request, error: StaleFormError) -> Response:
    """Show again what was typed, to be sent from a fresh form; nothing that only the desk's own page could have sent.

    Passwords are not shown, and neither is a form that came with a file.
    """
    path, fields = request.url.path, error.fields.multi_items()
    typed = [(name, value) for name, value in fields if isinstance(value, str) and name != CSRF_FIELD]
    own = is_surely_own(request, https=security_of(request).https)
    whole = len(typed) == sum(name != CSRF_FIELD for name, _ in fields)
    visitor: Visitor = request.state.visitor
    if own and visitor.person and wants_part(request):
        # The script of the page sends the same again with it, where the same person has signed in.
        return JSONResponse({"token": visitor.form_token, "person": visitor.person.name}, 403)
    if not (typed and whole and own) or is_secret(path):
        return refuse(request, 403, "error.stale")
    action = path + (f"?{request.url.query}" if request.url.query else "")
    shown = typed_by_a_person(tuple(typed))
    return render(request, "resend.html", 403, action=action, fields=typed, shown=shown)


async def bug(request: Request, _error: Exception) -> Response:
    """Say that the fault is ours; this answer is made outside the guard, and so brings its headers itself."""
    answer = refuse(request, 500, "error.500")
    https = security_of(request).https
    set_headers(MutableHeaders(raw=answer.raw_headers), secure=is_secure(request, https=https))
    return answer
