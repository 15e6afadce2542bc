from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.publishing.exports.datapackage import datapackage_files
from passerelle.publishing.exports.parquet import parquet_files
from passerelle.publishing.exports.spreadsheet import cell, csv_line
from passerelle.publishing.view import View
from schemas.cells import plain_text
from schemas.release import Licence
from tests.publishing.exports import reading
from tests.publishing.exports.records import full_initiative, full_view, written


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return folder


def test_the_package_passes_the_validator_of_the_standard(each: View, tmp_path: Path) -> None:
    folder = unpacked(written(datapackage_files(each)), tmp_path)
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["taskNumber", "rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(list(folder.glob("*.csv"))) > 20


def test_the_validator_would_notice_a_partner_that_is_no_organisation(tmp_path: Path) -> None:
    folder = unpacked(written(datapackage_files(full_view(organizations=()))), tmp_path)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    report = frictionless.Package(package, basepath=str(folder)).validate()
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


def test_terms_without_identifier_or_address_are_left_to_the_note_of_the_export(tmp_path: Path) -> None:
    view = full_view(licence=Licence(name="Tous droits réservés"))
    folder = unpacked(written(datapackage_files(view)), tmp_path)
    assert frictionless.Package(str(folder / "datapackage.json")).validate().valid
    assert "licenses" not in json.loads((folder / "datapackage.json").read_text("utf-8"))


def test_every_record_comes_back_from_its_tables_as_it_was(each: View) -> None:
    tables = reading.tables_of(written(datapackage_files(each)))
    assert reading.initiatives(tables) == list(each.initiatives)
    assert reading.organizations(tables) == list(each.organizations)
    assert reading.news(tables) == list(each.news)


def test_every_column_says_what_it_holds_in_both_languages(view: View) -> None:
    package = json.loads(written(datapackage_files(view))["datapackage.json"])
    silent = [
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if not field.get("description") or not field["title"]
    ]
    assert silent == []


def test_one_language_alone_leaves_the_columns_of_the_other_out(view: View) -> None:
    tables = reading.tables_of(written(datapackage_files(view, ("en",))))
    assert not [name for rows in tables.values() for row in rows for name in row if name.endswith("_fr")]
    assert tables["initiatives"][0]["name_en"] == "The “Tide” stopover"


def test_a_code_that_no_vocabulary_has_is_among_the_terms_all_the_same(tmp_path: Path) -> None:
    strange = full_initiative().model_copy(update={"themes": ("tide-pools",)})
    view = full_view()
    folder = unpacked(
        written(datapackage_files(replace(view, initiatives=(strange, *list(view.initiatives)[1:])))), tmp_path
    )
    assert frictionless.Package(str(folder / "datapackage.json")).validate().valid
    assert "themes,tide-pools,tide-pools,tide-pools" in (folder / "terms.csv").read_text("utf-8")


@given(st.text())
def test_no_cell_is_a_formula_and_every_cell_can_be_read_back(text: str) -> None:
    written_cell = cell(text)
    assert not written_cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain_text(written_cell) == text


@given(st.lists(st.text(), min_size=1))
def test_every_line_of_a_table_can_be_read_back(texts: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(csv_line(["id", *texts]).decode("utf-8"), newline=""))
    assert [plain_text(one) for one in read] == ["id", *texts]


def test_the_same_release_gives_the_same_bytes(each: View) -> None:
    for files in (datapackage_files, parquet_files):
        assert written(files(each)) == written(files(each))


def test_parquet_holds_the_same_rows_with_their_types(each: View, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    folder = unpacked(written(parquet_files(each)), tmp_path)
    tables = reading.tables_of(written(datapackage_files(each)))
    assert {path.stem for path in folder.glob("*.parquet")} == set(tables)
    for name, rows in tables.items():
        found = duckdb.sql(f"select * from read_parquet('{folder / name}.parquet')")  # noqa: S608  # a file of our own
        assert found.columns == (list(rows[0]) if rows else found.columns)
        ours = [tuple(_plain(value) for value in row) for row in found.fetchall()]
        assert ours == [tuple(row.values()) for row in rows]


def test_a_parquet_table_is_written_in_groups_and_stays_whole(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import BufferReader, parquet

    monkeypatch.setattr("passerelle.publishing.exports.parquet.GROUP", 2)
    file = parquet.ParquetFile(BufferReader(written(parquet_files(view))["changes.parquet"]))
    assert (file.num_row_groups, file.metadata.num_rows) == (5, 9)


def _plain(value: object) -> object:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if hasattr(value, "strftime") else value


def test_the_package_names_the_terms_of_each_source_and_none_for_all_where_they_differ(tmp_path: Path) -> None:
    closed = Licence(name="Tous droits réservés", attribution="Journal de la Rive")
    folder = unpacked(written(datapackage_files(full_view(terms={"rive": closed}))), tmp_path)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["sources"] == [{"title": "rive", "description": closed.name, "attribution": closed.attribution}]
    assert "licenses" not in package
    assert "under the terms of their sources" in package["rights_en"]
    (row,) = csv.DictReader((folder / "sources.csv").read_text("utf-8").splitlines())
    assert (row["name"], row["licence"], row["attribution"]) == ("rive", closed.name, closed.attribution)
    whole = full_view().licence
    same = json.loads(written(datapackage_files(full_view(terms={"rive": whole})))["datapackage.json"])
    assert [one["path"] for one in same["licenses"]] == [whole.url]
