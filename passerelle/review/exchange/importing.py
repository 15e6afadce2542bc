"""A sheet that comes back: what it would change, cell by cell, before anything changes; then all of it as one act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review.deciding import Act
from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.exchange.brought import brought_by
from passerelle.review.exchange.cells import mark, read, tidy
from passerelle.review.exchange.columns import ID, VERSION, Column, column_named
from passerelle.review.exchange.files import Grid
from passerelle.review.exchange.sheets import Shown, read_version, shown, told_cell
from passerelle.review.help import Help
from passerelle.review.making import Maker, check_together
from passerelle.review.records import hold_named
from schemas.decision import Decision
from schemas.paths import dumped
from schemas.records import Initiative, NewsItem
from schemas.working import RecordType


@dataclass(frozen=True)
class Place:
    """A cell of the file."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True)
class CellChange:
    """A cell that the file changes."""

    place: Place
    record: str
    name: str
    """Of the record, for people."""
    before: str
    after: str
    act: Act


@dataclass(frozen=True)
class CellConflict:
    """A cell that both the file and somebody else changed; what the other wrote stays."""

    place: Place
    record: str
    name: str
    """Of the record, for people."""
    theirs: str
    mine: str
    since: tuple[Decision, ...]


@dataclass(frozen=True)
class Problem:
    """What cannot be taken in, and where; ``key`` names its words."""

    place: Place
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Preview:
    """What a file would do."""

    changes: list[CellChange] = field(default_factory=list)
    conflicts: list[CellConflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    """Rows in which nothing was edited."""

    @property
    def records(self) -> int:
        """How many records would change."""
        return len({change.record for change in self.changes})

    @property
    def acts(self) -> tuple[Act, ...]:
        """What taking it would be."""
        return tuple(change.act for change in self.changes)

    @property
    def digest(self) -> str:
        """Name what would be done, so that it is only done if it is still the same."""
        told = repr([(one.record, one.act.path, one.act.value, one.act.before) for one in self.changes])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def preview(session: Session, grids: Sequence[Grid], help: Help, by: str) -> Preview:  # noqa: A002
    """Compare a file with the records as they are; nothing is written."""
    done = Preview()
    wanted = [row.get(ID, "").strip() for grid in grids for _, row in grid.rows]
    held = hold_named(session, [one for one in dict.fromkeys(wanted) if one])
    known = {name: shown(session, one, help) for name, one in held.items()}
    maker = Maker(session, held, help, by)
    seen: set[str] = set()
    for grid in grids:
        columns = _columns(grid, known, done)
        formulas = set(grid.formulas)
        for number, row in grid.rows:
            id_ = row.get(ID, "").strip()
            place = Place(grid.name, number)
            if id_ not in known or known[id_].held.id in seen:
                key = "row-twice" if id_ in known else "row-unknown" if id_ else "row-without-id"
                done.problems.append(Problem(replace(place, column=ID), key, {"id": id_[:60]}))
                continue
            seen.add(known[id_].held.id)
            before = len(done.changes) + len(done.conflicts) + len(done.problems)
            fits = _Row(place, row, known[id_], columns.get(known[id_].held.type, {}), formulas, by)
            fits.compare(maker, done)
            done.unchanged += before == len(done.changes) + len(done.conflicts) + len(done.problems)
    return done


Tried = tuple[CellChange, Decision]
"""A cell that was tried alone, and the decision that it would make."""


@dataclass(frozen=True)
class _Row:
    place: Place
    cells: Mapping[str, str]
    shown: Shown
    columns: Mapping[str, Column]
    formulas: set[tuple[int, str]]
    by: str

    def compare(self, maker: Maker, done: Preview) -> None:
        """Sort each edited cell: a change, a conflict, or a problem."""
        version, marks = read_version(self.cells[VERSION])
        moved = version != self.shown.held.version
        if not moved:
            done.problems += (Problem(self._at(name), "cell-told") for name in self._told_anew())
        edits = dict(self._edits(marks, moved=moved, done=done))
        done.changes += self._together(tuple(self._each(edits, maker, done)), maker, done)

    def _each(self, edits: Mapping[str, str], maker: Maker, done: Preview) -> Iterator[Tried]:
        """Try each edited cell alone."""
        for name, text in edits.items():
            column = self.columns[name]
            try:
                value = read(text, column.kind, maker.help.codes(name) if column.kind in ("code", "codes") else None)
                act = self._act(column, value, edits)
                made = maker.make(act, datetime.now(UTC))
            except InvalidAct as refused:
                done.problems.append(Problem(self._at(name), refused.key, refused.values))
            except Conflict as conflict:
                self._conflict(name, text, conflict.since, done)
            else:
                if made is not None:
                    change = (self._at(name), self.shown.held.id, self._name(), self.shown.cell(column), text, act)
                    yield CellChange(*change), made

    def _together(self, tried: Sequence[Tried], maker: Maker, done: Preview) -> Iterator[CellChange]:
        """Yield the cells that fit beside each other, as saving asks; those that do not are told with the reason."""
        kept: tuple[Tried, ...] = tuple(tried)
        try:
            self._check(kept, maker)
        except InvalidAct:
            kept = ()
            for one in tried:
                try:
                    self._check((*kept, one), maker)
                except InvalidAct as refused:
                    done.problems.append(Problem(one[0].place, refused.key, refused.values))
                else:
                    kept = (*kept, one)
        yield from (change for change, _ in kept)

    def _check(self, tried: Sequence[Tried], maker: Maker) -> None:
        check_together(self.shown.held, [made for _, made in tried], maker.help)

    def _told_anew(self) -> Iterator[str]:
        """Yield the columns that somebody edited although nothing is taken from them."""
        for name, column in self.columns.items():
            if column.edited or name in (ID, VERSION) or name not in self.cells:
                continue
            if tidy(self.cells[name]).strip() != told_cell(self.shown, column).strip():
                yield name

    def _edits(self, marks: Mapping[str, str], *, moved: bool, done: Preview) -> Iterator[tuple[str, str]]:
        """Yield the cells that somebody edited and nobody else did."""
        for name, column in self.columns.items():
            if not column.edited or name not in self.cells:
                continue
            text, now = tidy(self.cells[name]).strip(), self.shown.cell(column).strip()
            exported, there = marks.get(name, ""), mark(now) if now else ""
            if (mark(text) if text else "") == exported or text == now:
                continue
            if (self.place.row, name) in self.formulas:
                done.problems.append(Problem(self._at(name), "cell-formula"))
            elif (exported != there or (moved and not marks)) and not self._own(name):
                since = tuple(one for one in self.shown.held.standing if one.path == name)[-1:]
                self._conflict(name, text, since, done)
            else:
                yield name, text

    def _own(self, name: str) -> bool:
        """Tell whether the cell says what a file of this very person brought: such a file may be corrected."""
        return (self.shown.held.id, name) in brought_by(self.by, (self.shown.held,))

    def _act(self, column: Column, value: JsonValue, edits: Mapping[str, str]) -> Act:
        """Make the act of a cell; where both languages are edited, the one that no page gives translates the other."""
        path, held = column.name, self.shown.held
        act = Act("edit", held.id, path=path, value=value, before=dumped(self.shown.record, path))
        other = edits.get(column.other_side) if column.language else None
        translates = (
            other and not dumped(held.base, path) and (dumped(held.base, column.other_side) or column.language == "en")
        )
        return replace(act, translated_from=other) if translates else act

    def _conflict(self, name: str, text: str, since: tuple[Decision, ...], done: Preview) -> None:
        theirs = self.shown.cell(self.columns[name])
        done.conflicts.append(CellConflict(self._at(name), self.shown.held.id, self._name(), theirs, text, since))

    def _at(self, column: str) -> Place:
        return replace(self.place, column=column)

    def _name(self) -> str:
        record = self.shown.record
        if isinstance(record, Initiative):
            return record.name.fr or record.name.en or record.slug
        return record.title if isinstance(record, NewsItem) else record.name


def _columns(grid: Grid, known: Mapping[str, Shown], done: Preview) -> dict[RecordType, dict[str, Column]]:
    """Find the columns of a table for each type of record in it; tell those that no type has."""
    types = {known[id_].held.type for _, row in grid.rows if (id_ := row.get(ID, "").strip()) in known}
    found = {
        type_: {name: column for name in grid.head if name and (column := column_named(type_, name))} for type_ in types
    }
    for name in dict.fromkeys(grid.head):
        if name and types and not any(name in columns for columns in found.values()):
            done.problems.append(Problem(Place(grid.name, 1, name), "column-unknown", {"column": name[:60]}))
        elif name and grid.head.count(name) > 1:
            done.problems.append(Problem(Place(grid.name, 1, name), "column-twice", {"column": name[:60]}))
    return found
