import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from schemas.json_schema import BASE, FOLDER, PUBLISHED, published_json, schemas_json, write
from schemas.release import Change
from tests.schemas.samples import initiative


def test_the_committed_files_are_what_the_models_say() -> None:
    on_disk = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
    assert on_disk == schemas_json(), "run: python -m schemas.renew"


@pytest.mark.parametrize("name", sorted(schemas_json()))
def test_a_schema_is_valid_2020_12_with_a_stable_id_and_a_title(name: str) -> None:
    schema = json.loads(schemas_json()[name])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == BASE + name
    assert schema["title"]


def test_a_release_carries_the_schemas_of_its_records_only() -> None:
    assert set(published_json()) == {f"{name}.schema.json" for name in PUBLISHED}
    assert set(published_json()) < set(schemas_json())


def test_a_published_record_satisfies_its_schema() -> None:
    validator = Draft202012Validator(json.loads(schemas_json()["initiative.schema.json"]))
    validator.validate(initiative().model_dump(mode="json"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("start", "2020-13"), ("id", "ini-1"), ("unknown", 1), ("version", 0), ("territory", {"regions": ["18"]})],
)
def test_a_record_with_a_wrong_value_does_not(field: str, value: object) -> None:
    validator = Draft202012Validator(json.loads(schemas_json()["initiative.schema.json"]))
    with pytest.raises(ValidationError):
        validator.validate(initiative().model_dump(mode="json") | {field: value})


def test_times_are_said_to_be_times() -> None:
    schema = json.loads(schemas_json()["change.schema.json"])
    assert schema["properties"]["at"]["format"] == "date-time"
    change = Change.model_validate(
        {"release": 1, "at": "2026-11-21T08:30:00Z", "change": "added", "id": "ini-abcd1234", "type": "initiative"}
    )
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(change.model_dump(mode="json"))


def test_rewriting_removes_the_schema_of_a_shape_that_is_no_more(tmp_path: Path) -> None:
    (tmp_path / "gone.schema.json").write_text("{}", "utf-8")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(schemas_json())
