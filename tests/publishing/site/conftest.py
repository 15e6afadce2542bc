from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser import PATIENCE, chromium
from tests.publishing.site.building import write_site
from tests.publishing.site.synthetic import Synthetic


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the site of 2,000 records; of the many, only the first few have their own pages."""
    folder = tmp_path_factory.mktemp("release")
    view = Synthetic().view
    write_site(view, folder, without={f"ini-{n:08d}" for n in range(20, 2_000)})
    return folder


@pytest.fixture(scope="module")
def address(release: Path) -> Iterator[str]:
    """Give the address of that folder on a plain static host."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(release))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the browser; module by module, as its event loop would stand in the way of other tests."""
    with chromium() as opened:
        yield opened


Open = Callable[..., Page]


@pytest.fixture
def look(browser: Browser, release: Path) -> Iterator[Open]:
    """Give a function that opens a page of the site from the disk; whatever goes wrong in it fails the test."""
    wrong: list[str] = []
    contexts = []

    def dismiss(dialog: Dialog) -> None:
        wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def look(path: str, *, base: str | None = None, **options: Any) -> Page:
        context = browser.new_context(**({"locale": "fr-CA"} | options))
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        root = base or release.as_uri()
        page.on("pageerror", lambda error: wrong.append(f"{path}: {error}"))
        page.on("dialog", dismiss)
        page.on("console", lambda said: wrong.append(f"{path}: {said.text}") if said.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(root) else wrong.append(f"{path}: {asked.url}"))
        page.goto(f"{root}/site/{path}")
        return page

    yield look
    for context in contexts:
        context.close()
    assert wrong == []
