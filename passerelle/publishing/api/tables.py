"""Tables of the index of one release, on SQLite and on PostgreSQL, and how each of the two finds words.

SQLite has one FTS5 table of three columns, PostgreSQL a ``tsvector`` of three weights; both hold stems that are made
here (``words``), so both find the same records in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    bindparam,
    cast,
    column,
    literal_column,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from passerelle.publishing.api.rows import Words
from passerelle.publishing.api.words import EXACT

Terms = tuple[tuple[str, ...], ...]
"""For each word of a query, the stems of which one must be in the text."""

METADATA = MetaData()

META = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""What the index says of itself; written last."""

RECORDS = Table(
    "records",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("start", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("changed", Text, nullable=False),
    Column("published", Text),
    Column("min_age", SmallInteger),
    Column("max_age", SmallInteger),
    Column("reviewed", Boolean, nullable=False),
)
"""Records in the order of their lists: initiatives, organisations, news; ``start`` and ``length`` are bytes."""

FACETS = Table(
    "facets",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""``filter:value`` → records."""

CHANGES = Table(
    "changes",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("release", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Index("changes_by_release", "release"),
)
"""Lines of changes.ndjson."""

ENDED = Table(
    "ended",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("into", Text),
    Column("reason", Text),
    Column("at", Text, nullable=False),
    Column("release", Integer, nullable=False),
)
"""Ids whose last line in changes.ndjson says that they were merged or withdrawn."""


@dataclass(frozen=True)
class Said:
    """The words that a record must have, and where."""

    terms: Terms
    within: str = "ABC"


def tiers_of(terms: Terms, place: str) -> tuple[Said, ...]:
    """Give the tiers of a query; a record stands in the first one that it fits, those that fit any fit the last.

    Records of the place that the whole query names (``words.place_term``), if it is one; then those whose name has all
    the words, then those whose summary, labels and places help, each time the words as they are before others of the
    same stems; then all others.
    """
    exact = tuple(tuple(one for one in group if one.startswith(EXACT)) for group in terms)
    stems = tuple(tuple(one for one in group if not one.startswith(EXACT)) for group in terms)
    named = (Said(((place,), *stems)),) if place else ()
    return *named, *(Said(one, within) for within in ("A", "AB") for one in (exact, stems)), Said(stems)


_COLUMNS = {"A": "names", "B": "labels", "C": "body"}


class SqliteWords:
    """Words in an FTS5 table; it keeps which column a stem stands in, not where."""

    place: FromClause = table("search", column("rowid"))
    seq: ColumnElement[int] = literal_column("search.rowid", Integer)

    def create(self, connection: Connection) -> None:
        """Make the table."""
        connection.execute(
            text(
                "CREATE VIRTUAL TABLE search USING fts5"
                "(names, labels, body, content='', detail=column, columnsize=0, tokenize='ascii')"
            )
        )

    def insert(self, connection: Connection, rows: Iterable[tuple[int, Words]]) -> None:
        """Add records."""
        values: list[dict[str, Any]] = [
            {"seq": seq, "names": _spaced(words.names), "labels": _spaced(words.labels), "body": _spaced(words.body)}
            for seq, words in rows
        ]
        connection.execute(
            text("INSERT INTO search(rowid, names, labels, body) VALUES (:seq, :names, :labels, :body)"), values
        )

    def finish(self, connection: Connection) -> None:
        """Do what is better done once all records are in."""
        connection.execute(text("INSERT INTO search(search) VALUES ('optimize')"))

    def found(self, said: Said, before: Sequence[Said] = ()) -> ColumnElement[bool]:
        """Give the condition that a record has the words, and does not stand in a tier before."""
        asked = _in_columns(said)
        if before:
            asked = f"({asked}) NOT ({' OR '.join(f'({_in_columns(one)})' for one in before)})"
        return literal_column("search").op("MATCH")(bindparam(None, asked, Text))


class PostgresWords:
    """Words in a ``tsvector``, with weights for the places."""

    place: FromClause = Table(
        "search", MetaData(), Column("seq", Integer, primary_key=True), Column("words", TSVECTOR, nullable=False)
    )
    seq: ColumnElement[int] = place.c.seq

    def create(self, connection: Connection) -> None:
        """Make the table."""
        connection.execute(text("CREATE TABLE search (seq integer PRIMARY KEY, words tsvector NOT NULL)"))

    def insert(self, connection: Connection, rows: Iterable[tuple[int, Words]]) -> None:
        """Add records."""
        values: list[dict[str, Any]] = [{"seq": seq, "words": _weighted(words)} for seq, words in rows]
        connection.execute(text("INSERT INTO search VALUES (:seq, CAST(:words AS tsvector))"), values)

    def finish(self, connection: Connection) -> None:
        """Do what is better done once all records are in."""
        connection.execute(text("CREATE INDEX search_words ON search USING gin (words)"))
        connection.execute(text("ANALYZE"))

    def found(self, said: Said, before: Sequence[Said] = ()) -> ColumnElement[bool]:
        """Give the condition that a record has the words, and does not stand in a tier before."""
        asked = " & ".join((f"({_with_weights(said)})", *(f"!({_with_weights(one)})" for one in before)))
        return self.place.c.words.op("@@")(cast(bindparam(None, asked, Text), TSQUERY))


SearchWords = SqliteWords | PostgresWords


def words_of(dialect: str) -> SearchWords:
    """Give the way in which a database finds words."""
    return SqliteWords() if dialect == "sqlite" else PostgresWords()


def _spaced(stems: Iterable[str]) -> str:
    return " ".join(sorted(stems))


def _in_columns(said: Said) -> str:
    words = " AND ".join("({})".format(" OR ".join(f'"{stem}"' for stem in group)) for group in said.terms)
    places = " ".join(_COLUMNS[place] for place in said.within)
    return words if said.within == "ABC" else f"{{{places}}} : ({words})"


def _weighted(words: Words) -> str:
    places: Sequence[tuple[str, frozenset[str]]] = (("A", words.names), ("B", words.labels), ("C", words.body))
    return " ".join(f"'{stem}':1{weight}" for weight, stems in places for stem in sorted(stems))


def _with_weights(said: Said) -> str:
    weights = "" if said.within == "ABC" else f":{said.within}"
    return " & ".join("({})".format(" | ".join(f"'{stem}'{weights}" for stem in group)) for group in said.terms)
