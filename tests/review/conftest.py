"""What tests of the desk share: a small data set, made once, and the project's own words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.store.database import open_store
from schemas.edition import edition, use
from tests.conftest import KINDS, copy_of, make_database
from tests.review.service.world import World, pages, put


def make(url: str, home: Path) -> None:
    """Make the small data set in an empty database."""
    store = open_store(url)
    put(store, pages())
    World(store, home).match()
    store.close()


@pytest.fixture(scope="session")
def small_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small data set on SQLite once, to be copied."""
    place = tmp_path_factory.mktemp("small") / "passerelle.db"
    make(f"sqlite:///{place}", place.parent)
    return place


@pytest.fixture(scope="session")
def small_postgresql(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the same on PostgreSQL; give its URL."""
    url = make_database(postgres, "small")
    make(url, tmp_path_factory.mktemp("small"))
    return url


@pytest.fixture
def world(tmp_path: Path, small_sqlite: Path) -> Iterator[World]:
    """Give the small data set on SQLite."""
    shutil.copy(small_sqlite, tmp_path)
    store = open_store(f"sqlite:///{tmp_path / small_sqlite.name}")
    yield World(store, tmp_path)
    store.close()


@pytest.fixture(params=KINDS)
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give the small data set on each kind of database."""
    store = open_store(copy_of("small", request, tmp_path))
    yield World(store, tmp_path)
    store.close()


@pytest.fixture(autouse=True)
def _own_words() -> Iterator[None]:
    """Leave the project's own words to the tests that come after."""
    before = edition()
    yield
    use(before)
