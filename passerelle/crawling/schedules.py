"""When a source is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from sqlalchemy.orm import Session

from passerelle.store.crawls import crawls_of
from schemas.source import Schedule, Source


def next_run(schedule: Schedule, after: datetime) -> datetime | None:
    """Give the first moment of a schedule after another, in UTC; ``None`` for one that never comes (31 February).

    The schedule's hours are those of its time zone, summer time included.
    """
    try:
        return next(CronSim(schedule.cron, after.astimezone(ZoneInfo(schedule.timezone)))).astimezone(UTC)
    except StopIteration:
        return None


def next_runs(session: Session, sources: Mapping[str, Source], now: datetime) -> dict[str, datetime]:
    """Say when each enabled source with a schedule is due next after its last run, or after now if it has none."""
    due: dict[str, datetime] = {}
    for name, source in sources.items():
        if source.enabled and source.crawl and source.crawl.schedule:
            last = next(iter(crawls_of(session, name, 1)), None)
            moment = next_run(source.crawl.schedule, last.started if last else now)
            due |= {name: moment} if moment else {}
    return due
