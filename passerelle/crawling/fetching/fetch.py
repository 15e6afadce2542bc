"""Fetching one page as a good guest: robots, pace, redirects, retries; then an answer, or a failure with a name."""

from __future__ import annotations

import logging
import random
import ssl
import threading
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, Unpack

import httpx

from passerelle.crawling.fetching.addresses import AddressGate, Resolver, system_resolver
from passerelle.crawling.fetching.answers import (
    Answer,
    Exchange,
    Failure,
    FailureKind,
    FetchError,
    Hop,
    How,
    NotModified,
    Outcome,
    Scope,
)
from passerelle.crawling.fetching.decoding import ACCEPTED
from passerelle.crawling.fetching.pacing import Clock, Pacer, SystemClock
from passerelle.crawling.fetching.retrying import LATER, Backoff, retry_after
from passerelle.crawling.fetching.robots import KnownRobots, Robots
from passerelle.crawling.fetching.settings import FetchSettings
from passerelle.crawling.fetching.targets import is_header_value, parse_target, redirect_target
from passerelle.crawling.fetching.transport import Transport
from passerelle.crawling.fetching.walls import find_wall

__all__ = ["FetchSettings", "Fetcher", "Scope"]

log = logging.getLogger(__name__)

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
_STORMY = frozenset[FailureKind]({"server-error", "timeout", "connection", "truncated"})
_STATUS_KINDS: dict[int, FailureKind] = {
    401: "blocked",
    402: "blocked",
    403: "blocked",
    404: "gone",
    407: "blocked",
    408: "timeout",
    410: "gone",
    429: "rate-limited",
    451: "blocked",
}


@dataclass
class _Trip:
    """One call of ``fetch`` on its way."""

    asked: str
    pace: float
    scope: Scope | None
    validators: tuple[tuple[str, str], ...]
    known_url: str
    url: str = ""
    hops: list[Hop] = field(default_factory=list)
    trail: list[Exchange] = field(default_factory=list)

    def headers_for(self, target: httpx.URL) -> tuple[tuple[str, str], ...]:
        return self.validators if str(target) == self.known_url else ()


