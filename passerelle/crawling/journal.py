"""What a crawl remembers: visits, counts and captures, written together so that a crash leaves them in agreement.

A page counts as fetched once its records are on disk; the same transaction takes in its capture, its visit and the
run's counts. Recovery after a crash announces what the dead run had written in the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from sqlalchemy.orm import Session

from passerelle.crawling.archive import Archived
from passerelle.crawling.frontier import Target
from passerelle.store import crawls
from passerelle.store.captures import add_captures
from passerelle.store.crawls import Queued
from passerelle.store.database import Store
from schemas.capture import Capture
from schemas.crawl import SCRIPTED_PAGE, CrawlCounts, TargetKind, Visit
from schemas.urls import normal_url

OTHER, ALIAS = "other", "alias"
"""Why an answer is archived that is no page to read: another medium, or a page archived under its other address."""
SCRIPTED = "scripted"
"""Note of a page that a script is to fill."""
_KINDS: dict[str, TargetKind] = {kind: kind for kind in get_args(TargetKind)} | {OTHER: "page"}
"""Why an answer was archived → what was asked for, where its validators are worth keeping."""


def notes_of(target: Target, crawl: int) -> dict[str, str]:
    """Say in a metadata record what the journal needs to know of a capture, should the run die before it does."""
    said = {"crawl": str(crawl), "page": target.url, "fetchUrl": target.fetch_url, "hopsFromSeed": "L" * target.depth}
    return said | ({"via": target.found_on} if target.found_on else {})


def record_crawled(store: Store, found: Sequence[Archived]) -> None:
    """Take in captures that are on disk: those of a run with their visits, and pages given by hand."""
    with store.session() as session:
        add_captures(session, [one.capture for one in found if one.is_page])
        for source in sorted({one.capture.source for one in found}):
            mine = [one for one in found if one.capture.source == source]
            book = crawls.visits_among(session, source, {_page_of(one) for one in mine})
            _record(session, mine, book)
            crawls.save_visits(session, book.values())


class Journal:
    """Keeps what a run finds out until the next transaction."""

    def __init__(self, store: Store, source: str, crawl: int) -> None:
        self._store, self._source, self.crawl = store, source, crawl
        self._queued: dict[str, Visit] = {}
        self._ended: dict[str, Visit] = {}
        self._linked: dict[str, tuple[str, ...] | None] = {}
        self._counts: dict[str, int] = {}
        self.asked: set[str] | None = None
        """URLs asked for in this run or an earlier one, once somebody has read them all; nothing is known of others."""

    def visit(self, url: str) -> Visit | None:
        """Give what is known of a URL, as of the last transaction."""
        if self.asked is not None and url not in self.asked:
            return None
        with self._store.session() as session:
            return crawls.visit_of(session, self._source, url)

    def queue(self, target: Target) -> None:
        """Note that a page is to be asked for in this run."""
        self._queued[target.url] = Visit(
            source=self._source,
            url=target.url,
            fetch_url=target.fetch_url,
            depth=target.depth,
            found_on=target.found_on,
            changed_hint=target.changed,
        )

    def end(self, visit: Visit) -> None:
        """Note what came of a URL that gave no page."""
        self._queued.pop(visit.url, None)
        self._ended[visit.url] = visit

    def set_linked(self, url: str, partners: tuple[str, ...] | None = None) -> None:
        """Note that all that a page links to is queued, and its versions in other languages where they were read."""
        self._linked[url] = partners

    def count(self, **more: int) -> None:
        """Add to the run's counts; new, changed and unchanged pages are counted as they are announced."""
        for name, number in more.items():
            self._counts[name] = self._counts.get(name, 0) + number

    def announce(self, found: Sequence[Archived]) -> None:
        """Take in captures that are on disk, and all that was noted so far, in one transaction."""
        urls = {*self._queued, *self._ended, *self._linked, *map(_page_of, found)}
        with self._store.session() as session:
            book = crawls.visits_among(session, self._source, urls)
            for visit in self._queued.values():
                book[visit.url] = self._queue(visit, book.get(visit.url))
            add_captures(session, [one.capture for one in found if one.is_page])
            _record(session, found, book)
            book |= {visit.url: Queued(visit, self.crawl, "done") for visit in self._ended.values()}
            for url, partners in self._linked.items():
                if url in book:
                    book[url] = self._close(book[url].visit, partners)
            crawls.save_visits(session, book.values())
            if self._counts:
                crawls.add_counts(session, self.crawl, CrawlCounts(**self._counts))
        if self.asked is not None:
            self.asked |= {url for url, queued in book.items() if queued.visit.outcome != "waiting"}
        self._forget()

    def flush(self) -> None:
        """Write what was noted so far."""
        self.announce(())

    def _queue(self, visit: Visit, known: Queued | None) -> Queued:
        if known:  # what is known of it stays; where it was found and what the site says of it may be newer
            newer = {"fetch_url": visit.fetch_url, "depth": visit.depth, "changed_hint": visit.changed_hint}
            visit = known.visit.model_copy(update=newer)
        return Queued(visit, self.crawl, "queued")

    def _close(self, visit: Visit, partners: tuple[str, ...] | None) -> Queued:
        if partners is not None:
            visit = visit.model_copy(update={"partners": partners})
        return Queued(visit, self.crawl, "done")

    def _forget(self) -> None:
        self._queued.clear()
        self._ended.clear()
        self._linked.clear()
        self._counts.clear()


