"""Captures and what was read from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, insert, select
from sqlalchemy.orm import Session

from passerelle.store.crawls import gone_since
from passerelle.store.pages import load_lives, update_lives
from passerelle.store.tables import CaptureRow, ExtractionRow, PageRow
from schemas.capture import Capture
from schemas.drafts import Extraction
from schemas.working import PageState

_NEWEST = and_(PageRow.page == ExtractionRow.page, PageRow.digest == ExtractionRow.digest)
"""Joins a page with the reading of its newest body."""


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
        update_lives(session, [one for identity, one in fresh.items() if identity not in known])
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


def newest_captures(session: Session, pages: Collection[str] | None = None) -> tuple[Capture, ...]:
    """Give the newest capture of every page, or of some; of two at the same second, the one taken in last."""
    return tuple(life.newest for _, life in sorted(load_lives(session, pages).items()))


def newest_moment(session: Session) -> datetime | None:
    """Say when a page was last captured; none before the first capture."""
    return session.scalar(select(func.max(CaptureRow.captured_at)))


def pages_by_source(session: Session) -> dict[str, int]:
    """Count the pages of each source."""
    return dict(Counter(name for life in load_lives(session).values() for name in life.sources))


def extracted(session: Session, codes: Iterable[str]) -> set[tuple[str, str, str]]:
    """Give (page, digest, code) of the newest bodies that were read with these fingerprints of the extractors."""
    wanted = select(ExtractionRow.page, ExtractionRow.digest, ExtractionRow.code).join(PageRow, _NEWEST)
    return set(session.execute(wanted.where(ExtractionRow.code.in_(tuple(codes)))).tuples())


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


def page_states(session: Session, pages: Collection[str] | None = None) -> tuple[PageState, ...]:
    """Give every page whose newest body was read, or some (few) of them: its life, and that reading."""
    readings = select(ExtractionRow.page, ExtractionRow.payload).join(PageRow, _NEWEST).execution_options(yield_per=500)
    if pages is not None:
        readings = readings.where(ExtractionRow.page.in_(pages))
    read = dict(session.execute(readings).tuples().all())
    gone = gone_since(session)
    return tuple(
        PageState(
            page=page,
            url=life.newest.url,
            source=life.newest.source,
            sightings=life.sightings,
            extraction=Extraction.model_validate_json(read[page]),
            gone_since=gone.get((life.newest.source, page)),
        )
        for page, life in sorted(load_lives(session, pages).items())
        if page in read
    )


def _in_order() -> Select[tuple[CaptureRow]]:
    return select(CaptureRow).order_by(CaptureRow.page, CaptureRow.captured_at, CaptureRow.id)
