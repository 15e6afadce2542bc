"""One record as a curator sees it: what it says now, what its pages say and where, and what somebody should decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from passerelle.review.claims import Claim, claim_on
from passerelle.review.duplicates import open_pairs
from passerelle.review.errors import InvalidAct
from passerelle.review.help import Help, Record
from passerelle.review.proposals import Proposal, edits_by_path, proposals
from passerelle.review.reasons import Reason, Status, completeness, open_issues, reasons_of, status_of
from passerelle.review.records import Held, fillings_of, hold_named, merged_into, put_out
from passerelle.review.waiting import Waiting, waiting_on
from passerelle.store.log import issues_by_record
from schemas.base import LANGUAGES, Language
from schemas.decision import Decision, undone
from schemas.issue import Issue
from schemas.paths import language_maps
from schemas.records import FieldEvidence, Review, TextStatus, Translated
from schemas.texts import text_digest
from schemas.working import RecordType

__all__ = ["Badge", "Proposal", "Reason", "RecordView", "Text", "record_view"]

Badge = Literal["page", "person", "memory", "machine", "pending", "stale"]
"""How a text came to be; stale: made by a person from a text that has changed since."""

_BADGES: Mapping[str, Badge] = {
    "source": "page",
    "human": "person",
    "memory": "memory",
    "machine": "machine",
    "pending": "pending",
}


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
    """Why it is pending, or how near the memory's source was."""
    checks: tuple[str, ...]
    """All checks that a machine's text failed, which stayed out for that."""
    engine: str | None
    source: str | None
    """The text in the other language."""

    @property
    def likeness(self) -> int | None:
        """Percent to which the memory's source resembles this text's, where it is not the same."""
        near = (self.reason or "").partition("fuzzy-")[2]
        return round(100 * float(near)) if near else None


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
    status: Status
    review: Review
    texts: Mapping[str, Text]
    """By path with language, for every text of the record."""
    evidence: Mapping[str, tuple[FieldEvidence, ...]]
    """By path, where the pages say it."""
    edited: Mapping[str, Decision]
    """By path, the edit in force."""
    reasons: tuple[Reason, ...]
    completeness: int
    """Percent."""
    issues: tuple[Issue, ...]
    proposals: tuple[Proposal, ...]
    duplicates: tuple[str, ...]
    """Ids of records that may be the same."""
    waiting: tuple[Waiting, ...]
    """Merges, splits and the like that the next matching will carry out or take back, newest first."""
    comments: tuple[Decision, ...]
    """Those in force, oldest first."""
    history: tuple[Decision, ...]
    """Everything that was decided, newest first, undone or not."""
    undone: frozenset[str]
    """Ids of the decisions in the history that do not stand."""
    claim: Claim | None
    there: bool
    """Whether it is in the data set; one that was put out is only looked at, and reopened."""
    parts: tuple[str, ...]
    """Source keys that it was made of: what ``split`` takes off."""


def record_view(session: Session, record: str, help: Help) -> RecordView:  # noqa: A002
    """Show a record; an id that was merged shows the record that lives on (``view.id`` tells).

    One that curators put out is shown as its page still says it, with its history, so that this can be undone.

    Raises:
        InvalidAct: there is no such record (key ``no-record``).
    """
    held = hold_named(session, [record]).get(record) or put_out(session, record, help)
    if held is None:
        raise InvalidAct("no-record", record=record)
    laid = help.fold(held.base, held.standing)
    now = laid.record
    if isinstance(now, Translated):
        now = help.complete(now, fillings_of(session, held.id))
    logged = tuple(map(Issue.model_validate_json, issues_by_record(session, [held.id]).get(held.id, ())))
    others = open_pairs(session, [held.id]).get(held.id, ())
    return RecordView(
        id=held.id,
        type=held.type,
        record=now,
        base=held.base,
        version=held.version,
        status=status_of(held),
        review=_review(held),
        texts=_texts(held, now),
        evidence=held.evidence.fields if held.evidence else {},
        edited={path: edits[-1] for path, edits in edits_by_path(held).items()},
        reasons=reasons_of(held, now, logged, len(others)),
        completeness=completeness(now),
        issues=open_issues(held, logged, laid.issues),
        proposals=proposals(held),
        duplicates=others,
        waiting=waiting_on(session, {held.id, *merged_into(session, held.id), *held.parts}),
        comments=tuple(one for one in held.standing if one.action == "comment"),
        history=tuple(reversed(held.decisions)),
        undone=undone(held.decisions),
        claim=claim_on(session, held.id),
        there=held.there,
        parts=held.parts,
    )


def _review(held: Held) -> Review:
    """Tell who reviewed a record last; also for records whose shape has no place for it."""
    told = [one for one in held.standing if one.action in ("approve", "reopen") and not one.path]
    if not told:
        return Review()
    return Review(status="approved" if told[-1].action == "approve" else "reopened", by=told[-1].by, at=told[-1].at)


def _texts(held: Held, now: Record) -> dict[str, Text]:
    return {text.path: text for text in _each_text(held, now)} if isinstance(now, Translated) else {}


def _each_text(held: Held, now: Translated) -> Iterator[Text]:
    approved = {one.path: one for one in held.standing if one.action == "approve" and one.path}
    for place, texts in language_maps(now):
        for language in LANGUAGES:
            path = f"{place}.{language}"
            source = texts.get("en" if language == "fr" else "fr")
            status = now.text_status.get(path)
            text, seen = texts.get(language), approved.get(path)
            yield Text(
                path=path,
                language=language,
                text=text,
                badge=_badge(status),
                reviewed=bool(status and status.reviewed) or (seen is not None and _still(seen, text, source)),
                reason=status.reason if status else None,
                checks=status.checks if status else (),
                engine=status.engine if status else None,
                source=source,
            )


def _badge(status: TextStatus | None) -> Badge:
    if status is None:
        return "page"
    return _BADGES[status.origin] if status.fresh else "stale"


def _still(approval: Decision, text: str | None, source: str | None) -> bool:
    """Tell whether a text and its source are those that a person approved."""
    approved = approval.value, approval.translated_from
    return tuple(map(_digest, approved)) == (_digest(text), _digest(source))


def _digest(text: object) -> str:
    return text_digest(text) if isinstance(text, str) else ""
