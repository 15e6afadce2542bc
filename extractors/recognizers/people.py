"""People quoted or named in an official role."""

from __future__ import annotations

from extractors.passage import Passage
from schemas.drafts import Found, PersonMention


def read_people(p: Passage) -> tuple[Found[PersonMention], ...]:
    """Give the people that the passage names in a role or quotes, in order, each once."""
    del p
    return ()
