"""Every field that is published is explained in both languages, with examples that are valid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from schemas import field_reference
from schemas.base import LANGUAGES
from schemas.documentation import SHARED, documented, shape_texts
from schemas.json_schema import PUBLISHED, file_name, published_json
from schemas.records import Benefit, RecordBase
from schemas.vocabulary import NAMES, vocabulary

TEXTS = ("title", "description", "x-title-fr", "x-description-fr")
HOW = "add it to schemas/fields.yml, then: python -m schemas.renew"


def schemas() -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in published_json().items()}


def parts(schema: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the shape itself and those that it holds, by the names that fields.yml gives them."""
    yield name, schema
    yield from schema.get("$defs", {}).items()


def all_parts() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for key, shape in PUBLISHED.items():
        schema = schemas()[file_name(key)]
        for name, part in parts(schema, shape.__name__):
            yield name, part, schema.get("$defs", {})


def undocumented(name: str, part: dict[str, Any]) -> Iterator[str]:
    if not all(part.get(key) for key in TEXTS):
        yield name
    for field, prop in part["properties"].items():
        if not all(prop.get(key) for key in (*TEXTS, "examples")):
            yield f"{name}.{field}"


def test_every_published_field_has_title_description_and_example_in_both_languages() -> None:
    missing = sorted({one for name, part, _ in all_parts() for one in undocumented(name, part)})
    assert missing == [], HOW


def test_a_field_that_nobody_explained_is_noticed() -> None:
    schema = Benefit.model_json_schema(mode="serialization")
    schema["properties"]["amount"] = {"type": "integer", "title": "Amount"}
    assert list(undocumented("Benefit", documented(schema, "Benefit"))) == ["Benefit.amount"]


def test_every_example_is_valid() -> None:
    wrong = []
    for name, part, defs in all_parts():
        for field, prop in part["properties"].items():
            validator = Draft202012Validator({"$defs": defs, **prop}, format_checker=FormatChecker())
            wrong += [f"{name}.{field}: {e}" for e in prop.get("examples", ()) if not validator.is_valid(e)]
    assert wrong == []


@pytest.mark.parametrize("key", sorted(PUBLISHED))
def test_the_example_of_a_whole_shape_is_one_of_it(key: str) -> None:
    (example,) = schemas()[file_name(key)]["examples"]
    assert PUBLISHED[key].model_validate(example).model_dump(mode="json") == example


def test_codes_of_examples_stand_in_the_vocabulary_that_the_field_names() -> None:
    named = set()
    for name, part, _ in all_parts():
        for field, prop in part["properties"].items():
            if "x-vocabulary" in prop:
                named.add(prop["x-vocabulary"])
                codes = set(vocabulary(prop["x-vocabulary"]).codes)
                for value in prop["examples"]:
                    said = {value} if isinstance(value, str) else set(value or ())
                    assert said <= codes, f"{name}.{field}"
    assert named == set(NAMES)


def test_nothing_is_explained_that_is_not_published() -> None:
    published = {name: set(part["properties"]) for name, part, _ in all_parts()} | {
        SHARED: set(RecordBase.model_fields)
    }
    texts = shape_texts()
    assert set(texts) == set(published)
    left_over = [f"{name}.{field}" for name in texts for field in set(texts[name].fields) - published[name]]
    assert left_over == []


def test_french_explanations_are_not_english_ones() -> None:
    for name, shape in shape_texts().items():
        said = {name: shape.description} | {f"{name}.{field}": text.description for field, text in shape.fields.items()}
        assert [where for where, text in said.items() if text.fr == text.en] == []
        assert all(text.fr and text.en for text in said.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_pages_say_what_the_schemas_say(language: Any) -> None:
    written = (field_reference.FOLDER / f"fields.{language}.md").read_text("utf-8")
    assert written == field_reference.page(language), "run: python -m schemas.renew"
