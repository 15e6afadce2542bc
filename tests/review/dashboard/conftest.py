from __future__ import annotations

from tests.review.service.conftest import small_data_set, world

__all__ = ["small_data_set", "world"]
