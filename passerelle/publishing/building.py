"""Write the files of a release, a record at a time, with the bytes of the newest one where a record is the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from passerelle.publishing import folder
from passerelle.publishing.contents import SHAPES
from passerelle.publishing.deltas import delta_lines, step_of, step_path
from passerelle.publishing.facts import Facts, State, write_facts
from passerelle.publishing.files import OutFile, RecordFile, media_type
from passerelle.publishing.folder import FILES
from passerelle.publishing.registry import LIST_FILES, PROVENANCE_FILES, RECORD_FILES
from passerelle.publishing.streams import LISTS, paired
from passerelle.publishing.survey import Newest, Survey
from passerelle.publishing.withholding.names import People
from passerelle.publishing.withholding.records import without_reason
from passerelle.publishing.withholding.withdrawals import Withdrawals
from passerelle.publishing.writing import (
    Linker,
    ListBefore,
    ListWriter,
    entry,
    write_record_files,
)
from schemas.base import Shape
from schemas.records import Organization, Provenance
from schemas.release import ReleaseFile
from schemas.working import RecordType


@dataclass(frozen=True)
class Growing:
    """A release that is being written: its folder, that of its facts, and what is taken over."""

    staging: Path
    state: Path
    newest: Newest | None
    number: int
    as_of: datetime

    @property
    def before(self) -> State | None:
        """Facts of the newest release, where they still hold."""
        return self.newest.state if self.newest else None


def write_records(growing: Growing, survey: Survey) -> Iterator[ReleaseFile]:
    """Write the lists and the record files; yield the lines of the manifest."""
    blocks: dict[str, Any] = {}
    listed = folder.FileWriter(growing.staging / FILES)
    count = 0
    try:
        for type_ in LISTS:
            writer = _TypeWriter(growing, type_)
            try:
                for line in writer.write(survey):
                    listed.write(line)
                    count += 1
                yield from writer.close()
            finally:
                writer.release()
            blocks |= writer.blocks
    finally:
        listed.close()
    yield entry(FILES, listed, count)
    folder.write_file(growing.state / "blocks.json", [json.dumps(blocks).encode()])


class _TypeWriter:
    """Writes the lists and record files of one type of records."""

    def __init__(self, growing: Growing, type_: RecordType) -> None:
        self._growing, self._type = growing, type_
        self._files: tuple[RecordFile[Any], ...] = (*RECORD_FILES[type_], *PROVENANCE_FILES)
        self._paths = [(file.path, media_type(file.path)) for file in self._files]
        newest = growing.newest
        self._linker = Linker(growing.staging, newest.release.folder, self._files) if newest else None
        self._own = len(RECORD_FILES[type_])
        self._lists = [ListWriter(growing.staging, one, self._list_before(one.path)) for one in LIST_FILES[type_]]
        self._facts = folder.FileWriter(growing.state / f"{LISTS[type_]}.ndjson")

    def _list_before(self, path: str) -> ListBefore | None:
        newest, before = self._growing.newest, self._growing.before
        if newest is None or before is None:
            return None
        return ListBefore(newest.release.folder / path, before.blocks.get(path, {}))

    def write(self, survey: Survey) -> Iterator[bytes]:
        """Write all records; yield the lines of their files."""
        fresh = survey.fresh(self._type)
        before = self._growing.before
        known = before.facts(self._type) if before else iter(())
        for facts, old in paired(survey.facts(self._type), known, key=lambda facts: facts.id):
            if facts is None or not facts.pieces:
                for writer, length in zip(self._lists, old.pieces if old else (), strict=bool(old)):
                    writer.skip(length)
            if facts is None:
                continue
            done = self._take_over(facts) if facts.pieces else self._render(facts, *next(fresh))
            self._facts.write(write_facts(done))
            yield from self._lines(done)

    def _take_over(self, facts: Facts) -> Facts:
        if self._linker is None:
            msg = f"{facts.id} has facts and there is no release to take it over from"
            raise ValueError(msg)
        for writer, length in zip(self._lists, facts.pieces, strict=True):
            writer.copy(facts.id, length)
        self._linker.link(facts.id, len(facts.files))
        return facts

    def _render(self, facts: Facts, record: bytes, evidence: bytes) -> Facts:
        shape: Shape = SHAPES[self._type].model_validate_json(record)
        changed = facts.changed
        if not isinstance(shape, Organization):
            as_of = self._growing.as_of
            at = datetime.fromisoformat(changed) if changed else as_of
            shape = shape.model_copy(update={"version": facts.version, "last_changed": at})
            changed = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        pieces = [writer.render(facts.id, shape) for writer in self._lists]
        root = self._growing.staging
        files = write_record_files(root, self._files[: self._own], facts.id, shape)
        provenance = json.loads(evidence) and Provenance.model_validate_json(evidence)
        if provenance:
            files += write_record_files(root, self._files[self._own :], facts.id, provenance)
        return facts._replace(pieces=pieces, files=files, changed=changed)

    def _lines(self, facts: Facts) -> Iterator[bytes]:
        for (path, kind), (size, digest) in zip(self._paths, facts.files, strict=False):
            told = {"path": path.replace("{id}", facts.id), "media_type": kind, "bytes": size, "sha256": digest}
            yield json.dumps({**told, "records": 1}, separators=(",", ":")).encode() + b"\n"

    def close(self) -> Iterator[ReleaseFile]:
        """End the lists; yield their lines of the manifest."""
        for writer in self._lists:
            yield from writer.close()

    def release(self) -> None:
        """Give all files back, ended or not."""
        self._facts.close()
        for writer in self._lists:
            writer.release()

    @property
    def blocks(self) -> dict[str, Any]:
        """Blocks of the gzip files."""
        return {f"{one.path}": writer.blocks for one, writer in zip(LIST_FILES[self._type], self._lists, strict=True)}


def write_out(growing: Growing, files: Iterable[OutFile]) -> Iterator[ReleaseFile]:
    """Write whole files, each shared with the newest release where it has the same; yield the lines of the manifest."""
    for file in files:
        written = folder.write_file(growing.staging / file.path, file.chunks)
        records = written.lines if file.records is None and file.path.endswith(".ndjson") else file.records
        if growing.newest:
            folder.link_if_same(growing.staging / file.path, growing.newest.release.folder / file.path)
        yield entry(file.path, written, records)


def steps(growing: Growing, oldest: int, withdrawals: Withdrawals) -> Iterator[OutFile]:
    """Yield the delta from the newest release, and those before it back to the oldest release kept.

    One that gives what was withdrawn is left out.
    """
    if growing.newest is None:
        return
    release = growing.newest.release
    for path in sorted((release.folder / "changes").glob("*.ndjson"), key=lambda path: step_of(path.name)):
        if step_of(path.name)[0] >= oldest and not withdrawals.held_in_file(path):
            yield OutFile(f"changes/{path.name}", _bytes_of(path))
    lines = delta_lines(release.folder, growing.staging, since=release.number, at=growing.as_of)
    yield OutFile(step_path(release.number, growing.number), lines)


def history(growing: Growing, lines: Iterable[bytes], people: People) -> OutFile:
    """Give changes.ndjson: what it said before, and the new lines, without a reason that names one of some people."""
    return OutFile("changes.ndjson", (without_reason(line, people) for line in _both(growing, lines)))


def _both(growing: Growing, lines: Iterable[bytes]) -> Iterator[bytes]:
    if growing.newest:
        with (growing.newest.release.folder / "changes.ndjson").open("rb") as before:
            yield from before
    yield from lines


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")
