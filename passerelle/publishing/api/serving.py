"""Which release is being served: followed as it changes, without dropping a request.

Every request holds the release it began with until its last byte is sent. The releases before stay open for a while,
so that who pages through a list with a cursor comes to its end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import anyio
import anyio.to_process
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from passerelle.publishing.api.indexing import Indexes, indexes_at, release_key
from passerelle.publishing.api.opened import OpenRelease, manifest_head
from passerelle.publishing.api.rows import READERS
from passerelle.publishing.folder import PublishError, current_release

KEPT = 4
"""Releases that stay open: the one served and those that cursors may still point into."""
SMALL = 4_000_000
"""Bytes of initiatives up to which an index is made within the server; a larger one gets a process of its own."""

PATIENCE = 10
"""How many times longer than usual the next look waits after a release that could not be served."""

log = logging.getLogger(__name__)


@dataclass
class _Held:
    release: OpenRelease
    key: str
    readers: int = 0
    given_up: bool = False


class Serving:
    """The releases that are open, one of them the one being served."""

    def __init__(self, curated: Path, database_url: str, folder: Path) -> None:
        """Prepare to serve.

        Args:
            curated: folder of the releases.
            database_url: where indexes go if it is a PostgreSQL.
            folder: where they go otherwise.
        """
        self.curated = curated
        self.trouble: str | None = None
        """Why the release that ``current`` leads to is not being served, if so."""
        self._made_at = (database_url, folder)
        self._indexes: Indexes = indexes_at(*self._made_at)
        self._held: dict[str, _Held] = {}
        self._current: _Held | None = None
        self._seen: Path | None = None
        self._lock = Lock()

    @contextmanager
    def lease(self, tag: str | None = None) -> Iterator[OpenRelease | None]:
        """Hold the release being served, or one that was, for as long as the block runs."""
        with self._lock:
            held = self._held.get(tag) if tag else self._current
            if held:
                held.readers += 1
        try:
            yield held.release if held else None
        finally:
            if held:
                with self._lock:
                    held.readers -= 1
                    self._close_if_idle(held)

    def start(self, advance: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Serve the current release, making its index in this process; ``advance`` is told records done, and all.

        Raises:
            PublishError: its manifest or lists cannot be read.
        """

        def build(key: str, folder: Path) -> None:
            counts = manifest_head(folder)["counts"]
            total = sum(counts[kind] for kind in READERS)
            self._indexes.build(key, folder, lambda done: advance(done, total))

        self._follow(build)

    async def follow(self) -> None:
        """Serve the current release if it is another one; a large index is made in a process of its own."""
        await anyio.to_thread.run_sync(self._follow, self._build_apart)

    async def watch(self, seconds: float) -> None:
        """Follow the current release for ever; one that cannot be served is tried again, less often."""
        pause = seconds
        while True:
            await anyio.sleep(pause)
            try:
                await self.follow()
                self.trouble, pause = None, seconds
            except (OSError, PublishError, SQLAlchemyError, anyio.BrokenWorkerProcess) as error:
                self.trouble, pause = str(error), seconds * PATIENCE
                log.warning("the current release cannot be served: %s", error)

    def close(self) -> None:
        """Close everything."""
        with self._lock:
            for held in tuple(self._held.values()):
                held.given_up = True
                self._close_if_idle(held)
            self._held, self._current, self._seen = {}, None, None

    def _follow(self, build: Callable[[str, Path], None]) -> None:
        self._give_up_removed()
        current = current_release(self.curated)
        if current is None or current.folder == self._seen:
            return
        folder = current.folder
        try:
            key = release_key(folder)
        except FileNotFoundError as error:
            msg = f"{folder} has no manifest; publish again, or serve another release with passerelle rollback"
            raise PublishError(msg) from error
        index = self._indexes.open(key)
        if index is None:
            log.info("indexing %s", folder)
            build(key, folder)
            index = self._indexes.open(key)
        if index is None:
            msg = f"the index of {folder} could not be made"
            raise PublishError(msg)
        self._switch(OpenRelease.open(folder, index), key)
        self._seen = folder
        self._give_up_removed()
        self._indexes.keep(frozenset(held.key for held in self._held.values()))

    def _switch(self, release: OpenRelease, key: str) -> None:
        with self._lock:
            known = self._held.pop(release.tag, None)
            if known:  # taken back, and brought again
                release.close()
            held = known or _Held(release, key)
            self._held[release.tag] = self._current = held
            for old in [*self._held.values()][:-KEPT]:
                del self._held[old.release.tag]
                old.given_up = True
                self._close_if_idle(old)
        log.info("serving release %s", release.number)

    def _give_up_removed(self) -> None:
        """Let go of earlier releases whose folder is gone: what was withdrawn must not be read from them either."""
        with self._lock:
            for tag, held in tuple(self._held.items()):
                if held is not self._current and not held.release.folder.is_dir():
                    del self._held[tag]
                    held.given_up = True
                    self._close_if_idle(held)

    def _close_if_idle(self, held: _Held) -> None:
        if held.given_up and not held.readers:
            held.release.close()

    def _build_apart(self, key: str, folder: Path) -> None:
        if (folder / "initiatives.ndjson").stat().st_size <= SMALL:
            self._indexes.build(key, folder)
        else:
            anyio.from_thread.run(anyio.to_process.run_sync, _build, *self._made_at, key, folder)


def _build(database_url: str, folder: Path, key: str, release: Path) -> None:
    indexes_at(database_url, folder).build(key, release)
