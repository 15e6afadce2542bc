"""GeoJSON (RFC 7946) by region: what there is in each of Québec's 17 administrative regions.

Pages name regions and towns, never places on a map, so an initiative stands at the point of its region: about where
the region's main town lies (``schemas/gazetteer/region_points.csv``). ``point`` and ``point_town`` say so of each
feature. What names no region has a null geometry, as the standard has it. The two-digit region code joins the features
to the boundaries that the Government of Québec publishes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, Any

from pydantic_core import to_json

from passerelle.publishing.exports.jsons import without_gaps, written
from passerelle.publishing.exports.tables import Row, Table, spooled
from passerelle.publishing.exports.texts import label, said
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.gazetteer import region_points, regions
from schemas.records import Initiative

Json = dict[str, Any]

POINT = "approximate"
"""What every point is: it stands for a region, not for an address."""
NOWHERE = "none"
"""Where the initiatives are that name no region."""


def geojson_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield a collection of initiatives for each region, and one of the regions with their numbers."""
    counts: Counter[str] = Counter()
    approved: Counter[str] = Counter()
    codes = (*(region.code for region in regions()), NOWHERE)

    def features() -> Iterator[tuple[str, Row]]:
        for one in view.initiatives:
            here = tuple(dict.fromkeys(one.territory.regions)) or (NOWHERE,)
            counts.update(here)
            approved.update(here if one.review.status == "approved" else ())
            yield from ((code, _feature(one, code, languages)) for code in here)

    collections = [Table(code, code, (), ()) for code in codes]
    for file, _ in spooled(collections, features(), Collection, ".geojson"):
        yield replace(file, path=f"regions/{file.path}")
    yield OutFile("regions.geojson", [written(_regions(counts, approved, languages))], len(codes) - 1)


@dataclass
class Collection:
    """Features that wait on disk until all of their region are there."""

    table: Table
    file: IO[bytes]
    records: int = 0

    def add(self, row: Row) -> None:
        """Add a feature."""
        self.file.write(b",\n" if self.records else b'{"type": "FeatureCollection", "features": [\n')
        self.file.write(to_json(row))
        self.records += 1

    def finish(self) -> None:
        """End the collection."""
        self.file.write(b"\n]}\n" if self.records else b'{"type": "FeatureCollection", "features": []}\n')


def _at(code: str) -> tuple[Json | None, Json]:
    """Give the geometry of a region, and the properties that say how little it says."""
    point = region_points().get(code)
    if point is None:
        return None, {}
    told = {"point": POINT, "point_town": point.town}
    return {"type": "Point", "coordinates": [point.longitude, point.latitude]}, told


def _feature(one: Initiative, code: str, languages: tuple[Language, ...]) -> Json:
    texts = {
        f"{name}_{language}": found.text
        for name, both in (("name", one.name), ("summary", one.summary))
        for language in languages
        if (found := said(one, name, both, language))
    }
    facts = {
        "kind": one.kind,
        "themes": "; ".join(one.themes),
        "activities": "; ".join(one.activities),
        "sectors": "; ".join(one.sectors),
        "lead_organization": one.lead_organization.name if one.lead_organization else None,
        "min_age": one.audience.min_age,
        "max_age": one.audience.max_age,
        "regions": "; ".join(one.territory.regions),
        "municipalities": "; ".join(one.territory.municipalities),
        "neighbourhoods": "; ".join(one.territory.neighbourhoods),
        "url": one.contact.url,
        "review": one.review.status,
    }
    geometry, where = _at(code)
    return {
        "type": "Feature",
        "id": one.id,
        "geometry": geometry,
        "properties": {**texts, **without_gaps(facts), **where},
    }


def _regions(counts: Counter[str], approved: Counter[str], languages: tuple[Language, ...]) -> Json:
    points = {region.code: _at(region.code) for region in regions()}
    features = [
        {
            "type": "Feature",
            "id": region.code,
            "geometry": points[region.code][0],
            "properties": {
                "code": region.code,
                **{f"name_{language}": label("regions", region.code, language) for language in languages},
                "initiatives": counts[region.code],
                "approved": approved[region.code],
                **points[region.code][1],
            },
        }
        for region in regions()
    ]
    return {"type": "FeatureCollection", "features": features}
