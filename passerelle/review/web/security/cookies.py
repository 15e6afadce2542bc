"""The cookies of the desk: unreadable for scripts, sent to nobody else, and over TLS where there is TLS."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

Kind = Literal["session", "form", "browser", "provider"]
"""The session; what ties forms to a browser that nobody has signed in with; a known browser; a sign-in under way."""


def is_secure(request: Request, *, https: bool) -> bool:
    """Tell whether the browser speaks TLS, with us or with our proxy."""
    return https or request.url.scheme == "https"


def cookie_name(request: Request, kind: Kind, *, https: bool) -> str:
    """Name a cookie: with ``__Host-`` over TLS, so that no neighbouring host can set it.

    Without TLS the name has the port, since cookies have not: two desks on one computer do not sign each other out.
    """
    name = f"passerelle-{kind}"
    return f"__Host-{name}" if is_secure(request, https=https) else f"{name}-{request.url.port or 80}"


def read_cookie(request: Request, kind: Kind, *, https: bool) -> str | None:
    """Give the value of a cookie."""
    return request.cookies.get(cookie_name(request, kind, https=https)) or None


def set_cookie(
    request: Request, answer: Response, kind: Kind, value: str, *, https: bool, lasts: timedelta | None = None
) -> None:
    """Set a cookie, until the browser closes or for some time."""
    answer.set_cookie(
        cookie_name(request, kind, https=https),
        value,
        max_age=int(lasts.total_seconds()) if lasts else None,
        secure=is_secure(request, https=https),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, answer: Response, kind: Kind, *, https: bool) -> None:
    """Take a cookie back."""
    answer.delete_cookie(
        cookie_name(request, kind, https=https),
        secure=is_secure(request, https=https),
        httponly=True,
        samesite="lax",
    )
