"""Which page a crawl asks for next."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from passerelle.crawling.discovery.scope import Scope, is_file
from passerelle.crawling.discovery.traps import Traps

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Target:
    """A page to ask for."""

    url: str
    """In its normal spelling: what it is known by."""
    fetch_url: str
    """As the site writes it: what is asked for."""
    depth: int = 0
    found_on: str | None = None
    seen_at: datetime | None = None
    """When it last answered; ``None`` for a page never seen."""
    changed: datetime | None = None
    """When the site says that it last changed."""


class Frontier:
    """The pages of one run, each once: start pages, then those never seen, then those not seen for longest.

    So a site with more pages than a run may ask for is gone through run after run. Partners in another language come
    right after their page, whatever the limits.
    """

    def __init__(
        self,
        scope: Scope,
        *,
        max_depth: int,
        max_pages: int,
        since: datetime | None = None,
        aliases: Mapping[str, Target] | None = None,
        traps: Traps | None = None,
    ) -> None:
        """Begin with nothing.

        Args:
            scope: which URLs belong to the source.
            max_depth: links followed from a start point.
            max_pages: pages given out, partners apart.
            since: leaves out pages that the site dates earlier, and pages seen before that it does not date.
            aliases: URLs known to lead to another page, which is asked for in their place.
            traps: what counts calendars and the like.
        """
        self._scope, self._max_depth, self._since = scope, max_depth, since
        self._left = max_pages
        self._aliases = dict(aliases or {})
        self._traps = traps or Traps()
        self._entered: set[str] = set()
        self._done: set[str] = set()
        self._left_out: set[str] = set()
        self._waiting: list[tuple[int, datetime, int, int, Target]] = []
        self._partners: list[Target] = []
        self._order = itertools.count()
        self.trapped: dict[str, str] = {}
        """Kind of trap → the first URL left aside for it."""

    def __len__(self) -> int:
        """Count the pages that wait."""
        return len(self._waiting) + len(self._partners)

    @property
    def is_exhausted(self) -> bool:
        """Whether pages wait that the limit forbids to ask for."""
        return self._left <= 0 and any(self._is_due(entry[-1]) for entry in self._waiting)

    def add_start(self, target: Target) -> Target | None:
        """Add a start page; scope and traps do not apply to what an operator wrote."""
        return self._enter(target, rank=0)

    def add(self, target: Target) -> Target | None:
        """Add a page found on the way, or known from earlier; give what will be asked for if it is new to this run."""
        target = self._aliases.get(target.url, target)
        if target.url in self._entered or target.depth > self._max_depth or not self._is_wanted(target):
            return None
        if not self._scope.takes(target.fetch_url) or self._is_trap(target):
            return None
        return self._enter(target, rank=1)

    def add_partner(self, target: Target) -> Target | None:
        """Add a page's version in another language, to be given out next; give it if it is one."""
        target = self._aliases.get(target.url, target)
        if target.url in self._done or is_front_page(target.url) or is_file(target.url):
            return None
        if not self._scope.reaches(target.fetch_url):
            return None
        self._entered.add(target.url)
        self._partners.append(target)
        return target

    def pop(self) -> Target | None:
        """Give the next page; ``None`` when none is left, or the limit is reached."""
        while self._partners:
            target = self._partners.pop(0)
            if target.url not in self._done:
                self._done.add(target.url)
                return target
        while self._waiting and self._left > 0:
            target = heapq.heappop(self._waiting)[-1]
            if target.url not in self._done:
                self._done.add(target.url)
                self._left -= 1
                return target
        return None

    def is_done(self, url: str) -> bool:
        """Say whether a page was given out in this run, or reached by a redirect."""
        return url in self._done

    def set_done(self, url: str) -> None:
        """Note that a page need not be given out: another URL led to it, or the run had asked for it before."""
        self._entered.add(url)
        self._done.add(url)

    def take_over(self, asked: Iterable[tuple[str, Iterable[Target]]]) -> list[Target]:
        """Note what an interrupted run had asked for; give the partners that it owes, which come first.

        Args:
            asked: pages, oldest first, with their partners; each counts against the limit unless it was a partner.
        """
        followed: set[str] = set()
        for url, partners in asked:
            if url not in followed:
                self._left -= 1
            self.set_done(url)
            followed.update(one.url for one in map(self.add_partner, partners) if one)
        self._partners = [one for one in self._partners if one.url not in self._done]
        return self._partners

    def _enter(self, target: Target, rank: int) -> Target | None:
        if target.url in self._entered:
            return None
        self._entered.add(target.url)
        when = target.seen_at or _NEVER
        heapq.heappush(self._waiting, (rank, when, target.depth, next(self._order), target))
        return target

    def _is_due(self, target: Target) -> bool:
        return target.url not in self._done

    def _is_wanted(self, target: Target) -> bool:
        """Say whether a page is to be asked for; a link to one that was left out says nothing new of it."""
        if self._since is None:
            return True
        if target.changed is not None:
            is_wanted = target.changed >= self._since
        else:
            is_wanted = target.seen_at is None and target.url not in self._left_out
        if not is_wanted:
            self._left_out.add(target.url)
        return is_wanted

    def _is_trap(self, target: Target) -> bool:
        trap = self._traps.caught(target.url)
        if trap:
            self._entered.add(target.url)
            self.trapped.setdefault(trap, target.url)
        return trap is not None


def is_front_page(url: str) -> bool:
    """Say whether a URL is a home page (``/``, ``/en/``), where a language switch leads for want of a translation."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    return not segments or (len(segments) == 1 and len(segments[0]) == 2)
