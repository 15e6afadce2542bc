"""Entries of lists: partners, benefits, testimonials and the like, added and taken out."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.review.errors import InvalidAct
from passerelle.review.web.fields import Field
from passerelle.review.web.typing_in import Typed, value_from
from passerelle.store.review_tables import ReviewRow
from schemas.base import LANGUAGES, LanguageMap
from schemas.records import OrganizationRef

OFFERED = 3000
"""Names of organisations offered while somebody types one."""


def without_entry(now: Any, position: str) -> list[Any]:
    """Give a list without the entry at a position.

    Raises:
        InvalidAct: there is no such entry (key ``no-entry``).
    """
    entries = list(now) if isinstance(now, list) else []
    if not position.isdigit() or int(position) >= len(entries):
        raise InvalidAct("no-entry")
    return [one for place, one in enumerate(entries) if place != int(position)]


def with_entry(session: Session, field: Field, now: Any, form: Typed) -> list[Any]:
    """Give a list with the entry that a form describes at its end.

    Raises:
        InvalidAct: the entry lacks something, or names an organisation that is not known.
    """
    if field.kind not in {"items", "texts"} or not isinstance(now, list):
        raise InvalidAct("no-field")
    if field.kind == "texts":
        return [*now, _text(form, "value")]
    entry = {
        part.name: _text(form, part.name) if part.kind == "text" and part.required else _part(part, form)
        for part in field.parts
    }
    if field.shape is OrganizationRef:
        entry |= organization_named(session, form.one("name").strip())
    try:
        return [*now, field.shape.model_validate(entry).model_dump(mode="json")] if field.shape else now
    except ValidationError:
        raise InvalidAct("entry-incomplete") from None


def lead_named(session: Session, name: str | None) -> dict[str, str] | None:
    """Give the organisation that leads, by its name; none where no name is given.

    Raises:
        InvalidAct: there is none of that name (key ``no-organization``).
    """
    return organization_named(session, name) if name else None


def organization_named(session: Session, name: str) -> dict[str, str]:
    """Give id and name of a known organisation.

    Raises:
        InvalidAct: there is none of that name (key ``no-organization``).
    """
    found = session.execute(
        select(ReviewRow.record, ReviewRow.name_fr).where(
            ReviewRow.type == "organization", (ReviewRow.name_fr == name) | (ReviewRow.name_en == name)
        )
    ).first()
    if not name or found is None:
        raise InvalidAct("no-organization", name=name)
    return {"id": found[0], "name": name}


def organization_names(session: Session) -> tuple[str, ...]:
    """Give the names of the organisations that a record may name."""
    rows = select(ReviewRow.name_fr).where(ReviewRow.type == "organization").order_by(ReviewRow.sort_name)
    return tuple(session.scalars(rows.limit(OFFERED)))


def _part(part: Field, form: Typed) -> Any:
    if part.kind != "text":
        return value_from(part, form, part.name)
    sides = {language: form.one(f"{part.name}.{language}").strip() or None for language in LANGUAGES}
    return sides if any(sides.values()) else None


def _text(form: Typed, name: str) -> dict[str, str | None]:
    text = LanguageMap(**{language: form.one(f"{name}.{language}").strip() or None for language in LANGUAGES})
    if text == LanguageMap():
        raise InvalidAct("entry-incomplete")
    return text.model_dump(mode="json")
