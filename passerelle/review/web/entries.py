"""Entries of lists: partners, benefits, testimonials and the like, added and taken out."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.review.creating import known_organization, new_organization, organization_id
from passerelle.review.errors import InvalidAct
from passerelle.review.help import Help
from passerelle.review.making import Act
from passerelle.review.queue import OUT
from passerelle.review.web.fields import Field
from passerelle.review.web.typing_in import Typed, value_from
from passerelle.store.review_tables import ReviewRow
from schemas.base import LANGUAGES, LanguageMap
from schemas.decision import NewOrganization
from schemas.records import Organization, OrganizationRef

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


def with_entry(session: Session, field: Field, now: Any, form: Typed, help: Help) -> tuple[list[Any], tuple[Act, ...]]:  # noqa: A002
    """Give a list with the entry that a form describes at its end, and what is to be done before.

    Raises:
        InvalidAct: the entry lacks something, or names an organisation that is not known and not to be created.
    """
    if field.kind not in {"items", "texts"} or not isinstance(now, list):
        raise InvalidAct("no-field")
    if field.kind == "texts":
        return [*now, _text(form, "value")], ()
    entry = {
        part.name: _text(form, part.name) if part.kind == "text" and part.required else _part(part, form)
        for part in field.parts
    }
    acts: tuple[Act, ...] = ()
    if field.shape is OrganizationRef:
        named, acts = organization_named(session, form.one("name").strip(), form, help)
        entry |= named
    try:
        return [*now, field.shape.model_validate(entry).model_dump(mode="json")] if field.shape else now, acts
    except ValidationError:
        raise InvalidAct("entry-incomplete") from None


def organization_named(
    session: Session,
    name: str,
    form: Typed,
    help: Help,  # noqa: A002
) -> tuple[dict[str, str], tuple[Act, ...]]:
    """Give id and name of an organisation, and the act that creates it where the form says that it is new.

    Raises:
        InvalidAct: there is none of that name (key ``no-organization``), or what is told of a new one cannot be.
    """
    found = session.execute(
        select(ReviewRow.record).where(
            ReviewRow.type == "organization",
            ReviewRow.status.not_in(OUT),
            (ReviewRow.name_fr == name) | (ReviewRow.name_en == name),
        )
    ).first()
    if found:
        return {"id": found[0], "name": name}, ()
    if not name:
        raise InvalidAct("no-organization", name=name)
    told = {part: form.one(f"new.{part}") for part in NewOrganization.model_fields}
    said = new_organization(told | {"name": name, "sector": told["sector"] or form.one("sector")})
    known = known_organization(session, said, help)
    if known and isinstance(known.record, Organization):
        return {"id": known.id, "name": known.record.name}, ()
    if not form.one("new"):
        raise InvalidAct("no-organization", name=name)
    record = organization_id(session, said, help)
    return {"id": record, "name": said.name}, (Act("create", record, value=said.model_dump(mode="json")),)


def organization_names(session: Session) -> tuple[str, ...]:
    """Give the names of the organisations that a record may name."""
    there = ReviewRow.type == "organization", ReviewRow.status.not_in(OUT)
    rows = select(ReviewRow.name_fr).where(*there).order_by(ReviewRow.sort_name)
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
