"""What was decided: on a record, by a person, by everybody; and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from passerelle.review.deciding import redo, redoable, undo, undoable
from passerelle.review.errors import InvalidAct
from passerelle.review.history import Entry, history, people, record_history
from passerelle.review.web.acting import Asked, Asking
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.people import Person, Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.routes_record import first
from passerelle.review.web.saying import namer, speech
from schemas.decision import Decision

router = APIRouter()

Before = Annotated[str, Query(max_length=64)]
"""Id of the decision before which a page begins."""


@router.get("/records/{record}/history")
def of_record(*, request: Request, session: Reading, desk: AtDesk, person: Signed, record: str) -> Response:
    """Show everything that was decided on a record, newest first."""
    entries = record_history(session, record)
    heading = namer(language_of(request), desk.help, session)(record)
    return _answer(request, session, person, entries, record=record, heading=heading)


@router.get("/history")
def of_all(*, request: Request, session: Reading, person: Signed, before: Before = "") -> Response:
    """Show what everybody decided, newest first."""
    page = history(session, before=before or None)
    return _answer(request, session, person, page.entries, more=page.next or "", people=people(session))


@router.get("/people/{name}")
def of_person(*, request: Request, session: Reading, person: Signed, name: str, before: Before = "") -> Response:
    """Show what one person decided, newest first."""
    page = history(session, by=name, before=before or None)
    return _answer(request, session, person, page.entries, more=page.next or "", heading=name, people=people(session))


@router.post("/undo")
def take_back(asking: Asking) -> Response:
    """Undo a decision, and those that were taken in one act with it."""
    return _twice_as_once(asking, undo, "undone-already", "undone")


@router.post("/redo")
def bring_back(asking: Asking) -> Response:
    """Bring back a decision that was undone."""
    return _twice_as_once(asking, redo, "not-undone", "redone")


def _twice_as_once(asking: Asked, does: Callable[..., tuple[Decision, ...]], already: str, done: str) -> Response:
    """Take back, or bring back, the decision that the form names; what is so already is no error."""
    try:
        with asking.desk.store.session() as session:
            made = does(session, asking.form.one("decision"), by=asking.person.name, help=asking.desk.help)
    except InvalidAct as refused:
        if refused.key != already:
            raise
        return asking.lead_on("/history", done)
    return asking.lead_on(_place(made), done)


def _answer(request: Request, session: Session, person: Person, entries: Sequence[Entry], **told: Any) -> Response:
    given: dict[str, Any] = {"record": "", "heading": "", "more": "", "people": {}}
    return render(
        request,
        "history.html",
        **(given | told),
        entries=entries,
        may=person.may("curator"),
        undoing=first(undoable(session, person.name, 1)),
        redoing=first(redoable(session, person.name)),
        **speech(request, session, here=str(told.get("record", ""))),
    )


def _place(done: tuple[Decision, ...]) -> str:
    return f"/records/{done[0].record}" if len({one.record for one in done}) == 1 else "/history"
