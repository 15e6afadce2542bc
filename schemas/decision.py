"""Decisions: what a curator did. Append-only; an undo is a decision too."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_hex
from typing import Literal

from pydantic import Field, JsonValue

from schemas.base import Shape, Time

Action = Literal[
    "edit",
    "approve",
    "reopen",
    "merge",
    "split",
    "reject",
    "withdraw",
    "withhold",
    "undo",
    "comment",
    "define",
    "propose",
    "create",
]


class NewOrganization(Shape):
    """An organisation that a curator names and no page does: the value of a ``create``."""

    name: str = Field(min_length=2, max_length=200, pattern=r"\w")
    other_name: str | None = Field(default=None, max_length=200, description="Its name in the other language")
    acronym: str | None = Field(default=None, max_length=40)
    sector: str | None = Field(default=None, description="Its kind: a code from the sectors vocabulary")
    municipality: str | None = Field(default=None, max_length=100)


class Decision(Shape):
    """One act of one curator on one record."""

    id: str = Field(description="Unique, sorts in the order in which decisions were taken")
    at: Time
    by: str
    action: Action
    record: str = Field(description="Id of the record acted upon; 'person' for withhold, which concerns them all")
    path: str | None = Field(default=None, description="Dotted path of the field, for an edit or a text's approval")
    value: JsonValue = Field(
        default=None,
        description="The new value of an edit; the other record's id for merge and split; the name for withhold; "
        "the organisation for create",
    )
    before: JsonValue = Field(default=None, description="The value that the curator saw")
    source_value: JsonValue = Field(default=None, description="What the pages said at that time")
    disputed: tuple[str, ...] | None = Field(
        default=None,
        description="For an edit or an approval: what pages disagreed on at that time, as the issue log tells it; "
        "null where that was not noted",
    )
    translated_from: str | None = Field(
        default=None,
        description="For a text that translates: the text in the other language that it was made from",
    )
    engine: str | None = Field(
        default=None, description="For the approval of a machine's text: the engine that made it"
    )
    undoes: str | None = Field(default=None, description="Id of the decision undone")
    reason: str | None = None
    everywhere: bool = Field(default=False, description="For a withdraw: also from the releases kept")
    batch: str | None = Field(default=None, description="Id shared by the decisions of one act on many records")
    act: str | None = Field(default=None, description="Id that the client gave the act, so that it is taken once only")


def decision_id(at: datetime) -> str:
    """Make an id for a decision taken now: it sorts by time, to the microsecond, and no two are the same."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{token_hex(4)}"


def undone(decisions: tuple[Decision, ...]) -> frozenset[str]:
    """Give the ids of the decisions that are undone, undos among them: an undo of an undo brings the first back."""
    gone: set[str] = set()
    for decision in sorted(decisions, key=lambda d: d.id, reverse=True):
        if decision.action == "undo" and decision.undoes and decision.id not in gone:
            gone.add(decision.undoes)
    return frozenset(gone)


def in_force(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Give the decisions that stand: those neither undone nor themselves undos, oldest first."""
    gone = undone(decisions)
    kept = (d for d in decisions if d.action != "undo" and d.id not in gone)
    return tuple(sorted(kept, key=lambda d: d.id))