def _page_of(one: Archived) -> str:
    return one.notes.get("page", "")


def _record(session: Session, found: Sequence[Archived], book: dict[str, Queued]) -> None:
    """Note in the book what captures say of their pages; one that it knows already changes nothing."""
    counts: dict[int, Counter[str]] = {}
    for one in found:
        page = _page_of(one)
        if not page or one.why not in _KINDS or not _answered(one):
            continue
        before, crawl = book.get(page), int(one.notes.get("crawl", "0"))
        if before and before.visit.capture and before.visit.capture.place == one.capture.place:
            continue  # announced before the crash too
        if one.why == "page":
            counts.setdefault(crawl, Counter())[_news(before.visit if before else None, one.capture)] += 1
        seen = _seen(before.visit if before else None, one, page)
        if seen.problem == SCRIPTED_PAGE:
            counts[crawl][SCRIPTED] += 1
        book[page] = Queued(seen, crawl, "fetched")
    for crawl, number in counts.items():
        crawls.add_counts(session, crawl, CrawlCounts(**number))


def _seen(before: Visit | None, one: Archived, page: str) -> Visit:
    """Give the visit of a URL that answered."""
    capture = one.capture
    problem, said = _problem(before, one)
    known = before or Visit(
        source=capture.source,
        url=page,
        fetch_url=one.notes.get("fetchUrl", page),
        depth=len(one.notes.get("hopsFromSeed", "")),
        found_on=one.notes.get("via"),
    )
    return known.model_copy(
        update={
            "kind": _KINDS[one.why],
            "outcome": "other-media" if one.why == OTHER else "ok",
            "status": capture.status,
            "tried_at": capture.captured_at,
            "seen_at": capture.captured_at,
            "leads_to": None,
            "gone_since": None,
            "failures": 0,
            "problem": problem,
            "said": said,
            "capture": capture,
        }
    )


def _problem(before: Visit | None, one: Archived) -> tuple[str | None, str | None]:
    """Give the code of the issue, and what is said, of a URL that answered."""
    if one.why == OTHER:
        return "other-media", f"The server sent {one.capture.media_type}."
    is_same = before is not None and before.capture is not None and before.capture.digest == one.capture.digest
    if one.why == "page" and (SCRIPTED in one.notes or (is_same and before and before.problem == SCRIPTED_PAGE)):
        return SCRIPTED_PAGE, "The page has next to no text of its own; a script fills it in the browser."
    return None, None


def _news(before: Visit | None, capture: Capture) -> str:
    """Say what a capture is to what is known of its page."""
    if before is None or before.capture is None:
        return "new"
    return "unchanged" if before.capture.digest == capture.digest else "changed"


def _answered(one: Archived) -> bool:
    status = one.capture.status
    if status is None:
        return False
    # That there is no robots.txt is an answer too: everything is allowed.
    return 200 <= status < 300 or status == 304 or (one.why == "robots" and 400 <= status < 500 and status != 429)


def unanswered(
    before: Visit | None, target: Target, source: str, kind: TargetKind, at: datetime, **update: object
) -> Visit:
    """Give the visit of a URL that gave no page this time; what is known of it from before stays."""
    known = before or Visit(
        source=source,
        url=target.url,
        fetch_url=target.fetch_url,
        kind=kind,
        depth=target.depth,
        found_on=target.found_on,
        changed_hint=target.changed,
    )
    return known.model_copy(update={"tried_at": at} | update)


def key_of(url: str) -> str:
    """Give the normal spelling of a URL that was fetched."""
    return normal_url(url) or url
