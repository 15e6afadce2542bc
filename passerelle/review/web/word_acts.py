"""What the pages of words share: where a word is, and proposing or making a change of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import HTTPException, Request, Response
from pydantic import JsonValue

from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.vocabulary.deciding import define, propose
from passerelle.review.web.acting import Asked
from passerelle.review.web.people import Person
from passerelle.review.web.rendering import language_of
from passerelle.review.web.words import has_words, translator
from schemas.edition import TERMBASE, VOCABULARY


def address(record: str, path: str = "") -> str:
    """Give the address of a word's page, or of its list."""
    if record == TERMBASE:
        return f"/words/termbase/entry?{urlencode({'key': path})}" if path else "/words/termbase"
    name = record.removeprefix(VOCABULARY)
    return f"/words/{quote(name)}/{quote(path)}" if path else f"/words/{quote(name)}"


def settle(asked: Asked, record: str, path: str, value: JsonValue) -> Response:
    """Save a change, or leave it as a proposal, as the form says; lead on to the list.

    Raises:
        Conflict: somebody else changed the word meanwhile.
    """
    form = asked.form
    told: dict[str, Any] = {"by": asked.person.name, "help": asked.desk.help}
    told |= {"reason": form.one("reason").strip() or None, "act_id": form.one("act") or None}
    if form.one("do") == "propose":
        with asked.desk.store.session() as session:
            propose(session, record, path, value, **told)
        return asked.lead_on(address(record), "word-proposed")
    only_admins(asked.person)
    with asked.desk.store.session() as session:
        define(session, record, path, value, expected=form.one("version"), **told)
    return asked.lead_on(address(record), "word-saved")


def only_admins(person: Person) -> None:
    """Refuse those who may only propose."""
    if not person.may("admin"):
        raise HTTPException(403)


def refusal(request: Request, refused: InvalidAct | Conflict) -> str:
    """Say why a word cannot be so."""
    t, language = translator(language_of(request)), language_of(request)
    if isinstance(refused, Conflict):
        return t("words.moved", name=refused.since[-1].by if refused.since else "–")
    key = f"invalid.{refused.key}"
    values = {**refused.values, "said": refused.values.get(language, "")}
    return t(key, **values) if has_words(key) else t("error.422")
