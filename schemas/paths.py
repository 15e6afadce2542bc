"""Walk the language maps of a record by dotted path, as text_status names them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, JsonValue

from schemas.base import LanguageMap

S = TypeVar("S", bound=BaseModel)


def language_maps(value: object, path: str = "") -> Iterator[tuple[str, LanguageMap]]:
    """Yield every language map inside a shape with its dotted path, in field order.

    For instance ``("benefits.0.text", LanguageMap(…))``.
    """
    if isinstance(value, LanguageMap):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in fields_with_texts(type(value)):
            yield from language_maps(getattr(value, name), _join(path, name))
    elif isinstance(value, tuple | list):
        for position, item in enumerate(value):
            yield from language_maps(item, _join(path, str(position)))


@cache
def fields_with_texts(shape: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields of a shape that may hold language maps, in their order."""
    return tuple(name for name, field in shape.model_fields.items() if _may_hold(field.annotation))


def _may_hold(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, LanguageMap):
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(fields_with_texts(annotation))
    return any(map(_may_hold, get_args(annotation)))


def with_value(shape: S, path: str, value: object) -> S:
    """Give a copy of a shape with the value at a dotted path replaced, validated anew.

    Raises:
        KeyError: the path leads nowhere in this shape.
    """
    data = shape.model_dump(mode="json")
    _set(data, path.split("."), value.model_dump(mode="json") if isinstance(value, BaseModel) else value, path)
    return type(shape).model_validate(data)


def value_at(shape: BaseModel, path: str) -> object:
    """Give the value at a dotted path.

    Raises:
        KeyError: the path leads nowhere in this shape.
    """
    here: Any = shape
    for step in path.split("."):
        try:
            here = here[int(step)] if isinstance(here, tuple | list) else getattr(here, step)
        except (AttributeError, IndexError, ValueError):
            raise KeyError(path) from None
    return here


def dumped(shape: BaseModel, path: str) -> JsonValue:
    """Give the value at a dotted path as JSON; none where the path leads nowhere."""
    try:
        return as_json(value_at(shape, path))
    except KeyError:
        return None


def as_json(value: object) -> JsonValue:
    """Give a value of a record as JSON."""
    if isinstance(value, BaseModel):
        found: JsonValue = value.model_dump(mode="json")
        return found
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    return value  # type: ignore[return-value]  # records hold nothing else than JSON's own types below shapes


def _join(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step


def _set(data: Any, steps: list[str], value: object, path: str) -> None:
    *way, last = steps
    try:
        for step in way:
            data = data[int(step)] if isinstance(data, tuple | list) else data[step]
        if isinstance(data, list):
            data[int(last)] = value
        elif isinstance(data, dict) and last in data:
            data[last] = value
        else:
            raise KeyError(last)
    except (KeyError, IndexError, ValueError, TypeError):
        raise KeyError(path) from None
