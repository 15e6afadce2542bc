"""A desk to test: the example site (fictional organisations in real Québec places), with a hostile page among it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Page

from passerelle import pipeline
from passerelle.crawling.ingest import ingest_manifest
from passerelle.publishing.api.running import listen
from passerelle.review.deciding import Act, decide
from passerelle.review.record_view import RecordView, record_view
from passerelle.review.refreshing import refresh, refresh_all
from passerelle.review.web.people import Person
from passerelle.reviewing import Helper, helper
from passerelle.settings import PROJECT
from passerelle.store.records import load_matched
from passerelle.store.review_tables import PairRow
from passerelle.store.texts import save_filling
from passerelle.workplace import Workplace, open_workplace
from schemas.decision import Decision
from schemas.records import TextStatus
from schemas.texts import text_digest
from schemas.working import Filling
from tests.browser import press
from tests.review.browsing import Browser
from tests.review.desk import desk
from tests.review.web.hostile import PAYLOADS

SITE = PROJECT / "examples/site"
CAPTURED = "2026-11-20T12:00:00Z"
LATER = "2026-11-21T12:00:00Z"
DIRECTORY = "repertoire/index.html"
NEWS = "journal/2026/06/11/relais-trottoir-un-prix-pour-celles-qui-marchent-la-nuit/index.html"
TRANSLATED = "La Tournée des frigos"
"""Name of the initiative with machine translations."""
ALIKE = ("Projet Relais Trottoir", "Jumelage Deux Rives")
"""Names of two initiatives that may be one."""


@dataclass(frozen=True)
class Place:
    """A data set at the desk, and whoever works at it."""

    workplace: Workplace

    @cached_property
    def help(self) -> Helper:
        return helper(self.workplace)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Ids of the initiatives by their French name, else by the English one."""
        with self.workplace.store.session() as session:
            return {one.name.fr or one.name.en or "": one.id for one in load_matched(session).initiatives}

    @cached_property
    def news(self) -> str:
        """Id of the news item whose page is hostile."""
        with self.workplace.store.session() as session:
            found = load_matched(session).news
        return next(one.id for one in found if "nuit" in one.title)

    @cached_property
    def organization(self) -> str:
        """Id of an organisation."""
        with self.workplace.store.session() as session:
            return load_matched(session).organizations[0].id

    def app(self, name: str = "Ariane", role: Any = "admin") -> FastAPI:
        return desk(self.workplace.store, self.help, alone=Person(name, role))

    def browser(self, name: str = "Ariane", role: Any = "admin", **headers: str) -> Browser:
        browser = Browser(self.app(name, role), address="127.0.0.1")
        browser.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        return browser

    def initiative(self, record: str) -> Any:
        """An initiative as it would be published."""
        return self.view(record).record

    def view(self, record: str) -> RecordView:
        with self.workplace.store.session() as session:
            return record_view(session, record, self.help)

    def decide(self, *acts: Act, by: str = "Bruno") -> tuple[Decision, ...]:
        """Let somebody else decide."""
        with self.workplace.store.session() as session:
            return decide(session, acts, by=by, help=self.help)

    def reread(self, page: str, was: str, now: str) -> None:
        """Capture a page of the site anew, with some words changed."""
        folder = self.workplace.settings.home / "later"
        html = (SITE / page).read_text("utf-8")
        assert was in html
        _put(folder, {page: html.replace(was, now)}, LATER)
        _take_in(self.workplace, folder)


def send(browser: Browser, to: str, /, **fields: Any) -> httpx.Response:
    """Send a form of the desk, whatever its fields are called."""
    return browser.post(to, data={"csrf": browser.token(), **fields}, headers={"Sec-Fetch-Site": "same-origin"})


def to_field(page: Page, path: str) -> None:
    """Go to a field with the keyboard alone."""
    for _ in range(80):
        press(page, "j")
        if page.evaluate("document.activeElement.dataset.field") == path:
            return
    pytest.fail(f"no way to {path}")


def make_home(home: Path) -> None:
    """Make the data set in an empty folder."""
    pages = {path: (SITE / path).read_text("utf-8") for path in _paths()}
    pages[NEWS] = pages[NEWS].replace("</body>", f"{''.join(PAYLOADS.values())}</body>")
    folder = home / "site"
    _put(folder, pages, CAPTURED)
    with open_workplace(home) as workplace:
        _take_in(workplace, folder)
        place = Place(workplace)
        _translate(place, place.ids[TRANSLATED])
        refresh_all(workplace.store, place.help)
        with workplace.store.session() as session:
            left, right = sorted(place.ids[name] for name in ALIKE)
            session.add(PairRow(left=left, right=right, score=0.81, reasons=json.dumps(["name", "places"])))
            session.flush()
            refresh(session, (left, right), place.help)


@contextmanager
def place_from(made: Path, home: Path) -> Iterator[Place]:
    """Open a copy of a data set."""
    shutil.copytree(made, home, dirs_exist_ok=True)
    with open_workplace(home) as workplace:
        yield Place(workplace)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an app on a port of this computer; gives its address."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="on"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        # The port takes requests already; they wait until the app answers.
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _paths() -> list[str]:
    return [one["path"] for one in json.loads((SITE / "manifest.json").read_text("utf-8"))["captures"]]


def _put(folder: Path, pages: dict[str, str], at: str) -> None:
    """Write pages with a manifest that says where they come from."""
    known = {one["path"]: one for one in json.loads((SITE / "manifest.json").read_text("utf-8"))["captures"]}
    for path, html in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(html, "utf-8", errors="replace")
    captures = [known[path] | {"captured_at": at} for path in pages]
    (folder / "manifest.json").write_text(json.dumps({"captures": captures}), "utf-8")


def _take_in(workplace: Workplace, folder: Path) -> None:
    ingest_manifest(folder / "manifest.json", store=workplace.store, raw=workplace.raw, sources=workplace.sources)
    pipeline.extract(workplace)
    pipeline.match(workplace)


def _translate(place: Place, record: str) -> None:
    """Give an initiative's name and summary machine translations."""
    view = place.view(record)
    with place.workplace.store.session() as session:
        for path in ("name", "summary"):
            source = view.texts[f"{path}.fr"].text or ""
            status = TextStatus(
                origin="machine", engine="argos fr→en 1.9", source_language="fr", source_hash=text_digest(source)
            )
            text = "The fridge tour" if path == "name" else "A tour of fridges to share."
            save_filling(session, Filling(record=record, path=f"{path}.en", text=text, status=status))
