"""The index of one release: which records fit a question, in an order that never changes, and where their bytes are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, FromClause, Select, func, or_, select

from passerelle.publishing.api.tables import CHANGES, ENDED, FACETS, META, RECORDS, Said, Terms, tiers_of, words_of

TOTALS = 4096
"""Questions whose number of answers is remembered."""


class Position(NamedTuple):
    """Where a page ended: tier and place in the list."""

    tier: int = 0
    seq: int = 0


class Hit(NamedTuple):
    """A record, or a line of changes, that fits: its place in the order, and its bytes in the file."""

    seq: int
    start: int
    length: int


class Ended(NamedTuple):
    """What became of an id that is no more."""

    into: str | None
    reason: str | None
    at: str
    release: int


@dataclass(frozen=True)
class Wanted:
    """A question to a list; all conditions must hold, of each group of facets one must."""

    kind: str
    terms: Terms | None = None
    """``None`` asks for no words; an empty tuple is a query without any word to find."""
    place: str = ""
    """What the query stands for if it is the name of a place (``words.place_term``)."""
    facets: tuple[tuple[str, ...], ...] = ()
    age: int | None = None
    reviewed: bool | None = None
    changed_since: str | None = None
    published_since: str | None = None


class ReleaseIndex:
    """The index of one release, open for reading by many threads."""

    def __init__(self, engine: Engine, let_go: Callable[[], None]) -> None:
        """Open it; ``let_go`` is called when it is closed.

        Raises:
            sqlalchemy.exc.DBAPIError: there is none.
            KeyError: it was not finished.
        """
        self._engine, self._let_go = engine, let_go
        self._words = words_of(engine.dialect.name)
        with engine.connect() as connection:
            meta = {row.name: row.value for row in connection.execute(select(META))}
        self._last = {kind: int(meta[f"last-{kind}"]) for kind in ("initiatives", "organizations", "news")}
        self.total = lru_cache(maxsize=TOTALS)(self._total)
        self._tiers = lru_cache(maxsize=TOTALS)(self._tiers_of)

    def close(self) -> None:
        """Give the connections back."""
        self._let_go()
        self._engine.dispose()

    def counts(self) -> dict[str, int]:
        """Give the number of records of each list."""
        return {kind: last - self._first(kind) + 1 for kind, last in self._last.items()}

    def find(self, record: str, kind: str) -> Hit | None:
        """Give the place of a record of a list."""
        columns = select(RECORDS.c.seq, RECORDS.c.start, RECORDS.c.length)
        of_kind = RECORDS.c.seq.between(self._first(kind), self._last[kind])
        row = self._one(columns.where(RECORDS.c.id == record, of_kind))
        return row and Hit(*row)

    def ended(self, record: str) -> Ended | None:
        """Tell what became of an id, if it was merged or withdrawn."""
        row = self._one(select(ENDED.c.into, ENDED.c.reason, ENDED.c.at, ENDED.c.release).where(ENDED.c.id == record))
        return row and Ended(*row)

    def page(self, wanted: Wanted, after: Position, limit: int) -> tuple[list[Hit], Position | None]:
        """Give the records that fit after a position, and the position to go on from, if there are more."""
        total = self.total(wanted) if wanted.terms is not None else None
        if total == 0:
            return [], None
        tiers = self._tiers(wanted.terms or (), wanted.place)
        found: list[tuple[Position, Hit]] = []
        for number in range(after.tier, len(tiers)):
            begin = after.seq if number == after.tier else 0
            seqs = self._select(wanted, tiers[: number + 1], begin).limit(limit + 1 - len(found)).subquery()
            columns = select(RECORDS.c.seq, RECORDS.c.start, RECORDS.c.length)
            asked = columns.join_from(seqs, RECORDS, RECORDS.c.seq == seqs.c.seq).order_by(RECORDS.c.seq)
            found += [(Position(number, row[0]), Hit(*row)) for row in self._all(asked)]
            if len(found) > limit or (len(found) == total and after == Position()):
                break
        hits = [hit for _, hit in found[:limit]]
        return hits, found[limit - 1][0] if len(found) > limit else None

    def changes(self, since: int, types: tuple[str, ...], after: int, limit: int) -> tuple[list[Hit], int, int | None]:
        """Give lines of changes of releases above ``since``, how many there are, and where to go on."""
        conditions = [CHANGES.c.release > since]
        if types:
            conditions.append(CHANGES.c.type.in_(types))
        columns = select(CHANGES.c.seq, CHANGES.c.start, CHANGES.c.length)
        asked = columns.where(*conditions, CHANGES.c.seq > after).order_by(CHANGES.c.seq).limit(limit + 1)
        hits = [Hit(*row) for row in self._all(asked)]
        total = self._one(select(func.count()).select_from(CHANGES).where(*conditions))
        return hits[:limit], total[0] if total else 0, hits[limit - 1].seq if len(hits) > limit else None

    def _total(self, wanted: Wanted) -> int:
        if wanted.terms == ():
            return 0
        if wanted == Wanted(wanted.kind):
            return self.counts()[wanted.kind]
        asked = self._select(wanted, self._tiers(wanted.terms or (), "")[-1:], 0)
        row = self._one(asked.with_only_columns(func.count()).order_by(None))
        return int(row[0]) if row else 0

    def _select(self, wanted: Wanted, tiers: tuple[Said, ...], begin: int) -> Select[tuple[int]]:
        """Select the places of the records that fit the last of some tiers, from the table that leads to the fewest."""
        place, seq, facets = self._begin(wanted)
        rows = _of_the_row(wanted)
        if rows and place is not RECORDS:
            place = place.join(RECORDS, RECORDS.c.seq == seq)
        asked = select(seq.label("seq")).select_from(place)
        if wanted.terms:
            asked = asked.where(self._words.found(tiers[-1], tiers[:-1]))
        elif place is not RECORDS:
            asked = asked.where(FACETS.c.key == wanted.facets[0][0])
        for keys in facets:
            # SQLite would look up each record of the facet in the other table, tens of microseconds a piece; hiding
            # the column in a sum has it go through the smaller side once.
            other = FACETS.alias()
            asked = asked.where((seq + 0).in_(select(other.c.seq).where(other.c.key.in_(keys))))
        of_kind = (seq > max(begin, self._first(wanted.kind) - 1), seq <= self._last[wanted.kind])
        return asked.where(*of_kind, *rows).order_by(seq)

    def _tiers_of(self, terms: Terms, place: str) -> tuple[Said, ...]:
        """Give the tiers of a query; that of a place only where records have such a place."""
        if not terms:
            return (Said(()),)
        there = select(self._words.seq).select_from(self._words.place).where(self._words.found(Said(((place,),))))
        return tiers_of(terms, place if place and self._one(there.limit(1)) else "")

    def _begin(self, wanted: Wanted) -> tuple[FromClause, ColumnElement[int], tuple[tuple[str, ...], ...]]:
        """Choose the table to begin with, its column of places, and the facets that remain to be checked."""
        if wanted.terms:
            return self._words.place, self._words.seq, wanted.facets
        if wanted.facets and len(wanted.facets[0]) == 1:
            return FACETS, FACETS.c.seq, wanted.facets[1:]
        return RECORDS, RECORDS.c.seq, wanted.facets

    def _first(self, kind: str) -> int:
        kinds = list(self._last)
        place = kinds.index(kind)
        return self._last[kinds[place - 1]] + 1 if place else 1

    def _all(self, asked: Select[Any]) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(asked).all())

    def _one(self, asked: Select[Any]) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(asked).first()


def _of_the_row(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Give the conditions on a record's own row."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.age is not None:
        low, high = RECORDS.c.min_age, RECORDS.c.max_age
        conditions += [
            or_(low.is_not(None), high.is_not(None)),
            or_(low.is_(None), low <= wanted.age),
            or_(high.is_(None), high >= wanted.age),
        ]
    if wanted.reviewed is not None:
        conditions.append(RECORDS.c.reviewed.is_(wanted.reviewed))
    if wanted.changed_since is not None:
        conditions.append(RECORDS.c.changed >= wanted.changed_since)
    if wanted.published_since is not None:
        conditions.append(RECORDS.c.published >= wanted.published_since)
    return conditions
