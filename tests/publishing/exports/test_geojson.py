from __future__ import annotations

import json
from typing import Any

from passerelle.publishing.exports.geojson import geojson_files
from passerelle.publishing.view import View
from schemas.gazetteer import regions
from tests.publishing.exports.records import written

Json = dict[str, Any]


def broken_rules(collection: Json) -> list[str]:
    """Name what RFC 7946 would not have of a collection of points, or of features without geometry."""
    if collection.get("type") != "FeatureCollection" or not isinstance(collection.get("features"), list):
        return ["no FeatureCollection"]
    reserved = {"coordinates", "geometries", "geometry", "properties"}
    found = [f"reserved: {name}" for name in reserved & set(collection)]
    for feature in collection["features"]:
        if set(feature) != {"type", "id", "geometry", "properties"} or feature["type"] != "Feature":
            found.append(f"no Feature: {feature}")
        elif not _is_point(feature["geometry"]) or not isinstance(feature["properties"], dict):
            found.append(f"geometry or properties: {feature['id']}")
        found += [] if isinstance(feature.get("id"), str | int) else ["an id that is neither text nor number"]
    return found


def _is_point(geometry: Any) -> bool:
    if geometry is None:
        return True
    longitude, latitude = geometry["coordinates"]
    return set(geometry) == {"type", "coordinates"} and -80 < longitude < -57 and 44 < latitude < 63


def collections(view: View) -> dict[str, Json]:
    return {path: json.loads(body) for path, body in written(geojson_files(view)).items()}


def test_every_file_is_a_collection_of_features(each: View) -> None:
    found = collections(each)
    assert len(found) == len(regions()) + 2
    assert [rule for one in found.values() for rule in broken_rules(one)] == []


def test_an_initiative_stands_in_each_of_its_regions_and_is_counted_there(view: View) -> None:
    found = collections(view)
    names = {
        path: [feature["id"] for feature in one["features"]]
        for path, one in found.items()
        if path.startswith("regions/") and one["features"]
    }
    assert names == {
        "regions/01.geojson": ["ini-00000001"],
        "regions/11.geojson": ["ini-00000001"],
        "regions/none.geojson": ["ini-00000002", "ini-00000003"],
    }
    counted = {one["id"]: one["properties"]["initiatives"] for one in found["regions.geojson"]["features"]}
    assert {code for code, number in counted.items() if number} == {"01", "11"}
    assert len(counted) == 17


def test_a_point_stands_for_a_region_says_so_and_is_invented_for_nobody(view: View) -> None:
    found = collections(view)
    features = [*found["regions.geojson"]["features"], *found["regions/01.geojson"]["features"]]
    assert all(one["geometry"]["type"] == "Point" for one in features)
    assert {(one["properties"]["point"], bool(one["properties"]["point_town"])) for one in features} == {
        ("approximate", True)
    }
    assert features[-1]["geometry"] == features[0]["geometry"]
    assert {one["geometry"] for one in found["regions/none.geojson"]["features"]} == {None}


def test_a_feature_is_flat_and_says_its_name_in_both_languages(view: View) -> None:
    (feature,) = collections(view)["regions/01.geojson"]["features"]
    told = feature["properties"]
    assert (told["name_fr"], told["name_en"]) == ("L’escale « Marée »", "The “Tide” stopover")
    assert told["themes"] == "runaway; sexual-exploitation"
    assert not [name for name, value in told.items() if isinstance(value, dict | list)]


def test_the_same_release_gives_the_same_bytes(each: View) -> None:
    assert written(geojson_files(each)) == written(geojson_files(each))
