"""Changing a record: fields in place, entries of lists, proposals of the pages, and words on the record as a whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from passerelle.review.deciding import Act
from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.making import UNSEEN
from passerelle.review.record_view import RecordView, record_view
from passerelle.review.web.acting import Asked, Asking
from passerelle.review.web.conflicts import conflict_answer
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.editing import Editing, editing, made_from
from passerelle.review.web.entries import organization_named, with_entry, without_entry
from passerelle.review.web.people import Curator, Person, Signed
from passerelle.review.web.rendering import language_of, render, wants_part
from passerelle.review.web.routes_queue import address, filter_of, lead_to_next, place_in_queue
from passerelle.review.web.routes_record import Dotted, record_page, told
from passerelle.review.web.saying import speech
from passerelle.review.web.showing import anchor, shown_field, stored_value, whole_of
from passerelle.review.web.typing_in import Typed, value_from
from passerelle.review.web.words import translator
from schemas.base import LANGUAGES

router = APIRouter()

ON_WHOLE = ("approve", "reopen", "reject", "comment")
"""What can be said of a record, or of one text of it, as a whole."""


@router.get("/records/{record}/field")
def field_part(
    *, request: Request, session: Reading, desk: AtDesk, person: Signed, record: str, path: Dotted = ""
) -> Response:
    """Show one field: the part of the page that an edit is taken back to."""
    if not wants_part(request):
        return RedirectResponse(f"/records/{record}?field={path}#{anchor(path)}", 303)
    return _part(request, session, record_view(session, record, desk.help), person, path=path)


@router.get("/records/{record}/edit")
def edit_part(
    *,
    request: Request,
    session: Reading,
    desk: AtDesk,
    person: Curator,
    record: str,
    path: Dotted = "",
    fill: Annotated[str, Query(max_length=16, pattern="^[a-z]*$")] = "",
) -> Response:
    """Show one field being edited."""
    if not wants_part(request):
        return RedirectResponse(f"/records/{record}?edit={path}&fill={fill}#{anchor(path)}-box", 303)
    view = record_view(session, record, desk.help)
    return _part(request, session, view, person, path=path, opened=editing(view, desk, path, fill))


@router.post("/records/{record}/edit")
def save(asking: Asking, record: str) -> Response:
    """Set a field to what was typed."""
    path = asking.form.one("path")
    try:
        with asking.looking(record) as (session, view):
            acts = _edit(asking, session, view, path)
    except InvalidAct as refused:
        return _typed_again(asking, record, refused.key)
    return act_on_field(asking, record, acts, path)


@router.post("/records/{record}/preview")
def preview(asking: Asking, record: str) -> Response:
    """Show a description as the public pages will."""
    html = asking.desk.help.markdown(asking.form.one("value"))
    if wants_part(asking.request):
        return render(asking.request, "preview.html", preview=html)
    return _typed_again(asking, record, "", preview=html)


@router.post("/records/{record}/check")
def check(asking: Asking, record: str) -> Response:
    """Hold the translation that is being typed against the checks and the termbase; nothing is saved."""
    if not wants_part(asking.request):
        return _typed_again(asking, record, "", checked=True)
    with asking.looking(record) as (session, view):
        opened = editing(view, asking.desk, asking.form.one("path"), typed=asking.form.one("value"))
        said = speech(asking.request, session, here=view.id)
        return render(asking.request, "checks.html", **said, editing=opened, checked=True)


@router.post("/records/{record}/entries")
def change_entries(asking: Asking, record: str) -> Response:
    """Add an entry to a list, or take one out of it."""
    path = asking.form.one("path")
    acts: tuple[Act, ...] = ()
    try:
        with asking.looking(record) as (session, view):
            field, now = shown_field(view, path).field, stored_value(view, path)
            if asking.form.one("remove"):
                value = without_entry(now, asking.form.one("remove"))
            else:
                value, acts = with_entry(session, field, now, asking.form, asking.desk.help)
    except InvalidAct as refused:
        return _typed_again(asking, record, refused.key, entered=asking.form.one)
    return act_on_field(asking, record, [*acts, Act("edit", record, path, value)], path)


@router.post("/records/{record}/proposals")
def answer_proposals(asking: Asking, record: str) -> Response:
    """Accept what the pages say now, or keep what the record says, field by field."""
    named = [(record, path) for path in asking.form.many("path")]
    if not named:
        raise InvalidAct("no-proposal")
    accept = asking.form.one("do") == "accept"
    try:
        asking.settle(named if accept else (), () if accept else named)
    except Conflict as conflict:
        return conflict_answer(asking, conflict, "")
    return asking.lead_on(f"/records/{record}", "accepted" if accept else "kept")


@router.post("/records/{record}/say")
def say(asking: Asking, record: str) -> Response:
    """Approve, reopen or reject a record or a text, or comment on it."""
    action, path = asking.form.one("action"), asking.form.one("path") or None
    if action not in ON_WHOLE:
        raise InvalidAct("no-action")
    said = asking.form.one("reason").strip() or None
    value = said if action == "comment" else asking.form.one("value") or None
    # An approval carries the queue's filter along, which has a reason of its own.
    reason = said if action in ("reopen", "reject") else None
    act = Act(action, record, path, value, reason=reason)  # type: ignore[arg-type]
    if path:
        return act_on_field(asking, record, [act], path)
    place = place_in_queue(asking, record)
    try:
        asking.take([act])
    except Conflict as conflict:
        return conflict_answer(asking, conflict, "")
    except InvalidAct as refused:
        if action != "comment":
            raise
        return _comment_again(asking, record, refused)
    if asking.form.one("then") == "next":
        return lead_to_next(asking, place, action)
    here = f"/records/{record}"
    return asking.lead_on(address(here, filter_of(asking.form)) if action == "approve" else here, action)


def act_on_field(asked: Asked, record: str, acts: Sequence[Act], path: str) -> Response:
    """Take decisions on a field, and show the field again: alone to htmx, else on its page."""
    try:
        done = "saved" if asked.take(acts) else "unchanged"
    except Conflict as conflict:
        return conflict_answer(asked, conflict, path)
    except InvalidAct as refused:
        return _typed_again(asked, record, refused.key)
    with asked.looking(record) as (session, view):
        whole = whole_of(view, path)
        if wants_part(asked.request):
            was = asked.form.one("version")
            return _part(asked.request, session, view, asked.person, path=whole, was=was, done=done)
    return asked.lead_on(f"/records/{record}#{anchor(whole)}", done)


def _edit(asked: Asked, session: Session, view: RecordView, path: str) -> tuple[Act, ...]:
    """Give the acts that set a field to what was typed, an organisation that is new created before.

    Raises:
        InvalidAct: it cannot be set to that, or not at all.
    """
    shown = shown_field(view, path)
    language = next((one for one in LANGUAGES if path == f"{shown.path}.{one}"), None)
    if shown.field.kind in {"items", "texts", "group"} and language is None:
        raise InvalidAct("no-field", path=path)
    value: Any = value_from(shown.field, asked.form)
    acts: tuple[Act, ...] = ()
    if shown.field.kind == "lead" and value:
        value, acts = organization_named(session, value, asked.form, asked.desk.help)
    before = _before(asked.form)
    if language is None:
        return (*acts, Act("edit", view.id, path, value, before=before))
    text = shown.texts[LANGUAGES.index(language)]
    source = made_from(view, shown, text) if value else None
    return (Act("edit", view.id, path, value, before=before, translated_from=source),)


def _before(form: Typed) -> Any:
    """Give the value that the person saw when they began to type, where the form tells it."""
    try:
        return json.loads(form.one("before"))
    except ValueError:
        return UNSEEN


def _part(
    request: Request,
    session: Session,
    view: RecordView,
    person: Person,
    *,
    path: str,
    opened: Editing | None = None,
    was: str | None = None,
    status: int = 200,
    **more: Any,
) -> Response:
    """Answer with one field; ``was``: the version that the act was made with, where it was one."""
    shown = shown_field(view, whole_of(view, path))
    given = told(request, session, view, person) | more
    return render(request, "field_part.html", status, **given, shown=shown, editing=opened, was=was)


def _comment_again(asked: Asked, record: str, refused: InvalidAct) -> Response:
    """Show the record with the comment still in its box, and why it was not taken."""
    said = translator(language_of(asked.request))(f"invalid.{refused.key}", **refused.values)
    typed: dict[str, Any] = {"comment_refused": said, "comment_typed": asked.form.one("reason")}
    with asked.looking(record) as (session, view):
        return record_page(asked.request, session, view, asked.person, status=422, **typed)


def _typed_again(asked: Asked, record: str, error: str, **more: Any) -> Response:
    """Show the box again with what was typed in it, and why it was not saved."""
    path, status = asked.form.one("path"), 422 if error else 200
    with asked.looking(record) as (session, view):
        shown = shown_field(view, path)
        typed: Any = list(asked.form.many("value")) if shown.field.kind == "codes" else asked.form.one("value")
        opened = editing(view, asked.desk, path, typed=typed, error=error)
        if asked.form.one("version"):
            opened = replace(opened, seen=(asked.form.one("version"), asked.form.one("before")))
        if wants_part(asked.request):
            return _part(asked.request, session, view, asked.person, path=path, opened=opened, status=status, **more)
        return record_page(asked.request, session, view, asked.person, opened=opened, status=status, field=path, **more)
