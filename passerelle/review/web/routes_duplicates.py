"""Records that may be one: compared, merged with every field's fate shown first, kept apart, split again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from passerelle.review.deciding import Act, redoable, undoable
from passerelle.review.duplicates import PAGE, duplicate_pairs, judged_pairs, pair_of
from passerelle.review.errors import Conflict
from passerelle.review.help import Record
from passerelle.review.judging import newest_judgement
from passerelle.review.queue import Filter
from passerelle.review.queue import page as queue_page
from passerelle.review.record_view import record_view
from passerelle.review.records import merged_into
from passerelle.review.waiting import waiting
from passerelle.review.web.acting import Asking, new_act
from passerelle.review.web.cells import cells_of
from passerelle.review.web.conflicts import conflict_answer
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.routes_record import first, heading, names
from passerelle.review.web.saying import speech
from passerelle.review.web.split_parts import parts_of

router = APIRouter()

JUDGED = 20
"""Judgements shown, the newest first."""


@router.get("/duplicates")
def pairs(
    *, request: Request, session: Reading, person: Signed, start: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> Response:
    """List the pairs that nobody has judged, the likeliest first, and the judgements in force."""
    found = duplicate_pairs(session, start=start)
    return render(
        request,
        "duplicates.html",
        found=found,
        following=start + PAGE if found.total > start + PAGE else None,
        waiting=waiting(session),
        judged=judged_pairs(session)[:JUDGED],
        may=person.may("curator"),
        undoing=first(undoable(session, person.name, 1)),
        redoing=first(redoable(session, person.name)),
        **speech(request, session),
    )


@router.get("/duplicates/{one}/{other}")
def compare(*, request: Request, session: Reading, desk: AtDesk, person: Signed, one: str, other: str) -> Response:
    """Show two records side by side, with what would become of every field if they were one."""
    language = language_of(request)
    views = record_view(session, one, desk.help), record_view(session, other, desk.help)
    same = views[0].id == views[1].id
    return render(
        request,
        "compare.html",
        404 if one == other else 200,
        itself=one == other,
        views=views,
        headings=[names(view, language) for view in views],
        pair=pair_of(session, views[0].id, views[1].id),
        fates=None if same else desk.help.preview_merge(session, views[0].id, views[1].id),
        cells=lambda fate: cells_of(fate, views[0].id, language),
        judged=newest_judgement(session),
        may=person.may("curator"),
        act=new_act(),
        **speech(request, session),
    )


@router.post("/duplicates/{one}/{other}")
def judge(asking: Asking, one: str, other: str) -> Response:
    """Merge two records, or keep them apart for ever."""
    merging = asking.form.one("do") == "merge"
    reason = asking.form.one("reason").strip() or None
    judged = next(iter(asking.form.many("judged")), None)
    act = Act("merge" if merging else "split", one, value=other, reason=reason, judged=judged)
    try:
        asking.take([act])
    except Conflict as conflict:
        return conflict_answer(asking, conflict, "")
    return asking.lead_on("/duplicates", "merged" if merging else "apart")


@router.post("/apply")
def apply(asking: Asking) -> Response:
    """Match anew now, instead of at the next run, so that merges, splits and rejections take effect."""
    asking.desk.help.rematch()
    return asking.lead_on("/duplicates", "applied")


@router.get("/records/{record}/merge")
def others(
    *,
    request: Request,
    session: Reading,
    desk: AtDesk,
    person: Signed,
    record: str,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Look for the record that another one is to be merged with; comparing the two comes first."""
    del person
    view = record_view(session, record, desk.help)
    found = queue_page(session, Filter(q=q, type=view.type, sort="name")).items if q.strip() else ()
    return render(
        request,
        "merge.html",
        view=view,
        heading=names(view, language_of(request)),
        q=q,
        found=[item for item in found if item.record != view.id],
    )


@router.get("/records/{record}/split")
def parts(
    *,
    request: Request,
    session: Reading,
    desk: AtDesk,
    person: Signed,
    record: str,
    part: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """Show what a record was made of, and what taking a part off would make."""
    view = record_view(session, record, desk.help)
    made: tuple[Record, ...] = ()
    if part in (*merged_into(session, view.id), *view.parts):
        made = desk.help.preview_split(session, view.id, part)
    return render(
        request,
        "split.html",
        view=view,
        heading=names(view, language_of(request)),
        offered=parts_of(session, view, desk.help, language_of(request)),
        part=part if made else "",
        made=[(one.id == view.id, *heading(one, language_of(request))) for one in made],
        may=person.may("curator"),
        act=new_act(),
        **speech(request, session),
    )


@router.post("/records/{record}/split")
def split(asking: Asking, record: str) -> Response:
    """Take a part off a record."""
    act = Act("split", record, value=asking.form.one("part"), reason=asking.form.one("reason").strip() or None)
    try:
        asking.take([act])
    except Conflict as conflict:
        return conflict_answer(asking, conflict, "")
    return asking.lead_on(f"/records/{record}", "split")
