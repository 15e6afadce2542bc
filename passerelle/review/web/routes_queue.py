"""The queue: what needs eyes, with its filters in the address."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from passerelle.review.claims import claim, release_claim, skip
from passerelle.review.deciding import redoable, undoable
from passerelle.review.queue import SORTS, Filter, Place, next_for, place_of
from passerelle.review.queue import page as queue_page
from passerelle.review.web.acting import Asked, Asking
from passerelle.review.web.desk import Reading
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import render
from passerelle.review.web.routes_record import first
from passerelle.review.web.saying import speech
from passerelle.review.web.typing_in import Typed
from passerelle.review.word_causes import changed_by_words

router = APIRouter()

FACETS = ("reason", "status", "type", "source", "region", "theme", "language", "age")
"""Filters in the order in which they are offered."""
VOCABULARIES = {"region": "regions", "theme": "themes"}


@router.get("/queue")
def queue(
    request: Request, session: Reading, person: Signed, after: Annotated[str | None, Query(max_length=400)] = None
) -> Response:
    """Show a page of the queue."""
    wanted = Filter.from_query(request.query_params)
    listed = wanted.looking()
    found = queue_page(session, listed, after, implied=listed != wanted)
    return render(
        request,
        "queue.html",
        wanted=wanted,
        listed=listed,
        unknown=Filter.unknown(request.query_params),
        found=found,
        of_words=changed_by_words(session, [one.record for one in found.items if "changed-source" in one.reasons]),
        facets=FACETS,
        vocabularies=VOCABULARIES,
        sorts=SORTS,
        link=lambda **changes: address("/queue", wanted, **changes),
        kept=wanted.query(),
        query=urlencode(wanted.query()),
        this_list=urlencode(listed.query()),
        more=f"{address('/queue', wanted)}{'&' if wanted.query() else '?'}{urlencode({'after': found.next or ''})}",
        undoing=first(undoable(session, person.name, 1)),
        redoing=first(redoable(session, person.name)),
        **speech(request, session),
    )


@router.post("/queue/next")
def next_record(asking: Asking) -> Response:
    """Claim the next record of a filter, and lead to it."""
    return lead_to_next(asking, place_in_queue(asking, asking.form.one("after")))


@router.post("/records/{record}/claim")
def claim_record(asking: Asking, record: str) -> Response:
    """Claim a record."""
    with asking.desk.store.session() as session:
        held = claim(session, record, asking.person.name)
    return asking.lead_on(f"/records/{record}", "claimed" if held.by == asking.person.name else "claimed-by-other")


@router.post("/records/{record}/release")
def release_record(asking: Asking, record: str) -> Response:
    """Give up a claim."""
    with asking.desk.store.session() as session:
        release_claim(session, record, asking.person.name)
    return asking.lead_on(f"/records/{record}", "released")


@router.post("/records/{record}/skip")
def skip_record(asking: Asking, record: str) -> Response:
    """Leave a record for a while, and lead to the next one."""
    place = place_in_queue(asking, record)
    with asking.desk.store.session() as session:
        skip(session, record, asking.person.name)
    return lead_to_next(asking, place, "skipped")


def place_in_queue(asked: Asked, record: str) -> Place | None:
    """Give where a record stands in the filter that the form carries along, before anything is done to it."""
    with asked.desk.store.session() as session:
        return place_of(session, record, filter_of(asked.form))


def lead_to_next(asked: Asked, after: Place | None, done: str = "") -> Response:
    """Claim what comes behind a place in the filter that the form carries along, and lead to it."""
    wanted = filter_of(asked.form)
    with asked.desk.store.session() as session:
        if after:
            release_claim(session, after[1], asked.person.name)
        record = next_for(session, asked.person.name, wanted, after=after)
        if record:
            claim(session, record, asked.person.name)
    if record is None:
        return asked.lead_on(address("/queue", wanted), "nothing-left")
    return asked.lead_on(address(f"/records/{record}", wanted), done)


def filter_of(form: Typed) -> Filter:
    """Read the filter that a form carries along."""
    return Filter.from_query({name: form.one(name) for name in form.values})


def address(path: str, wanted: Filter, **changes: str) -> str:
    """Give the address of a page with a filter."""
    query = urlencode(wanted.query(**changes))
    return f"{path}?{query}" if query else path
