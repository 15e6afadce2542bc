"""What a person's own files brought before: such a file may be corrected and brought again."""

from __future__ import annotations

from collections.abc import Iterable

from passerelle.review.proposals import edits_by_path
from passerelle.review.records import Held

BROUGHT = "import "
"""Begins the reason of what a file brought; its name follows."""


def brought_by(by: str, records: Iterable[Held]) -> frozenset[tuple[str, str]]:
    """Give the fields, by record and path, of which the last edit in force came from a file of a person."""
    return frozenset(
        (held.id, path)
        for held in records
        for path, edits in edits_by_path(held).items()
        if edits[-1].by == by and (edits[-1].reason or "").startswith(BROUGHT)
    )
