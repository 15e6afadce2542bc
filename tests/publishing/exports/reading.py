"""Read a data package back into records, by nothing but its own description."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from schemas.cells import plain_text
from schemas.records import Initiative, NewsItem, Organization

Row = dict[str, Any]
Tables = dict[str, list[Row]]

_READ: dict[str, Any] = {
    "integer": int,
    "boolean": lambda text: text == "true",
    "string": plain_text,
    "datetime": str,
}
_LEAD = ("lead_organization_id", "lead_organization_name")
_REVIEW = ("review_status", "review_by", "review_at")


def tables_of(files: dict[str, bytes]) -> Tables:
    """Read every table of a package, each cell by the type of its column."""
    package = json.loads(files["datapackage.json"])
    read: Tables = {}
    for resource in package["resources"]:
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        rows = csv.DictReader(io.StringIO(files[resource["path"]].decode("utf-8"), newline=""))
        read[resource["name"]] = [
            {name: _READ[kinds[name]](text) if text else None for name, text in row.items()} for row in rows
        ]
    return read


def initiatives(tables: Tables) -> list[Initiative]:
    return [Initiative.model_validate(_initiative(tables, row)) for row in tables["initiatives"]]


def news(tables: Tables) -> list[NewsItem]:
    return [NewsItem.model_validate(_news(tables, row)) for row in tables["news"]]


def organizations(tables: Tables) -> list[Organization]:
    return [Organization.model_validate(_organization(tables, row)) for row in tables["organizations"]]


def _initiative(tables: Tables, row: Row) -> Row:
    def items(table: str) -> list[Row]:
        return _items(tables, table, "initiative_id", row["id"])

    def terms(name: str) -> list[str]:
        return [one["code"] for one in items("initiative_terms") if one["vocabulary"] == name]

    apart = {"email", "phone", "url", "min_age", "max_age", "province", *_LEAD, *_REVIEW}
    texts = _joined(row, "name", "summary", "description", "conclusion")
    lead = {"id": row[_LEAD[0]], "name": row[_LEAD[1]]}
    return {
        **{name: value for name, value in texts.items() if name not in apart},
        "contact": {name: row[name] for name in ("email", "phone", "url")},
        "review": {name.removeprefix("review_"): row[name] for name in _REVIEW},
        "lead_organization": lead if lead["id"] else None,
        "audience": {"min_age": row["min_age"], "max_age": row["max_age"], "genders": terms("genders")}
        | {"groups": terms("groups")},
        "territory": {
            "province": row["province"],
            "regions": _values(items("initiative_regions"), "region"),
            "municipalities": _values(items("initiative_municipalities"), "municipality"),
            "neighbourhoods": _values(items("initiative_neighbourhoods"), "neighbourhood"),
        },
        **{name: terms(name) for name in ("sectors", "collaboration", "themes", "activities")},
        "languages_offered": _values(items("initiative_languages"), "language"),
        "partners": [_renamed(one, "organization_id", "id") for one in items("partners")],
        "benefits": [_joined(one, "text") for one in items("benefits")],
        "impacts": [_joined(one, "text")["text"] for one in items("impacts")],
        "testimonials": [_joined(one, "quote", "role") for one in items("testimonials")],
        "awards": [_joined(one, "name") for one in items("awards")],
        "links": _values(items("links"), "url"),
        "related": [_renamed(one, "related_id", "id") for one in items("related")],
        "mentions": _values(items("initiative_news"), "news_id"),
        "sources": items("initiative_sources"),
        "text_status": {one.pop("path"): one for one in items("text_origins")},
    }


def _news(tables: Tables, row: Row) -> Row:
    def items(table: str) -> list[Row]:
        return _items(tables, table, "news_id", row["id"])

    return {
        **row,
        "authors": _values(items("news_authors"), "name"),
        "people": items("news_people"),
        "awards": [_joined(one, "name") for one in items("news_awards")],
        "mentions": _values(items("news_initiatives"), "initiative_id"),
        "sources": items("news_sources"),
        "text_status": {one.pop("path"): one for one in items("news_text_origins")},
    }


def _organization(tables: Tables, row: Row) -> Row:
    names = _items(tables, "organization_names", "organization_id", row["id"])
    kinds = ("acronyms", "former_names", "other_names")
    regions = _values(_items(tables, "organization_regions", "organization_id", row["id"]), "region")
    return {
        **row,
        **{kind: [one["name"] for one in names if one["kind"] == kind] for kind in kinds},
        "regions": regions,
    }


def _items(tables: Tables, table: str, key: str, record: str) -> list[Row]:
    """Give the rows of a record in a table, in the order of their position, without the columns that say so."""
    rows = sorted((row for row in tables[table] if row[key] == record), key=lambda row: row.get("position", 0))
    return [{name: value for name, value in row.items() if name not in {key, "position"}} for row in rows]


def _joined(row: Row, *names: str) -> Row:
    """Put ``name_fr`` and ``name_en`` back into one map."""
    apart = {f"{name}_{language}" for name in names for language in ("fr", "en")}
    maps = {name: {language: row[f"{name}_{language}"] for language in ("fr", "en")} for name in names}
    rest = {name: value for name, value in row.items() if name not in apart}
    return {**rest, **{name: both if any(both.values()) else None for name, both in maps.items()}}


def _values(rows: list[Row], column: str) -> list[Any]:
    return [row[column] for row in rows]


def _renamed(row: Row, old: str, new: str) -> Row:
    return {new if name == old else name: value for name, value in row.items()}
