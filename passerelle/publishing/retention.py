"""Which releases stay on disk: the last ones, and one a month if asked for.

Nothing that readers rely on goes with an old release: every release carries all lines of changes.ndjson, tombstones
and redirects included. The release being served and the newest always stay.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from passerelle.publishing.folder import PublishError, Release, current_release, numbers, release_folder

_KEEP = re.compile(r"all|(?P<last>[1-9]\d*)(?P<monthly>\s*,\s*monthly)?")


@dataclass(frozen=True)
class Keep:
    """How many of the last releases stay (all of them where none is said), and whether the last of each month does."""

    last: int | None = None
    monthly: bool = False


def read_keep(text: str) -> Keep:
    """Read PASSERELLE_KEEP: ``all``, ``20`` or ``20,monthly``.

    Raises:
        PublishError: it is none of these.
    """
    found = _KEEP.fullmatch(text.strip())
    if not found:
        msg = f"PASSERELLE_KEEP is {text!r}; say all, a number such as 20, or 20,monthly"
        raise PublishError(msg)
    return Keep(int(found["last"]) if found["last"] else None, monthly=bool(found["monthly"]))


def oldest_step(curated: Path, keep: Keep, upcoming: int, removed: Collection[int]) -> int:
    """Give the number of the oldest release from which deltas are carried on.

    A release that was removed with what was withdrawn counts like one that is kept: its readers still hold it, and
    the deltas that do not give what was withdrawn lead them to a release without it.

    Args:
        curated: folder of the releases.
        keep: which of them stay on disk.
        upcoming: number of the release being written.
        removed: numbers of the releases that held what was withdrawn.
    """
    there = set(numbers(curated))
    late = sorted(there | set(removed))[-(keep.last or 0) :]
    return min({*there, *set(removed).intersection(late), upcoming})


def retire(curated: Path, keep: Keep) -> tuple[int, ...]:
    """Take away the releases that need not stay; give their numbers. Only under the lock."""
    there = numbers(curated)
    if keep.last is None or not there:
        return ()
    current = current_release(curated)
    stay = {*there[-keep.last :], *([current.number] if current else [])}
    if keep.monthly:
        releases = (Release(release_folder(curated, number)) for number in there)
        months = {f"{release.manifest.as_of:%Y-%m}": release.number for release in releases if release.sound}
        stay.update(months.values())
    gone = tuple(number for number in there if number not in stay)
    for number in gone:
        # In one step out of sight, so that nobody finds half a release; what a killed run leaves, the next one removes.
        leaving = curated / "releases" / f".staging-retired-{number}"
        release_folder(curated, number).rename(leaving)
        shutil.rmtree(leaving)
    return gone
