"""Claims and skips: so that two people do not work on the same record, and none is offered what they left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

MINUTES = 20
"""How long a claim holds; each act on the record renews it."""


@dataclass(frozen=True)
class Claim:
    """Who works on a record, until when."""

    record: str
    by: str
    until: datetime


def claim(session: Session, record: str, by: str, minutes: int = MINUTES, *, now: datetime | None = None) -> Claim:
    """Claim a record, or renew one's claim; where another person holds it, theirs is given back unchanged."""
    raise NotImplementedError


def claim_on(session: Session, record: str, *, now: datetime | None = None) -> Claim | None:
    """Give the claim on a record that has not expired."""
    return None


def release_claim(session: Session, record: str, by: str) -> None:
    """Give up one's claim; another person's is left alone."""


def skip(session: Session, record: str, by: str, *, now: datetime | None = None) -> None:
    """Do not offer a record to a person again for a while; a claim of theirs is given up."""
