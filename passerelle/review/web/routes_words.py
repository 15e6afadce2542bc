"""The lists of words: vocabularies and termbase, and the changes that somebody proposes."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from passerelle.review.deciding import undo
from passerelle.review.vocabulary.deciding import ADDED_TO, define, proposals, refresh_edition
from passerelle.review.web.acting import Asking
from passerelle.review.web.desk import Reading
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import render
from passerelle.review.web.saying import speech
from passerelle.review.web.word_acts import address, only_admins
from schemas.edition import edition
from schemas.vocabulary import NAMES, vocabulary

router = APIRouter()

EDITED = tuple(name for name in NAMES if name in ADDED_TO)
"""Vocabularies whose words are read on pages."""


@router.get("/words")
def lists(request: Request, session: Reading, person: Signed) -> Response:
    """Name the vocabularies and the termbase, and the open proposals."""
    refresh_edition(session)
    return render(
        request,
        "words.html",
        lists=[(vocabulary(name), len(edition().words.get(name, {}))) for name in EDITED],
        changed=len(edition().termbase),
        proposals=proposals(session),
        place=address,
        may=person.may("admin"),
        **speech(request, session),
    )


@router.post("/words/proposals/{proposal}")
def answer(asking: Asking, proposal: str) -> Response:
    """Accept a proposal as it stands, or decline it."""
    only_admins(asking.person)
    by, helped = asking.person.name, asking.desk.help
    with asking.desk.store.session() as session:
        found = next((one for one in proposals(session) if one.id == proposal), None)
    if found is None:
        raise HTTPException(404)
    with asking.desk.store.session() as session:
        if asking.form.one("do") != "accept":
            undo(session, found.id, by=by, help=helped)
            return asking.lead_on("/words", "word-declined")
        reason = f"{found.by}: {found.reason}" if found.reason else found.by
        place = found.record, found.path or "", found.value
        define(session, *place, by=by, help=helped, reason=reason, accepts=found.id)
    return asking.lead_on("/words", "word-saved")
