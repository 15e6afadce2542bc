"""What every route of the desk has at hand: ``request.app.state.desk``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from passerelle.store.database import Store
from schemas.base import LanguageMap

if TYPE_CHECKING:
    from passerelle.review.help import Help


class IssueCode(Protocol):
    """What a code of the issue log means and what to do, in both languages."""

    @property
    def meaning(self) -> LanguageMap:
        """What happened."""

    @property
    def remedy(self) -> LanguageMap:
        """What to do."""


@dataclass(frozen=True)
class Desk:
    """The data set at the desk, and how the desk is run."""

    store: Store
    help: Help
    codes: Mapping[str, IssueCode] = field(default_factory=dict)
    """The codes of the issue log that have words."""


def the_desk(request: Request) -> Desk:
    """Give the desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def reading(request: Request) -> Iterator[Session]:
    """Open a transaction for what a page shows."""
    with the_desk(request).store.session() as session:
        yield session


AtDesk = Annotated[Desk, Depends(the_desk)]
Reading = Annotated[Session, Depends(reading)]
"""A session to read with; what writes opens its own, so that a lock is held for as short as may be."""
