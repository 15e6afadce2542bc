"""Many records at once: a list to look at, a confirmation, one batch of decisions and so one undo."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from passerelle.review.bulk import approvable, changes, versions
from passerelle.review.deciding import Act
from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.queue import Filter
from passerelle.review.web.acting import Asking, new_act
from passerelle.review.web.conflicts import conflict_answer
from passerelle.review.web.desk import Reading
from passerelle.review.web.people import Curator
from passerelle.review.web.rendering import render
from passerelle.review.web.routes_queue import address, filter_of
from passerelle.review.web.saying import speech

router = APIRouter()

AT_ONCE = 250
"""Records in one act: as many as somebody can look over, and as a form may carry."""
BETWEEN = "|"
"""Between record and path in the name of a change."""


@router.get("/bulk")
def choose(
    *, request: Request, session: Reading, _person: Curator, do: Literal["approve", "changes"] = "approve"
) -> Response:
    """List the records of a filter that may be approved together, or the open changes of their pages."""
    wanted = Filter.from_query(request.query_params)
    records = approvable(session, wanted) if do == "approve" else ()
    open_changes = changes(session, wanted) if do == "changes" else ()
    shown = records[:AT_ONCE]
    return render(
        request,
        "bulk.html",
        do=do,
        records=shown,
        changes=open_changes[:AT_ONCE],
        total=len(records) or len(open_changes),
        versions=versions(session, [one.record for one in shown]),
        kept=wanted.query(),
        queue=address("/queue", wanted),
        elsewhere=f"/bulk?{urlencode({**wanted.query(), 'do': 'changes' if do == 'approve' else 'approve'})}",
        at_once=AT_ONCE,
        **speech(request, session),
    )


@router.post("/bulk/confirm")
def confirm(asking: Asking) -> Response:
    """Show once more what is about to be done, and ask."""
    form = asking.form
    chosen = form.many("chosen")[:AT_ONCE]
    if not chosen:
        raise InvalidAct("nothing-chosen")
    return render(
        asking.request,
        "confirm.html",
        do=form.one("do"),
        chosen=chosen,
        names={one: form.one(f"name:{one}") for one in chosen},
        versions={name: form.one(name) for name in form.values if name.startswith("version:")},
        back=address("/bulk", filter_of(form)),
        kept=filter_of(form).query(),
        act=new_act(),
    )


@router.post("/bulk")
def act(asking: Asking) -> Response:
    """Do it, all or none."""
    form, chosen = asking.form, asking.form.many("chosen")
    do = form.one("do")
    if not chosen:
        raise InvalidAct("nothing-chosen")
    pairs = [(record, path) for record, _, path in (one.partition(BETWEEN) for one in chosen)]
    try:
        if do == "approve":
            done = asking.take([Act("approve", record) for record in chosen])
        else:
            done = asking.settle(pairs if do == "accept" else (), () if do == "accept" else pairs)
    except Conflict as conflict:
        return conflict_answer(asking, conflict, "")
    return asking.lead_on(address("/queue", filter_of(form)), "bulk" if done else "nothing")
