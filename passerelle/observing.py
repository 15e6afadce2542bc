"""The desk's help with its dashboard, from publishing and crawling; and where files wait between preview and import."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

from sqlalchemy.orm import Session

from passerelle.charting.figures import Milestone
from passerelle.crawling.schedules import next_runs
from passerelle.publishing.figures import milestones_of
from passerelle.publishing.folder import PublishError, current_release
from passerelle.store.crawls import source_states
from passerelle.workplace import Workplace
from schemas.crawl import SourceState

KEPT_FOR = timedelta(days=1)
"""How long a file waits for somebody to say that it should be imported."""


class Observing:
    """The part of the desk's help behind its dashboard; see ``dashboard.asking.Observing``."""

    _workplace: Workplace

    def milestones(self) -> Sequence[Milestone]:
        """Give the figures of each release, oldest first; none where the releases cannot be read."""
        try:
            return milestones_of(current_release(self._workplace.settings.curated))
        except PublishError:
            return ()

    def source_states(self, session: Session, initiatives: dict[str, int]) -> Sequence[SourceState]:
        """Say how every source is doing; ``initiatives`` counts the records of each."""
        now, sources = datetime.now(UTC), self._workplace.sources
        due = next_runs(session, sources, now)
        return tuple(source_states(session, sources, now=now, next_runs=due, initiatives=initiatives).values())

    def keep_file(self, body: bytes) -> str:
        """Keep a file until somebody looked at what it would change; gives its name."""
        folder = self._kept
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in folder.iterdir():
            if time() - old.stat().st_mtime > KEPT_FOR.total_seconds():
                old.unlink(missing_ok=True)
        name = hashlib.sha256(body).hexdigest()
        part = folder / f".{name}.part"
        part.write_bytes(body)
        part.replace(folder / name)
        return name

    def kept_file(self, name: str) -> bytes | None:
        """Give a file that was kept; none where it waited too long."""
        path = self._kept / name
        return path.read_bytes() if re.fullmatch(r"[0-9a-f]{64}", name) and path.is_file() else None

    @property
    def _kept(self) -> Path:
        return self._workplace.settings.state / "uploads"
