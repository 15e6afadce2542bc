"""Stop crawls from another thread, cleanly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from passerelle.crawling.visiting import PageFetcher


class Stop:
    """Tells every fetcher it watches to end; those that come later end at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fetchers: list[PageFetcher] = []
        self._is_set = False

    @property
    def is_set(self) -> bool:
        """Whether it was asked for."""
        return self._is_set

    def stop(self) -> None:
        """Ask for it."""
        with self._lock:
            self._is_set = True
            for fetcher in self._fetchers:
                fetcher.stop()

    @contextmanager
    def watching(self, fetcher: PageFetcher) -> Iterator[None]:
        """Stop this fetcher too."""
        with self._lock:
            self._fetchers.append(fetcher)
            if self._is_set:
                fetcher.stop()
        try:
            yield
        finally:
            with self._lock:
                self._fetchers.remove(fetcher)
