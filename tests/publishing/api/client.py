"""A client of the app in the same process, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI


class Client:
    """Asks an app that has been started."""

    def __init__(self, app: FastAPI, portal: BlockingPortal) -> None:
        self.app, self.portal = app, portal

    def ask(self, method: str, path: str, client: str = "192.0.2.1", **headers: str) -> httpx.Response:
        return self.portal.call(self._ask, method, path, client, headers)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)

    def json(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def follow(self) -> None:
        """Let the app look which release is current, as it does every second."""
        self.portal.call(self.app.state.serving.follow)

    async def _ask(self, method: str, path: str, client: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(client, 4242))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as asking:
            return await asking.request(method, path, headers={"Accept-Encoding": "identity", **named})


@contextmanager
def started(app: FastAPI) -> Iterator[Client]:
    """Start an app and stop it afterwards."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        yield Client(app, portal)
