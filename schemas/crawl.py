"""Crawls: what is remembered of every URL of a source, and of every run."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Shape, Time
from schemas.capture import Capture, SourceName

TargetKind = Literal["page", "listing", "feed", "sitemap", "robots"]
"""What a URL is asked for: a page to be read, a list that leads to pages, or what the site asks of robots."""

VisitOutcome = Literal[
    "waiting",  # known, never asked for
    "ok",
    "redirect",  # leads to another URL of the source, or is another spelling of it
    "gone",  # 404 or 410
    "blocked",  # the site or its robots.txt turns us away
    "other-media",  # answered, but no page: a PDF, a picture
    "failed",
]

SCRIPTED_PAGE = "scripted-page"
"""Problem of a page that answers and that only a script fills: nothing can be read from it."""

CrawlEnd = Literal[
    "done",  # all that was found was asked for
    "limit",  # the source's limit of pages was reached
    "cut",  # a smaller limit, given by hand, was reached: what was left says nothing of the source's health
    "interrupted",  # stopped by a person; the next run goes on
    "unreachable",  # the site answers nothing; what was left is asked for by the next run
    "failed",  # an error of ours or of the archive
    "busy",  # another process is crawling this source
    "listed",  # a list of URLs given by hand was asked for, and nothing else
]


class Visit(Shape):
    """What is known of one URL of a source."""

    source: SourceName
    url: str = Field(description="In its normal spelling, without fragment and tracking parameters")
    fetch_url: str = Field(description="The spelling to ask for, as the site writes it")
    kind: TargetKind = "page"
    depth: int = Field(default=0, ge=0)
    found_on: str | None = Field(default=None, description="URL of the page or list that led here first")
    partners: tuple[str, ...] = Field(default=(), description="Its versions in other languages, as it names them")
    changed_hint: Time | None = Field(default=None, description="When the site says that it last changed")
    outcome: VisitOutcome = "waiting"
    status: int | None = Field(default=None, description="HTTP status of the last answer")
    leads_to: str | None = Field(default=None, description="Normal URL that it redirects to")
    problem: str | None = Field(default=None, description="Code of the issue, where the last answer was no page")
    said: str | None = Field(default=None, description="What was wrong, in a sentence")
    tried_at: Time | None = Field(default=None, description="Last time it was asked for")
    seen_at: Time | None = Field(default=None, description="Last time it answered, changed or not")
    gone_since: Time | None = None
    failures: int = Field(default=0, ge=0, description="Failures in a row")
    capture: Capture | None = Field(default=None, description="Last capture: its validators, digest and place")


class CrawlCounts(Shape):
    """What came of one run."""

    new: int = Field(default=0, ge=0)
    changed: int = Field(default=0, ge=0)
    unchanged: int = Field(default=0, ge=0)
    gone: int = Field(default=0, ge=0, description="Seen before, and now 404 or 410")
    failed: int = Field(default=0, ge=0)
    blocked: int = Field(default=0, ge=0)
    scripted: int = Field(default=0, ge=0, description="Of those that answered, pages that only a script fills")
    bytes: int = Field(default=0, ge=0, description="Payloads received, as transferred")

    @property
    def pages(self) -> int:
        """Pages that answered."""
        return self.new + self.changed + self.unchanged


class CrawlRun(Shape):
    """One run of one source."""

    id: int
    source: SourceName
    started: Time
    finished: Time | None = Field(default=None, description="None while it runs, and after a crash")
    end: CrawlEnd | None = None
    counts: CrawlCounts = CrawlCounts()


Health = Literal["off", "manual", "never", "fine", "failing", "silent", "late"]
"""off: disabled; manual: not crawled; silent: it answers, with fewer pages or records than expected or nothing new."""


class SourceState(Shape):
    """How a source is doing, for the operator's list."""

    source: SourceName
    last: CrawlRun | None = None
    pages: int = Field(default=0, ge=0, description="Pages that answered when last asked")
    gone: int = Field(default=0, ge=0, description="Pages that are gone, all in all")
    failing: int = Field(default=0, ge=0, description="URLs that failed when last asked")
    scripted: int = Field(default=0, ge=0, description="Pages that only a script fills: nothing is read from them")
    last_news: Time | None = Field(default=None, description="Start of the last run that saw a new or changed page")
    next_run: Time | None = None
    health: Health = "never"
