"""One record as a curator sees it: what it says now, what its pages say and where, and what somebody should decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from passerelle.review.claims import Claim, claim_on
from passerelle.review.help import Help, Record
from passerelle.review.queue import Reason
from passerelle.review.records import fillings_of, hold
from schemas.base import Language
from schemas.decision import Decision
from schemas.issue import Issue
from schemas.records import FieldEvidence, Initiative, Review
from schemas.working import RecordType

Badge = Literal["page", "person", "memory", "machine", "pending", "stale"]
"""How a text came to be; stale: made from a text that has changed since."""

Change = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Text:
    """One text of a record in one language."""

    path: str
    """With its language: ``benefits.0.text.en``."""
    language: Language
    text: str | None
    badge: Badge
    reviewed: bool
    """Whether a person wrote or approved it."""
    reason: str | None
    """Why it is pending."""
    engine: str | None
    source: str | None
    """The text in the other language."""


@dataclass(frozen=True)
class Proposal:
    """A change of the pages that a person should accept or refuse; values as JSON."""

    path: str
    was: object
    """What the pages said when a person last looked."""
    is_now: object
    mine: object
    """What the record says."""
    edited: bool
    """Whether ``mine`` is a person's edit, which stays until the change is accepted; else the page's own."""
    diff: tuple[tuple[Change, str], ...]
    """Word by word from ``was`` to ``is_now``; empty where they are not texts."""


@dataclass(frozen=True)
class RecordView:
    """All that the desk shows of one record."""

    id: str
    type: RecordType
    record: Record
    """As it would be published: with decisions and translations."""
    base: Record
    """As the pages say it."""
    version: str
    """To be given back as ``expected`` with an act."""
    status: str
    review: Review
    texts: Mapping[str, Text]
    """By path with language, for every text of the record."""
    evidence: Mapping[str, tuple[FieldEvidence, ...]]
    """By path, where the pages say it."""
    edited: Mapping[str, Decision]
    """By path, the edit in force."""
    reasons: tuple[Reason, ...]
    issues: tuple[Issue, ...]
    proposals: tuple[Proposal, ...]
    duplicates: tuple[str, ...]
    """Ids of records that may be the same."""
    waiting: tuple[Decision, ...]
    """Merges, splits and the like that take effect at the next run of the pipeline."""
    comments: tuple[Decision, ...]
    history: tuple[Decision, ...]
    """Everything that was decided, newest first, undone or not."""
    undone: frozenset[str]
    """Ids of the decisions in the history that do not stand."""
    claim: Claim | None
    parts: tuple[str, ...]
    """Source keys that it was made of: what ``split`` takes off."""


def record_view(session: Session, record: str, help: Help) -> RecordView:  # noqa: A002
    """Show a record; an id that was merged shows the record that lives on (``view.id`` tells).

    Raises:
        InvalidAct: there is no such record (key ``no-record``).
    """
    held = hold(session, record)
    laid = help.fold(held.base, held.standing)
    now = laid.record
    if isinstance(now, Initiative):
        now = help.complete(now, fillings_of(session, held.id))
    standing = {one.id for one in held.standing}
    return RecordView(
        id=held.id,
        type=held.type,
        record=now,
        base=held.base,
        version=held.version,
        status=now.review.status if isinstance(now, Initiative) else "unreviewed",
        review=now.review if isinstance(now, Initiative) else Review(),
        texts={},
        evidence=held.evidence.fields if held.evidence else {},
        edited={one.path: one for one in held.standing if one.action == "edit" and one.path},
        reasons=(),
        issues=laid.issues,
        proposals=(),
        duplicates=(),
        waiting=(),
        comments=tuple(one for one in held.standing if one.action == "comment"),
        history=tuple(reversed(held.decisions)),
        undone=frozenset(one.id for one in held.decisions if one.action != "undo" and one.id not in standing),
        claim=claim_on(session, held.id),
        parts=held.parts,
    )
