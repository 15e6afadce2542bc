"""Many curators over HTTP, each in a thread, beside a pipeline that runs again and again in a process of its own."""

from __future__ import annotations

import random
import re
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

import httpx

from passerelle import pipeline
from passerelle.review.web.app import make_app
from passerelle.review.web.people import Person
from passerelle.reviewing import helper
from passerelle.settings import load_settings
from passerelle.store.captures import add_captures, save_extractions
from passerelle.store.database import Store, open_store
from passerelle.store.decisions import decisions_of
from passerelle.store.records import load_decisions, load_matched
from passerelle.workplace import Workplace
from schemas.capture import Capture, WarcPlace, digest_of
from schemas.decision import in_force
from schemas.drafts import Evidence, Extraction, Found, InitiativeDraft
from schemas.records import Initiative
from tests.review.browsing import Browser

T = TypeVar("T")

SEE_OTHER, CONFLICT, SERVER_ERROR = 303, 409, 500
FIELD = "conclusion.fr"
VERSION = re.compile(r'name="version" value="([^"]*)"')
PAGES = 400
"""Initiatives, a page each: a run of the pipeline over them takes seconds, so that many fall into the time."""


_BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
_NAMES = ("Relais", "Escale", "Quai", "Phare", "Rondes", "Atelier", "Table", "Tandem", "Boussole", "Passage")


@dataclass
class Done:
    """What the curators did."""

    told: set[str] = field(default_factory=set)
    """Ids of the acts that they were told were done."""
    undone: list[str] = field(default_factory=list)
    """Ids of the decisions that they were told were taken back; an undo has no act of its own."""
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    """Answers by status."""
    slowest: float = 0.0
    """Seconds that the slowest round took: the queue, the next record, its page, an act."""

    def note(self, answer: httpx.Response) -> httpx.Response:
        """Count an answer."""
        self.statuses[answer.status_code] += 1
        return answer


def crowd(name: str, url: str, home: Path, curators: int, seconds: float) -> bool:
    """Let so many curators work for so long; print what came of it, and tell whether nothing was lost or failed."""
    store = open_store(url)
    desk = Workplace(load_settings(home), store, {})
    for number in range(PAGES):
        put(store, number, 20)
    pipeline.match(desk)
    context = get_context("spawn")
    stop, done = context.Event(), Done()
    runs = context.Process(target=run_again_and_again, args=(url, str(home), stop))
    runs.start()
    ready = threading.Barrier(curators)
    threads = [
        threading.Thread(target=curate, args=(desk, f"curator-{number}", ready, seconds, done))
        for number in range(curators)
    ]
    worked = time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    busy = 1000 * (time.process_time() - worked)
    stop.set()
    runs.join()
    lost = check(desk, done)
    store.close()
    count = len(done.told) + len(done.undone)
    taken = ", ".join(f"{many} {what}" for what, many in sorted(done.counts.items()))
    sys.stdout.write(
        f"{name:<10}  {curators} curators, {seconds:.0f} s, beside the pipeline: {count} acts ({taken}); "
        f"answers {dict(sorted(done.statuses.items()))}, processor {busy / max(1, done.statuses.total()):.0f} ms each; "
        f"slowest round {done.slowest:.1f} s; lost or doubled: {lost}; errors: {len(done.errors)}; "
        f"pipeline ended with {runs.exitcode}\n"
    )
    for error in sorted(set(done.errors))[:5]:
        sys.stdout.write(f"            {error}\n")
    sys.stdout.flush()
    fine = bool(done.told) and not lost and not done.errors and runs.exitcode == 0
    return fine and max(done.statuses) < SERVER_ERROR


