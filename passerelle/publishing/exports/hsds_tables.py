"""The tabular package of HSDS 3.0: the same objects as CSV tables, one folder a language.

Cells hold the exact values, for programs read these tables: in a spreadsheet, a cell may act as a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from passerelle.publishing.exports.datapackage import package
from passerelle.publishing.exports.jsons import written
from passerelle.publishing.exports.spreadsheet import exact_line
from passerelle.publishing.exports.tables import Column, ColumnType, CsvSpool, Filled, Reference, Row, Table, spooled
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import Language

Json = dict[str, Any]

_TITLES = {
    "services": "service",
    "organizations": "organization",
    "phones": "phone",
    "service_areas": "service_area",
    "languages": "language",
    "attributes": "attribute",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "partners": "partner (profile)",
    "text_origins": "text_origin (profile)",
}
_CHILDREN = ("phones", "service_areas", "languages", "partners", "text_origins")


def _table(name: str, columns: str, *references: Reference, required: str = "") -> Table:
    """Make a table of the columns named; the first one is its key."""
    always = {"id", *required.split()}
    kinds: dict[str, ColumnType] = {"minimum_age": "integer", "maximum_age": "integer"}
    made = tuple(Column(one, "", kinds.get(one, "string"), one in always) for one in columns.split())
    return Table(name, f"HSDS 3.0: {_TITLES[name]}", made, ("id",), references)


def _to(column: str, table: str) -> Reference:
    return Reference((column,), table, ("id",))


TABLES = (
    _table("organizations", "id name alternate_name description website", required="name description"),
    _table(
        "services",
        "id organization_id name description url email status fees_description eligibility_description minimum_age "
        "maximum_age assured_date last_modified",
        _to("organization_id", "organizations"),
        required="organization_id name status",
    ),
    _table("phones", "id service_id number", _to("service_id", "services"), required="number"),
    _table("service_areas", "id service_id name extent_type uri", _to("service_id", "services")),
    _table("languages", "id service_id name code", _to("service_id", "services")),
    _table("taxonomies", "id name description uri", required="name description"),
    _table(
        "taxonomy_terms",
        "id code name description taxonomy language taxonomy_id term_uri",
        _to("taxonomy_id", "taxonomies"),
        required="name description",
    ),
    _table(
        "attributes",
        "id link_id taxonomy_term_id link_type link_entity value",
        _to("taxonomy_term_id", "taxonomy_terms"),
        required="link_id taxonomy_term_id link_entity",
    ),
    _table(
        "partners",
        "id service_id organization_id name role",
        _to("service_id", "services"),
        _to("organization_id", "organizations"),
        required="service_id organization_id",
    ),
    _table(
        "text_origins",
        "id service_id field origin language",
        _to("service_id", "services"),
        required="service_id field origin language",
    ),
)


def tables(view: View, language: Language, objects: Iterable[tuple[str, Json]]) -> Iterator[OutFile]:
    """Yield the tables of one language, then their datapackage.json.

    Args:
        view: the release.
        language: language of the set.
        objects: HSDS objects, each after the name of its kind.
    """
    folder = f"{language}/tabular/"
    filled: list[Filled] = []
    rows = (row for kind, found in objects for row in _rows(kind, found))
    for file, said in spooled(TABLES, rows, partial(CsvSpool, line=exact_line), ".csv"):
        yield replace(file, path=folder + file.path)
        filled.append(said)
    told = package(view, f"passerelle-hsds-{language}", filled, "Human Services Data Specification 3.0")
    yield OutFile(f"{folder}datapackage.json", [written(told)])


def _rows(kind: str, found: Json) -> Iterator[tuple[str, Row]]:
    """Lay one object out as rows: what it holds becomes rows of other tables, with its id."""
    if kind == "taxonomy":
        yield "taxonomies", found
    elif kind == "taxonomy_term":
        yield "taxonomy_terms", {**found, "taxonomy_id": found["taxonomy_detail"]["id"]}
    else:
        leader = {"organization_id": found["organization"]["id"]} if "organization" in found else {}
        yield f"{kind}s", {**found, **leader}
        for name in _CHILDREN:
            yield from ((name, {**child, "service_id": found["id"]}) for child in found.get(name, ()))
        for attribute in found.get("attributes", ()):
            yield "attributes", {**attribute, "taxonomy_term_id": attribute["taxonomy_term"]["id"]}
