"""How far a withdrawal would reach: the records it changes, and the releases and deltas that it takes away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passerelle.publishing.deltas import step_of
from passerelle.publishing.folder import current_release, numbers, release_folder
from passerelle.publishing.streams import LISTS
from passerelle.publishing.withholding.withdrawals import Withdrawals


@dataclass(frozen=True)
class Reach:
    """What a withdrawal changes or removes of what is published."""

    records: tuple[str, ...] = ()
    """Ids of the records of the release being served that hold it, sorted."""
    releases: tuple[int, ...] = ()
    """Numbers of the kept releases that hold it."""
    deltas: tuple[str, ...] = ()
    """Deltas of the release being served that hold it, as ``FROM-TO``."""

    @property
    def nowhere(self) -> bool:
        """Whether nothing published holds it."""
        return not (self.records or self.releases or self.deltas)


def reach_of(curated: Path, withdrawals: Withdrawals) -> Reach:
    """Find what of a folder of releases holds what is to be withdrawn, without a change to it.

    Raises:
        OSError: a file of a release cannot be read.
    """
    there = [number for number in numbers(curated) if withdrawals.held_in(release_folder(curated, number))]
    served = current_release(curated)
    if served is None:
        return Reach(releases=tuple(there))
    steps = sorted((served.folder / "changes").glob("*.ndjson"), key=lambda path: step_of(path.name))
    return Reach(
        records=tuple(sorted(set(_records(served.folder, withdrawals)))),
        releases=tuple(there),
        deltas=tuple(path.stem for path in steps if withdrawals.held_in_file(path)),
    )


def _records(release: Path, withdrawals: Withdrawals) -> Iterator[str]:
    """Yield the ids of the records that hold it, themselves or by their evidence."""
    for name in LISTS.values():
        with (release / f"{name}.ndjson").open(encoding="utf-8") as lines:
            yield from (json.loads(line)["id"] for line in lines if withdrawals.holds(line, records=True))
    evidence = (release / "provenance").glob("*.json")
    yield from (path.stem for path in evidence if withdrawals.held_in_file(path))
