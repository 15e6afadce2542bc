from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.store.database import open_store
from tests.review.service.world import World, pages, put


@pytest.fixture(scope="session")
def small_data_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small data set on SQLite once, to be copied."""
    place = tmp_path_factory.mktemp("small") / "passerelle.db"
    store = open_store(f"sqlite:///{place}")
    put(store, pages())
    World(store, place.parent).match()
    store.close()
    return place


@pytest.fixture
def world(tmp_path: Path, small_data_set: Path) -> Iterator[World]:
    """Give the small data set on SQLite."""
    shutil.copy(small_data_set, tmp_path)
    store = open_store(f"sqlite:///{tmp_path / small_data_set.name}")
    yield World(store, tmp_path)
    store.close()


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[World]:
    """Give the small data set on each kind of database."""
    store = open_store(database_url)
    put(store, pages())
    world = World(store, tmp_path)
    world.match()
    yield world
    store.close()
