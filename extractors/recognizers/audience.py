"""Whom an initiative serves: genders and groups, as far as the passage makes them its audience."""

from __future__ import annotations

from extractors.passage import Passage
from extractors.recognizers.terms import read_terms
from schemas.drafts import Found


def read_genders(p: Passage) -> tuple[Found[str], ...]:
    """Give the genders that the initiative is meant for; nothing where it is open to all."""
    del p
    return ()


def read_groups(p: Passage) -> tuple[Found[str], ...]:
    """Give the groups that the initiative serves."""
    return read_terms(p, "groups")
