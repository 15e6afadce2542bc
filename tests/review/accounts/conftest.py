from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from passerelle.review.accounts.passwords import Passwords
from passerelle.review.accounts.signing_in import Door
from passerelle.review.accounts.users import add_user
from passerelle.review.web.people import Person
from passerelle.review.web.security.settings import Security
from passerelle.store.database import Store, open_store
from tests.review.browsing import Browser
from tests.review.desk import QUICK, desk

PHRASE = "caribou violet sous la grange"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    """Tells the time that a test sets."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class House:
    """A desk with its accounts, at a time of one's own."""

    store: Store
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.door = Door(self.store, Passwords(QUICK), clock=self.clock)

    def add(self, name: str, role: str = "curator", email: str | None = None, password: str = PHRASE) -> None:
        with self.store.session() as session:
            add_user(
                session,
                name,
                role,
                now=self.clock(),
                email=email,
                password=self.door.passwords.hash(password) if password else None,
            )

    def security(self, **how: Any) -> Security:
        return Security(self.door, **{"alone": Person("ariane", "admin"), **how})

    def app(self, **how: Any) -> FastAPI:
        return desk(self.store, security=self.security(**how))

    def browser(self, base_url: str = "http://127.0.0.1:8484", **how: Any) -> Browser:
        return Browser(self.app(**how), base_url)


@pytest.fixture
def house(tmp_path: Path, empty_sqlite: Path) -> Iterator[House]:
    """Give a desk on SQLite."""
    store = open_store(f"sqlite:///{shutil.copy(empty_sqlite, tmp_path)}")
    yield House(store)
    store.close()


@pytest.fixture
def shared(store: Store) -> House:
    """Give a desk on each kind of database."""
    return House(store)
