"""Answers to forms of an earlier session, and to faults of our own."""

from __future__ import annotations

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders

from passerelle.review.web.rendering import CSRF_FIELD, render
from passerelle.review.web.security.cookies import is_secure
from passerelle.review.web.security.forms import StaleFormError
from passerelle.review.web.security.guard import PUBLIC, is_own
from passerelle.review.web.security.headers import set_headers
from passerelle.review.web.security.hosts import is_surely_own
from passerelle.review.web.security.settings import security_of


async def stale_form(request: Request, error: StaleFormError) -> Response:
    """Show again what was typed, to be sent from a fresh form; nothing that only the desk's own page could have sent.

    Passwords are not shown, and neither is a form that came with a file.
    """
    path, fields = request.url.path, error.fields.multi_items()
    typed = [(name, value) for name, value in fields if isinstance(value, str) and name != CSRF_FIELD]
    own = is_surely_own(request, https=security_of(request).https)
    whole = len(typed) == sum(name != CSRF_FIELD for name, _ in fields)
    if not (typed and whole and own) or path in PUBLIC or is_own(path):
        return render(request, "error.html", 403, key="error.stale", detail="")
    action = path + (f"?{request.url.query}" if request.url.query else "")
    return render(request, "resend.html", 403, action=action, fields=typed, shown=[pair for pair in typed if pair[1]])


async def bug(request: Request, _error: Exception) -> Response:
    """Say that the fault is ours; this answer is made outside the guard, and so brings its headers itself."""
    answer = render(request, "error.html", 500, key="error.500", detail="")
    https = security_of(request).https
    set_headers(MutableHeaders(raw=answer.raw_headers), secure=is_secure(request, https=https))
    return answer
