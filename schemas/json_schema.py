"""The shapes as JSON Schema 2020-12, generated from the models: ``python -m schemas.renew`` rewrites them.

The files stand in schemas/json/ so that a change of shape shows in review; a test fails when they drift.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from schemas.capture import Capture
from schemas.decision import Decision
from schemas.delta import Delta
from schemas.document import Document
from schemas.documentation import documented
from schemas.drafts import Extraction
from schemas.issue import Issue
from schemas.records import SCHEMA_VERSION, Initiative, NewsItem, Organization, Provenance
from schemas.release import Change, ReleaseManifest
from schemas.source import Source

FOLDER = Path(__file__).with_name("json")

HOST = "https://passerelle.example"
"""Where the schemas are at home. Whoever publishes puts an own address here once: docs/stability.md says how."""

BASE = f"{HOST}/schema/{SCHEMA_VERSION}/"
"""Stem of every ``$id``: the schema's version stands in it, so that schema 2 gets other addresses."""

PUBLISHED: dict[str, type[BaseModel]] = {
    "initiative": Initiative,
    "organization": Organization,
    "news-item": NewsItem,
    "provenance": Provenance,
    "release-manifest": ReleaseManifest,
    "change": Change,
    "delta": Delta,
    "issue": Issue,
}
"""What a release holds."""

INTERNAL: dict[str, type[BaseModel]] = {
    "capture": Capture,
    "document": Document,
    "extraction": Extraction,
    "decision": Decision,
    "source": Source,
}
"""What passes between the stations, for programs that join in on the way."""


def file_name(name: str) -> str:
    """Give the file name of a schema: 'initiative' → 'initiative.schema.json'."""
    return f"{name}.schema.json"


def schemas_json() -> dict[str, str]:
    """Give the text of every schema file by its name, published shapes first; each ends with a line feed."""
    return {file_name(name): _text(name, shape) for name, shape in (PUBLISHED | INTERNAL).items()}


def published_json() -> dict[str, str]:
    """Give the schema files that a release carries in its ``schema/`` folder."""
    return {file_name(name): _text(name, shape) for name, shape in PUBLISHED.items()}


def write(folder: Path = FOLDER) -> None:
    """Write every schema file, and remove those of shapes that are no more."""
    folder.mkdir(exist_ok=True)
    texts = schemas_json()
    for left_over in set(folder.glob("*.schema.json")) - {folder / name for name in texts}:
        left_over.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def _text(name: str, shape: type[BaseModel]) -> str:
    schema = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": BASE + file_name(name),
        **documented(shape.model_json_schema(mode="serialization"), shape.__name__),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
