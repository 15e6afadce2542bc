"""Captures and what was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from passerelle.store.tables import CaptureRow, ExtractionRow
from schemas.capture import Capture
from schemas.drafts import Extraction
from schemas.working import PageState, Sighting


def add_capture(session: Session, capture: Capture) -> bool:
    """Record a capture; give False where this very capture (page, time, body) is known already."""
    return bool(add_captures(session, [capture]))


def add_captures(session: Session, captures: Sequence[Capture]) -> int:
    """Record captures; give the number of those that were not known."""
    pages = sorted({capture.page for capture in captures})
    key = CaptureRow.page, CaptureRow.captured_at, CaptureRow.digest
    known: set[tuple[str, datetime, str]] = set()
    for start in range(0, len(pages), 500):
        rows = session.execute(select(*key).where(CaptureRow.page.in_(pages[start : start + 500])))
        known.update(rows.tuples())
    fresh = {(one.page, one.captured_at, one.digest): one for one in captures}
    rows_to_add = [
        {
            "source": one.source,
            "page": one.page,
            "captured_at": one.captured_at,
            "digest": one.digest,
            "payload": one.model_dump_json(),
        }
        for identity, one in fresh.items()
        if identity not in known
    ]
    if rows_to_add:
        session.execute(insert(CaptureRow), rows_to_add)
    return len(rows_to_add)


def captures_of(session: Session, page: str) -> tuple[Capture, ...]:
    """Give every capture of a page, oldest first."""
    rows = session.scalars(_in_order().where(CaptureRow.page == page))
    return tuple(Capture.model_validate_json(row.payload) for row in rows)


def all_captures(session: Session) -> Iterator[Capture]:
    """Give every capture, by page and then oldest first, without holding them all in memory."""
    for row in session.scalars(_in_order().execution_options(yield_per=500)):
        yield Capture.model_validate_json(row.payload)


def capture_with_digest(session: Session, digest: str) -> Capture | None:
    """Give the oldest capture of a body."""
    row = session.scalars(_in_order().where(CaptureRow.digest == digest)).first()
    return Capture.model_validate_json(row.payload) if row else None


def newest_captures(session: Session) -> tuple[Capture, ...]:
    """Give the newest capture of every page; of two at the same second, the one taken in last."""
    newest = {row.page: row for row in session.scalars(_in_order())}
    return tuple(Capture.model_validate_json(row.payload) for _, row in sorted(newest.items()))


def pages_by_source(session: Session) -> dict[str, int]:
    """Count the pages of each source."""
    rows = session.execute(
        select(CaptureRow.source, func.count(func.distinct(CaptureRow.page))).group_by(CaptureRow.source)
    )
    return dict(rows.tuples().all())


def extracted(session: Session, codes: Iterable[str]) -> set[tuple[str, str, str]]:
    """Give (page, digest, code) of what was read already with these fingerprints of the extractors."""
    wanted = select(ExtractionRow.page, ExtractionRow.digest, ExtractionRow.code).where(
        ExtractionRow.code.in_(tuple(codes))
    )
    return set(session.execute(wanted).tuples())


def save_extractions(session: Session, code: str, extractions: Sequence[Extraction]) -> None:
    """Keep what one fingerprint of the extractors read; older readings of the same bodies go."""
    for extraction in extractions:
        for row in session.scalars(
            select(ExtractionRow).where(
                ExtractionRow.page == extraction.page, ExtractionRow.digest == extraction.digest
            )
        ):
            session.delete(row)
        session.flush()
        session.add(
            ExtractionRow(
                page=extraction.page, digest=extraction.digest, code=code, payload=extraction.model_dump_json()
            )
        )


def page_states(session: Session) -> tuple[PageState, ...]:
    """Give every page that was read: its sightings, and the reading of its newest capture."""
    sightings: dict[str, list[Capture]] = {}
    for capture in all_captures(session):
        sightings.setdefault(capture.page, []).append(capture)
    read = {(row.page, row.digest): row.payload for row in session.scalars(select(ExtractionRow)).yield_per(500)}
    return tuple(
        PageState(
            page=page,
            url=captures[-1].url,
            source=captures[-1].source,
            sightings=tuple(Sighting(captured_at=c.captured_at, digest=c.digest) for c in captures),
            extraction=Extraction.model_validate_json(read[page, captures[-1].digest]),
        )
        for page, captures in sorted(sightings.items())
        if (page, captures[-1].digest) in read
    )


def _in_order() -> Select[tuple[CaptureRow]]:
    return select(CaptureRow).order_by(CaptureRow.page, CaptureRow.captured_at, CaptureRow.id)
