"""An index made from what the one before read is the index made from nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from passerelle.publishing.api import remembered
from passerelle.publishing.api.indexing import SqliteIndexes
from passerelle.publishing.api.rows import READERS, Row
from tests.publishing.factories import Press, initiative, matched, news


@pytest.fixture
def two(press: Press) -> tuple[Path, Path]:
    """Publish twice: one initiative changes, one comes, one goes."""
    press.publish(matched(initiative(1), initiative(2), initiative(4), news=(news(1),)))
    press.publish(
        matched(initiative(1), initiative(2, cost="free"), initiative(3), news=(news(1),)), on=2, accept_drop=True
    )
    return press.curated / "releases/1", press.curated / "releases/2"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the ids of the lines that are read."""
    found: list[str] = []

    def noting(kind: str, line: bytes) -> Row:
        row = READERS[kind](line)
        found.append(row.id)
        return row

    readers = {kind: (lambda line, kind=kind: noting(kind, line)) for kind in READERS}
    monkeypatch.setattr(remembered, "READERS", readers)
    return found


def dump(folder: Path, key: str) -> list[str]:
    """Give all that an index holds."""
    with sqlite3.connect(folder / f"{key}.sqlite") as index:
        tables = ("records", "facets", "changes", "ended", "meta", "search_data")
        return [f"{name} {row}" for name in tables for row in index.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]  # noqa: S608


def test_only_lines_that_changed_are_read_and_the_index_is_the_same(
    two: tuple[Path, Path], tmp_path: Path, read: list[str]
) -> None:
    one, other = SqliteIndexes(tmp_path / "one"), SqliteIndexes(tmp_path / "other")
    one.build("first", two[0])
    read.clear()
    one.build("second", two[1])
    assert read == ["ini-00000002", "ini-00000003"]
    other.build("second", two[1])
    assert dump(tmp_path / "one", "second") == dump(tmp_path / "other", "second")


def test_rows_cut_off_or_read_by_other_code_are_read_again(
    two: tuple[Path, Path], tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = SqliteIndexes(tmp_path)
    indexes.build("first", two[0])
    (rows,) = tmp_path.glob("rows-*")
    rows.write_bytes(rows.read_bytes()[:-30])
    whole = [*read]
    read.clear()
    indexes.build("again", two[0])
    assert read == whole[-1:]
    assert dump(tmp_path, "again") == dump(tmp_path, "first")
    read.clear()
    monkeypatch.setattr("passerelle.publishing.api.indexing.rows_key", lambda: "other")
    indexes.build("anew", two[0])
    assert read == whole
    assert [path.name for path in tmp_path.glob("rows-*")] == ["rows-other.ndjson"]
