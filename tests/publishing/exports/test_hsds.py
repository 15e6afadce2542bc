from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import frictionless
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from passerelle.publishing.exports.hsds import PROFILE, hsds_files
from passerelle.publishing.exports.hsds_objects import UNKNOWN
from passerelle.publishing.view import View
from tests.publishing.exports.records import full_initiative, full_view, written

STANDARD = Path(__file__).parents[4] / "shared" / "hsds"
Json = dict[str, Any]

needs_standard = pytest.mark.skipif(not STANDARD.is_dir(), reason="the schemas of HSDS 3.0 are not at hand")
KINDS = {"services": "service", "organizations": "organization", "taxonomies": "taxonomy"} | {
    "taxonomy_terms": "taxonomy_term",
    "phones": "phone",
    "service_areas": "service_area",
    "languages": "language",
    "attributes": "attribute",
}


def merged(target: Any, patch: Any) -> Any:
    """Apply a JSON Merge Patch (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    base = dict(target) if isinstance(target, dict) else {}
    return base | {key: merged(base.get(key), value) for key, value in patch.items()}


def strict(schema: Any) -> Any:
    """Allow no property that a schema does not name, at any depth."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {key: strict(value) for key, value in schema.items()}
    named = schema.get("type") == "object" and isinstance(schema.get("properties"), dict)
    return inside | ({"additionalProperties": False} if named else {})


def validator(kind: str, *, profile: bool = True, exact: bool = True) -> Draft202012Validator:
    schemas: dict[str, Any] = {}
    for path in STANDARD.glob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        patch = PROFILE / path.name
        schema = merged(schema, json.loads(patch.read_text("utf-8"))) if profile and patch.exists() else schema
        schemas[path.name] = strict(schema) if exact else schema
    resources = [(name, Resource(schema, DRAFT202012)) for name, schema in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schemas[f"{kind}.json"], registry=registry, format_checker=FormatChecker())


def problems(checker: Draft202012Validator, things: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for thing in things for error in checker.iter_errors(thing)]


def read(files: dict[str, bytes], language: str, name: str) -> list[Json]:
    found: list[Json] = json.loads(files[f"{language}/{name}.json"])
    return found


def rows(files: dict[str, bytes], language: str, table: str) -> list[Json]:
    """Give the rows of a table as objects, numbers as numbers, without empty cells."""
    text = files[f"{language}/tabular/{table}.csv"].decode("utf-8")
    found = [
        {key: value for key, value in row.items() if value} for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
    return [row | {key: int(row[key]) for key in ("minimum_age", "maximum_age") if key in row} for row in found]


@needs_standard
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_object_fits_the_schema_of_the_standard_and_of_the_profile(each: View, language: str) -> None:
    files = written(hsds_files(each))
    for name in ("services", "organizations", "taxonomies", "taxonomy_terms"):
        things = read(files, language, name)
        assert things
        assert problems(validator(KINDS[name], exact=False, profile=False), things) == []
        assert problems(validator(KINDS[name]), things) == []


@needs_standard
def test_nothing_but_the_profile_goes_beyond_the_standard(view: View) -> None:
    services = read(written(hsds_files(view)), "fr", "services")
    found = problems(validator("service", profile=False), services)
    assert found
    assert all("'partners', 'text_origins'" in one or "'text_origins' was" in one for one in found)


@needs_standard
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("table", sorted(KINDS))
def test_every_row_fits_the_schema_of_the_standard(each: View, language: str, table: str) -> None:
    found = rows(written(hsds_files(each)), language, table)
    schema = json.loads((STANDARD / f"{KINDS[table]}.json").read_text("utf-8"))
    assert problems(validator(KINDS[table]), found) == []
    needed = schema.get("tabular_required", [])
    assert [row for row in found if not all(row.get(name) for name in needed)] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_tabular_package_passes_the_validator_of_data_packages(each: View, language: str, tmp_path: Path) -> None:
    for name, body in written(hsds_files(each)).items():
        if name.startswith(f"{language}/tabular/"):
            (tmp_path / Path(name).name).write_bytes(body)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["taskNumber", "rowNumber", "fieldName", "type", "note"]) == []


def ids_in(thing: Any) -> list[str]:
    if isinstance(thing, list):
        return [one for item in thing for one in ids_in(item)]
    if isinstance(thing, dict):
        return [*([thing["id"]] if "id" in thing else []), *(one for value in thing.values() for one in ids_in(value))]
    return []


def test_both_languages_have_the_same_ids(each: View) -> None:
    files = written(hsds_files(each))
    for name in ("services", "organizations", "taxonomies", "taxonomy_terms"):
        french, english = read(files, "fr", name), read(files, "en", name)
        assert [one["id"] for one in french] == [one["id"] for one in english]
        assert {UUID(one).version for one in ids_in(french)} == {5}
    without_texts = [
        set(ids_in([{**service, "text_origins": []} for service in read(files, language, "services")]))
        for language in ("fr", "en")
    ]
    assert without_texts[0] == without_texts[1]


