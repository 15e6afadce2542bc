"""Remember what was found on the page read last: several families and readers ask the same of one page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

P = TypeVar("P")
T = TypeVar("T")


def once_a_page(function: Callable[[P], T]) -> Callable[[P], T]:
    """Answer from memory as long as the very same object is asked about; the answer must not be changed."""
    last: tuple[P, T] | None = None

    @wraps(function)
    def remembering(page: P) -> T:
        nonlocal last
        if last is None or last[0] is not page:
            last = page, function(page)
        return last[1]

    return remembering
