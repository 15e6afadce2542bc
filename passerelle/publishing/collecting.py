"""Spare the garbage collector what publishing cannot have made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def set_aside() -> Iterator[None]:
    """Keep out of collections what is in memory already, for as long as the block lasts.

    A collection goes through all modules that were imported, which takes as long as writing several records.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
