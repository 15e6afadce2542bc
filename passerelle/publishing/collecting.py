"""Spare the garbage collector what publishing cannot have made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 20_000
"""Objects after which young ones are looked through, in place of Python's 700: by then most are gone by themselves."""


@contextmanager
def set_aside() -> Iterator[None]:
    """Keep out of collections what is in memory already, and collect less often, for as long as the block lasts.

    A collection goes through all modules that were imported, which takes as long as writing several records.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
