"""Which lines of the issue log are settled: a person decided while the pages said what they say now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue

from schemas.decision import Decision
from schemas.issue import Issue
from schemas.paths import dumped
from schemas.sameness import same


def disputed(path: str, kept: object, others: Iterable[object]) -> str:
    """Write what pages disagree on: the detail of a ``conflict``, which begins with the field's path."""
    return f"{path}: kept {kept}; elsewhere {', '.join(map(str, others))}"


def settled(issue: Issue, standing: Iterable[Decision], base: Any) -> bool:
    """Tell whether a person decided what pages disagree on, and the page that is followed still says the same.

    Args:
        issue: a line of the log about one record; other codes than ``conflict`` are never settled so.
        standing: the decisions in force on the record, oldest first.
        base: the record before decisions.
    """
    if issue.code != "conflict":
        return False
    path = (issue.detail or "").partition(": ")[0]
    said = dumped(base, path)
    done = False
    for decision in standing:
        if decision.action == "reopen" and decision.path in (None, path):
            done = False
        elif decision.action in ("edit", "approve") and decision.path in (None, path):
            done = same(_seen(decision, path), said)
    return done


def _seen(decision: Decision, path: str) -> JsonValue:
    """Give what the pages said of a field when it, or the whole record, was decided."""
    seen = decision.source_value
    return seen.get(path) if decision.path is None and isinstance(seen, dict) else seen
