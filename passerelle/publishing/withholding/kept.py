"""Remove the kept releases that hold what was withdrawn.

A release is never rewritten: its checksums are a promise. One that holds a withdrawn record or person is removed as a
whole instead, once a release without them is served; its number stays in ``curated/removed.json``. docs/privacy.md
says why.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from passerelle.publishing import folder
from passerelle.publishing.withholding.withdrawals import Withdrawals
from schemas.issue import Issue

REMOVED = "removed.json"
_CHECKED = ".withdrawals.json"
"""Ids of the decisions that the kept releases were searched for: an unchanged list is not searched again."""


def remove_carriers(curated: Path, withdrawals: Withdrawals, *, at: datetime) -> tuple[int, ...]:
    """Remove every release save the one being served that holds what was withdrawn; give their numbers.

    Call it under the lock, after publishing. If the release being served holds it too, because nothing newer could be
    published, the next call searches again.

    Args:
        curated: folder of the releases.
        withdrawals: those in force.
        at: the time that the tombstones of the releases say.
    """
    if _checked(curated) == withdrawals.decisions:
        return ()
    current = folder.current_release(curated)
    served = current.number if current else 0
    releases = sorted(int(path.name) for path in (curated / "releases").glob("[0-9]*"))
    held = [number for number in releases if withdrawals.held_in(folder.release_folder(curated, number))]
    gone = tuple(number for number in held if number != served)
    if gone:
        _write(
            curated / REMOVED, [*removed(curated), *({"release": n, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}"} for n in gone)]
        )
    for number in gone:
        old = folder.release_folder(curated, number)
        leftover = old.with_name(f".staging-removed-{number}")
        old.rename(leftover)  # a killed run leaves it to the next one to take away
        shutil.rmtree(leftover)
    if served not in held:
        _write(curated / _CHECKED, list(withdrawals.decisions))
    return gone


def removed(curated: Path) -> list[dict[str, Any]]:
    """Give the tombstones of the releases removed: ``release`` and ``at``, oldest first."""
    path = curated / REMOVED
    told: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return told


def removal_issue(numbers: tuple[int, ...]) -> Issue:
    """Make the line of the issue log that says which releases were removed."""
    which = ", ".join(map(str, numbers))
    message = f"releases {which} held a withdrawn record or person and were removed; remove your own copies too"
    return Issue(stage="publish", severity="info", code="releases-removed", message=message, detail=which)


def _checked(curated: Path) -> tuple[str, ...]:
    path = curated / _CHECKED
    return tuple(json.loads(path.read_text("utf-8"))) if path.exists() else ()


def _write(path: Path, content: object) -> None:
    fresh = path.with_name(f".new-{path.name.lstrip('.')}")
    fresh.write_text(json.dumps(content) + "\n", "utf-8")
    fresh.replace(path)
