"""What was promised of the published shapes, and whether they still keep it.

``baseline-1.json`` holds every field of schema 1 as readers know it. A field may come; none may go, change its type or
lose a code: that is schema 2. docs/stability.md says it to readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from schemas.json_schema import published_json
from schemas.records import SCHEMA_VERSION

BASELINE = Path(__file__).with_name(f"baseline-{SCHEMA_VERSION}.json")

Signatures = dict[str, dict[str, Any]]
"""By shape: ``fields``, the type of each, and ``required``, the fields that are never left out."""

_SAID_FOR_PEOPLE = {"title", "description", "examples", "default"}


class BrokenPromiseError(ValueError):
    """A shape no longer keeps what was promised; the message names the fields."""


def signatures() -> Signatures:
    """Give the types of all published fields as they are now."""
    shapes: Signatures = {}
    for text in published_json().values():
        schema = json.loads(text)
        name = schema["$id"].rpartition("/")[2].removesuffix(".schema.json")
        for part, told in ({name: schema} | schema.get("$defs", {})).items():
            fields = {field: _bare(prop) for field, prop in told["properties"].items()}
            shapes[part] = {"fields": fields, "required": sorted(told.get("required", ()))}
    return dict(sorted(shapes.items()))


def breaks(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was promised in ``before`` and is no longer so in ``now``, a line each."""
    for name, shape in before.items():
        if name not in now:
            yield f"{name}: the shape is gone"
            continue
        fields = now[name]["fields"]
        for field, told in shape["fields"].items():
            if field not in fields:
                yield f"{name}.{field}: the field is gone or was renamed"
            elif not _keeps(told, fields[field]):
                yield f"{name}.{field}: its type was {json.dumps(told)} and is {json.dumps(fields[field])}"
        for field in shape["required"]:
            if field in fields and field not in now[name]["required"]:
                yield f"{name}.{field}: the field may be left out now"


def baseline() -> Signatures:
    """Give what was promised so far."""
    promised: Signatures = json.loads(BASELINE.read_text("utf-8"))
    return promised


def renew(path: Path = BASELINE) -> None:
    """Promise what is new since; from then on it cannot be taken back.

    Raises:
        BrokenPromiseError: something that was promised is gone or has changed.
    """
    now = signatures()
    broken = list(breaks(json.loads(path.read_text("utf-8")), now)) if path.exists() else []
    if broken:
        raise BrokenPromiseError("; ".join(broken) + "; keep it as it was, or make the next schema (docs/stability.md)")
    path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def _bare(schema: Any) -> Any:
    """Strip what is said for people; a constant is a list of one code."""
    if isinstance(schema, list):
        return [_bare(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _bare(value) for key, value in schema.items() if key not in _SAID_FOR_PEOPLE and key[:2] != "x-"}
    return told | {"enum": [told.pop("const")]} if "const" in told else told


def _keeps(before: Any, now: Any) -> bool:
    """Tell whether a reader of the type before can read the present one; only codes may have been added."""
    if isinstance(before, dict) and isinstance(now, dict):
        return before.keys() == now.keys() and all(
            set(value) <= set(now[key]) if key == "enum" else _keeps(value, now[key]) for key, value in before.items()
        )
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(map(_keeps, before, now))
    return bool(before == now)
