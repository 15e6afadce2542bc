"""What every request passes through: its release is held, HEAD is answered, headers are set, too many are refused."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from passerelle.publishing.api.answers import encoded_tag, known_already
from passerelle.publishing.api.limits import Buckets, client_of
from passerelle.publishing.api.problems import problem
from passerelle.publishing.api.serving import Serving

UNLIMITED = {"/health"}
"""Paths that a supervisor asks often."""

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
    " font-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"
)


class HoldRelease:
    """Gives each request the release being served, until its last byte is sent.

    What the client has already needs no more than that, and is answered at once.
    """

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self.app, self._serving = app, serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the release."""
        with self._serving.lease() as release:
            if release and scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith("/v1/"):
                same = known_already(Request(scope), release)
                if same:
                    await same(scope, receive, send)
                    return
            await self.app({**scope, "release": release}, receive, send)


class Headers:
    """Sets headers of safety, tells tags of compressed answers apart, and answers HEAD as GET without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and set the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _set_headers(MutableHeaders(scope=message))
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"} if head else scope, receive, sending)


class Limit:
    """Refuses a client that asks too often."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self.app, self._buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["path"] not in UNLIMITED and scope["method"] != "OPTIONS":
            wait = self._buckets.take(client_of((scope.get("client") or ("",))[0]))
            if wait:
                said = f"Wait {wait} s."
                refusal = problem("too-many-requests", said, scope["path"], {"Retry-After": str(wait)})
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _set_headers(headers: MutableHeaders) -> None:
    for name, value in SECURITY.items():
        headers.setdefault(name, value)
    page = headers.get("content-type", "").startswith(("text/html", "image/svg"))
    headers.setdefault("Content-Security-Policy", PAGE if page else NO_PAGE)
    if vary := headers.get("vary"):
        headers["Vary"] = ", ".join(dict.fromkeys(vary.split(", ")))  # several hands may have added the same
    tag, encoding = headers.get("etag"), headers.get("content-encoding")
    if tag and encoding:
        headers["ETag"] = encoded_tag(tag, encoding)
