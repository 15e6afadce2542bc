"""The screenshots of the curators' guide, taken of the desk itself: ``python -m tests.review.web.screenshots``.

What is on them is the example site: fictional organisations in real Québec places.
"""

from __future__ import annotations

import base64
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from passerelle.review.deciding import Act
from passerelle.settings import PROJECT
from schemas.base import LANGUAGES, Language
from tests.review.web.place import ALIKE, DIRECTORY, TRANSLATED, Place, make_home, place_from, served

IMAGES = PROJECT / "docs/images"
WIDTH, HEIGHT = 1280, 800
HEAVIEST = 150_000
"""Bytes of a picture: a guide is read over slow lines too."""
COLOURS = 256
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--hide-scrollbars"]
PATIENCE = 120_000
"""Milliseconds to wait for what must come, on a machine that may be slow."""
SETTLING = 500
"""Milliseconds in which a page that has come finds its place."""
PIXELS = """async (png) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 30000) text += String.fromCharCode(...data.subarray(at, at + 30000));
  return btoa(text);
}"""

Doing = Callable[[Page], None]


def _still(page: Page) -> None:
    """Wait until nothing is fetched any more."""
    page.wait_for_load_state("networkidle")


def _marked(page: Page) -> None:
    """Wait until the captured page shows the words of the field in focus."""
    page.frame_locator("#frame").locator("mark").first.wait_for()
    page.wait_for_timeout(SETTLING)  # a frame that was led elsewhere may never be idle


def _focus(path: str) -> Doing:
    """Put the focus into a field, as a curator who goes there by keyboard."""

    def focus(page: Page) -> None:
        _still(page)
        page.locator(f'[data-item][data-field="{path}"]').first.focus()
        _marked(page)

    return focus


def _editing(page: Page) -> None:
    _marked(page)
    page.locator(".side:has(form.edit)").evaluate("side => side.scrollIntoView()")
    page.frame_locator("#frame").locator("mark").first.evaluate("mark => mark.scrollIntoView({ block: 'center' })")


def _effect(page: Page) -> None:
    """Add a word to a term, and ask what that would change."""
    words = page.locator("textarea").first
    words.fill(f"{words.input_value().rstrip()}\ncentre-ville")
    page.locator("main form button").first.click()
    _still(page)


def shots(place: Place) -> dict[str, tuple[str, Doing]]:
    """Give for each picture the address that it shows, and what is done there first."""
    one, other = (place.ids[name] for name in ALIKE)
    translated = place.ids[TRANSLATED]
    return {
        "queue": ("/queue?type=initiative", _still),
        "record": (f"/records/{translated}?type=initiative", _focus("summary.fr")),
        "translation": (f"/records/{translated}?edit=summary.en", _editing),
        "changed": (f"/records/{one}", _marked),
        "duplicate": (f"/duplicates/{one}/{other}", _still),
        "bulk": ("/bulk?type=initiative", _still),
        "history": ("/history", _still),
        "word": ("/words/themes/homelessness", _effect),
        "dashboard": ("/dashboard", _still),
        "exchange": ("/exchange?type=initiative", _still),
    }


def prepare(place: Place) -> None:
    """Let there be something to see: a colleague's decisions, and a page that says something else than before."""
    changed, network = place.ids[ALIKE[0]], place.ids["Réseau Tisserand"]
    place.decide(Act("approve", changed), Act("approve", network))
    place.decide(Act("edit", network, "name.en", "The Tisserand network"))
    place.decide(Act("comment", network, value="Le nom anglais vient de leur dépliant."))
    place.reread(DIRECTORY, "deux travailleuses de rue", "trois travailleuses de rue")


def slim(page: Page, png: bytes) -> bytes:
    """Write a picture anew with a palette: its 256 most frequent colours, each other pixel in the nearest of them.

    Args:
        page: a page of the browser that may read the picture: an empty one.
        png: the picture as the browser took it.
    """
    pixels = np.frombuffer(base64.b64decode(page.evaluate(PIXELS, base64.b64encode(png).decode())), np.uint8)
    found, place, count = np.unique(pixels.reshape(-1, 4)[:, :3], axis=0, return_inverse=True, return_counts=True)
    palette = found[np.argsort(-count)[:COLOURS]]
    nearest = [int(np.argmin(((palette.astype(int) - colour) ** 2).sum(axis=1))) for colour in found.astype(int)]
    rows = np.array(nearest, np.uint8)[place.reshape(-1)].reshape(HEIGHT, WIDTH)
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def take(browser: Browser, address: str, place: Place, language: Language) -> None:
    """Take all pictures in one language."""
    empty = browser.new_page()
    for name, (path, act) in shots(place).items():
        context = browser.new_context(
            locale=f"{language}-CA", viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(address + path)
        act(page)
        picture = slim(empty, page.screenshot(animations="disabled", caret="hide"))
        context.close()
        if len(picture) > HEAVIEST:
            sys.exit(f"{name}.{language}.png has {len(picture)} bytes, more than {HEAVIEST}: show less")
        (IMAGES / f"{name}.{language}.png").write_bytes(picture)
    empty.close()


def main() -> None:
    """Make a data set in a folder of its own, open the desk, and take every picture in both languages."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("No Chromium here: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        made = Path(folder) / "made"
        make_home(made)
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        with place_from(made, Path(folder) / "home") as place:
            prepare(place)
            with served(place.app("Ariane", "curator")) as address:
                for language in LANGUAGES:
                    take(browser, address, place, language)
        browser.close()


if __name__ == "__main__":
    main()
