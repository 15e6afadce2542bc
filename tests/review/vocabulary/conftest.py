from __future__ import annotations

from collections.abc import Iterator

import pytest

from schemas.edition import edition, use
from tests.review.service.conftest import small_data_set, world

__all__ = ["small_data_set", "world"]


@pytest.fixture(autouse=True)
def _own_words() -> Iterator[None]:
    """Leave the project's own words to the tests that come after."""
    before = edition()
    yield
    use(before)
