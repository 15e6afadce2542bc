"""The gazetteer of Québec: regions, places and public bodies, as tables in schemas/gazetteer/.

Every table names the source of its facts in schemas/gazetteer/README.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from schemas.base import LanguageMap, RegionCode, Shape

FOLDER = Path(__file__).with_name("gazetteer")

PLACE_TABLES = (
    "municipalities.csv",
    "mrcs.csv",
    "boroughs.csv",
    "neighbourhoods.csv",
    "former_municipalities.csv",
    "areas.csv",
)
BODY_TABLES = (
    "health.csv",
    "police.csv",
    "education.csv",
    "government.csv",
    "first_nations.csv",
    "networks.csv",
)

PlaceKind = Literal["municipality", "mrc", "borough", "neighbourhood", "former-municipality", "area"]
BodyKind = Literal["health", "police", "education", "government", "network"]


class Region(Shape):
    """An administrative region."""

    code: RegionCode
    name: LanguageMap
    other_names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    """As for a place; none where a town of another region bears the same adjective."""


class RegionPoint(Shape):
    """A point that stands for a region on a map: about where its main town lies, no boundary and no address."""

    code: RegionCode
    town: str
    longitude: float
    latitude: float
    """Degrees (WGS 84), to two decimals: about a kilometre."""


class Place(Shape):
    """A place below the region: municipality, MRC, borough, neighbourhood, former municipality, or area."""

    name: str
    kind: PlaceKind
    regions: tuple[RegionCode, ...]
    municipality: str | None = None
    """The municipality it lies in, or is; none where it spans several (an MRC)."""
    mrc: str | None = None
    other_names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    """Masculine and feminine, singular and plural, in lower case: maskoutain, maskoutaine, maskoutains …"""
    population: int | None = None


class Body(Shape):
    """A public body or a network known across Québec."""

    id: str
    name: LanguageMap
    kind: BodyKind
    sector: str
    acronyms: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    municipality: str | None = None
    regions: tuple[RegionCode, ...] = ()


@cache
def regions() -> tuple[Region, ...]:
    """Give the 17 administrative regions, by code."""
    return tuple(_region(row) for row in _rows("regions.csv"))


@cache
def region_points() -> dict[str, RegionPoint]:
    """Give a point for each region, by its code; approximate, see README.md."""
    return {row["code"]: RegionPoint.model_validate(row) for row in _rows("region_points.csv")}


@cache
def places() -> tuple[Place, ...]:
    """Give every place: municipalities first, most populous first, then the smaller tables."""
    return tuple(_place(row) for table in PLACE_TABLES for row in _rows(table))


@cache
def bodies() -> tuple[Body, ...]:
    """Give every public body and network."""
    return tuple(_body(row) for table in BODY_TABLES for row in _rows(table))


def _region(row: dict[str, str]) -> Region:
    name = LanguageMap(fr=row["name_fr"], en=row["name_en"])
    other_names, demonyms = _many(row["other_names"]), _many(row["demonyms"])
    return Region(code=row["code"], name=name, other_names=other_names, demonyms=demonyms)


def _place(row: dict[str, str]) -> Place:
    return Place.model_validate(
        row
        | {key: _many(row[key]) for key in ("regions", "other_names", "demonyms")}
        | {key: row[key] or None for key in ("municipality", "mrc", "population")}
    )


def _body(row: dict[str, str]) -> Body:
    name = {"fr": row["name_fr"], "en": row["name_en"] or None}
    rest = {key: value for key, value in row.items() if key not in ("name_fr", "name_en")}
    return Body.model_validate(
        rest
        | {"name": name, "municipality": row["municipality"] or None}
        | {key: _many(row[key]) for key in ("regions", "acronyms", "other_names")}
    )


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (FOLDER / table).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
