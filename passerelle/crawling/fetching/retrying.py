"""How long to wait before asking again."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524})
"""Statuses after which the same request may succeed."""


class Backoff:
    """Pauses that double with each attempt, up to a cap, each off by up to a half so that clients do not march."""

    def __init__(self, base: float, cap: float, chance: random.Random | None = None) -> None:
        self._base = base
        self._cap = cap
        self._chance = chance or random.Random()  # noqa: S311 - spreads requests, guards nothing

    def seconds(self, attempt: int) -> float:
        """Give the pause after an attempt, the first being 0."""
        return min(self._cap, self._base * 2.0**attempt * self._chance.uniform(0.5, 1.5))


def retry_after(header: str | None, now: datetime) -> float | None:
    """Read a ``Retry-After`` header (RFC 9110 §10.2.3: seconds or a date), in seconds from now.

    ``None`` when there is none, or it cannot be read.
    """
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
