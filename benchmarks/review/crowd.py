"""Many curators at once, each in a thread, beside a pipeline that runs again and again in a process of its own."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from passerelle import pipeline
from passerelle.review.claims import claim
from passerelle.review.deciding import Act, Conflict, decide, undo
from passerelle.review.queue import Filter, next_for
from passerelle.review.record_view import RecordView, record_view
from passerelle.reviewing import Helper, helper
from passerelle.settings import load_settings
from passerelle.store.captures import add_captures, save_extractions
from passerelle.store.database import Store, open_store
from passerelle.store.records import load_decisions, load_matched
from passerelle.workplace import Workplace
from schemas.capture import Capture, WarcPlace, digest_of
from schemas.decision import Decision, in_force
from schemas.drafts import Evidence, Extraction, Found, InitiativeDraft
from schemas.records import Initiative

T = TypeVar("T")

PAGES = 400
"""Initiatives, a page each: a run of the pipeline over them takes seconds, so that many fall into the time."""


_BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
_NAMES = ("Relais", "Escale", "Quai", "Phare", "Rondes", "Atelier", "Table", "Tandem", "Boussole", "Passage")


@dataclass
class Done:
    """What the curators did."""

    told: set[str] = field(default_factory=set)
    """Ids of the decisions that they were told of."""
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds that the slowest act took."""


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
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=curate, args=(store, helper(desk), f"curator-{number}", until, done))
        for number in range(curators)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    runs.join()
    lost = check(desk, done)
    store.close()
    taken = ", ".join(f"{count} {what}" for what, count in sorted(done.counts.items()))
    sys.stdout.write(
        f"{name:<10}  {curators} curators, {seconds:.0f} s, beside the pipeline: {len(done.told)} decisions ({taken}); "
        f"slowest act {done.slowest:.1f} s; lost or doubled: {lost}; errors: {len(done.errors)}; "
        f"pipeline ended with {runs.exitcode}\n"
    )
    for error in sorted(set(done.errors))[:5]:
        sys.stdout.write(f"            {error}\n")
    sys.stdout.flush()
    return not lost and not done.errors and runs.exitcode == 0


def curate(store: Store, help_: Helper, by: str, until: float, done: Done) -> None:
    """Take the next record, look at it, do something to it; again and again."""
    dice = random.Random(by)  # noqa: S311
    last = ""
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            with store.session() as session:
                record = next_for(session, by, Filter(type="initiative"))
                if record is None:
                    continue
                claim(session, record, by)
            with store.session() as session:
                seen = record_view(session, record, help_)
            what = dice.choices(("edits", "approvals", "comments", "undos" if last else "comments"), (5, 3, 1, 1))[0]
            made = act(store, help_, by, seen, what, last)
            done.told.update(one.id for one in made)
            done.counts[what] += 1
            last = made[0].id if what == "edits" and made else ""
        except Conflict:
            done.counts["conflicts"] += 1
        except Exception as error:  # noqa: BLE001  # whatever fails is a figure of this measurement
            done.errors.append(f"{type(error).__name__}: {error}"[:200])
        done.slowest = max(done.slowest, time.monotonic() - began)


def act(store: Store, help_: Helper, by: str, seen: RecordView, what: str, last: str) -> tuple[Decision, ...]:  # noqa: PLR0917  # one thing done to one record by one person
    """Do one thing to a record."""
    with store.session() as session:
        if what == "undos":
            return undo(session, last, by=by, help=help_)
        number = 30 + len(seen.history) % 70
        chosen = {
            "edits": Act("edit", seen.id, "audience.max_age", number),
            "approvals": Act("approve", seen.id),
            "comments": Act("comment", seen.id, value="Vu."),
        }[what]
        expected = {seen.id: seen.version}
        return decide(session, [chosen], by=by, help=help_, expected=expected, act_id=token_hex(8))


def check(desk: Workplace, done: Done) -> int:
    """Count decisions that were told and are not kept, or kept and not told, and human values that do not stand."""
    pipeline.match(desk)
    with desk.store.session() as session:
        kept = load_decisions(session)
        records = {one.id: one for one in load_matched(session).initiatives}
    wrong = len({one.id for one in kept} ^ done.told)
    last = {one.record: one.value for one in in_force(kept) if one.action == "edit"}
    return wrong + sum(_top(records.get(record)) != value for record, value in last.items())


def _top(record: Initiative | None) -> int | None:
    return record.audience.max_age if record else None


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
