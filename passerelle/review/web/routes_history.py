"""What was decided: on a record, by a person, by everybody; and taking it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from passerelle.review.deciding import redo, redoable, undo, undoable
from passerelle.review.record_view import record_view
from passerelle.review.web.acting import Asking
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.routes_record import first, names
from passerelle.review.web.saying import speech
from passerelle.store.decisions import decisions_of, decisions_on
from schemas.decision import Decision, undone

router = APIRouter()

PAGE = 50
"""Decisions on a page."""

Before = Annotated[str, Query(max_length=64)]
"""Id of the decision before which a page begins."""


@router.get("/records/{record}/history")
def of_record(*, request: Request, session: Reading, desk: AtDesk, person: Signed, record: str) -> Response:
    """Show everything that was decided on a record, newest first."""
    view = record_view(session, record, desk.help)
    return render(
        request,
        "history.html",
        decisions=view.history,
        gone=view.undone,
        heading=names(view, language_of(request))[0],
        record=view.id,
        by="",
        more="",
        may=person.may("curator"),
        undoing=first(undoable(session, person.name, 1)),
        redoing=first(redoable(session, person.name)),
        **speech(request),
    )


@router.get("/history")
def of_all(*, request: Request, session: Reading, person: Signed, before: Before = "", by: str = "") -> Response:
    """Show what everybody decided, or one person, newest first."""
    told = decisions_of(session, by=by or None, before=before or None, limit=PAGE + 1)
    shown = told[:PAGE]
    return render(
        request,
        "history.html",
        decisions=shown,
        gone=undone(decisions_on(session, {one.record for one in shown})),
        heading=by,
        record="",
        by=by,
        more=shown[-1].id if len(told) > PAGE else "",
        may=person.may("curator"),
        undoing=first(undoable(session, person.name, 1)),
        redoing=first(redoable(session, person.name)),
        **speech(request),
    )


@router.get("/people/{name}")
def of_person(*, request: Request, session: Reading, person: Signed, name: str, before: Before = "") -> Response:
    """Show what one person decided, newest first."""
    return of_all(request=request, session=session, person=person, before=before, by=name)


@router.post("/undo")
def take_back(asking: Asking) -> Response:
    """Undo a decision, and those that were taken in one act with it."""
    with asking.desk.store.session() as session:
        done = undo(
            session,
            asking.form.one("decision"),
            by=asking.person.name,
            help=asking.desk.help,
            reason=asking.form.one("reason").strip() or None,
        )
    return asking.lead_on(_place(done), "undone")


@router.post("/redo")
def bring_back(asking: Asking) -> Response:
    """Bring back a decision that was undone."""
    with asking.desk.store.session() as session:
        done = redo(session, asking.form.one("decision"), by=asking.person.name, help=asking.desk.help)
    return asking.lead_on(_place(done), "redone")


def _place(done: tuple[Decision, ...]) -> str:
    return f"/records/{done[0].record}" if len({one.record for one in done}) == 1 else "/history"
