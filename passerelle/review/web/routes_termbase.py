"""Entries of the termbase: what would change in the translations is shown before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.vocabulary.deciding import refresh_edition, version_of
from passerelle.review.web.acting import Asking, new_act
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.people import Person, Signed
from passerelle.review.web.rendering import render
from passerelle.review.web.typing_in import Typed
from passerelle.review.web.word_acts import address, refusal, settle
from schemas.base import LANGUAGES
from schemas.edition import TERMBASE, edition

router = APIRouter()

SHOWN = 200
"""Entries on a page, and texts of an effect; what is beyond is counted."""
PARTS = ("noun", "verb", "adjective", "adverb", "acronym")
Asked200 = Annotated[str, Query(max_length=200)]


@router.get("/words/termbase")
def entries(*, request: Request, session: Reading, desk: AtDesk, person: Signed, q: Asked200 = "") -> Response:
    """List the entries of the termbase that hold a word."""
    refresh_edition(session)
    wanted = q.strip().casefold()
    found = [(key, one) for key, one in desk.help.entries().items() if wanted in _said(one).casefold()]
    return render(
        request,
        "words_termbase.html",
        entries=found[:SHOWN],
        more=max(0, len(found) - SHOWN),
        q=q,
        changed=edition().termbase,
        may=person.may("curator"),
        place=address,
    )


@router.get("/words/termbase/entry")
def entry(*, request: Request, session: Reading, desk: AtDesk, person: Signed, key: Asked200 = "") -> Response:
    """Show an entry of the termbase, or an empty one, to be edited."""
    refresh_edition(session)
    now = desk.help.entries().get(key)
    if key and now is None:
        raise HTTPException(404)
    return _page(request, session, person, key, _typed(now or {}))


@router.post("/words/termbase/entry")
def change_entry(asking: Asking) -> Response:
    """Try, propose or save an entry."""
    form, request, key = asking.form, asking.request, asking.form.one("key")[:200]
    try:
        with asking.desk.store.session() as session:
            refresh_edition(session)
            made, typed = asking.desk.help.entry_of(_from(form))
            if made != key and made in asking.desk.help.entries():
                raise InvalidAct("entry-there", word=made.partition("|")[0])
            value: JsonValue = None if form.one("out") and key else dict(typed)
            if form.one("do") not in ("save", "propose"):
                effect = asking.desk.help.entry_effect(session, key or made, value)
                return _page(request, session, asking.person, key, form.values, effect=effect)
        return settle(asking, TERMBASE, key or made, value)
    except (Conflict, InvalidAct) as refused:
        status = 409 if isinstance(refused, Conflict) else 422
        said = refusal(request, refused)
        with asking.desk.store.session() as session:
            return _page(request, session, asking.person, key, form.values, status=status, refused=said)


def _from(form: Typed) -> dict[str, JsonValue]:
    """Make an entry of a form; what was left empty is left out."""
    made: dict[str, JsonValue] = {"pos": form.one("pos") or "noun", "enforce": bool(form.one("enforce"))}
    for language in LANGUAGES:
        side: dict[str, JsonValue] = {"preferred": _line(form.one(f"{language}.preferred"))}
        for name in ("admitted", "avoid", "also", "inclusive", "not_with"):
            if lines := [_line(one) for one in form.one(f"{language}.{name}").split("\n") if one.strip()]:
                side[name] = list[JsonValue](lines)
        if feminine := _line(form.one(f"{language}.feminine")):
            side["feminine"] = feminine
        made[language] = side
    notes: dict[str, JsonValue] = {one: form.one(f"note.{one}").strip() or None for one in LANGUAGES}
    return made | ({"note": notes} if any(notes.values()) else {})


def _typed(one: Mapping[str, JsonValue]) -> dict[str, tuple[str, ...]]:
    """Give an entry as a form shows it."""
    told = {"pos": str(one.get("pos", "noun")), "enforce": "1" if one.get("enforce", True) else ""}
    for name in (*LANGUAGES, "note"):
        side = one.get(name)
        for part, value in side.items() if isinstance(side, dict) else ():
            told[f"{name}.{part}"] = "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return {name: (value,) for name, value in told.items()}


def _line(text: str) -> str:
    return " ".join(text.split())


def _said(one: Mapping[str, JsonValue]) -> str:
    return "\n".join(value for name, (value,) in _typed(one).items() if name[:3] in ("fr.", "en."))


def _page(
    request: Request,
    session: Session,
    person: Person,
    key: str,
    typed: Mapping[str, Sequence[str]],
    *,
    status: int = 200,
    effect: object = None,
    refused: str = "",
) -> Response:
    return render(
        request,
        "words_entry.html",
        status,
        key=key,
        name=key.partition("|")[0],
        parts=PARTS,
        typed=lambda field: next(iter(typed.get(field, ())), ""),
        version=version_of(session, TERMBASE, key) if key else "",
        effect=effect,
        refused=refused,
        shown=SHOWN,
        act=new_act(),
        may_propose=person.may("curator"),
        may_save=person.may("admin"),
    )
