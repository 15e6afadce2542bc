"""A real browser for tests, and what it finds wrong with a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE = 120_000
"""Milliseconds to wait for what must come, on a machine that may be slow."""

expect.set_options(timeout=PATIENCE)

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe whose outcome depends on the colours of a page."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser; for no longer than a module, as its event loop would stand in the way of other tests."""
    path = shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def accessible(page: Page) -> None:
    """Hold a page against WCAG, in light and in dark: of its dark face, only what depends on colours."""
    colours = {"runOnly": {"type": "rule", "values": OF_COLOURS}}
    # The checker's script is half a megabyte: the page takes it in once.
    for scheme, axe, only in (("light", Axe(), {}), ("dark", Axe("void 0"), colours)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        # Without preload: the policy of the pages lets nobody fetch, the checker included.
        found = axe.run(page, options={"resultTypes": ["violations"], "preload": False, "iframes": False, **only})
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other, once the page hears them: its scripts have run."""
    page.wait_for_load_state("domcontentloaded")
    for key in keys:
        page.keyboard.press(key)
