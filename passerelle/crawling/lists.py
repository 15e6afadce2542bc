"""Read the lists that a source starts from: feeds, sitemaps, listings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from passerelle.crawling.discovery.feeds import read_feed
from passerelle.crawling.discovery.listings import ListingWalk
from passerelle.crawling.discovery.scope import Scope
from passerelle.crawling.discovery.sitemaps import SitemapWalk
from passerelle.crawling.visiting import Visited
from schemas.crawl import TargetKind
from schemas.source import StartPoint

FEED_PAGES = 20
"""Pages of one feed (RFC 5005): most blogs have fewer, and older entries are known from then on."""

Ask = Callable[[str, TargetKind], Visited]


@dataclass(frozen=True)
class Listed:
    """A page that a list names, with its versions in other languages as (language, URL)."""

    url: str
    list_url: str
    changed: datetime | None = None
    partners: tuple[tuple[str, str], ...] = ()


class Lists:
    """Walks through the lists of one run."""

    def __init__(self, ask: Ask, scope: Scope) -> None:
        self._ask, self._scope = ask, scope
        self.problems: list[tuple[str, str]] = []
        """Start point and what was wrong, in words."""
        self.answered = 0
        """Lists that could be fetched."""

    def read(self, start: StartPoint) -> Iterator[Listed]:
        """Give the pages that a start point lists."""
        if start.kind == "feed":
            yield from self._feed(start)
        elif start.kind == "sitemap":
            yield from self._sitemap(start)
        elif start.kind == "listing":
            yield from self._listing(start)

    def _feed(self, start: StartPoint) -> Iterator[Listed]:
        url: str | None = start.url
        seen: set[str] = set()
        while url and url not in seen and len(seen) < FEED_PAGES:
            seen.add(url)
            visited = self._fetch(url, "feed")
            if visited is None or visited.body is None:
                return
            result = read_feed(visited.body, visited.url)
            self.problems += [(url, problem) for problem in result.problems]
            yield from (Listed(entry.url, url, entry.changed) for entry in result.entries)
            url = result.next if result.next and self._scope.reaches(result.next) else None

    def _sitemap(self, start: StartPoint) -> Iterator[Listed]:
        walk = SitemapWalk([start.url], self._scope.reaches)
        for url in walk:
            visited = self._fetch(url, "sitemap")
            if visited and visited.body is not None:
                walk.add(url, visited.body)
        self.problems += [(start.url, problem) for problem in walk.problems]
        for page in walk.pages.values():
            yield Listed(page.url, start.url, page.changed, page.partners)

    def _listing(self, start: StartPoint) -> Iterator[Listed]:
        walk = ListingWalk(start, self._scope.reaches)
        for url in walk:
            visited = self._fetch(url, "listing")
            if visited and visited.body is not None:
                walk.add(visited.url, visited.body)
        self.problems += [(start.url, problem) for problem in walk.problems]
        yield from (Listed(url, start.url) for url in walk.links.values())

    def _fetch(self, url: str, kind: TargetKind) -> Visited | None:
        visited = self._ask(url, kind)
        if visited.failure:
            return None
        self.answered += 1
        return visited
