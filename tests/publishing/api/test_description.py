"""The description says what the API does: wild requests are answered as it tells, and its examples are real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from passerelle.publishing.api.app import make_app
from passerelle.publishing.api.parameters import InitiativeFilters
from passerelle.publishing.api.serving import Serving
from tests.publishing.api.client import Client, started
from tests.publishing.api.conftest import UNLIMITED
from tests.publishing.factories import Press, initiative, matched, news, provenance

EXAMPLES = 5
"""Wild requests an operation: this is a test of every run, not a hunt."""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give the description of a server with records of each kind."""
    with started(app_in(tmp_path_factory.mktemp("described"))) as client:
        yield client


def app_in(home: Path) -> FastAPI:
    press = Press(home / "curated")
    press.publish(matched(initiative(1), initiative(2), news=(news(1),), provenance=(provenance(),)))
    return make_app(Serving(press.curated, "sqlite://", home / "api"), UNLIMITED)


@pytest.mark.parametrize("kind", ["positive", "negative"])
def test_wild_requests_are_answered_as_described(tmp_path: Path, kind: str) -> None:
    import schemathesis  # takes seconds, which only the process of this test need spend
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    all_checks = (
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.negative_data_rejection,
        checks.unsupported_method,
    )
    mode = schemathesis.GenerationMode(kind)
    app = app_in(tmp_path)  # of this test alone: schemathesis starts it, and stops it with the test
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    asked = 0
    operations = [found.ok() for found in schema.get_all_operations()]
    if kind == "negative":  # where there is nothing to ask for, nothing can be asked wrongly
        operations = [operation for operation in operations if list(operation.query)]
    for operation in operations:

        @given(operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case: Any) -> None:
            nonlocal asked
            case.call_and_validate(checks=all_checks)
            asked += 1

        ask()
    assert asked > len(operations) > 5


def test_every_operation_has_an_example_that_fits_its_shape(described: Client) -> None:
    told = described.json("/openapi.json")
    assert told["openapi"].startswith("3.1")
    for path, operations in told["paths"].items():
        for answer in operations["get"]["responses"]["200"]["content"].values():
            assert answer["examples"], path
            for name in answer["examples"]:
                value = told["components"]["examples"][name]["value"]
                Draft202012Validator({**answer["schema"], "components": told["components"]}).validate(value)


def test_every_problem_is_explained(described: Client) -> None:
    told = described.json("/openapi.json")
    page = described.get("/docs").text
    for operations in told["paths"].values():
        for answer in operations["get"]["responses"].values():
            for problem in answer.get("content", {}).get("application/problem+json", {}).get("examples", {}):
                assert f'id="{problem}"' in page


def test_every_filter_is_described(described: Client) -> None:
    parameters = described.json("/openapi.json")["paths"]["/v1/initiatives"]["get"]["parameters"]
    assert {told["name"] for told in parameters} == set(InitiativeFilters.model_fields)
    theme = next(told for told in parameters if told["name"] == "theme")
    assert "runaway" in theme["schema"]["items"]["enum"]


def test_every_filter_has_an_example_that_finds_its_way(described: Client) -> None:
    for path, operations in described.json("/openapi.json")["paths"].items():
        for told in operations["get"].get("parameters", ()):
            if told["name"] == "cursor":
                continue
            schema = told["schema"]
            values = told.get("example") or told.get("examples") or schema.get("examples")
            assert values, (path, told["name"])
            for value in values:
                Draft202012Validator(schema).validate(value)


def test_the_description_can_be_asked_for_again(described: Client) -> None:
    told = described.get("/openapi.json")
    assert "max-age" in told.headers["Cache-Control"]
    assert told.headers["Last-Modified"]
    assert described.get("/openapi.json", If_None_Match=told.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("question", "name"), [("limit=5&limit=6", "limit"), ("lang=fr&lang=en", "lang"), ("age=3&q=a&age=3", "age")]
)
def test_a_parameter_of_one_value_given_twice_is_refused(described: Client, question: str, name: str) -> None:
    refused = described.get(f"/v1/initiatives?{question}")
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"parameter": name, "detail": "takes one value; give it once"}]
    assert described.get("/v1/initiatives?region=06&region=13").status_code == 200
    assert described.get("/v1/initiatives?them=1&them=2").json()["type"] == "/docs#unknown-parameter"


def test_no_field_at_all_is_refused_like_any_other_empty_value(described: Client) -> None:
    assert [described.get(f"/v1/initiatives?{name}=").status_code for name in ("fields", "theme", "limit")] == [422] * 3


def test_the_page_for_people_tells_limits_and_holds_sentences_together(described: Client) -> None:
    page = described.get("/docs").text
    assert "From 1 to 100; 20 unless told." in page
    assert "where nothing changed. HEAD works" in page


def test_terms_and_head_are_described(described: Client) -> None:
    told = described.json("/openapi.json")
    assert told["info"]["license"]["identifier"] == "CC-BY-4.0"
    ids = [operation["operationId"] for operations in told["paths"].values() for operation in operations.values()]
    assert len(set(ids)) == len(ids)
    for operations in told["paths"].values():
        assert not any("content" in answer for answer in operations["head"]["responses"].values())
    assert described.ask("HEAD", "/v1/initiatives").content == b""
