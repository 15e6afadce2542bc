"""Two people, one record: what was typed is kept, and what the other did is shown beside it."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Response
from sqlalchemy.orm import Session

from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.judging import newest_judgement
from passerelle.review.record_view import RecordView
from passerelle.review.web.acting import Asked, new_act
from passerelle.review.web.rendering import render, wants_part
from passerelle.review.web.saying import speech
from passerelle.review.web.showing import shown_field, whole_of

AGAIN = ("csrf", "act", "version", "value", "before", "judged")
"""Fields of the form that are made anew when it is sent again."""


def conflict_answer(asked: Asked, conflict: Conflict, path: str) -> Response:
    """Answer 409 with both sides, and a form that sends the same again over what the other did."""
    with asked.looking(conflict.record) as (session, view):
        return _answer(asked, conflict, session, view, path)


def _answer(asked: Asked, conflict: Conflict, session: Session, view: RecordView, path: str) -> Response:
    now = _now(view, path)
    form, said = asked.form, speech(asked.request, session, here=view.id)
    version = f"version:{view.id}" if f"version:{view.id}" in form.values else "version"
    kept = [(name, value) for name, values in form.values.items() for value in values if name not in (*AGAIN, version)]
    return render(
        asked.request,
        "conflict_part.html" if wants_part(asked.request) else "conflict.html",
        409,
        view=view,
        since=conflict.since,
        version=(version, conflict.now),
        judged=newest_judgement(session) if "judged" in form.values else None,
        form_path=asked.request.url.path,
        kept=kept,
        typed=form.many("value"),
        box="value" in form.values,
        doing=(form.one("action") or form.one("do")) if "value" not in form.values else "",
        **said | {"plain": lambda place, value: said["plain"](place, value, view.id)},
        now=now,
        before=json.dumps(now, ensure_ascii=False) if "before" in form.values else "",
        field_path=path,
        whole=whole_of(view, path) if path else "",
        act=new_act(),
    )


def _now(view: RecordView, path: str) -> Any:
    """Give what the field says now, as text or as a list."""
    try:
        shown = shown_field(view, path)
    except InvalidAct:
        return None
    text = next((one for one in shown.texts if one.path == path), None)
    return text.text if text else shown.value
