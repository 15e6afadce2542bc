from __future__ import annotations

from pathlib import Path

import pytest

from tests.publishing.factories import Press


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path / "curated")
