"""Why a record is in the queue, and where it stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from passerelle.review.help import Record
from passerelle.review.proposals import proposals
from passerelle.review.records import Held
from schemas.completeness import KEY_FIELDS, filled
from schemas.issue import Issue
from schemas.records import Initiative, Organization
from schemas.settled import settled

Reason = Literal[
    "conflict",
    "changed-source",
    "failed-check",
    "possible-duplicate",
    "gone-page",
    "reopened",
    "stale-translation",
    "new",
    "low-completeness",
    "missing-translation",
]
"""Why a record is in the queue, the most pressing first."""

Status = Literal["unreviewed", "approved", "reopened", "rejected", "withdrawn"]

LOW = 50
"""Percent of the key fields below which a record nobody approved is looked at."""
NOTHING = 1000
"""Place in the queue of a record that needs no eyes."""

_WRONG = frozenset({"conflict", "decision-invalid", "decision-without-target", "judgement-conflict"})
"""Issues that stand against a record, approved or not; a conflict until it is settled."""
_FROM_LAYING = frozenset({"source-changed", "translation-stale", "decision-invalid"})
"""Issues of decisions laid over a record, which is done anew each time that it is shown."""
_TYPES = ("initiative", "news", "organization")
"""Within one reason, initiatives are looked at first: they are what the data set is about."""
_ORDER = {reason: place for place, reason in enumerate(get_args(Reason))}


def status_of(held: Held) -> Status:
    """Tell where a record stands with its curators; the last word counts, but what is out stays out."""
    standing = held.standing
    if any(one.action == "withdraw" for one in standing):
        return "withdrawn"
    if any(one.action == "reject" for one in standing):
        return "rejected"
    last = next((one for one in reversed(standing) if one.action in ("approve", "reopen") and not one.path), None)
    if last is None:
        return "unreviewed"
    return "approved" if last.action == "approve" else "reopened"


def reasons_of(held: Held, whole: Record, issues: Sequence[Issue], duplicates: int) -> tuple[Reason, ...]:
    """Give the reasons to look at a record, the most pressing first.

    Args:
        held: the record.
        whole: the same with decisions and translations.
        issues: lines of the issue log that name it.
        duplicates: records that may be the same and were not judged.
    """
    if status_of(held) in ("rejected", "withdrawn"):
        return ()
    still = [issue for issue in issues if not settled(issue, held.standing, held.base)]
    return tuple(sorted(set(_reasons(held, whole, still, duplicates)), key=_ORDER.__getitem__))


def open_issues(held: Held, logged: Sequence[Issue], laid: Sequence[Issue]) -> tuple[Issue, ...]:
    """Give what is still to look at: what was logged and not decided since, and what laying the decisions says."""
    lasting = (one for one in logged if one.code not in _FROM_LAYING)
    still = (one for one in lasting if not settled(one, held.standing, held.base))
    return tuple(dict.fromkeys((*still, *laid)))


def _reasons(held: Held, whole: Record, issues: Sequence[Issue], duplicates: int) -> Iterator[Reason]:
    status = status_of(held)
    seen = status == "approved"
    codes = {issue.code for issue in issues}
    changed = bool(proposals(held))
    if codes & _WRONG:
        yield "conflict"
    if changed:
        yield "changed-source"
    if duplicates:
        yield "possible-duplicate"
    if _gone(held):
        yield "gone-page"
    if status == "reopened":
        yield "reopened"
    if status == "unreviewed":
        yield "new"
    if not seen and completeness(whole) < LOW:
        yield "low-completeness"
    if isinstance(whole, Initiative):
        yield from _of_texts(whole, codes)


def _of_texts(whole: Initiative, codes: set[str]) -> Iterator[Reason]:
    statuses = whole.text_status.values()
    if any(not status.fresh for status in statuses):  # a text that waits for a translation is missing, not stale
        yield "stale-translation"
    pending = [status for status in statuses if status.origin == "pending" and status.reason != "no-text"]
    if pending:
        yield "missing-translation"
        if "translation-refused" in codes:
            yield "failed-check"


def _gone(held: Held) -> bool:
    """Tell whether a page of the record went away since a person last approved it."""
    if isinstance(held.record, Organization):
        return False
    approved = max((one.at for one in held.standing if one.action == "approve" and not one.path), default=None)
    return any(ref.gone_at and (approved is None or ref.gone_at > approved) for ref in held.record.sources)


def completeness(record: Record) -> int:
    """Give the percentage of an initiative's key fields that have a value; other records are complete."""
    return round(100 * sum(filled(record)) / len(KEY_FIELDS)) if isinstance(record, Initiative) else 100


def missing_languages(record: Record) -> tuple[str, ...]:
    """Give the languages in which texts wait for a translation."""
    if not isinstance(record, Initiative):
        return ()
    waiting = (path for path, status in record.text_status.items() if status.origin == "pending")
    return tuple(sorted({path.rpartition(".")[2] for path in waiting if record.text_status[path].reason != "no-text"}))


def priority(type_: str, reasons: Sequence[Reason]) -> int:
    """Give the place in the queue: by the most pressing reason, then by type."""
    return 10 * _ORDER[reasons[0]] + _TYPES.index(type_) if reasons else NOTHING
