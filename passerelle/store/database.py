"""Open the working database, at its newest schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

BUSY_SECONDS = 30
"""How long SQLite waits for another writer before it gives up."""


class Store:
    """The working database: hands out sessions, each one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a transaction: committed at the end, rolled back on any error."""
        with Session(self.engine) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at a SQLAlchemy URL, creating and migrating it as needed.

    Raises:
        sqlalchemy.exc.OperationalError: the database cannot be reached.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database:
        with suppress(OSError):  # a folder that cannot be made is an OperationalError at the first connection
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args=_connect_args(address.get_backend_name()))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    _migrate(engine)
    return Store(engine)


def _connect_args(backend: str) -> dict[str, Any]:
    return {"timeout": BUSY_SECONDS} if backend == "sqlite" else {}


def _tune_sqlite(connection: Any, _record: object) -> None:
    # WAL lets curators read while a run writes; FULL keeps a commit through a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Its driver begins no transaction for CREATE TABLE: killed half-way, a database would be of no use.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
