"""Measure the curator's desk: ``python -m benchmarks.review --records 10000 --seconds 60 --postgresql URL``.

Medians of the queue's pages and of searches over many records, as the running desk answers them; then many curators at
work beside the pipeline: no decision may be lost, none taken twice, and nothing may fail. Prints one line a figure;
exits 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from benchmarks.publishing.synthetic import fill
from benchmarks.review.crowd import crowd
from passerelle.laying import Laying
from passerelle.review.queue import Filter, page
from passerelle.review.refreshing import refresh_all
from passerelle.review.web.app import make_app
from passerelle.review.web.people import Person
from passerelle.review.web.warming import warm
from passerelle.reviewing import helper
from passerelle.settings import load_settings
from passerelle.store.database import Store, open_store
from passerelle.workplace import Workplace
from tests.review.web.place import served

QUEUE_MOST, SEARCH_MOST = 150.0, 200.0
"""Milliseconds, the medians that the desk promises."""
TIMES = 15
"""How often each page is asked for."""

PAGES: Mapping[str, str] = {
    "queue, first page": "/queue",
    "queue, second page": "/queue?after={after}",
    "queue, one region": "/queue?region=06",
    "queue, reason and theme": "/queue?reason=new&theme=violence",
    "queue, by name": "/queue?sort=name&type=initiative",
    "search, one word": "/queue?q=hébergement",
    "search, three words": "/queue?q=theatre jardin ecoute",
    "search, one record": "/queue?q=projet 4711",
    "search, nothing found": "/queue?q=locomotive",
    "a record": "/records/{record}",
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
        desk = make_app(store, helper(Workplace(load_settings(home), store, {})), alone=Person("ana", "curator"))
        warm(desk.state.desk)
        with served(desk) as address, httpx.Client(base_url=address, timeout=60) as client:
            met = [look(name, client, what, path) for what, path in pages(store).items()]
        return all(met)


def pages(store: Store) -> dict[str, str]:
    """Give what is asked for, by what it is."""
    with store.session() as session:
        first = page(session, Filter().looking())
    return {what: path.format(record=first.items[0].record, after=first.next) for what, path in PAGES.items()}


def look(name: str, client: httpx.Client, what: str, path: str) -> bool:
    """Print the median time of a page, from the request to the last byte; tell whether its target is met."""
    took, busy = [], []
    client.get(path).raise_for_status()  # what the first one reads is kept in memory
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        client.get(path).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.process_time() - worked))
    most = SEARCH_MOST if what.startswith("search") else QUEUE_MOST
    say(name, f"{what} (at most {most:.0f})", median(took), "ms", median(busy))
    return median(took) <= most


def say(name: str, what: str, figure: float, unit: str, busy: float | None = None) -> None:
    """Print one figure; ``busy`` is what of it was processor time of this process, which asks and answers."""
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
