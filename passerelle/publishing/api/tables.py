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
class Tier:
    """Where the words of a query must stand, and where not, so that the tiers share no record."""

    within: str
    beyond: str


TIERS = (Tier("A", ""), Tier("AB", "A"), Tier("ABC", "AB"))
"""Records whose name has all the words, then those whose summary, labels and places help, then all others."""

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

    def found(self, terms: Terms, tier: Tier) -> ColumnElement[bool]:
        """Give the condition that a record's words meet."""
        words = " AND ".join("({})".format(" OR ".join(f'"{stem}"' for stem in group)) for group in terms)
        said = _in_columns(words, tier.within)
        if tier.beyond:
            said = f"({said}) NOT ({_in_columns(words, tier.beyond)})"
        return literal_column("search").op("MATCH")(bindparam(None, said, Text))


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

    def found(self, terms: Terms, tier: Tier) -> ColumnElement[bool]:
        """Give the condition that a record's words meet."""
        said = _with_weights(terms, tier.within)
        if tier.beyond:
            said = f"({said}) & !({_with_weights(terms, tier.beyond)})"
        return self.place.c.words.op("@@")(cast(bindparam(None, said, Text), TSQUERY))


SearchWords = SqliteWords | PostgresWords


def words_of(dialect: str) -> SearchWords:
    """Give the way in which a database finds words."""
    return SqliteWords() if dialect == "sqlite" else PostgresWords()


def _spaced(stems: Iterable[str]) -> str:
    return " ".join(sorted(stems))


def _in_columns(words: str, places: str) -> str:
    return words if places == "ABC" else f"{{{' '.join(_COLUMNS[place] for place in places)}}} : ({words})"


def _weighted(words: Words) -> str:
    places: Sequence[tuple[str, frozenset[str]]] = (("A", words.names), ("B", words.labels), ("C", words.body))
    return " ".join(f"'{stem}':1{weight}" for weight, stems in places for stem in sorted(stems))


def _with_weights(terms: Terms, places: str) -> str:
    weights = "" if places == "ABC" else f":{places}"
    return " & ".join("({})".format(" | ".join(f"'{stem}'{weights}" for stem in group)) for group in terms)
