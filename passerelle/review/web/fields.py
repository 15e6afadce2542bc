"""The fields of a record as the desk shows and edits them, worked out from its shape and from schemas/fields.yml."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from passerelle.review.web.words import TONGUES
from schemas.base import LANGUAGES, Language, LanguageMap, RegionCode
from schemas.documentation import SHARED, FieldText, shape_texts
from schemas.records import Initiative, LeadRef, NewsItem, Organization

Kind = Literal[
    "text", "markdown", "code", "codes", "number", "line", "long", "lines", "lead", "group", "items", "texts"
]
"""How a field is edited.

``text`` and ``markdown``: both languages side by side. ``code``, ``codes``: from a list. ``number``, ``line``,
``long``: one box. ``lines``: a box with one entry a line. ``lead``: an organisation. ``group``: fields of its own.
``items``: entries with fields of their own. ``texts``: entries that are texts in both languages.
"""

SHAPES: dict[str, type[Initiative | NewsItem | Organization]] = {
    "initiative": Initiative,
    "news": NewsItem,
    "organization": Organization,
}
WORKED_OUT = frozenset(
    {"id", "slug", "sources", "first_seen", "last_seen", "last_changed", "version", "review", "text_status"}
    | {"related", "mentions"}
)
"""Fields that nobody edits here: they follow from pages, from other records and from decisions."""
_MARKDOWN = {("Initiative", "description")}
_LONG = {("NewsItem", "text")}
NEAR = 3
"""Fields that are named where one is not known."""
_NULL = re.compile(r"\s*[;,]\s*null\b[^.;]*")
_LISTS = {RegionCode: "regions"}


@dataclass(frozen=True)
class Field:
    """One field of a shape."""

    name: str
    kind: Kind
    said: FieldText | None = None
    vocabulary: str | None = None
    parts: tuple[Field, ...] = ()
    """Fields of the shape that it holds, for ``group`` and ``items``."""
    shape: type[BaseModel] | None = None
    """That shape."""
    required: bool = False

    @property
    def called_by(self) -> str | None:
        """The list by whose labels its values are called: its vocabulary, or the names of languages."""
        return TONGUES if self.name == "languages_offered" else self.vocabulary

    def title(self, language: Language) -> str:
        """Name the field for people."""
        return (self.said.title.get(language) if self.said else None) or self.name

    def hint(self, language: Language) -> str:
        """Say what the field means; how the data writes that nothing is known is no matter of a box."""
        return _NULL.sub("", (self.said.description.get(language) if self.said else None) or "")


@cache
def fields_of(shape: type[BaseModel]) -> tuple[Field, ...]:
    """Give the fields of a shape that people edit, in order."""
    texts = shape_texts()
    told = (texts[SHARED].fields | texts[shape.__name__].fields) if shape.__name__ in texts else {}
    return tuple(
        _field(shape, name, info.annotation, told.get(name), required=info.is_required())
        for name, info in shape.model_fields.items()
        if not (name in WORKED_OUT and shape in SHAPES.values()) and name not in {"id", "province"}
    )


def field_at(shape: type[BaseModel], path: str) -> Field:
    """Give the field at a dotted path, list positions and languages passed over.

    Raises:
        KeyError: no field that people edit stands there.
    """
    here, found = fields_of(shape), None
    for step in path.split("."):
        if step.isdigit() or (found and found.kind in {"text", "markdown", "texts"} and step in {"fr", "en"}):
            continue
        found = next((field for field in here if field.name == step), None)
        if found is None:
            raise KeyError(path)
        here = found.parts
    if found is None:
        raise KeyError(path)
    return found


def walk(fields: tuple[Field, ...], before: str = "") -> Iterator[tuple[str, Field]]:
    """Yield fields with their paths, groups opened."""
    for field in fields:
        path = f"{before}{field.name}"
        if field.kind == "group":
            yield from walk(field.parts, f"{path}.")
        else:
            yield path, field


def near_fields(type_: str, path: str) -> tuple[str, ...]:
    """Give the paths of a record's fields that are nearest to one that it has not."""
    shape = SHAPES[type_]
    known = [one for start, field in walk(fields_of(shape)) for one in _paths(start, field)]
    last = path.rpartition(".")[2]
    named = [one for one in known if last in one.split(".")]
    return tuple(dict.fromkeys((*get_close_matches(path, known, NEAR, 0.6), *named)))[:NEAR]


def _paths(path: str, field: Field) -> Iterator[str]:
    if field.kind == "items":
        for start, part in walk(field.parts, f"{path}.0."):
            yield from _paths(start, part)
    elif field.kind in ("text", "markdown", "texts"):
        whole = f"{path}.0" if field.kind == "texts" else path
        yield from (f"{whole}.{language}" for language in LANGUAGES)
    else:
        yield path


def _field(shape: type[BaseModel], name: str, annotation: Any, said: FieldText | None, *, required: bool) -> Field:
    inner, many = _inner(annotation)
    if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not LanguageMap:
        kind: Kind = "lead" if inner is LeadRef else "items" if many else "group"
        parts = () if inner is LeadRef else fields_of(inner)
        return Field(name, kind, said, parts=parts, shape=inner, required=required)
    vocabulary = (said.vocabulary if said else None) or _LISTS.get(inner)
    return Field(name, _kind((shape.__name__, name), inner, many, vocabulary), said, vocabulary, required=required)


def _kind(place: tuple[str, str], inner: Any, many: bool, vocabulary: str | None) -> Kind:
    if inner is LanguageMap:
        return "texts" if many else "markdown" if place in _MARKDOWN else "text"
    if vocabulary:
        return "codes" if many else "code"
    if many:
        return "lines"
    if _base(inner) is int:
        return "number"
    return "long" if place in _LONG else "line"


def _inner(annotation: Any) -> tuple[Any, bool]:
    """Give what a field holds, and whether it holds many of them; null is passed over."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return _inner(next(one for one in get_args(annotation) if one is not type(None)))
    if origin is tuple:
        return get_args(annotation)[0], True
    return annotation, False


def _base(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
