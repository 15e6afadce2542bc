"""The figures of the records as they are now; what did not change since the last time is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from passerelle.charting.figures import Figures, Row, row_of, summed
from passerelle.review.help import Help
from passerelle.store.records import StoredRecord, stored_records
from schemas.records import Initiative
from schemas.working import Filling

_REMEMBERED = 20_000
"""Records whose rows are kept; a row is some hundred bytes."""


class Gathering:
    """Counts records, and remembers what it counted."""

    def __init__(self, help: Help) -> None:  # noqa: A002  # the word of the house
        self._help = help
        self._rows = lru_cache(maxsize=_REMEMBERED)(_Counted)

    def figures(self, session: Session, today: date) -> Figures:
        """Sum all initiatives."""
        return summed(self._all(session), today)

    def _all(self, session: Session) -> Iterator[Row]:
        for stored in stored_records(session, "initiative"):
            counted = self._rows(_key(stored))
            if counted.row is None:
                record = Initiative.model_validate_json(stored.payload)
                fillings = [Filling.model_validate_json(payload) for payload in stored.fillings]
                counted.row = row_of(self._help.complete(record, fillings))
            yield counted.row


class _Counted:
    """The row of what a key stands for, once it was counted."""

    def __init__(self, _key: bytes) -> None:
        self.row: Row | None = None


def _key(stored: StoredRecord) -> bytes:
    digest = hashlib.blake2b(stored.payload, digest_size=16)
    for payload in stored.fillings:
        digest.update(b"\0" + payload)
    return digest.digest()
