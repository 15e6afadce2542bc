"""Awards that an initiative received."""

from __future__ import annotations

from extractors.passage import Passage
from schemas.drafts import DraftAward, Found


def read_awards(p: Passage) -> tuple[Found[DraftAward], ...]:
    """Give the awards that the passage names, each once."""
    del p
    return ()
