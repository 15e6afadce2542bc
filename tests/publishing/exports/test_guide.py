from __future__ import annotations

import re
from pathlib import Path

import pytest

from passerelle.publishing.exports.formats import FORMATS
from passerelle.publishing.exports.jsonld import table
from passerelle.publishing.exports.package_tables import TABLES
from schemas.records import Initiative, NewsItem, Organization

GUIDE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf-8")


def rows(head: str) -> list[list[str]]:
    """Give the cells of the table whose first column has that head."""
    lines = GUIDE.split(f"| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(
    ("head", "shape"), [("initiative", Initiative), ("organisation", Organization), ("news item", NewsItem)]
)
def test_the_guide_says_what_becomes_of_every_field(head: str, shape: type) -> None:
    named = [name for row in rows(head) for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(named) == sorted(shape.model_fields)  # type: ignore[attr-defined]


def test_the_guide_explains_every_format() -> None:
    assert [row[0].strip("`") for row in rows("format")] == list(FORMATS)


def test_the_guide_names_only_what_schema_org_and_the_tables_have() -> None:
    properties = {
        name
        for head in ("initiative", "organisation")
        for row in rows(head)
        for path in re.findall(r"`([\w.]+)`", row[2])
        for name in path.split(".")
    }
    assert properties - {"id"} <= set(table()["properties"])
    tables = {table.name for table in TABLES}
    assert f"{len(tables)} CSV tables" in GUIDE
