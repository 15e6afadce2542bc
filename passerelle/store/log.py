"""The issue log and the list of releases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from passerelle.store.pages import IN_ONE
from passerelle.store.tables import IssueRow, ReleaseRow
from schemas.capture import digest_of
from schemas.issue import Issue, Stage


def add_issues(session: Session, issues: Iterable[Issue], *, batch: str = "") -> None:
    """Add lines to the issue log; the same line stands once."""
    for issue in issues:
        payload = issue.model_dump_json()
        session.merge(
            IssueRow(
                id=digest_of(payload.encode()), stage=issue.stage, batch=batch, record=issue.record, payload=payload
            )
        )


def replace_issues(session: Session, stage: Stage, issues: Iterable[Issue], *, batch: str = "") -> None:
    """Give the lines of a station's run anew: those of its earlier runs that no longer hold are gone.

    A station that works in batches (one manifest, one source) replaces the lines of that batch only.
    """
    session.execute(delete(IssueRow).where(IssueRow.stage == stage, IssueRow.batch == batch))
    session.flush()
    add_issues(session, issues, batch=batch)


def load_issues(session: Session) -> tuple[Issue, ...]:
    """Give the whole issue log, by station, page and line."""
    issues = (Issue.model_validate_json(payload) for payload in session.scalars(select(IssueRow.payload)))
    order = ("ingest", "crawl", "extract", "match", "translate", "publish")
    return tuple(sorted(issues, key=lambda i: (order.index(i.stage), i.page or "", i.record or "", i.code, i.message)))


def issues_by_record(session: Session, records: Collection[str]) -> dict[str, list[str]]:
    """Give the lines of the log that name one of some records, sorted, each still in its JSON."""
    found: dict[str, list[str]] = {}
    several = sorted(set(records))
    for start in range(0, len(several), IN_ONE):
        some = IssueRow.record.in_(several[start : start + IN_ONE])
        for record, payload in session.execute(select(IssueRow.record, IssueRow.payload).where(some)):
            found.setdefault(record, []).append(payload)
    return {record: sorted(lines) for record, lines in found.items()}


def issue_lines(session: Session, *, without: Iterable[Stage] = ()) -> tuple[str, ...]:
    """Give the issue log as lines of JSON, sorted, without the issues of some stations."""
    wanted = select(IssueRow.payload).where(IssueRow.stage.not_in(tuple(without)))
    return tuple(sorted(set(session.scalars(wanted))))


def add_release(session: Session, number: int, content: str, as_of: datetime) -> None:
    """Note that a release was published."""
    session.merge(ReleaseRow(number=number, content=content, as_of=as_of))
