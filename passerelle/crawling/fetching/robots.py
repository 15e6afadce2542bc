"""What sites ask of robots, by RFC 9309, and the caution that small sites deserve.

A missing robots.txt (404, other 4xx) allows; one that cannot be read (5xx, time-out, 429) forbids for now. What an
earlier run read holds for a day (RFC 9309, §2.4); then the site is asked whether it has changed.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import httpx
from protego import Protego

from passerelle.crawling.fetching.answers import Exchange, FailureKind, FetchError
from passerelle.crawling.fetching.pacing import Clock
from passerelle.crawling.fetching.settings import AGENT, FetchSettings
from passerelle.crawling.fetching.targets import is_header_value, origin_of, parse_target, redirect_target
from schemas.urls import normal_url

log = logging.getLogger(__name__)

Headers = tuple[tuple[str, str], ...]
Ask = Callable[[httpx.URL, Headers, float, int, list[Exchange]], Exchange]
"""Sends one paced request: URL, headers of its own, pace, largest body, where to note answers on the way."""

_LONGEST_URL = 2048
_BOMS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))


@dataclass(frozen=True)
class KnownRobots:
    """A robots.txt as an earlier run read it."""

    origin: str
    url: str
    """Where it was found, after redirects."""
    fetched_at: datetime
    body: bytes | None
    """``None`` where the site has none: everything is allowed."""
    etag: str | None = None
    last_modified: str | None = None

    def validators_for(self, url: httpx.URL) -> Headers:
        """Give the headers that ask whether it has changed, for the URL where it was found."""
        if self.body is None or normal_url(str(url)) != normal_url(self.url):
            return ()
        given = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in given if value and is_header_value(value))


@dataclass(frozen=True)
class RobotsRules:
    """What one origin's robots.txt says, until ``expires`` on the clock."""

    expires: float
    rules: Protego | None = None
    """None when everything is allowed."""
    crawl_delay: float = 0.0
    """Seconds asked for between requests."""
    sitemaps: tuple[str, ...] = ()
    refusal: tuple[FailureKind, str] | None = None
    """Why nothing may be fetched for now."""

    def allows(self, url: str) -> bool:
        """Say whether a URL may be fetched; nothing may while there is a refusal."""
        if self.refusal:
            return False
        return self.rules is None or self.rules.can_fetch(url[:_LONGEST_URL], AGENT)


