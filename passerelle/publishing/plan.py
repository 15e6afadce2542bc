"""What publishing would do, and nothing done: ``passerelle publish --dry-run``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from schemas.issue import Issue
from schemas.release import Change

Verdict = Literal["publish", "serve", "unchanged", "refuse"]


@dataclass(frozen=True)
class Plan:
    """What the next release would be."""

    verdict: Verdict
    """``serve`` where a release of this content is written already and would be served."""
    number: int | None
    """Number of the release that would be served afterwards."""
    reasons: tuple[Issue, ...]
    """Why it would be refused."""
    changed: dict[str, int]
    """How many records would be added, changed, merged and withdrawn."""
    lines: tuple[Change, ...]
    """The first of the lines that changes.ndjson would have."""
    report: dict[str, Any]
    """What the gate saw, as in ``curated/reports/``."""
