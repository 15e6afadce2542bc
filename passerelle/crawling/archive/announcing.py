"""Tell the database of captures that are on disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from passerelle.crawling.archive.reading import Archived
from passerelle.store.captures import add_capture
from passerelle.store.database import Store


class Announce(Protocol):
    """Is told of captures once they are on disk, and again of those that a crash may have kept from it."""

    def __call__(self, found: Sequence[Archived], /) -> object:
        """Take them in; those that are known cost nothing."""


def record_pages(store: Store, found: Sequence[Archived]) -> int:
    """Record the captures that are pages; give the number of those that were not known.

    Robots files, redirects, feeds and failures stay in the archive alone: nothing is extracted from them.
    """
    with store.session() as session:
        return sum(add_capture(session, one.capture) for one in found if one.is_page)
