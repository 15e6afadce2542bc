"""Organisations that no page names: told by curators, at the desk at once; a page that names one joins it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pydantic import JsonValue, ValidationError
from sqlalchemy.orm import Session

from passerelle.review.codes import codes
from passerelle.review.errors import InvalidAct
from passerelle.review.help import Help
from passerelle.review.records import OUT, Held, hold_named
from passerelle.store.decisions import decisions_on
from passerelle.store.tables import RecordRow
from schemas.decision import Decision, NewOrganization, decision_id, in_force
from schemas.records import Provenance


def new_organization(typed: Mapping[str, JsonValue]) -> NewOrganization:
    """Read what somebody says of an organisation; spaces are tidied, and what is empty is left out.

    Raises:
        InvalidAct: it has no name, or something is too long (``bad-organization``); or its kind is no code of the
            list (``unknown-code``).
    """
    told = {name: " ".join(value.split()) or None if isinstance(value, str) else value for name, value in typed.items()}
    try:
        said = NewOrganization.model_validate(told)
    except ValidationError:
        raise InvalidAct("bad-organization") from None
    if said.sector and said.sector not in (codes("sector") or ()):
        raise InvalidAct("unknown-code", path="sector", code=said.sector)
    return said


def organization_id(session: Session, said: NewOrganization, help: Help) -> str:  # noqa: A002
    """Give the id that an organisation of this name has, or would get."""
    at = datetime.now(UTC)
    value = said.model_dump(mode="json")
    asked = Decision(id=decision_id(at), at=at, by="", action="create", record="", value=value)
    return help.created(session, asked)[1].id


def known_organization(session: Session, said: NewOrganization, help: Help) -> Held | None:  # noqa: A002
    """Give the organisation whose name this is, however it is written; none where there is none."""
    return hold_named(session, [record := organization_id(session, said, help)]).get(record)


def creation(session: Session, decision: Decision, help: Help) -> Decision:  # noqa: A002
    """Complete the decision that creates an organisation.

    Raises:
        InvalidAct: it is none (``bad-organization``), it is there (``organization-there``), or curators put it out
            (``organization-out``).
    """
    said = new_organization(decision.value if isinstance(decision.value, dict) else {})
    record = organization_id(session, said, help)
    if hold_named(session, [record]):
        raise InvalidAct("organization-there", record=record, name=said.name)
    if any(one.action in OUT for one in in_force(decisions_on(session, [record]))):
        raise InvalidAct("organization-out", record=record, name=said.name)
    return decision.model_copy(update={"record": record, "value": said.model_dump(mode="json", exclude_none=True)})


def keep_created(session: Session, records: Iterable[str], help: Help) -> None:  # noqa: A002
    """Have the rows of organisations that are created, and none of those whose creation was undone.

    A row that a page gives too has evidence, and stays.
    """
    for record in sorted({one for one in records if one.startswith("org-")}):
        told = [one for one in decisions_on(session, [record]) if one.action in ("create", "undo")]
        standing = [one for one in in_force(tuple(told)) if one.action == "create"]
        row = session.get(RecordRow, record)
        if standing and row is None:
            key, made = help.created(session, standing[-1])
            payload, parts = made.model_dump_json(), json.dumps([key], ensure_ascii=False)
            session.add(RecordRow(id=record, type="organization", payload=payload, parts=parts))
        elif row and not standing and any(one.action == "create" for one in told) and not _on_a_page(row):
            session.delete(row)
    session.flush()


def _on_a_page(row: RecordRow) -> bool:
    trail = row.base_provenance or row.provenance
    return bool(trail and Provenance.model_validate_json(trail).fields)