class Fetcher:
    """Fetches pages. Thread-safe: hosts are served in parallel, each by one connection at a time."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Clock | None = None,
        resolver: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self._settings = settings
        self._stop = threading.Event()
        self._clock = clock or SystemClock(self._stop)
        self._pacer = Pacer(self._clock)
        self._backoff = Backoff(settings.backoff, settings.backoff_cap, chance)
        self._transport = Transport(settings, AddressGate(settings.allow_hosts, resolver), self._clock, self._stop, tls)
        self._storms: Counter[str] = Counter()
        self._greeting = (("User-Agent", settings.user_agent), ("Accept", ACCEPT), ("Accept-Encoding", ACCEPTED))
        self.robots = Robots(settings, self._clock, self._ask)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transport.close()

    def stop(self) -> None:
        """End every wait and read, in all threads: the calls under way raise ``Stopped``."""
        self._stop.set()

    def remember_robots(self, known: KnownRobots) -> None:
        """Take over what an earlier run read; see ``Robots.remember``."""
        self.robots.remember(known)

    def allows(self, url: str, pace: float | None = None) -> bool:
        """Say whether robots.txt lets a URL be fetched; what is no URL to fetch is not allowed."""
        try:
            return self.robots.allowed(url, pace)
        except FetchError:
            return False

    def fetch(self, url: str, **how: Unpack[How]) -> Outcome:
        """Fetch one page; never raises for what a server, a network or a URL may do.

        Args:
            url: an http or https URL.
            how: see ``How``.

        Raises:
            Stopped: ``stop`` was called.
        """
        given = (("If-None-Match", how.get("etag")), ("If-Modified-Since", how.get("last_modified")))
        validators = tuple((name, value) for name, value in given if value and is_header_value(value))
        pace = how.get("pace")
        interval = self._settings.pace if pace is None else pace
        trip = _Trip(url, interval, how.get("scope"), validators, how.get("known_url") or url, url)
        try:
            return self._walk(trip)
        except FetchError as error:
            return Failure(
                error.kind,
                error.message,
                trip.url,
                retry_after=error.retry_after,
                url_asked=url,
                hops=tuple(trip.hops),
                exchange=error.exchange,
                trail=tuple(trip.trail),
            )

    def _walk(self, trip: _Trip) -> Answer | NotModified:
        target = parse_target(trip.asked)
        trip.known_url = str(parse_target(trip.known_url)) if trip.validators else ""
        seen: set[str] = set()
        while True:
            trip.url = str(target)
            if trip.url in seen or len(seen) > self._settings.max_redirects:
                why = "in a circle" if trip.url in seen else f"more than {self._settings.max_redirects} times"
                raise FetchError("too-many-redirects", f"redirected {why}")
            seen.add(trip.url)
            exchange = self._visit(target, trip)
            try:
                following = redirect_target(exchange)
            except FetchError as error:
                error.exchange = exchange
                raise
            if following is None:
                return _conclude(exchange, trip)
            trip.hops.append(Hop(trip.url, exchange.status, str(following), exchange))
            trip.trail.append(exchange)
            target = following

    def _visit(self, target: httpx.URL, trip: _Trip) -> Exchange:
        """Ask for one URL of a trip, if scope and robots.txt let us."""
        if trip.scope and not trip.scope(trip.url):
            raise FetchError("off-limits", "outside what this source may visit")
        rules = self.robots.rules(target, trip.pace)
        trip.trail += self.robots.claim(target)
        if rules.refusal:
            kind, why = rules.refusal
            raise FetchError(kind, why, retry_after=rules.expires - self._clock.monotonic())
        if not rules.allows(trip.url):
            raise FetchError("robots", "robots.txt asks robots not to fetch this page")
        interval = max(trip.pace, rules.crawl_delay)
        return self._ask(target, trip.headers_for(target), interval, self._settings.max_body, trip.trail)

    def _ask(
        self,
        url: httpx.URL,
        headers: tuple[tuple[str, str], ...],
        interval: float,
        max_body: int,
        trail: list[Exchange],
    ) -> Exchange:
        """Send a request until it is answered for good, in the host's turns."""
        host, attempt = url.host, 0
        while True:
            self._mind_pause(host)
            try:
                with self._pacer.turn(host, interval):
                    exchange = self._transport.send(url, (*self._greeting, *headers), max_body)
                self._check_again(exchange)
            except FetchError as error:
                attempt += error.again != "now"
                wait = self._wait_after(error, attempt)
                self._pacer.rest(host, wait, error.kind, error.message)
                if error.again == "no" or attempt >= self._settings.attempts or wait > self._settings.max_wait:
                    self._note_failure(host, error)
                    raise
                log.debug("%s: %s; asked again in %.1f s", url, error.message, wait)
                trail += [error.exchange] if error.exchange else []
            else:
                self._storms.pop(host, None)
                return exchange

    def _mind_pause(self, host: str) -> None:
        pause = self._pacer.pause(host)
        if pause and pause.left > self._settings.max_wait:
            why = f"{host} is left alone for {pause.left:.0f} s more: {pause.why}"
            raise FetchError(pause.kind, why, retry_after=pause.left)

    def _check_again(self, exchange: Exchange) -> None:
        """Treat a status that may pass as a failure worth another attempt."""
        if exchange.status in LATER and not find_wall(exchange):
            asked = retry_after(exchange.fields.get("retry-after"), self._clock.now())
            raise FetchError(
                _kind_of(exchange.status), _said(exchange), retry_after=asked, exchange=exchange, again="later"
            )

    def _wait_after(self, error: FetchError, attempt: int) -> float:
        if error.again != "later":
            return 0.0
        return max(self._backoff.seconds(attempt - 1), error.retry_after or 0.0)

    def _note_failure(self, host: str, error: FetchError) -> None:
        """Leave a host alone when page after page fails by its own fault."""
        if error.kind not in _STORMY:
            return
        self._storms[host] += 1
        if (pages := self._storms[host]) >= self._settings.storm_after:
            rest = self._settings.storm_rest
            log.warning("%s: %d pages in a row failed; left alone for %g s", host, pages, rest)
            self._pacer.rest(host, rest, error.kind, f"{pages} pages in a row failed, the last with: {error.message}")


def _conclude(exchange: Exchange, trip: _Trip) -> Answer | NotModified:
    """Say what the last answer of a trip means.

    Raises:
        FetchError: it is not the page.
    """
    if wall := find_wall(exchange):
        raise FetchError("blocked", f"{_said(exchange)}: a challenge page of {wall}", exchange=exchange)
    made_of = {"url_asked": trip.asked, "hops": tuple(trip.hops), "trail": tuple(trip.trail)}
    if exchange.status == 304 and trip.headers_for(httpx.URL(exchange.url)):
        return NotModified.of(exchange, **made_of)
    if exchange.status == 206:
        raise FetchError("truncated", f"{_said(exchange)}: a part that was not asked for", exchange=exchange)
    if 200 <= exchange.status < 300:
        return Answer.of(exchange, **made_of)
    raise FetchError(_kind_of(exchange.status), _said(exchange), exchange=exchange)


def _kind_of(status: int) -> FailureKind:
    if status in _STATUS_KINDS:
        return _STATUS_KINDS[status]
    if status >= 500:
        return "server-error"
    return "client-error" if status >= 400 else "bad-headers"


def _said(exchange: Exchange) -> str:
    return f"the server said {exchange.status} {exchange.reason}".rstrip()
