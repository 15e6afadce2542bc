"""The OpenAPI 3.1 description: shapes and examples come from the published JSON Schemas, so they cannot drift apart."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from passerelle.publishing.api.problems import KINDS, MEDIA_TYPE
from passerelle.publishing.api.rows import Json
from passerelle.publishing.licences import METADATA
from schemas.json_schema import file_name, published_json

RECORDS = ("initiative", "organization", "news-item", "provenance", "change")
"""Published shapes that answers hold."""
LISTS = {"initiatives": "initiative", "organizations": "organization", "news": "news-item", "changes": "change"}
"""What comes in pages."""
_REF = "#/components/schemas/"
_STAMP = "2026-11-21T08:30:00Z"

DESCRIPTION = """
The data set, read only. Every answer comes from one release, which the header `Passerelle-Release` names.

- **Lists** come in pages: follow `next` until it is null. A cursor stays in the release it began in.
- **Keep what you have**: every good answer but `/health` has an `ETag`; ask again with `If-None-Match` and get 304
  where nothing changed. `HEAD` works everywhere.
- **Languages**: texts are `{fr, en}`; `lang=fr` or `lang=en` writes one of them, and `texts` tells where it is from.
- **Terms**: `info.license` is that of what Passerelle adds; texts belong to their sources, whose terms the manifest of
  each release gives by source.
