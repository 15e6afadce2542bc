"""Keeps the working row and the queue's line of a record in step with its decisions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from passerelle.review.help import Help


def refresh(session: Session, records: Iterable[str], help: Help) -> None:  # noqa: A002
    """Fold records anew after decisions, and write their lines of the queue."""


def refresh_all(session: Session, help: Help) -> int:  # noqa: A002
    """Write the whole queue and the likely duplicates anew, after matching or translating; gives its length."""
    return 0