def test_no_id_stands_for_two_things(view: View) -> None:
    files = written(hsds_files(view))
    for path, body in files.items():
        if path.endswith(".csv"):
            ids = [row["id"] for row in csv.DictReader(io.StringIO(body.decode("utf-8"), newline=""))]
            assert len(ids) == len(set(ids)), path


def test_a_service_says_whom_it_is_for_where_and_in_which_languages(view: View) -> None:
    files = written(hsds_files(view))
    service = read(files, "en", "services")[0]
    assert (service["minimum_age"], service["maximum_age"]) == (12, 25)
    assert service["eligibility_description"] == "12 to 25 years; Girls and women; Youth; Youth at risk"
    assert [area["name"] for area in service["service_areas"]] == [
        "Bas-Saint-Laurent",
        "Gaspésie–Îles-de-la-Madeleine",
        "Rimouski",
        "Saint-Robert",
    ]
    assert [one["code"] for one in service["languages"]] == ["fr", "en"]
    assert read(files, "fr", "services")[0]["languages"][1]["name"] == "anglais"
    assert service["phones"][0]["number"] == "+1 418 555-0142"
    assert rows(files, "en", "phones")[0]["number"] == "+1 418 555-0142"


def test_partners_are_found_by_the_profile_and_without_it(view: View) -> None:
    files = written(hsds_files(view))
    names = {one["id"]: one["name"] for one in read(files, "fr", "organizations")}
    service = read(files, "fr", "services")[0]
    linked = [one["value"] for one in service["attributes"] if one["link_type"] == "partner"]
    assert [names[one] for one in linked] == ["Relais du Fleuve", "Organisme 3"]
    assert [one["organization_id"] for one in service["partners"]] == linked
    assert service["partners"][0]["role"] == "hébergement"


def test_a_machine_text_is_labelled_and_a_name_that_is_missing_is_shown_in_its_own_language(view: View) -> None:
    machine = full_initiative().model_copy(update={"description": None})
    files = written(hsds_files(replace(view, initiatives=(machine, *list(view.initiatives)[1:]))))
    first, second, _ = read(files, "en", "services")
    assert [(one["field"], one["origin"]) for one in first["text_origins"]] == [
        ("name", "source"),
        ("description", "machine"),
    ]
    assert second["name"] == "L’atelier des marées n° 2"
    assert {"field": "name", "origin": "pending", "language": "fr"}.items() <= second["text_origins"][0].items()


def test_a_service_that_nobody_is_said_to_lead_has_an_organisation_that_says_so(view: View) -> None:
    files = written(hsds_files(view))
    assert read(files, "fr", "services")[2]["organization"]["id"] == UNKNOWN
    assert read(files, "fr", "organizations")[-1]["name"] == "Organisme non précisé"
    led = full_view(initiatives=(full_initiative(),))
    assert UNKNOWN not in [one["id"] for one in read(written(hsds_files(led)), "fr", "organizations")]


def test_no_term_is_shipped_that_nothing_uses(each: View) -> None:
    files = written(hsds_files(each))
    shipped = {one["id"] for one in read(files, "fr", "taxonomy_terms")}
    used = {row["taxonomy_term_id"] for row in rows(files, "fr", "attributes")}
    assert shipped == used


def test_addresses_that_no_uri_or_mailbox_can_be_are_left_out(view: View) -> None:
    odd = {"email": "à la réception", "url": "www.marees.example", "phone": None}
    contact = full_initiative().contact.model_copy(update=odd)
    odd_one = full_initiative().model_copy(update={"contact": contact})
    service = read(written(hsds_files(replace(view, initiatives=(odd_one,)))), "fr", "services")[0]
    assert not {"email", "url", "phones"} & set(service)


def test_the_same_release_gives_the_same_bytes(each: View) -> None:
    assert written(hsds_files(each)) == written(hsds_files(each))


def test_one_language_alone_gives_one_set(view: View) -> None:
    assert {path.split("/")[0] for path in written(hsds_files(view, ("en",)))} == {"en", "LICENCE.md", "profile"}


def test_a_service_is_inactive_once_all_its_pages_are_gone(view: View) -> None:
    one = next(iter(view.initiatives))
    gone = tuple(source.model_copy(update={"gone_at": one.last_seen}) for source in one.sources)
    closed = one.model_copy(update={"sources": gone})
    half = one.model_copy(update={"sources": (gone[0], one.sources[0].model_copy(update={"gone_at": None}))})
    initiatives = (closed, half.model_copy(update={"id": "ini-00000009"}))
    services = read(written(hsds_files(replace(view, initiatives=initiatives))), "fr", "services")
    assert [told["status"] for told in services] == ["inactive", "active"]
