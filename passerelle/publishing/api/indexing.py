"""Make the index of a release, or find the one that was made before.

On SQLite an index is a file of its own in ``.passerelle/api/``; on PostgreSQL it is a schema of its own in the team's
database. Both are named after the bytes of the release's manifest and of what an index is made with, so that an index
never answers for another release, and both appear whole or not at all.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema, DropSchema

from passerelle.publishing.api.index import ReleaseIndex
from passerelle.publishing.api.remembered import remembered
from passerelle.publishing.api.rows import READERS, Row
from passerelle.publishing.api.tables import CHANGES, ENDED, FACETS, META, METADATA, RECORDS, words_of
from passerelle.publishing.folder import MANIFEST
from schemas.edition import edition

FORMAT = 4
"""Raised by one when an index is made otherwise, so that old ones are made anew."""
BATCH = 1000
SCHEMA_STEM = "passerelle_api_"
POOL = 16
"""Connections kept open for reading; more are opened while more questions come at once."""

Advance = Callable[[int], None]
Read = Callable[[str, bytes], Row]
"""Reads a line of a list."""


def release_key(folder: Path) -> str:
    """Give the name of a release's index: a digest of its manifest, which names the digests of all its files.

    An edition of the vocabularies has an index of its own, since search finds their words.

    Raises:
        FileNotFoundError: it has no manifest.
    """
    made_with = _made_with()
    made_with.update((folder / MANIFEST).read_bytes())
    return made_with.hexdigest()[:32]


def rows_key() -> str:
    """Give the name of what a row depends on besides the record."""
    made_with = _made_with()
    rooms = Path(__file__).parent, Path(__file__).parents[3] / "schemas"
    files = (path for room in rooms for path in room.rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in sorted(files):
        made_with.update(path.read_bytes())
    return made_with.hexdigest()[:32]


def _made_with() -> hashlib._Hash:
    vocabularies = Path(__file__).parents[3] / "schemas" / "vocabularies"
    made_with = hashlib.sha256(f"{FORMAT} {version('snowballstemmer')}".encode())
    for path in sorted(vocabularies.glob("*.yml")):
        made_with.update(path.read_bytes())
    made_with.update(edition().words_digest.encode())
    return made_with


class SqliteIndexes:
    """Indexes as files in a folder, which several servers may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, key: str) -> ReleaseIndex | None:
        """Open an index, if there is one; while it is open no server removes it."""
        try:
            held = self._path(key).open("rb")
        except FileNotFoundError:
            return None
        fcntl.flock(held, fcntl.LOCK_SH)
        asked = {"mode": "ro", "immutable": "1", "uri": "true"}
        address = URL.create("sqlite", database=f"file:{quote(str(self._path(key)))}", query=asked)
        engine = create_engine(address, connect_args={"check_same_thread": False}, pool_size=POOL, max_overflow=-1)
        return _opened(engine, held.close)

    def build(self, key: str, release: Path, advance: Advance = lambda _done: None) -> None:
        """Make an index; where two processes make the same one, the later replaces the earlier."""
        self._folder.mkdir(parents=True, exist_ok=True)
        growing = self._folder / f".{key}.{os.getpid()}"
        growing.unlink(missing_ok=True)
        engine = create_engine(URL.create("sqlite", database=str(growing)), poolclass=NullPool)
        try:
            with engine.connect() as connection:
                # Nobody reads it before it is whole, so a journal and waiting for the disk would protect nothing.
                connection.exec_driver_sql("PRAGMA journal_mode = OFF")
                connection.exec_driver_sql("PRAGMA synchronous = OFF")
                with remembered(self._folder, rows_key()) as rows:
                    _fill(connection, release, advance, rows.row)
                connection.commit()
            growing.replace(self._path(key))
        finally:
            engine.dispose()
            growing.unlink(missing_ok=True)

    def keep(self, keys: frozenset[str]) -> None:
        """Remove all other indexes, save those that a server has open."""
        for path in self._folder.glob("*.sqlite"):
            if path.stem not in keys:
                with path.open("rb") as file, suppress(BlockingIOError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.sqlite"


class PostgresIndexes:
    """Indexes as schemas of a database that several servers may share."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")

    def open(self, key: str) -> ReleaseIndex | None:
        """Open an index, if there is one; while it is open no server removes it."""
        engine = self._engine(key, pool_size=POOL, max_overflow=-1)
        held = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        held.execute(text("SELECT pg_advisory_lock_shared(:lock)"), {"lock": _lock(key)})
        return _opened(engine, held.close)

    def build(self, key: str, release: Path, advance: Advance = lambda _done: None) -> None:
        """Make an index in one transaction, unless another server made it meanwhile."""
        engine = self._engine(key, poolclass=NullPool)
        try:
            with engine.begin() as connection:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _lock(key) + 1})
                if not inspect(connection).has_schema(SCHEMA_STEM + key):
                    connection.execute(CreateSchema(SCHEMA_STEM + key))
                    _fill(connection, release, advance)
        finally:
            engine.dispose()

    def keep(self, keys: frozenset[str]) -> None:
        """Remove all other indexes, save those that a server has open."""
        engine = create_engine(self._url, poolclass=NullPool)
        try:
            with engine.connect() as connection:
                names = [name for name in inspect(connection).get_schema_names() if name.startswith(SCHEMA_STEM)]
            for name in names:
                key = name.removeprefix(SCHEMA_STEM)
                if key not in keys:
                    with engine.begin() as connection:
                        free = text("SELECT pg_try_advisory_xact_lock(:lock)")
                        if connection.execute(free, {"lock": _lock(key)}).scalar():
                            connection.execute(DropSchema(name, cascade=True, if_exists=True))
        finally:
            engine.dispose()

    def _engine(self, key: str, **options: Any) -> Engine:
        found_in = {"options": f"-csearch_path={SCHEMA_STEM}{key}"}
        return create_engine(self._url, connect_args=found_in, **options)


Indexes = SqliteIndexes | PostgresIndexes


def indexes_at(database_url: str, folder: Path) -> Indexes:
    """Give the place of indexes: the team's PostgreSQL where it has one, else files in a folder."""
    shared = make_url(database_url).get_backend_name() == "postgresql"
    return PostgresIndexes(database_url) if shared else SqliteIndexes(folder)


def _lock(key: str) -> int:
    """Give the even number that readers of an index lock; the odd one after it is its builder's."""
    return int(key[:14], 16) * 2


def _opened(engine: Engine, let_go: Callable[[], None]) -> ReleaseIndex | None:
    try:
        return ReleaseIndex(engine, let_go)
    except (DBAPIError, KeyError):
        let_go()
        engine.dispose()
        return None


def _read(kind: str, line: bytes) -> Row:
    return READERS[kind](line)


def _fill(connection: Connection, release: Path, advance: Advance, read: Read = _read) -> None:
    METADATA.create_all(connection)
    words = words_of(connection.dialect.name)
    words.create(connection)
    seq = 0
    lasts = {}
    for kind in READERS:
        lines = _lines(release / f"{kind}.ndjson")
        while batch := list(islice(lines, BATCH)):
            rows = [(seq + place, start, line, read(kind, line)) for place, (start, line) in enumerate(batch, 1)]
            connection.execute(
                RECORDS.insert(), [_record(number, start, line, row) for number, start, line, row in rows]
            )
            facets = [{"key": key, "seq": number} for number, _, _, row in rows for key in row.facets]
            if facets:
                connection.execute(FACETS.insert(), facets)
            words.insert(connection, [(number, row.words) for number, _, _, row in rows])
            seq += len(batch)
            advance(seq)
        lasts[f"last-{kind}"] = seq
    _fill_changes(connection, release)
    words.finish(connection)
    connection.execute(META.insert(), [{"name": name, "value": str(last)} for name, last in lasts.items()])


def _record(seq: int, start: int, line: bytes, row: Row) -> dict[str, Any]:
    return {
        "seq": seq,
        "start": start,
        "length": len(line),
        **{name: getattr(row, name) for name in ("id", "changed", "published", "min_age", "max_age", "reviewed")},
    }


def _fill_changes(connection: Connection, release: Path) -> None:
    ended: dict[str, dict[str, Any]] = {}
    lines = enumerate(_lines(release / "changes.ndjson"), 1)
    while batch := list(islice(lines, BATCH)):
        rows = []
        for seq, (start, line) in batch:
            told = json.loads(line)
            rows.append(
                {"seq": seq, "start": start, "length": len(line), "release": told["release"], "type": told["type"]}
            )
            ended.pop(told["id"], None)
            if told["change"] in {"merged", "withdrawn"}:
                ended[told["id"]] = {name: told[name] for name in ("id", "into", "reason", "at", "release")}
        connection.execute(CHANGES.insert(), rows)
    if ended:
        connection.execute(ENDED.insert(), list(ended.values()))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file without their ends, each with the byte it begins at."""
    start = 0
    with path.open("rb") as file:
        for line in file:
            yield start, line.rstrip(b"\n")
            start += len(line)
