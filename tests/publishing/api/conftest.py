from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.publishing.api.app import ApiSettings, make_app
from passerelle.publishing.api.serving import Serving
from tests.publishing.api.client import Client, started
from tests.publishing.factories import Press

UNLIMITED = ApiSettings(rate=0, watch=3600)
"""Nobody is refused, and the current release is looked at only when a test says so."""


@pytest.fixture
def serving(press: Press, tmp_path: Path) -> Serving:
    return Serving(press.curated, "sqlite://", tmp_path / "api")


@pytest.fixture
def client(serving: Serving) -> Iterator[Client]:
    """Give a client of a server that has nothing to serve until a test publishes."""
    with started(make_app(serving, UNLIMITED)) as asking:
        yield asking


@pytest.fixture
def either(press: Press, database_url: str, tmp_path: Path) -> Iterator[Client]:
    """Give the same on each kind of database."""
    with started(make_app(Serving(press.curated, database_url, tmp_path / "api"), UNLIMITED)) as asking:
        yield asking
