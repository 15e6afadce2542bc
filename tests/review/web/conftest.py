from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review.browsing import Browser
from tests.review.web.place import Place, make_home, place_from


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data set that nobody touches: tests work on copies."""
    home = tmp_path_factory.mktemp("desk")
    make_home(home)
    return home


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Iterator[Place]:
    with place_from(made, tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def browser(place: Place) -> Browser:
    """Give the browser of somebody alone at the desk, in French."""
    return place.browser(accept_language="fr-CA")
