"""A record beside the page that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from passerelle.review.deciding import redoable, undoable
from passerelle.review.help import Record
from passerelle.review.queue import Filter, neighbours
from passerelle.review.record_view import RecordView, record_view
from passerelle.review.web.acting import new_act
from passerelle.review.web.desk import AtDesk, Reading, the_desk
from passerelle.review.web.editing import Editing, editing
from passerelle.review.web.entries import organization_names
from passerelle.review.web.issues import notes_on
from passerelle.review.web.people import Person, Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.saying import speech
from passerelle.review.web.showing import evidence_of, shown_fields, whole_of
from passerelle.review.word_causes import words_behind
from schemas.base import LANGUAGES, Language
from schemas.decision import Decision
from schemas.records import NewsItem, Organization

router = APIRouter()

Dotted = Annotated[str, Query(max_length=255, pattern=r"^[a-z0-9_.]*$")]
"""A dotted path of a field in a query."""


@router.get("/records/{record}")
def show(
    *,
    request: Request,
    session: Reading,
    desk: AtDesk,
    person: Signed,
    record: str,
    field: Dotted = "",
    edit: Dotted = "",
    fill: Annotated[str, Query(max_length=16)] = "",
    page: Annotated[str, Query(max_length=71)] = "",
) -> Response:
    """Show a record, with the words of ``field`` marked on its page, and ``edit`` being edited."""
    view = record_view(session, record, desk.help)
    if view.id != record:
        return RedirectResponse(str(request.url.replace(path=f"/records/{view.id}")), 308)
    opened = editing(view, desk, edit, fill) if edit and person.may("curator") else None
    return record_page(request, session, view, person, opened=opened, field=field or edit, page=page)


def record_page(
    request: Request,
    session: Session,
    view: RecordView,
    person: Person,
    *,
    opened: Editing | None = None,
    status: int = 200,
    field: str = "",
    page: str = "",
    **more: Any,
) -> Response:
    """Answer with a record's whole page."""
    wanted = filter_around(request)
    before, after = neighbours(session, view.id, wanted.looking())
    if view.proposals and not field and not page:
        field = view.proposals[0].path  # what changed is what there is to look at
    return render(
        request,
        "record.html",
        status,
        **told(request, session, view, person) | more,
        fields=shown_fields(view),
        editing=opened,
        panel=panel(view, field, page),
        field=field,
        before=before,
        after=after,
    )


def told(request: Request, session: Session, view: RecordView, person: Person) -> dict[str, Any]:
    """Give what every part of a record's page needs."""
    said = speech(request, session, here=view.id, markdown=the_desk(request).help.markdown)
    title, wanted = said["path_title"], filter_around(request)
    return {
        **said,
        "path_title": lambda path: title(path, view.id),
        "plain": lambda path, value: said["plain"](path, value, view.id),
        "view": view,
        "kept": wanted.query(),
        "query": urlencode(wanted.query()),
        "words_behind": words_behind(
            session, view.record, view.proposals, [one for one in view.history if one.id not in view.undone]
        ),
        "notes": notes_on(view, language_of(request)),
        "preview": None,
        "checked": False,
        "entered": None,
        "comment_refused": "",
        "comment_typed": "",
        "names": names(view, language_of(request)),
        "may": person.may("curator") and view.there,
        "may_reopen": person.may("curator") and view.status == "rejected",
        "may_apply": person.may("curator"),
        "act": new_act(),
        "undoing": first(undoable(session, person.name, 1)),
        "redoing": first(redoable(session, person.name)),
        "whole_of": lambda path: whole_of(view, path),
        "digest_of": lambda path: next((one.digest for one in evidence_of(view, path)), ""),
        "organizations": lambda: organization_names(session),
    }


def filter_around(request: Request) -> Filter:
    """Give the filter of the queue that a record is looked at in: of the page's address, which htmx tells along."""
    page = urlsplit(request.headers.get("hx-current-url", "")).query
    return Filter.from_query(dict(parse_qsl(page)) if page else request.query_params)


def panel(view: RecordView, field: str, page: str) -> dict[str, Any]:
    """Say which captured page stands beside the record: the one asked for, else the one that says the field."""
    pages = captured_pages(view)
    evidence = evidence_of(view, field) if field else ()
    digests = [digest for digest, _ in pages]
    said_on = next((one.digest for one in evidence), None)
    digest = page if page in digests else said_on or next(iter(digests), None)
    gone = {ref.digest: ref.gone_at for ref in getattr(view.record, "sources", ()) if ref.gone_at}
    found = len([one for one in evidence if one.digest == digest])
    return {"pages": pages, "digest": digest, "found": found, "gone": gone, "alone": len(gone) == len(pages)}


def captured_pages(view: RecordView) -> list[tuple[str, str]]:
    """Give digest and address of every page that a record came from."""
    sources = getattr(view.record, "sources", ())
    pages = {source.digest: source.url or source.digest for source in sources}
    for evidence in view.evidence.values():
        pages |= {one.digest: one.url or one.digest for one in evidence if one.digest not in pages}
    return list(pages.items())


def names(view: RecordView, language: Language) -> tuple[str, Language | None]:
    """Give the name that stands above a record, and its language where that is known."""
    return heading(view.record, language)


def heading(record: Record, language: Language) -> tuple[str, Language | None]:
    """Give the name of a record, in a language where it has one in it, and the language where that is known."""
    if isinstance(record, NewsItem):
        return record.title, record.language
    if isinstance(record, Organization):
        return record.name, None
    for one in (language, *LANGUAGES):
        if name := record.name.get(one):
            return name, one
    return record.id, None


def first(groups: Sequence[tuple[Decision, ...]]) -> tuple[Decision, ...] | None:
    """Give the first group of decisions, none where there is none."""
    return next(iter(groups), None)
