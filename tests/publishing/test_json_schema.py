"""What is written fits the JSON Schemas written beside it, as a reader's own validator sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.issue import Issue
from tests.publishing.factories import Press, filling, initiative, matched, news, provenance

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")

SCHEMAS = {
    "index.json": "release-manifest",
    "initiatives.json": "initiative",
    "initiatives.ndjson": "initiative",
    "initiatives": "initiative",
    "organizations.json": "organization",
    "organizations.ndjson": "organization",
    "news.json": "news-item",
    "news.ndjson": "news-item",
    "provenance": "provenance",
    "changes.ndjson": "change",
    "issues.ndjson": "issue",
}


@pytest.fixture
def release(press: Press) -> Path:
    press.issues = (Issue(stage="extract", severity="warning", code="third-language", message="Spanish."),)
    content = matched(news=(news(),), provenance=(provenance(),), redirects={"ini-00000009": "ini-00000001"})
    press.publish(content, filling("ini-00000001", "name.en", "The tide workshop", "L’atelier des marées n° 1"))
    return press.current.resolve()


def records(path: Path) -> Iterator[Any]:
    text = path.read_text("utf-8")
    if path.suffix == ".ndjson":
        yield from (json.loads(line) for line in text.splitlines())
    else:
        content = json.loads(text)
        yield from content if isinstance(content, list) else [content]


def validator(release: Path, name: str) -> Any:
    schema = json.loads((release / "schema" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_every_record_of_a_release_fits_its_schema(release: Path) -> None:
    checked = set()
    for path in sorted(release.rglob("*json")):
        first = path.relative_to(release).parts[0]
        if first in SCHEMAS:
            for record in records(path):
                validator(release, SCHEMAS[first]).validate(record)
                checked.add(first)
    assert checked == set(SCHEMAS)


def test_a_schema_refuses_what_is_no_record(release: Path) -> None:
    record = initiative().model_dump(mode="json")
    for wrong in ({"id": "7"}, {"name": None}, {"start": 2020}, {"unknown": 1}):
        assert not validator(release, "initiative").is_valid({**record, **wrong})
