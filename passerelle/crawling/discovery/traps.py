"""URLs that lead on for ever: calendars, filters upon filters, paths that repeat themselves."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from passerelle.crawling.discovery.listings import shape_of

Trap = Literal["calendar", "repeats", "too-deep", "too-many-parameters", "same-shape"]

CALENDAR_PAGES = 36
"""Pages of one calendar: three years of months."""
SAME_SHAPE = 5_000
"""URLs that differ in numbers only."""
_DEPTH = 15
_PARAMETERS = 6
_REPEATS = 3
"""Times that one segment, or run of two, stands in a path."""

_DATE_PATH = re.compile(
    r"(?:^|/)(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?/?$"
    r"|(?:calendar|calendrier|agenda|evenements?|events?)/(?:.*/)?(?:month|mois|week|semaine|day|jour|list|liste)?/?(?:19|20)\d\d"
)
_DATES = """
    date day month year week jour mois annee année semaine calendar calendrier cal cal_date tribe-bar-date eventdate
    event-date start_date ical m y yr mo dt
"""
_DATE_NAMES = frozenset(_DATES.split())
_DATE_VALUE = re.compile(r"(?:(?:19|20)\d\d(?:[-/.]?\d{1,2}){0,2}|\d{1,2})")


class Traps:
    """Counts the URLs of one crawl and says which lead nowhere new."""

    def __init__(self, *, calendar_pages: int = CALENDAR_PAGES, same_shape: int = SAME_SHAPE) -> None:
        self._limits = {"calendar": calendar_pages, "same-shape": same_shape}
        self._counts: Counter[tuple[str, str]] = Counter()

    def caught(self, url: str) -> Trap | None:
        """Say into which trap a new URL leads, if any; a URL is asked about once."""
        parts = urlsplit(url)
        segments = [segment for segment in parts.path.split("/") if segment]
        if len(segments) > _DEPTH:
            return "too-deep"
        if _repeats(segments):
            return "repeats"
        if len(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)) > _PARAMETERS:
            return "too-many-parameters"
        shape = shape_of(url)
        if is_calendar(url) and self._over("calendar", shape):
            return "calendar"
        return "same-shape" if self._over("same-shape", shape) else None

    def _over(self, trap: Trap, shape: str) -> bool:
        self._counts[trap, shape] += 1
        return self._counts[trap, shape] > self._limits[trap]


def is_calendar(url: str) -> bool:
    """Say whether a URL names a stretch of time, such as a month of a calendar, and not a page of its own."""
    parts = urlsplit(url)
    if _DATE_PATH.search(unquote(parts.path).lower()):
        return True
    pairs = parse_qsl(parts.query)
    return any(name.lower() in _DATE_NAMES and _DATE_VALUE.fullmatch(value) for name, value in pairs)


def _repeats(segments: list[str]) -> bool:
    pairs = Counter(pairwise(segments))
    return max(Counter(segments).values(), default=0) > _REPEATS or max(pairs.values(), default=0) >= _REPEATS
