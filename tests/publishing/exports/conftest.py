from __future__ import annotations

import pytest

from passerelle.publishing.view import View
from tests.publishing.exports.records import full_view, golden_view


@pytest.fixture
def view() -> View:
    return full_view()


@pytest.fixture
def golden() -> View:
    return golden_view()


@pytest.fixture(params=["full", "golden"])
def each(request: pytest.FixtureRequest) -> View:
    return full_view() if request.param == "full" else golden_view()
