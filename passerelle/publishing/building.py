"""Write the files of a release, a record at a time, with the bytes of the newest one where a record is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from passerelle.publishing import folder
from passerelle.publishing.contents import SHAPES
from passerelle.publishing.deltas import delta_lines, step_of, step_path
from passerelle.publishing.facts import NOT_MADE, Facts, Line, Made, State, write_facts
from passerelle.publishing.files import ListFile, OutFile, Pieces, RecordFile, media_type, pretty
from passerelle.publishing.folder import FILES
from passerelle.publishing.registry import LIST_FILES, PROVENANCE_FILES, RECORD_FILES
from passerelle.publishing.site.names import Names
from passerelle.publishing.streams import LISTS
from passerelle.publishing.survey import Newest, Survey
from passerelle.publishing.withholding.names import People
from passerelle.publishing.withholding.records import without_reason
from passerelle.publishing.withholding.withdrawals import Withdrawals
from passerelle.publishing.writing import (
    Linker,
    ListBefore,
    ListWriter,
    Written,
    entry,
    write_record_files,
)
from schemas.base import Shape
from schemas.records import Organization, Provenance
from schemas.release import ReleaseFile
from schemas.working import RecordType

_RUN = 256
"""Records taken over at once."""


@dataclass(frozen=True)
class Growing:
    """A release that is being written: its folder, that of its facts, and what is taken over."""

    staging: Path
    state: Path
    newest: Newest | None
    number: int
    as_of: datetime
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of the whole files written so far."""
    pieces: Pieces = field(default_factory=Pieces)
    """Pieces of the whole files written so far."""
    apart: dict[Path, list[tuple[int, int]]] = field(default_factory=dict)
    """Place and length of the lines that the lists of the newest release and this one do not share."""
    ids_apart: set[str] = field(default_factory=set)
    """Ids of the records in those lines."""

    @property
    def before(self) -> State | None:
        """Facts of the newest release, where they still hold."""
        return self.newest.state if self.newest else None

    def list_before(self, path: str) -> ListBefore | None:
        """Give a list of the newest release to take pieces from."""
        if self.newest is None or self.before is None:
            return None
        return ListBefore(self.newest.release.folder / path, self.before.blocks.get(path, []))

    @cached_property
    def names(self) -> Names:
        """What pages of others show of the records, once all of them are written."""
        return Names(State(self.state).shown)

    def lines_apart(self, release: Path, type_: RecordType) -> Iterator[bytes]:
        """Yield the records of one of the two releases that were not taken over."""
        path = release / f"{LISTS[type_]}.ndjson"
        with path.open("rb") as lines:
            for start, length in self.apart[path]:
                lines.seek(start)
                yield lines.read(length)

    def keep(self, name: str, told: object) -> None:
        """Keep something beside the facts."""
        folder.write_file(self.state / name, [to_json(told)])


def write_records(growing: Growing, survey: Survey) -> Iterator[ReleaseFile]:
    """Write the lists and the record files; yield the lines of the manifest."""
    blocks: dict[str, Any] = {}
    listed = ListWriter(growing.staging, ListFile(FILES, pretty), growing.list_before(FILES))
    count = 0
    try:
        for type_ in LISTS:
            writer = _TypeWriter(growing, type_, listed)
            try:
                count += writer.write(survey)
                yield from writer.close()
            finally:
                writer.release()
            blocks |= writer.blocks
        yield from (told.model_copy(update={"records": count}) for told in listed.close())
    finally:
        listed.release()
    growing.keep("blocks.json", blocks)


class _TypeWriter:
    """Writes the lists and record files of one type of records."""

    def __init__(self, growing: Growing, type_: RecordType, listed: ListWriter) -> None:
        self._growing, self._type, self._listed = growing, type_, listed
        self._files: tuple[RecordFile[Any], ...] = (*RECORD_FILES[type_], *PROVENANCE_FILES)
        self._paths = [(file.path, media_type(file.path)) for file in self._files]
        newest = growing.newest
        self._linker = Linker(growing.staging, newest.release.folder, self._files) if newest else None
        self._own = len(RECORD_FILES[type_])
        self._lists = [ListWriter(growing.staging, one, growing.list_before(one.path)) for one in LIST_FILES[type_]]
        self._run: list[tuple[str, bytes, Made]] = []
        self._count = 0
        self._facts = folder.FileWriter(growing.state / f"{LISTS[type_]}.facts")

    def write(self, survey: Survey) -> int:
        """Write all records; give the number of their files."""
        fresh = survey.fresh(self._type)
        before = self._growing.before
        known = _Known(before.lines(self._type) if before else iter(()))
        for line in survey.lines(self._type):
            told = Line.of(line)
            name, made = told.name, Made(*from_json(told.made))
            if made != NOT_MADE:
                gone = known.up_to(line)
                if gone or len(self._run) == _RUN:
                    self._take_over()
                    self._skip(gone)
                self._run.append((name, line, made))
            else:
                self._take_over()
                self._growing.ids_apart.add(name)
                facts = self._render(told.facts, *next(fresh))
                made = facts.made
                self._facts.write(write_facts(facts))
            self._count += made.files
        self._take_over()
        self._skip(known.up_to(None))
        return self._count

    def _skip(self, gone: Iterable[Line]) -> None:
        for line in gone:
            self._growing.ids_apart.add(line.name)
            made = Made(*from_json(line.made))
            for writer, length in zip(self._lists, made.pieces, strict=True):
                writer.skip(length)
            self._listed.skip(made.listed)

    def _take_over(self) -> None:
        """Take over the records that wait: they stand together in the newest release."""
        if not self._run:
            return
        if self._linker is None:
            msg = f"{self._run[0][0]} has facts and there is no release to take it over from"
            raise ValueError(msg)
        ids, lines, made = zip(*self._run, strict=True)
        for writer, lengths in zip(self._lists, zip(*(one.pieces for one in made), strict=True), strict=True):
            writer.copy(ids, lengths)
        self._listed.copy(ids, [one.listed for one in made])
        self._linker.link({id_: one.files for id_, one in zip(ids, made, strict=True)})
        self._facts.write(b"".join(lines))
        self._run.clear()

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
        listed = b"".join(self._lines(facts.id, files))
        self._listed.add(facts.id, listed)
        return facts._replace(made=Made(pieces, len(files), len(listed)), changed=changed)

    def _lines(self, id_: str, files: Iterable[Written]) -> Iterator[bytes]:
        for (path, kind), (size, digest) in zip(self._paths, files, strict=False):
            told = {"path": path.replace("{id}", id_), "media_type": kind, "bytes": size, "sha256": digest}
            yield json.dumps({**told, "records": 1}, separators=(",", ":")).encode() + b"\n"

    def close(self) -> Iterator[ReleaseFile]:
        """End the lists; yield their lines of the manifest."""
        for listed, writer in zip(LIST_FILES[self._type], self._lists, strict=True):
            yield from writer.close()
            if self._growing.newest:
                self._growing.apart[self._growing.newest.release.folder / listed.path] = writer.left
                self._growing.apart[self._growing.staging / listed.path] = writer.added

    def release(self) -> None:
        """Give all files back, ended or not."""
        self._facts.close()
        if self._linker:
            self._linker.release()
        for writer in self._lists:
            writer.release()

    @property
    def blocks(self) -> dict[str, Any]:
        """Blocks of the gzip files."""
        return {f"{one.path}": writer.blocks for one, writer in zip(LIST_FILES[self._type], self._lists, strict=True)}


