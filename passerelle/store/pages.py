"""What matching reads of a page: one row a page, however often it was seen.

Every sighting is a capture, and stays one; what they say of a page's life is kept up to date beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from passerelle.store.tables import CaptureRow, PageRow
from schemas.capture import Capture
from schemas.working import PageLife, Sighting

IN_ONE = 500
"""Pages named in one statement; databases bound the number of parameters."""


def life_after(life: PageLife | None, capture: Capture) -> PageLife:
    """Give the life of a page after one more sighting, later than all before.

    Of its sightings stay the first, the last of the body before, and the first and the last of the present body: no
    more is needed to tell when it was first seen, last seen and last changed.
    """
    now = Sighting(captured_at=capture.captured_at, digest=capture.digest)
    if life is None:
        return PageLife(newest=capture, sightings=(now,), sources=(capture.source,))
    seen = life.sightings
    if now.digest == seen[-1].digest:
        begun = len(seen) - 1
        while begun and seen[begun - 1].digest == now.digest:
            begun -= 1
        kept = seen[: begun + 1]
    else:
        kept = tuple(dict.fromkeys((seen[0], seen[-1])))
    sources = tuple(sorted({*life.sources, capture.source}))
    return PageLife(newest=capture, sightings=(*kept, now), sources=sources)


def life_of(captures: Iterable[Capture]) -> PageLife | None:
    """Give the life of a page from all its captures, oldest first."""
    life = None
    for capture in captures:
        life = life_after(life, capture)
    return life


def update_lives(session: Session, captures: Sequence[Capture]) -> None:
    """Take in captures that were just recorded: at the end of their page's life, or anywhere in it."""
    ordered = sorted(captures, key=lambda one: (one.page, one.captured_at))  # stable: taken in last is last
    known = _lives(session, {one.page for one in ordered})
    lives = {}
    for page, group in groupby(ordered, key=lambda one: one.page):
        life, fresh = known.get(page), list(group)
        if life and fresh[0].captured_at < life.newest.captured_at:
            life = life_of(_captures(session, page))
        else:
            for capture in fresh:
                life = life_after(life, capture)
        if life:
            lives[page] = life
    _save(session, lives)


def load_lives(session: Session, pages: Collection[str] | None = None) -> dict[str, PageLife]:
    """Give the lives of some pages, or of all, by page."""
    if pages is not None:
        return _lives(session, pages)
    rows = select(PageRow.page, PageRow.payload).order_by(PageRow.page).execution_options(yield_per=IN_ONE)
    return {page: PageLife.model_validate_json(payload) for page, payload in session.execute(rows).tuples()}


def _lives(session: Session, pages: Collection[str]) -> dict[str, PageLife]:
    wanted, found = sorted(pages), dict[str, PageLife]()
    for start in range(0, len(wanted), IN_ONE):
        rows = select(PageRow.page, PageRow.payload).where(PageRow.page.in_(wanted[start : start + IN_ONE]))
        # Locked where the database can: nobody adds a sighting between this reading and our writing.
        for page, payload in session.execute(rows.order_by(PageRow.page).with_for_update()).tuples():
            found[page] = PageLife.model_validate_json(payload)
    return found


def _captures(session: Session, page: str) -> Iterable[Capture]:
    rows = select(CaptureRow.payload).where(CaptureRow.page == page).order_by(CaptureRow.captured_at, CaptureRow.id)
    return (Capture.model_validate_json(payload) for payload in session.scalars(rows))


def _save(session: Session, lives: dict[str, PageLife]) -> None:
    if not lives:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    adding = insert(PageRow)
    news = {name: adding.excluded[name] for name in ("digest", "payload")}
    rows = [
        {"page": page, "digest": life.newest.digest, "payload": life.model_dump_json()} for page, life in lives.items()
    ]
    session.execute(adding.on_conflict_do_update(index_elements=["page"], set_=news), rows)