def curate(desk: Workplace, by: str, ready: threading.Barrier, seconds: float, done: Done) -> None:
    """Look at the queue, take the next record, look at it, do something to it; again and again, once all are there."""
    dice = random.Random(by)  # noqa: S311
    app = make_app(desk.store, helper(desk), alone=Person(by, "curator"))
    browser = Browser(app, address="127.0.0.1", faults=False)
    token, last, number = browser.token(), "", 0
    ready.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began, number = time.monotonic(), number + 1
        what = dice.choices(("edits", "approvals", "comments", "undos" if last else "comments"), (5, 3, 1, 1))[0]
        done.note(browser.get("/queue?type=initiative"))
        send = partial(_send, browser, token, done)
        found = send("/queue/next", type="initiative").headers.get("location", "")
        record = found.partition("?")[0].rpartition("/")[2]
        if not record.startswith("ini-"):
            continue
        version = VERSION.search(done.note(browser.get(f"/records/{record}")).text)
        act = token_hex(8)
        where, fields = {
            "edits": (f"/records/{record}/edit", {"path": FIELD, "value": f"{by} {number}"}),
            "approvals": (f"/records/{record}/say", {"action": "approve"}),
            "comments": (f"/records/{record}/say", {"action": "comment", "reason": f"Vu par {by}."}),
            "undos": ("/undo", {"decision": last}),
        }[what]
        answer = send(where, act=act, version=version[1] if version else "", **fields)
        if answer.status_code == SEE_OTHER:
            if what == "undos":
                done.undone.append(last)
            else:
                done.told.add(act)
            done.counts[what] += 1
        elif answer.status_code == CONFLICT:
            done.counts["conflicts"] += 1
        else:
            done.errors.append(f"{what}: {answer.status_code}")
        last = _made(desk, act) if what == "edits" and answer.status_code == SEE_OTHER else ""
        done.slowest = max(done.slowest, time.monotonic() - began)


def _send(browser: Browser, token: str, done: Done, to: str, /, **fields: str) -> httpx.Response:
    headers = {"Sec-Fetch-Site": "same-origin"}
    return done.note(browser.post(to, data={"csrf": token, **fields}, headers=headers))


def _made(desk: Workplace, act: str) -> str:
    with desk.store.session() as session:
        return next((one.id for one in decisions_of(session, act=act)), "")


def check(desk: Workplace, done: Done) -> int:
    """Count acts that were told and are not kept, or kept and not told, and human values that do not stand."""
    pipeline.match(desk)
    with desk.store.session() as session:
        kept = load_decisions(session)
        records = {one.id: one for one in load_matched(session).initiatives}
    undos = Counter(one.undoes or "" for one in kept if one.action == "undo")
    acts = Counter(one.act or "" for one in kept if one.action != "undo")
    wrong = _apart(acts, Counter(done.told)) + _apart(undos, Counter(done.undone))
    last = {one.record: one.value for one in in_force(kept) if one.action == "edit"}
    return wrong + sum(_said(records.get(record)) != value for record, value in last.items())


def _apart(kept: Counter[str], told: Counter[str]) -> int:
    return ((kept - told) + (told - kept)).total()


def _said(record: Initiative | None) -> str | None:
    return record.conclusion.fr if record and record.conclusion else None


def run_again_and_again(url: str, home: str, stop: Event) -> None:
    """Take in changed pages and match, until told to stop."""
    desk = Workplace(load_settings(Path(home)), open_store(url), {})
    turn = 0
    while not stop.is_set():
        turn += 1
        for number in range(0, PAGES, 40):
            put(desk.store, (number + turn) % PAGES, 20 + turn % 9)
        pipeline.match(desk)
    desk.store.close()


def put(store: Store, number: int, top: int) -> None:
    """Keep a page of a fictional initiative as if it had been captured and read."""
    url = f"https://rive.example/projet-{number}"
    digest = digest_of(f"{url} {top}".encode())

    def found(value: T) -> Found[T]:
        place = Evidence(digest=digest, block=0, start=0, end=1, quote=str(value)[:100], rule="synthetic")
        return Found(value=value, evidence=(place,))

    draft = InitiativeDraft(
        page=url,
        digest=digest,
        source="rive",
        key="",
        extractor="synthetic/1",
        language="fr",
        name=found(f"Projet {_NAMES[number % len(_NAMES)]} {number}"),
        description=found(f"Un projet de la rive, le numéro {number}."),
        max_age=found(top),
    )
    capture = Capture(
        source="rive",
        url=url,
        captured_at=_BEGAN + timedelta(seconds=top),
        digest=digest,
        size=1,
        place=WarcPlace(path="rive/a.warc.gz", offset=0, length=1),
    )
    extraction = Extraction(page=url, digest=digest, extractor="synthetic/1", language="fr", initiatives=(draft,))
    with store.session() as session:
        add_captures(session, [capture])
        save_extractions(session, "synthetic", [extraction])
