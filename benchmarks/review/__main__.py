"""Measure the curator's desk: ``python -m benchmarks.review --records 10000 --seconds 60 --postgresql URL``.

Medians of the queue and of searches over many records, then many curators at work beside the pipeline: no decision may
be lost, none taken twice, and nothing may fail. Prints one line a figure; exits 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from benchmarks.publishing.synthetic import fill
from benchmarks.review.crowd import crowd
from passerelle.laying import Laying
from passerelle.review.queue import Filter, ids, next_for, page
from passerelle.review.record_view import record_view
from passerelle.review.refreshing import refresh_all
from passerelle.reviewing import helper
from passerelle.settings import load_settings
from passerelle.store.database import Store, open_store
from passerelle.workplace import Workplace

QUEUE_MOST, SEARCH_MOST = 150.0, 200.0
"""Milliseconds, the medians that the desk promises."""
TIMES = 15
"""How often each question is asked."""

QUESTIONS: Mapping[str, Filter] = {
    "queue, first page": Filter(),
    "queue, one region": Filter(region="06"),
    "queue, reason and theme": Filter(reason="new", theme="violence"),
    "queue, by name": Filter(sort="name", type="initiative"),
    "search, one word": Filter(q="hébergement"),
    "search, three words": Filter(q="theatre jardin ecoute"),
    "search, one record": Filter(q="projet 4711"),
    "search, nothing found": Filter(q="locomotive"),
}


def main() -> int:
    """Measure on SQLite, and on PostgreSQL where its address is given (an empty database, which is filled)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000, help="initiatives in the queue")
    parser.add_argument("--curators", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the curators work")
    parser.add_argument("--postgresql", metavar="URL", default="", help="two empty databases: URL and URL_crowd")
    told = parser.parse_args()
    fine = True
    with TemporaryDirectory() as folder:
        places = {"sqlite": f"sqlite:///{folder}/queue.db"} | (
            {"postgresql": told.postgresql} if told.postgresql else {}
        )
        for name, url in places.items():
            fine &= measure(name, url, Path(folder), told.records)
            other = f"sqlite:///{folder}/crowd.db" if name == "sqlite" else f"{url}_crowd"
            fine &= crowd(name, other, Path(folder), told.curators, told.seconds)
    return 0 if fine else 1


def measure(name: str, url: str, home: Path, records: int) -> bool:
    """Print the medians over so many records; tell whether the targets are met."""
    with opened(url) as store:
        with store.session() as session:
            fill(session, records)
        began = time.perf_counter()
        lines = refresh_all(store, Laying())
        say(name, f"queue of {lines} records written", time.perf_counter() - began, "s")
        began = time.perf_counter()
        refresh_all(store, Laying())
        say(name, "the same with nothing changed", time.perf_counter() - began, "s")
        fine = True
        for what, wanted in QUESTIONS.items():
            took, busy = timed(store, lambda session, wanted=wanted: page(session, wanted))  # type: ignore[misc]
            most = SEARCH_MOST if wanted.q else QUEUE_MOST
            fine &= took <= most
            say(name, f"{what} (at most {most:.0f})", took, "ms", busy)
        help_ = helper(Workplace(load_settings(home), store, {}))
        with store.session() as session:
            one = ids(session, Filter(type="initiative"))[0]
        for what, question in {
            "next record for a person": lambda session: next_for(session, "ana", Filter()),
            "one record": lambda session: record_view(session, one, help_),
        }.items():
            took, busy = timed(store, question)
            say(name, what, took, "ms", busy)
    return fine


def timed(store: Store, question: Callable[[Session], object]) -> tuple[float, float]:
    """Give the medians of so many answers, in milliseconds: by the clock, and of this process's processor time."""
    took, busy = [], []
    for _ in range(TIMES):
        with store.session() as session:
            began, worked = time.perf_counter(), time.process_time()
            question(session)
            took.append(1000 * (time.perf_counter() - began))
            busy.append(1000 * (time.process_time() - worked))
    return median(took), median(busy)


def say(name: str, what: str, figure: float, unit: str, busy: float | None = None) -> None:
    """Print one figure; ``busy`` is what of it was processor time of this process."""
    more = "" if busy is None else f"  (processor {busy:.1f})"
    sys.stdout.write(f"{name:<10}  {what:<48} {figure:>9.1f} {unit}{more}\n")
    sys.stdout.flush()


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """Open a database for a while."""
    store = open_store(url)
    try:
        yield store
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