class _Known:
    """Facts of the newest release as written, from which those that are the same are found."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines

    def up_to(self, same: bytes | None) -> list[Line]:
        """Give those before a line, which is left behind too; of all the rest where it is none."""
        gone = []
        for line in self._lines:
            if line == same:
                break
            gone.append(Line.of(line))
        return gone


def write_out(growing: Growing, files: Iterable[OutFile]) -> Iterator[ReleaseFile]:
    """Write whole files, each shared with the newest release where it has the same; yield the lines of the manifest.

    A file with the key that it had is not even made.
    """
    for file in files:
        path = growing.staging / file.path
        before = growing.newest.release.folder / file.path if growing.newest else None
        same = _same_before(growing, file)
        if before and same:
            path.parent.mkdir(parents=True, exist_ok=True)
            folder.link(str(before), str(path))
            yield same
            continue
        counted = _Lines(file.chunks)
        written = folder.write_file(path, counted)
        records = counted.number if file.records is None and file.path.endswith(".ndjson") else file.records
        if before and not isinstance(file.chunks, list):
            folder.link_if_same(path, before)
        yield entry(file.path, written, records)


def _same_before(growing: Growing, file: OutFile) -> ReleaseFile | None:
    """Give what the newest release says of a file that it has too, where that can be told without writing it."""
    newest = growing.newest
    if file.key:
        growing.keys[file.path] = file.key
    told = newest.file(file.path) if newest else None
    if newest is None or told is None:
        return None
    before = newest.release.folder / file.path
    if file.key:
        known = newest.state.keys if newest.state else {}
        return told if known.get(file.path) == file.key and folder.sha256_of(before) == told.sha256 else None
    if not isinstance(file.chunks, list) or told.bytes != sum(map(len, file.chunks)) or told.records != file.records:
        return None
    body = b"".join(file.chunks)
    same = hashlib.sha256(body).hexdigest() == told.sha256 and before.is_file() and before.read_bytes() == body
    return told if same else None


class _Lines:
    """Bytes whose lines are counted as they pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self.number = chunks, 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.number += chunk.count(b"\n")
            yield chunk


def steps(growing: Growing, oldest: int, withdrawals: Withdrawals) -> Iterator[OutFile]:
    """Yield the delta from the newest release, and those before it back to the release of a number.

    One that gives what was withdrawn is left out.
    """
    if growing.newest is None:
        return
    release = growing.newest.release
    for path in sorted((release.folder / "changes").glob("*.ndjson"), key=lambda path: step_of(path.name)):
        if step_of(path.name)[0] >= oldest and not withdrawals.held_in_file(path):
            yield OutFile(f"changes/{path.name}", _bytes_of(path))
    known: dict[str, Any] = {"lines": growing.lines_apart, "evidence": growing.ids_apart} if growing.before else {}
    delta = delta_lines(release.folder, growing.staging, since=release.number, at=growing.as_of, **known)
    yield OutFile(step_path(release.number, growing.number), delta)


def history(growing: Growing, lines: Iterable[bytes], people: People) -> OutFile:
    """Give changes.ndjson: what it said before, and the new lines, without a reason that names one of some people."""
    told = _both(growing, lines, whole=not people.names)
    return OutFile("changes.ndjson", (without_reason(line, people) for line in told) if people.names else told)


def _both(growing: Growing, lines: Iterable[bytes], *, whole: bool) -> Iterator[bytes]:
    """Yield what was said before, line by line or in larger pieces, and the new lines."""
    if growing.newest:
        path = growing.newest.release.folder / "changes.ndjson"
        with path.open("rb") as before:
            yield from _bytes_of(path) if whole else before
    yield from lines


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")
