"""Which lines of the issue log are settled: a person decided, and no page has said anything new since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue

from schemas.decision import Decision
from schemas.issue import Issue
from schemas.paths import dumped
from schemas.sameness import same

_ELSEWHERE = "; elsewhere "


def disputed(path: str, kept: object, others: Iterable[object]) -> str:
    """Write what pages disagree on: the detail of a ``conflict``, which begins with the field's path."""
    return f"{path}: kept {kept}{_ELSEWHERE}{', '.join(map(str, others))}"


def disputes(issues: Iterable[Issue], decisions: Iterable[Decision], path: str | None) -> tuple[str, ...]:
    """Give what pages disagree on in a field, or in a record, for a decision on it to remember.

    Args:
        issues: lines of the log about one record; what was settled is no longer among them.
        decisions: all decisions on the record, oldest first: they remember what was settled.
        path: the field; none for the whole record.
    """
    before = {_path(one): one for decision in decisions for one in decision.disputed or ()}
    logged = {_path(issue.detail): issue.detail for issue in issues if issue.code == "conflict" and issue.detail}
    return tuple(one for field, one in sorted((before | logged).items()) if path in (None, field))


def settled(issue: Issue, standing: Iterable[Decision], base: Any) -> bool:
    """Tell whether a person decided what pages disagree on, and no page has said anything new since.

    Args:
        issue: a line of the log about one record; other codes than ``conflict`` are never settled so.
        standing: the decisions in force on the record, oldest first.
        base: the record before decisions.
    """
    if issue.code != "conflict":
        return False
    path = _path(issue.detail)
    said = dumped(base, path)
    done = False
    for decision in standing:
        if decision.action == "reopen" and decision.path in (None, path):
            done = False
        elif decision.action in ("edit", "approve") and decision.path in (None, path):
            done = same(_seen(decision, path), said) and _others(issue.detail) <= _known(decision, path, issue)
    return done


def _known(decision: Decision, path: str, issue: Issue) -> set[str]:
    """Give what other pages said when this was decided, and what was decided; all, where nobody noted it."""
    if decision.disputed is None:
        return _others(issue.detail)
    then = next((one for one in decision.disputed if _path(one) == path), "")
    return _others(then) | {str(decision.value)}


def _path(detail: str | None) -> str:
    return (detail or "").partition(": ")[0]


def _others(detail: str | None) -> set[str]:
    """Give what pages that are not followed say; a value with a comma counts as several."""
    return set(filter(None, (detail or "").partition(_ELSEWHERE)[2].split(", ")))


def _seen(decision: Decision, path: str) -> JsonValue:
    """Give what the pages said of a field when it, or the whole record, was decided."""
    seen = decision.source_value
    return seen.get(path) if decision.path is None and isinstance(seen, dict) else seen
