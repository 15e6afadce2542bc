from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.store.database import open_store
from tests.review.service.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give the small data set on SQLite."""
    store = open_store(f"sqlite:///{tmp_path / 'passerelle.db'}")
    yield World(store, tmp_path)
    store.close()


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[World]:
    """Give the small data set on each kind of database."""
    store = open_store(database_url)
    yield World(store, tmp_path)
    store.close()
