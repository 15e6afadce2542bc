"""The door of the desk: who may pass is decided here, before anything of a request is read."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from sqlalchemy.exc import OperationalError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from passerelle.review.accounts.sessions import note_seen
from passerelle.review.web.refusing import refuse
from passerelle.review.web.rendering import CSRF_FIELD, wants_part
from passerelle.review.web.security.cookies import is_secure, set_cookie
from passerelle.review.web.security.headers import set_headers
from passerelle.review.web.security.hosts import SAFE_METHODS, is_foreign, is_forwarded, is_known_host, is_surely_own
from passerelle.review.web.security.settings import Security
from passerelle.review.web.security.visitors import Visitor, identify

LOG = logging.getLogger(__name__)

SIGN_IN = "/sign-in"
PUBLIC = frozenset({SIGN_IN, "/sign-in/provider", "/sign-in/provider/back", "/health"})
"""Paths that ask for nobody's name; every other one does."""
FILES = "/static/"
OWN = ("/account", "/sign-out")
"""Paths where also a reader may change something: what is their own."""
LARGEST = 32 * 2**20
"""Bytes of a request: an edited spreadsheet is far smaller."""
LARGEST_PUBLIC = 64 * 2**10
"""Bytes of a request from somebody who has not signed in."""


class Guard:
    """Passes on what comes from a person who may ask it, and answers everything else itself."""

    def __init__(self, app: ASGIApp, security: Security) -> None:
        self.app, self._security = app, security

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on with who it is from in its state."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, _at_most(LARGEST_PUBLIC, receive))
        visitor = None
        answer = _refuse_stranger(request, self._security)
        if answer is None and not _path(request).startswith(FILES):
            visitor = await to_thread.run_sync(identify, request, self._security)
            request.state.visitor, request.state.person, request.state.secret = visitor, visitor.person, visitor.secret
            answer = await _refuse_person(request, visitor, https=self._security.https)
        largest = LARGEST if visitor and visitor.person else LARGEST_PUBLIC
        sending = self._sending(request, visitor, send)
        await (answer or self.app)(scope, _at_most(largest, receive), sending)
        if visitor and visitor.is_due(self._security.door.clock()):
            await to_thread.run_sync(self._note, visitor)

    def _sending(self, request: Request, visitor: Visitor | None, send: Send) -> Send:
        https = self._security.https

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                static = _path(request).startswith(FILES)
                set_headers(headers, secure=is_secure(request, https=https), static=static)
                if visitor and visitor.fresh and headers.get("content-type", "").startswith("text/html"):
                    cookie = Response()
                    set_cookie(request, cookie, "form", visitor.fresh, https=https)
                    headers.append("set-cookie", cookie.headers["set-cookie"])
            await send(message)

        return sending

    def _note(self, visitor: Visitor) -> None:
        door = self._security.door
        try:
            with door.store.session() as session:
                note_seen(session, visitor.signed.id if visitor.signed else "", door.clock())
        except OperationalError as error:  # a run of the pipeline writes; the next request notes it
            LOG.info("could not note that somebody is there: %s", error.orig)


def is_own(path: str) -> bool:
    """Tell whether what is changed at a path is a person's own."""
    return any(path == one or path.startswith(f"{one}/") for one in OWN)


def is_secret(path: str) -> bool:
    """Tell whether what is typed at a path may be a password, which no page shows again."""
    return path in PUBLIC or is_own(path)


def _path(request: Request) -> str:
    """Give the path as routes see it; in ``request.url`` one with a ``?`` in it, percent-encoded, would end there."""
    return str(request.scope["path"])


def _refuse_stranger(request: Request, security: Security) -> Response | None:
    """Refuse what comes by a strange name, through a proxy that nobody spoke of, or from a page of another origin."""
    if not is_known_host(request, security.hosts, local=security.local):
        said = request.headers.get("host", "")[:200]
        return refuse(request, 421, "error.host", said, values={"command": security.command})
    if security.alone and is_forwarded(request):
        return refuse(request, 403, "error.forwarded", values={"command": security.command})
    if request.method not in SAFE_METHODS and is_foreign(request, https=security.https):
        return refuse(request, 403, "error.foreign")
    return None


async def _refuse_person(request: Request, visitor: Visitor, *, https: bool) -> Response | None:
    """Refuse who has not signed in, who must first choose a password, and readers who would change something."""
    path, person = _path(request), visitor.person
    if path in PUBLIC:
        return None
    if person is None:
        return await _ask_to_sign_in(request, https=https)
    own = is_own(path)
    if visitor.signed and visitor.signed.account.temporary and not own:
        return _lead(request, "/account")
    if request.method not in SAFE_METHODS and not own and not person.may("curator"):
        return refuse(request, 403, "error.403", fields=await _fields(request, https=https))
    return None


async def _ask_to_sign_in(request: Request, *, https: bool) -> Response:
    part, page = wants_part(request), "text/html" in request.headers.get("accept", "")
    if request.method in SAFE_METHODS and (part or page):
        # What htmx asks a part of leads, asked for as a page, to the page with that part.
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return _lead(request, f"{SIGN_IN}?{urlencode({'next': place})}")
    if page and not part:
        return refuse(request, 401, "error.401", fields=await _fields(request, https=https), sign_in=True)
    return PlainTextResponse("Sign in first. Connectez-vous d’abord.\n", 401)


async def _fields(request: Request, *, https: bool) -> list[tuple[str, Any]]:
    """Read what was typed, to be shown again; nothing that only the desk's own page could have sent, and no secrets."""
    if is_secret(_path(request)) or not is_surely_own(request, https=https):
        return []
    try:
        return [pair for pair in (await request.form()).multi_items() if pair[0] != CSRF_FIELD]
    except (HTTPException, MultiPartException):
        return []
    finally:
        await request.close()


def _lead(request: Request, place: str) -> Response:
    """Lead the browser to another page; htmx, which asked for a part of one, too."""
    return (
        Response(status_code=401, headers={"HX-Redirect": place})
        if wants_part(request)
        else RedirectResponse(place, 303)
    )


def _at_most(largest: int, receive: Receive) -> Receive:
    """Read a request up to a size."""
    left = largest

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413)
        return message

    return receiving
