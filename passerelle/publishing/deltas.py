"""What a reader needs to come from one release to another without loading it anew: changes/FROM-TO.ndjson.

Two releases are read side by side, a record at a time, so that their size does not matter; records whose bytes are the
same in both are not even parsed. Lines stand by type, initiatives first, then by id.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from passerelle.publishing.changes import last_ends
from passerelle.publishing.contents import changed_fields, content_of_evidence
from passerelle.publishing.folder import Release
from passerelle.publishing.patches import patch_of
from passerelle.publishing.streams import LISTS, Json, differing, lines_of
from schemas.delta import Delta, DeltaType
from schemas.release import Change
from schemas.working import RecordType

TAKEN_BACK = "taken-back"
"""Reason of a record that the older of two releases lacks when a reader goes back to it."""
NO_EVIDENCE = "no-evidence"
"""Reason of evidence that is gone."""


def step_path(before: int, after: int) -> str:
    """Give the path of a delta in a release."""
    return f"changes/{before}-{after}.ndjson"


def step_of(name: str) -> tuple[int, int]:
    """Give the numbers of the two releases of a delta from its file name."""
    before, _, after = name.removesuffix(".ndjson").partition("-")
    return int(before), int(after)


def delta_between(before: Release, after: Release) -> Iterator[bytes]:
    """Yield the lines that lead from one release to another, newer or older."""
    new = after.manifest
    return delta_lines(before.folder, after.folder, since=before.number, at=new.as_of)


Lines = Callable[[Path, RecordType], Iterator[bytes]]
"""Gives the records of a type as written in a release, sorted by id."""


def delta_lines(
    before: Path,
    after: Path,
    *,
    since: int,
    at: datetime,
    lines: Lines = lines_of,
    evidence: Collection[str] | None = None,
) -> Iterator[bytes]:
    """Yield the lines that lead from the files of one release to those of another, which may still be growing.

    Args:
        before: folder that the reader has.
        after: folder that the reader wants; its lists, provenance and changes.ndjson must be there.
        since: number of the release that the reader has.
        at: ``as_of`` of the release that the reader wants.
        lines: may leave out records that are the same in both.
        evidence: ids whose evidence may differ; none means any.
    """
    ends = _ends(after, since)
    for type_ in LISTS:
        told = {id_: end for id_, end in ends.items() if end.type == type_}
        for delta in _of_type(differing(lines(before, type_), lines(after, type_)), type_, told, at):
            yield written(delta)
    for delta in _of_provenance(before / "provenance", after / "provenance", at, evidence):
        yield written(delta)


def written(delta: Delta) -> bytes:
    """Write a delta as its line."""
    return f"{delta.model_dump_json(exclude_none=True)}\n".encode()


def _ends(after: Path, since: int) -> dict[str, Delta]:
    """Give the last word on each id that ended after a release."""
    with (after / "changes.ndjson").open("rb") as lines:
        told = last_ends(lines)
    found = (Change.model_validate(end) for end in told.values() if end["release"] > since)
    return {
        change.id: Delta(
            change="merge" if change.change == "merged" else "withdraw",
            type=change.type,
            id=change.id,
            at=change.at,
            into=change.into,
            reason=change.reason,
        )
        for change in found
    }


def _of_type(
    pairs: Iterable[tuple[str, Json | None, Json | None]],
    type_: DeltaType,
    ends: Mapping[str, Delta],
    at: datetime,
) -> Iterator[Delta]:
    """Yield the lines of a type, the ends of ids that the reader never saw among them."""
    waiting = sorted(ends.items(), reverse=True)
    for id_, old, new in pairs:
        while waiting and waiting[-1][0] < id_:
            yield waiting.pop()[1]
        if waiting and waiting[-1][0] == id_:
            waiting.pop()
        if new is None:
            yield ends.get(id_) or Delta(change="withdraw", type=type_, id=id_, at=at, reason=TAKEN_BACK)
        else:
            yield _entered_or_changed(type_, id_, old, new)
    yield from (end for _, end in reversed(waiting))


def _entered_or_changed(type_: DeltaType, id_: str, old: Json | None, new: Json) -> Delta:
    if old is None:
        return Delta(change="add", type=type_, id=id_, record=new)
    content = None if _says_otherwise(type_, old, new) else False
    return Delta(change="change", type=type_, id=id_, patch=tuple(patch_of(old, new)), content=content)


def _says_otherwise(type_: DeltaType, old: Json, new: Json) -> bool:
    """Tell whether a record, or evidence, was not only seen again."""
    if type_ == "provenance":
        return content_of_evidence(old) != content_of_evidence(new)
    return bool(changed_fields(old, new))


def _of_provenance(before: Path, after: Path, at: datetime, ids: Collection[str] | None) -> Iterator[Delta]:
    old, new = _files(before, ids), _files(after, ids)
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) == new.get(name):
            continue
        id_ = name.removesuffix(".json")
        left, right = _read(before / name, name in old), _read(after / name, name in new)
        if left == right:
            continue
        if right is None:
            yield Delta(change="withdraw", type="provenance", id=id_, at=at, reason=NO_EVIDENCE)
        else:
            yield _entered_or_changed("provenance", id_, left, right)


def _files(folder: Path, ids: Collection[str] | None) -> dict[str, tuple[int, int]]:
    """Give device and inode of each file, or of those of some ids: releases share the files of what did not change."""
    if not folder.is_dir():
        return {}
    if ids is not None:
        found = ((path.name, path.stat()) for id_ in ids if (path := folder / f"{id_}.json").exists())
        return {name: (told.st_dev, told.st_ino) for name, told in found}
    device = folder.stat().st_dev
    with os.scandir(folder) as entries:
        return {entry.name: (device, entry.inode()) for entry in entries}


def _read(path: Path, there: bool) -> Any:
    return json.loads(path.read_bytes()) if there else None
