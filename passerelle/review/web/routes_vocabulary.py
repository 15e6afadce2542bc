"""Terms of a vocabulary: what would change is shown before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, HTTPException, Request, Response
from sqlalchemy.orm import Session

from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.vocabulary.deciding import check_code, edit_of, proposals, refresh_edition, term_now, version_of
from passerelle.review.web.acting import Asked, Asking, new_act
from passerelle.review.web.desk import Reading
from passerelle.review.web.people import Person, Signed
from passerelle.review.web.rendering import render
from passerelle.review.web.routes_words import EDITED
from passerelle.review.web.typing_in import Typed
from passerelle.review.web.word_acts import address, refusal, settle
from schemas.base import LANGUAGES, LanguageMap
from schemas.edition import VOCABULARY, Synonyms, TermEdit, edition
from schemas.vocabulary import vocabulary

router = APIRouter()

SHOWN = 200
"""Records of an effect; what is beyond is counted."""


@router.get("/words/{name}")
def terms(request: Request, session: Reading, person: Signed, name: str) -> Response:  # any person may
    """List the terms of a vocabulary."""
    refresh_edition(session)
    if name not in EDITED:
        raise HTTPException(404)
    changed = edition().words.get(name, {})
    return render(
        request, "words_list.html", list=vocabulary(name), changed=changed, place=address, record=VOCABULARY + name
    )


@router.get("/words/{name}/new")
def new_term(*, request: Request, session: Reading, person: Signed, name: str) -> Response:
    """Show an empty term of a vocabulary, to be proposed or added."""
    refresh_edition(session)
    if name not in EDITED:
        raise HTTPException(404)
    return _page(request, session, person, (name, ""), {})


@router.post("/words/{name}/new")
def add_term(asking: Asking, name: str) -> Response:
    """Try, propose or add a term that a vocabulary does not have."""
    return _change(asking, name, asking.form.one("code").strip(), new=True)


@router.get("/words/{name}/{code}")
def term(*, request: Request, session: Reading, person: Signed, name: str, code: str) -> Response:
    """Show a term of a vocabulary, to be edited; one that is only proposed as it is proposed."""
    refresh_edition(session)
    proposed = next((one.value for one in proposals(session, VOCABULARY + name) if one.path == code), None)
    if proposed and name in EDITED and code not in vocabulary(name).codes:
        told = TermEdit.model_validate(proposed)
        return _page(request, session, person, (name, ""), _typed(told.label, told.add) | {"code": (code,)})
    now = term_now(_known(name, code), code)
    return _page(request, session, person, (name, code), _typed(now.label, now.synonyms))


@router.post("/words/{name}/{code}")
def change_term(asking: Asking, name: str, code: str) -> Response:
    """Try, propose or save a term."""
    return _change(asking, _known(name, code), code, new=False)


def _change(asking: Asked, name: str, code: str, *, new: bool) -> Response:
    form, request, person = asking.form, asking.request, asking.person
    place = (name, "" if new else code)
    if name not in EDITED:
        raise HTTPException(404)
    try:
        with asking.desk.store.session() as session:
            refresh_edition(session)
            if new:
                check_code(name, code)
            edit = _edit(form, name, code)
            if form.one("do") not in ("save", "propose"):
                effect = asking.desk.help.vocabulary_effect(session, name, code, edit or TermEdit())
                return _page(request, session, person, place, form.values, effect=effect)
        return settle(asking, f"{VOCABULARY}{name}", code, edit.model_dump(mode="json") if edit else None)
    except (Conflict, InvalidAct) as refused:
        status = 409 if isinstance(refused, Conflict) else 422
        said = refusal(request, refused)
        with asking.desk.store.session() as session:
            return _page(request, session, person, place, form.values, status=status, refused=said)


def _typed(label: LanguageMap | None, synonyms: Synonyms) -> dict[str, Sequence[str]]:
    """Give a term as a form shows it."""
    label = label or LanguageMap()
    typed: dict[str, Sequence[str]] = {f"label.{one}": (label.get(one) or "",) for one in LANGUAGES}
    return typed | {f"synonyms.{one}": ("\n".join(getattr(synonyms, one)),) for one in LANGUAGES}


def _known(name: str, code: str) -> str:
    if name not in EDITED or code not in vocabulary(name).codes:
        raise HTTPException(404)
    return name


def _edit(form: Typed, name: str, code: str) -> TermEdit | None:
    label = LanguageMap(**{one: " ".join(form.one(f"label.{one}").split()) or None for one in LANGUAGES})
    synonyms = Synonyms(**{one: tuple(form.one(f"synonyms.{one}").split("\n")) for one in LANGUAGES})
    return edit_of(name, code, label, synonyms)


def _page(
    request: Request,
    session: Session,
    person: Person,
    place: tuple[str, str],
    typed: Mapping[str, Sequence[str]],
    *,
    status: int = 200,
    effect: object = None,
    refused: str = "",
) -> Response:
    name, code = place
    return render(
        request,
        "words_term.html",
        status,
        list=vocabulary(name),
        code=code,
        now=term_now(name, code) if code else None,
        action=f"/words/{name}/{code or 'new'}",
        typed=lambda field: next(iter(typed.get(field, ())), ""),
        version=version_of(session, VOCABULARY + name, code) if code else "",
        changed=code in edition().words.get(name, {}),
        effect=effect,
        refused=refused,
        shown=SHOWN,
        act=new_act(),
        may_propose=person.may("curator"),
        may_save=person.may("admin"),
    )
