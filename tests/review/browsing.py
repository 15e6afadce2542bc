"""A browser without a screen: it keeps cookies, and sends forms with the token that pages give it."""

from __future__ import annotations

import re
from typing import Any

import anyio
import httpx
from fastapi import FastAPI

TOKEN = re.compile(r"X-CSRF-Token&#34;: &#34;([^&]+)&#34;")


class InProcess(httpx.BaseTransport):
    """Hands requests to an app in the same process."""

    def __init__(self, app: FastAPI, address: str, *, faults: bool = True) -> None:
        self._asked = httpx.ASGITransport(app, client=(address, 4242), raise_app_exceptions=faults)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return anyio.run(self._ask, request)

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        request = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self._asked.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


class Browser(httpx.Client):
    """Asks the desk as a person's browser does."""

    def __init__(
        self,
        app: FastAPI,
        base_url: str = "http://127.0.0.1:8484",
        address: str = "192.0.2.1",
        headers: dict[str, str] | None = None,
        *,
        faults: bool = True,
    ) -> None:
        """Open a browser.

        Args:
            app: the desk.
            base_url: how people call it.
            address: where the browser asks from.
            headers: what it says in every request.
            faults: whether a fault of the app fails the test, rather than being answered.
        """
        told = {"Accept": "text/html", **(headers or {})}
        super().__init__(transport=InProcess(app, address, faults=faults), base_url=base_url, headers=told)

    def token(self, page: str = "/account") -> str:
        """Give the token of a page's forms, or of the door's where nobody has signed in."""
        found = TOKEN.search(self.get(page).text) or TOKEN.search(self.get("/sign-in").text)
        assert found, "a page without a token"
        return found[1]

    def submit(self, path: str, page: str = "/account", **fields: Any) -> httpx.Response:
        """Send a form, with the token that a page of the desk has."""
        return self.post(path, data={"csrf": self.token(page), **fields}, headers={"Sec-Fetch-Site": "same-origin"})

    def sign_in(self, name: str, password: str, **more: str) -> httpx.Response:
        """Sign in at the door."""
        return self.submit("/sign-in", "/sign-in", name=name, password=password, **more)