- **Errors** are problem documents (RFC 9457); their `type` leads to an explanation.
- To have everything, download the files of a release (`/latest/index.json` lists them) instead of paging.
"""

_LICENCE = {"name": METADATA.name, "identifier": METADATA.spdx}
"""Terms of what Passerelle adds to the data; each release says those of its texts, by source."""

_HEADERS = {
    "ETag": {"description": "Strong; changes with every byte.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "When the release was written.", "schema": {"type": "string"}},
    "Passerelle-Release": {"description": "Number of the release that answered.", "schema": {"type": "string"}},
}


def answers(name: str, media_type: str = "application/json", *, missing: bool = False) -> Any:
    """Describe the answers of an operation.

    Args:
        name: what it gives: one of ``LISTS`` in pages, one of ``RECORDS``, or another that has an example.
        media_type: of a good answer.
        missing: whether it may be asked for something that is not there.
    """
    list_of = LISTS.get(name)
    shape = f"{_class(list_of)}Page" if list_of else _class(name)
    examples = {name: {"$ref": f"#/components/examples/{name}"}}
    content = {media_type: {"schema": {"$ref": _REF + shape}, "examples": examples}}
    found: dict[int | str, Any] = {
        200: {"description": "Found.", "headers": _HEADERS, "content": content},
        304: {"description": "You have this answer already."},
    }
    if missing:
        found[308] = {"description": "It was merged; `Location` is where it lives on."}
    kinds = ["invalid-parameter", "unknown-parameter", "too-many-requests", "no-release"]
    kinds += ["not-found", "withdrawn"] if missing else []
    kinds += ["release-gone", "release-damaged"] if name == "release" else []
    kinds += ["release-taken-back", "cursor-expired"] if list_of else []
    return found | problems(*kinds)


def file_answers() -> Any:
    """Describe the answers of a path of files."""
    content = {"*/*": {"schema": {}, "examples": {"file": {"$ref": "#/components/examples/file"}}}}
    found: dict[int | str, Any] = {
        200: {"description": "The file.", "headers": _HEADERS, "content": content},
        206: {"description": "The part asked for with `Range`.", "content": {"*/*": {"schema": {}}}},
        304: {"description": "You have this file already."},
        308: {"description": "A folder; `Location` has the slash at its end."},
    }
    kinds = (
        "not-found",
        "range-not-satisfiable",
        "release-gone",
        "release-damaged",
        "invalid-parameter",
        "too-many-requests",
        "no-release",
    )
    return found | problems(*kinds)


def problems(*kinds: str) -> dict[int | str, Any]:
    """Describe answers that are problem documents."""
    found: dict[int | str, Any] = {}
    for kind in kinds:
        status, title, _ = KINDS[kind]
        told = {"type": f"/docs#{kind}", "title": title, "status": status, "detail": KINDS[kind][2]}
        examples = found.get(status, {}).get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
        content = {"schema": {"$ref": f"{_REF}Problem"}, "examples": {**examples, kind: {"value": told}}}
        found[status] = {"description": title, "content": {MEDIA_TYPE: content}}
    return found


def describe(app: FastAPI, version: str) -> Json:
    """Give the description of an app."""
    if app.openapi_schema is None:
        told = get_openapi(
            title="Passerelle",
            version=version,
            summary="Read API",
            description=DESCRIPTION,
            routes=app.routes,
            license_info=_LICENCE,
        )
        for operations in told["paths"].values():
            operations["head"] = _head(operations["get"])
        # Only now: what the framework writes loses every null.
        told["components"] = {"schemas": components(), "examples": examples()}
        app.openapi_schema = told
    return app.openapi_schema


def _head(get: Json) -> Json:
    """Describe HEAD of a path: what GET answers, without its body."""
    answers = {
        status: {name: part for name, part in answer.items() if name != "content"}
        for status, answer in get["responses"].items()
    }
    summary = f"{get['summary']}: headers only"
    told = {"operationId": f"{get['operationId']}_head", "summary": summary, "responses": answers}
    return {**{name: get[name] for name in ("tags", "parameters") if name in get}, **told}


@cache
def components() -> Json:
    """Give the shapes of all answers."""
    found: Json = {}
    for name in RECORDS:
        schema = _published(name)
        shapes = {**schema["$defs"], _class(name): schema} if "$defs" in schema else {_class(name): schema}
        found |= {title: _placed(shape) for title, shape in shapes.items()}
        found[f"{_class(name)}Page"] = _page(_class(name))
    for name in ("Initiative", "Organization", "NewsItem"):  # fewer fields may be asked for, and texts in one language
        found[name] = {**found[name], "required": ["id"], "additionalProperties": True}
    found["LanguageMap"] = {"anyOf": [found["LanguageMap"], {"type": "string"}, {"type": "null"}]}
    plain = ("Latest", "Releases", "Release", "Vocabularies", "Vocabulary", "Schemas", "Schema", "Health")
    found |= {name: {"type": "object"} for name in plain}
    found["Problem"] = {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string"},
        },
    }
    return found


def _page(name: str) -> Json:
    return {
        "type": "object",
        "required": ["release", "as_of", "total", "next", "items"],
        "properties": {
            "release": {"type": "integer", "description": "Number of the release"},
            "as_of": {"type": "string", "format": "date-time"},
            "total": {"type": "integer", "description": "Records that fit, on all pages"},
            "next": {"type": ["string", "null"], "description": "Where the next page is"},
            "items": {"type": "array", "items": {"$ref": _REF + name}},
        },
    }


@cache
def _published(name: str) -> Json:
    schema: Json = json.loads(published_json()[file_name(name)])
    return schema


def _placed(value: Any) -> Any:
    """Put a schema among the components: references lead there, and its own definitions stand beside it."""
    if isinstance(value, dict):
        kept = {name: part for name, part in value.items() if name not in {"$defs", "$schema", "$id"}}
        if isinstance(kept.get("$ref"), str):
            kept["$ref"] = kept["$ref"].replace("#/$defs/", _REF)
        return {name: _placed(part) if name not in {"examples", "default"} else part for name, part in kept.items()}
    return [_placed(part) for part in value] if isinstance(value, list) else value


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def examples() -> Json:
    """Give an answer of each kind."""
    found = {name: _published(name)["examples"][0] for name in RECORDS}
    pages = {
        name: {"release": 7, "as_of": _STAMP, "total": 1, "next": None, "items": [found[shape]]}
        for name, shape in LISTS.items()
    }
    return {name: {"value": value} for name, value in {**found, **pages, **_OTHER}.items()}


_RELEASE = {
    "number": 7,
    "name": "passerelle",
    "version": 7,
    "schema_version": 1,
    "as_of": _STAMP,
    "licence": {"name": "Creative Commons Attribution 4.0", "spdx": "CC-BY-4.0", "url": None, "attribution": None},
    "counts": {"initiatives": 180, "organizations": 420, "news": 60},
    "manifest": "/releases/7/index.json",
}
_VOCABULARY = {
    "name": "cost",
    "title": {"fr": "Coût", "en": "Cost"},
    "terms": [{"code": "free", "label": {"fr": "Gratuit", "en": "Free"}, "note": None}],
}
_OTHER: dict[str, Any] = {
    "file": "the bytes of the file",
    "releases": {"serving": 7, "items": [_RELEASE]},
    "latest": {"number": 7, "path": "releases/7/", "index": "releases/7/index.json", "sha256": "9f86d081884c7d65…"},
    "release": _RELEASE,
    "vocabularies": {"items": [_VOCABULARY]},
    "vocabulary": _VOCABULARY,
    "schemas": {"items": [{"name": "initiative", "url": "/v1/schema/initiative.schema.json"}]},
    "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Initiative", "type": "object"},
    "health": {"status": "ok", "release": 7, "as_of": _STAMP},
}
