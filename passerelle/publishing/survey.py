"""Go through all records once and find what a release would say, before anything of it is written.

Of an unchanged record no more is read than the digest of what it was made from; the others wait in a spool, as they
will be written, so that memory does not grow with the number of records.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from passerelle.publishing.changes import Past
from passerelle.publishing.contents import Rules, changed_fields, gather
from passerelle.publishing.facts import NOT_MADE, Facts, Line, State, facts_of, key_of, kind_of, write_facts
from passerelle.publishing.folder import Release
from passerelle.publishing.material import Material
from passerelle.publishing.registry import LIST_FILES
from passerelle.publishing.streams import LISTS, Json, lines_of, paired
from passerelle.publishing.withholding.records import Trace, issue_of
from passerelle.store.records import StoredRecord
from schemas.issue import Issue
from schemas.release import ReleaseFile
from schemas.working import RecordType

_NOT_MADE = to_json(NOT_MADE)


class Known(NamedTuple):
    """A record of the newest release."""

    id: str
    line: Line | None
    """Its facts, where they still hold."""
    written: bytes
    """Its facts as written, likewise."""
    read: Callable[[], Json]
    """Gives it as written."""


@dataclass(frozen=True)
class Newest:
    """The newest release, which the next one is compared with, and its facts where they still hold."""

    release: Release
    state: State | None

    def file(self, path: str) -> ReleaseFile | None:
        """Give what its manifest says of a file."""
        return self._files.get(path)

    @cached_property
    def _files(self) -> dict[str, ReleaseFile]:
        return {file.path: file for file in self.release.manifest.files}

    def known(self, type_: RecordType) -> Iterator[Known]:
        """Yield its records of a type, sorted by id."""
        if self.state is None:
            for line in lines_of(self.release.folder, type_):
                record: Json = from_json(line)
                yield Known(record["id"], None, b"", lambda record=record: record)  # type: ignore[misc]
            return
        path = f"{LISTS[type_]}.ndjson"
        place = [listed.path for listed in LIST_FILES[type_]].index(path)
        start = 0
        with (self.release.folder / path).open("rb") as lines:
            for line in self.state.lines(type_):
                told = Line.of(line)
                yield Known(told.name, told, line, partial(_line_at, lines, start))
                start += from_json(told.made)[0][place]


def _line_at(lines: BinaryIO, start: int) -> Json:
    lines.seek(start)
    record: Json = from_json(lines.readline())
    return record


@dataclass
class Survey:
    """What a release would say, in sums; the rest lies in a folder, to be read record by record."""

    folder: Path
    ids: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Ids that new and changed records name."""
    kinds: Counter[tuple[tuple[str, ...], int]] = field(default_factory=Counter)
    """Sources and filled fields of initiatives: few kinds, however many initiatives."""
    doubles: Counter[str] = field(default_factory=Counter)
    slugs: Counter[bytes] = field(default_factory=Counter)
    """As JSON."""
    gone: list[str] = field(default_factory=list)
    """Ids of the newest release that no page gives any more."""
    counts: Counter[RecordType] = field(default_factory=Counter)
    by_source: dict[RecordType, Counter[str]] = field(default_factory=dict)
    texts: Counter[int] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    invalid: list[tuple[str, str, str]] = field(default_factory=list)
    """Id, place and problem of each record that does not fit its shape."""
    withheld: list[Issue] = field(default_factory=list)
    newest_seen: str = ""
    content: str = ""
    """Digest of what all records say."""

    def lines(self, type_: RecordType) -> Iterator[bytes]:
        """Yield the facts of the records of a type as written, sorted by id.

        Those of an unchanged record are the line that the newest release has; the others wait in ``fresh``.
        """
        with (self.folder / f"{LISTS[type_]}.facts").open("rb") as lines:
            yield from lines

    def fresh(self, type_: RecordType) -> Iterator[tuple[bytes, bytes]]:
        """Yield each new or changed record of a type and its evidence (or ``null``), as JSON."""
        with (self.folder / f"{LISTS[type_]}.fresh").open("rb") as lines:
            for line in lines:
                yield line, next(lines)

    def differences(self) -> Iterator[tuple[str, list[str] | None]]:
        """Yield each id that was added (no fields) or changed (its fields), sorted by id."""
        with (self.folder / "differences").open("rb") as lines:
            for line in lines:
                id_, fields = json.loads(line)
                yield id_, fields