class Robots:
    """The rules of each origin, fetched when first needed and again when they grow old. Thread-safe."""

    def __init__(self, settings: FetchSettings, clock: Clock, ask: Ask) -> None:
        self._settings = settings
        self._clock = clock
        self._ask = ask
        self._lock = threading.Lock()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._known: dict[str, RobotsRules] = {}
        self._earlier: dict[str, KnownRobots] = {}
        self._unclaimed: defaultdict[str, list[Exchange]] = defaultdict(list)

    def remember(self, known: KnownRobots) -> None:
        """Take over what an earlier run read: its rules hold for the rest of their day, its validators after that."""
        left = self._settings.robots_fresh - (self._clock.now() - known.fetched_at).total_seconds()
        with self._lock:
            self._earlier[known.origin] = known
            if 0 < left <= self._settings.robots_fresh:
                self._known[known.origin] = self._of_body(known.body, known.origin, left)

    def allowed(self, url: str, pace: float | None = None) -> bool:
        """Say whether a URL may be fetched.

        Raises:
            FetchError: it is no URL that can be fetched.
        """
        return self.rules(parse_target(url), pace).allows(url)

    def sitemaps(self, url: str, pace: float | None = None) -> tuple[str, ...]:
        """Give the sitemaps that the robots.txt of a URL's origin names, as absolute URLs.

        Raises:
            FetchError: it is no URL that can be fetched.
        """
        return self.rules(parse_target(url), pace).sitemaps

    def rules(self, url: httpx.URL, pace: float | None = None) -> RobotsRules:
        """Give the rules of a URL's origin, fetching them if need be."""
        origin = origin_of(url)
        with self._lock:
            lock = self._locks[origin]
        with lock:
            known = self._known.get(origin)
            if known is None or known.expires <= self._clock.monotonic():
                known = self._fetch(origin, self._settings.pace if pace is None else pace)
                self._known[origin] = known
            return known

    def claim(self, url: httpx.URL) -> list[Exchange]:
        """Take the exchanges that fetching an origin's robots.txt cost and nobody has taken yet."""
        with self._lock:
            return self._unclaimed.pop(origin_of(url), [])

    def _fetch(self, origin: str, pace: float) -> RobotsRules:
        trail: list[Exchange] = []
        earlier = self._earlier.pop(origin, None)  # once: later it may be older than what was read since
        try:
            answer = self._follow(httpx.URL(f"{origin}/robots.txt"), pace, trail, earlier)
        except FetchError as error:
            if error.exchange:
                trail.append(error.exchange)
            if error.kind == "too-large" and error.exchange:
                return self._read(error.exchange, origin)
            return self._refuse(error, origin)
        finally:
            with self._lock:
                self._unclaimed[origin] += (replace(exchange, robots_of=origin) for exchange in trail)
        if answer and answer.status == 304 and earlier:
            return self._of_body(earlier.body, origin, self._settings.robots_fresh)
        return self._judge(answer, origin)

    def _follow(
        self, url: httpx.URL, pace: float, trail: list[Exchange], earlier: KnownRobots | None
    ) -> Exchange | None:
        """Ask for a robots.txt through redirects; None when there are too many of them (RFC 9309 §2.3.1.2)."""
        for _ in range(self._settings.robots_redirects + 1):
            validators = earlier.validators_for(url) if earlier else ()
            answer = self._ask(url, validators, pace, self._settings.robots_max_body, trail)
            if answer.status == 304 and not validators:
                raise FetchError("robots", "the server said 304 without having been asked for what changed")
            trail.append(answer)
            try:
                target = redirect_target(answer)
            except FetchError:
                return None
            if target is None:
                return answer
            url = target
        return None

    def _judge(self, answer: Exchange | None, origin: str) -> RobotsRules:
        fresh = self._clock.monotonic() + self._settings.robots_fresh
        if answer is None:
            log.info("%s/robots.txt: its redirects lead nowhere; everything is allowed", origin)
            return RobotsRules(fresh)
        if 200 <= answer.status < 300:
            return self._read(answer, origin)
        if answer.status == 429 or answer.status >= 500:
            return self._refuse(FetchError("robots", f"the server said {answer.status}"), origin)
        return RobotsRules(fresh)

    def _refuse(self, error: FetchError, origin: str) -> RobotsRules:
        wait = max(self._settings.robots_retry, error.retry_after or 0.0)
        kind: FailureKind = "robots" if error.kind in {"timeout", "server-error", "truncated"} else error.kind
        why = f"{origin}/robots.txt cannot be read, so nothing is fetched there for now: {error.message}"
        log.warning("%s", why)
        return RobotsRules(self._clock.monotonic() + wait, refusal=(kind, why))

    def _read(self, answer: Exchange, origin: str) -> RobotsRules:
        if answer.truncated:
            log.warning("%s/robots.txt: only its first %s bytes are read", origin, len(answer.body))
        return self._of_body(answer.body, origin, self._settings.robots_fresh)

    def _of_body(self, body: bytes | None, origin: str, seconds: float) -> RobotsRules:
        """Read the rules, which hold for some seconds; a body as long as may be was cut, and so is its last line."""
        expires = self._clock.monotonic() + seconds
        if body is None:
            return RobotsRules(expires)
        text = _text(body)
        if len(body) >= self._settings.robots_max_body:
            text = text.rpartition("\n")[0]
        if text.lstrip()[:1] == "<":
            log.info("%s/robots.txt is a web page; everything is allowed", origin)
            text = ""
        rules = Protego.parse(text)
        asked = rules.crawl_delay(AGENT) or 0.0
        if rate := rules.request_rate(AGENT):
            asked = max(asked, rate.seconds / max(rate.requests, 1))
        refusal: tuple[FailureKind, str] | None = None
        if asked > (most := self._settings.max_crawl_delay):
            why = f"{origin}/robots.txt asks for {asked:g} s between requests, more than {most:g} s: it is left alone"
            log.warning("%s", why)
            refusal = ("crawl-delay", why)
        home = httpx.URL(f"{origin}/")
        return RobotsRules(
            expires,
            rules=rules,
            crawl_delay=asked,
            sitemaps=tuple(dict.fromkeys(_absolute(home, sitemap) for sitemap in rules.sitemaps)),
            refusal=refusal,
        )


def _text(body: bytes) -> str:
    for encoding, bom in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace").lstrip("\ufeff")
    return body.decode("utf-8", "replace")


def _absolute(home: httpx.URL, sitemap: str) -> str:
    try:
        return str(home.join(sitemap))
    except httpx.InvalidURL:
        return sitemap
