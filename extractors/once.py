"""Remember what was found on the page read last: several families and readers ask the same of one page."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from extractors.passage import Passage
from schemas.document import Document

P = TypeVar("P")
T = TypeVar("T")
More = ParamSpec("More")


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


def once_a_passage(function: Callable[Concatenate[Passage, More], T]) -> Callable[Concatenate[Passage, More], T]:
    """Answer from memory about passages of the document asked about last; the answer must not be changed.

    What is asked besides the passage must be hashable.
    """
    last: Document | None = None
    known: dict[Hashable, T] = {}

    @wraps(function)
    def remembering(passage: Passage, /, *more: More.args, **named: More.kwargs) -> T:
        nonlocal last
        if last is not passage.document:
            last = passage.document
            known.clear()
        key = (passage.positions, passage.language, more, tuple(named.items()))
        if key not in known:
            known[key] = function(passage, *more, **named)
        return known[key]

    return remembering