class Surveyor:
    """Makes a survey."""

    def __init__(self, material: Material, rules: Rules, newest: Newest | None, past: Past, folder: Path) -> None:
        self._material, self._rules, self._newest, self._past = material, rules, newest, past
        self._survey = Survey(folder)
        self._digest = hashlib.sha256()
        self._kinds = Counter[bytes]()
        """Records of the type at hand, by their kind as written."""
        self._seen = b""

    def survey(self) -> Survey:
        """Go through all records."""
        self._survey.folder.mkdir(parents=True)
        with (self._survey.folder / "differences").open("wb") as differences:
            self._differences = differences
            for type_ in LISTS:
                self._go_through(type_)
        self._survey.content = self._digest.hexdigest()
        return self._survey

    def _go_through(self, type_: RecordType) -> None:
        survey, stem = self._survey, self._survey.folder / LISTS[type_]
        known = self._newest.known(type_) if self._newest else iter(())
        with stem.with_suffix(".facts").open("wb") as spool, stem.with_suffix(".fresh").open("wb") as self._fresh:
            for stored, old in paired(self._material.records(type_), known, key=attrgetter("id")):
                if stored is None:
                    survey.gone += [old.id] if old else []
                elif written := self._line(type_, stored, old):
                    spool.write(written[1])
                    self._count(type_, stored.id, written[0])
        self._sum(type_)

    def _line(self, type_: RecordType, stored: StoredRecord, old: Known | None) -> tuple[Line, bytes] | None:
        """Give the facts of a record, parted and as written: those of an unchanged one are as they were."""
        key = key_of(stored, self._rules.released.mark(stored.id))
        if old and old.line and old.line.key[1:-1] == key.encode():
            return old.line, old.written
        try:
            gathered = gather(stored, type_, self._rules, self._material.news)
        except ValidationError as error:
            self._survey.invalid.append((stored.id, *_place(error)))
            return None
        record: Json = from_json(gathered.written)
        facts = self._versioned(facts_of(gathered, record, key, self._rules.hosts), record, old)
        self._fresh.write(f"{gathered.written}\n{gathered.proof or 'null'}\n".encode())
        written = write_facts(facts)
        return Line.of(written), written

    def _versioned(self, facts: Facts, record: Json, old: Known | None) -> Facts:
        """Set the version, and tell what is new in a record."""
        if old is None:
            self._differ(facts.id, None)
            return facts._replace(version=self._past.versions.get(facts.id, 0) + 1)
        before = old.read()
        fields = changed_fields(before, record)
        if fields:
            self._differ(facts.id, fields)
        changed = "" if fields else before.get("last_changed", "")
        return facts._replace(version=before.get("version", 0) + bool(fields), changed=changed)

    def _differ(self, id_: str, fields: tuple[str, ...] | None) -> None:
        self._survey.changed["added" if fields is None else "changed"] += 1
        self._differences.write(json.dumps([id_, fields]).encode() + b"\n")

    def _count(self, type_: RecordType, id_: str, line: Line) -> None:
        survey, kind = self._survey, kind_of(line.kind)
        if id_ in survey.ids:
            survey.doubles[id_] += 1
        survey.ids.add(id_)
        if line.made == _NOT_MADE:
            survey.named.update([target for _, target in from_json(line.refs)])
        if type_ == "initiative":
            survey.slugs[line.slug] += 1
        self._kinds[line.kind] += 1
        source = kind.sources[0] if kind.sources else None
        survey.withheld += [issue_of(id_, source, Trace(*told)) for told in kind.withheld]
        self._seen = max(self._seen, line.seen)
        self._digest.update(b"%b %b\n" % (line.id[1:-1], line.content[1:-1]))

    def _sum(self, type_: RecordType) -> None:
        """Add up what the records of a type have in common, kind by kind."""
        survey, sources = self._survey, Counter[str]()
        for written, count in self._kinds.items():
            kind = kind_of(written)
            if type_ == "initiative":
                survey.kinds[tuple(kind.sources), kind.filled] += count
            survey.counts[type_] += count
            sources.update(dict.fromkeys(kind.sources, count))
            survey.texts.update({place: number * count for place, number in enumerate(kind.texts)})
        survey.by_source[type_] = sources
        survey.newest_seen = max(survey.newest_seen, from_json(self._seen or b'""'))
        self._kinds.clear()


def _place(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    return ".".join(str(step) for step in first["loc"]), first["msg"]
