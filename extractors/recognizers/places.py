"""Places of Québec that a passage names: regions, municipalities, neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.passage import Passage
from schemas.drafts import Found


@dataclass(frozen=True)
class PlacesFound:
    """Where an initiative takes place; regions are two-digit codes, the others names as the gazetteer writes them."""

    regions: tuple[Found[str], ...] = ()
    municipalities: tuple[Found[str], ...] = ()
    neighbourhoods: tuple[Found[str], ...] = ()


def read_places(p: Passage) -> PlacesFound:
    """Give the places that the passage names, as far as their names leave no doubt."""
    del p
    return PlacesFound()
