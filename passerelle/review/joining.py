"""What people wrote in both records before a merge: of lists that both set whole, the entries of both stay."""

from __future__ import annotations

from pydantic import JsonValue

from passerelle.review.fates import says
from passerelle.review.proposals import edits_by_path
from passerelle.review.records import Held


def lists_of_both(one: Held, other: Held) -> dict[str, list[JsonValue]]:
    """Give, by path, the lists that people set in both records and that differ: the first's, then what it lacks."""
    edits = edits_by_path(one), edits_by_path(other)
    joined = {}
    for path in sorted(edits[0].keys() & edits[1].keys()):
        mine, theirs = (told[path][-1].value for told in edits)
        if isinstance(mine, list) and isinstance(theirs, list) and mine != theirs:
            joined[path] = [*mine, *(entry for entry in theirs if not any(says(known, entry) for known in mine))]
    return joined
