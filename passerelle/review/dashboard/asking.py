"""What the dashboard asks of other stations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from passerelle.charting.figures import Milestone
from schemas.crawl import SourceState


class Observing(Protocol):
    """What the desk needs of publishing and crawling for this."""

    def milestones(self) -> Sequence[Milestone]:
        """Give the figures of each release, oldest first."""

    def source_states(self, session: Session, initiatives: dict[str, int]) -> Sequence[SourceState]:
        """Say how every source is doing; ``initiatives`` counts the records of each."""
