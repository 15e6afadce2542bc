"""When a host may be asked again: one exchange at a time, with a pause after each."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from passerelle.crawling.fetching.answers import FailureKind, Stopped


class Clock(Protocol):
    """Time as the fetcher sees it; tests bring their own and never sleep."""

    def now(self) -> datetime:
        """Give the time of day, in UTC."""
        ...

    def monotonic(self) -> float:
        """Give seconds that never go back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            Stopped: the wait was cut short for good.
        """
        ...


class SystemClock:
    """The machine's clock; ``stop`` ends every wait."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def now(self) -> datetime:
        """Give the time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            Stopped: the wait was cut short for good.
        """
        if self._stop.wait(seconds):
            raise Stopped


@dataclass(frozen=True)
class Pause:
    """A host left alone, for how many seconds more, and why."""

    left: float
    kind: FailureKind
    why: str


@dataclass
class _Host:
    turn: threading.Lock = field(default_factory=threading.Lock)
    last: float | None = None
    until: float = 0.0
    kind: FailureKind = "rate-limited"
    why: str = ""


class Pacer:
    """Keeps the turns of each host. Thread-safe; hosts do not wait for one another."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @contextmanager
    def turn(self, host: str, interval: float) -> Iterator[None]:
        """Wait for one's turn with a host, ``interval`` seconds after the last exchange ended, and hold it."""
        state = self._host(host)
        with state.turn:
            while (wait := self._ready(state, interval) - self._clock.monotonic()) > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                state.last = self._clock.monotonic()

    def rest(self, host: str, seconds: float, kind: FailureKind, why: str) -> None:
        """Leave a host alone for some seconds from now; a longer rest already begun stands."""
        state, until = self._host(host), self._clock.monotonic() + seconds
        with self._lock:
            if until > state.until:
                state.until, state.kind, state.why = until, kind, why

    def pause(self, host: str) -> Pause | None:
        """Say whether a host is being left alone."""
        state = self._host(host)
        left = state.until - self._clock.monotonic()
        return Pause(left, state.kind, state.why) if left > 0 else None

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts[host]

    @staticmethod
    def _ready(state: _Host, interval: float) -> float:
        return max(state.until, state.last + interval if state.last is not None else state.until)
