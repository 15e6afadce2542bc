"""The queue: what needs eyes, most useful first, filtered, counted and searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from schemas.working import RecordType

Reason = Literal[
    "conflict",
    "changed-source",
    "failed-check",
    "possible-duplicate",
    "gone-page",
    "reopened",
    "stale-translation",
    "new",
    "low-completeness",
    "missing-translation",
]
"""Why a record is in the queue, the most pressing first."""

Status = Literal["unreviewed", "approved", "reopened", "rejected", "withdrawn"]
Sort = Literal["priority", "name", "age", "completeness"]

PAGE = 50
"""Records on a page of the queue."""


@dataclass(frozen=True)
class Filter:
    """What of the queue somebody looks at; empty means everything. It is kept in the URL."""

    q: str = ""
    type: str = ""
    source: str = ""
    region: str = ""
    theme: str = ""
    language: str = ""
    """A language in which a text is missing."""
    reason: str = ""
    """A ``Reason``, or ``any``: whatever has one."""
    status: str = ""
    age: str = ""
    """At least so many days since its pages were captured: ``30``, ``90``, ``365``."""
    sort: str = "priority"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filter:
        """Read the query of a URL; what is unknown or wrong in it is left out."""
        return cls(**{name: query[name].strip() for name in cls.__dataclass_fields__ if query.get(name, "").strip()})

    def query(self, **changes: str) -> dict[str, str]:
        """Give the query of a URL, with changes; empty values are left out."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        return {name: value for name, value in told.items() if value and not (name == "sort" and value == "priority")}


@dataclass(frozen=True)
class QueueItem:
    """A line of the queue."""

    record: str
    type: RecordType
    name_fr: str
    name_en: str
    sources: tuple[str, ...]
    regions: tuple[str, ...]
    reasons: tuple[Reason, ...]
    status: str
    completeness: int
    captured_at: datetime | None
    claimed_by: str | None = None


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue."""

    items: tuple[QueueItem, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Facet → value → records, under all the other filters; facets are named as the fields of ``Filter``."""
    total: int = 0
    next: str | None = None
    """Cursor of the next page."""


def page(
    session: Session,
    wanted: Filter,
    cursor: str | None = None,
    *,
    size: int = PAGE,
    now: datetime | None = None,
) -> QueuePage:
    """Give a page of the queue."""
    return QueuePage(())


def ids(session: Session, wanted: Filter, *, now: datetime | None = None) -> tuple[str, ...]:
    """Give every record that a filter finds, in its order, for exports and bulk acts."""
    return ()


def neighbours(session: Session, record: str, wanted: Filter) -> tuple[str | None, str | None]:
    """Give the record before and the one after, in the order of a filter."""
    return None, None


def next_for(
    session: Session, by: str, wanted: Filter, *, after: str | None = None, now: datetime | None = None
) -> str | None:
    """Give the next record for a person: not claimed by another, not skipped, not ``after`` itself."""
    return None


def sorts() -> Sequence[str]:
    """Give the orders that a filter knows."""
    return ("priority", "name", "age", "completeness")
