"""What each field of the published shapes means, in both languages, laid into the JSON Schemas from fields.yml.

English stands in ``title`` and ``description``, as validators and editors show them; French beside it in ``x-title-fr``
and ``x-description-fr``; ``examples`` are valid values; ``x-vocabulary`` names the list that a code comes from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, JsonValue, TypeAdapter

from schemas.base import LanguageMap, Shape

FILE = Path(__file__).with_name("fields.yml")
SHARED = "RecordBase"
"""Entry whose fields several shapes have; a shape's own entry wins."""

_REFERENCE = "#/$defs/"


class FieldText(Shape):
    """What one field means."""

    title: LanguageMap
    description: LanguageMap
    examples: tuple[JsonValue, ...] = Field(default=(), description="None where they are made from the shape it holds")
    vocabulary: str | None = None


class ShapeText(Shape):
    """What one shape means, and its fields by name."""

    title: LanguageMap
    description: LanguageMap
    fields: dict[str, FieldText]


@cache
def shape_texts() -> dict[str, ShapeText]:
    """Load what fields.yml says, by name of the shape."""
    told = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return TypeAdapter(dict[str, ShapeText]).validate_python(told)


def documented(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Give a JSON Schema with the texts of its shape, and of the shapes that it defines, laid in.

    Args:
        schema: as pydantic makes it; not changed.
        name: name of the shape, as in fields.yml; a shape that is not there keeps what pydantic says.
    """
    parts = {key: _with_texts(key, part) for key, part in schema.get("$defs", {}).items()}
    whole = _with_texts(name, {**schema, "$defs": parts} if parts else schema)
    for part in (whole, *parts.values()):
        for prop in part.get("properties", {}).values():
            if "x-title-fr" in prop and "examples" not in prop:
                prop["examples"] = [example(prop, parts)]
    return {**whole, "examples": [example(whole, parts)]} if "x-title-fr" in whole else whole


def example(schema: dict[str, Any], parts: dict[str, Any]) -> JsonValue:
    """Give a value that fits a documented schema, from the first examples of its fields.

    Args:
        schema: a documented schema, or one of its properties.
        parts: the documented shapes that it may refer to, as in ``$defs``.

    Raises:
        KeyError: a field of fields.yml has no example and holds no shape that one could be made from.
    """
    if "examples" in schema:
        first: JsonValue = schema["examples"][0]
        return first
    if "properties" in schema:
        return {name: example(prop, parts) for name, prop in schema["properties"].items() if "x-title-fr" in prop}
    if schema.get("type") == "array":
        return [example(schema["items"], parts)]
    part = shape_name(schema)
    if part is None:
        msg = f"give an example of {schema.get('title')!r} in {FILE.name}"
        raise KeyError(msg)
    return example(parts[part], parts)


def shape_name(schema: dict[str, Any]) -> str | None:
    """Name the shape that a schema refers to, null allowed or not."""
    choices = [schema, *schema.get("anyOf", ())]
    return next((one["$ref"].removeprefix(_REFERENCE) for one in choices if "$ref" in one), None)


def _with_texts(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    texts = shape_texts()
    if name not in texts:
        return schema
    fields = texts[SHARED].fields | texts[name].fields
    properties = {
        field: {**_texts(fields[field]), **_undescribed(prop)} if field in fields else prop
        for field, prop in schema.get("properties", {}).items()
    }
    return {**_texts(texts[name]), **_undescribed(schema), "properties": properties}


def _texts(said: FieldText | ShapeText) -> dict[str, Any]:
    texts: dict[str, Any] = {
        "title": said.title.en,
        "description": said.description.en,
        "x-title-fr": said.title.fr,
        "x-description-fr": said.description.fr,
    }
    if isinstance(said, FieldText):
        texts |= {"x-vocabulary": said.vocabulary} if said.vocabulary else {}
        texts |= {"examples": list(said.examples)} if said.examples else {}
    return texts


def _undescribed(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in {"title", "description"}}
