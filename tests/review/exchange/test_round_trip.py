from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passerelle.review.errors import InvalidAct
from passerelle.review.exchange.cells import mark, read, tidy, written
from passerelle.review.exchange.columns import Column
from passerelle.review.exchange.files import read_file, to_csv, to_xlsx
from passerelle.review.exchange.guide import Guide
from passerelle.review.exchange.sheets import Sheet, read_version, version_cell
from schemas.base import LanguageMap
from schemas.cells import FORMULA_STARTS
from tests.review.service.world import World

HEAD = (Column("id", "told"), Column("version", "told"), Column("name.fr", "text"))


def sheet_of(*texts: str) -> Sheet:
    return Sheet("initiative", HEAD, tuple((f"ini-{n:08}", "v", tidy(text)) for n, text in enumerate(texts)))


ODD = ["=1+1", "@SUM(A1)", "-12", "+1 514 555-0100", "'=x", "''", "'Tis", "\t=1", "a\r\nb", " =1", "＝1", "_x0041_"]
texts = st.text(max_size=60) | st.sampled_from(ODD)


@pytest.mark.parametrize("write", [to_csv, lambda sheet: to_xlsx([sheet], Guide(None))])  # type: ignore[arg-type]  # told columns ask nothing
def test_every_text_comes_back_as_it_went_out(write: Callable[[Sheet], bytes]) -> None:
    @settings(max_examples=15, deadline=None)
    @given(st.lists(texts, min_size=1, max_size=12))
    @example(["=cmd|' /C calc'!A0", "'", "\n", "ligne\nligne", "fin "])
    def holds(said: list[str]) -> None:
        (grid,) = read_file(write(sheet_of(*said)), "x")
        assert [row["name.fr"] for _, row in grid.rows] == [tidy(text) for text in said]

    holds()


@given(texts)
def test_no_cell_of_a_csv_file_begins_a_formula(text: str) -> None:
    page = io.StringIO(to_csv(sheet_of(text)).decode("utf-8-sig"), newline="")
    assert not [cell for row in csv.reader(page) for cell in row if cell.startswith(FORMULA_STARTS)]


def test_a_workbook_holds_texts_only_and_explains_its_columns_first(world: World) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(to_xlsx([sheet_of("=1+1")], Guide(world.help))))
    assert book.sheetnames[1:] == ["initiative"]
    assert {cell.data_type for row in book["initiative"] for cell in row if cell.value} == {"s"}
    told = [[cell.value or "" for cell in row] for row in book.worksheets[0]]
    assert any(row[0] == "version" and "export" in row[3] for row in told)


def test_a_version_and_its_marks_are_read_as_written() -> None:
    cell = version_cell("2026~ab", {"name.fr": "Étoile", "name.en": " "})
    assert read_version(cell) == ("2026~ab", {"name.fr": mark("Étoile")})
    assert mark(" Étoile\r\n") == mark("Étoile")


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("Fugue; runaway ;VIOLENCE", "codes", ["runaway", "violence"]),
        ("", "codes", []),
        ("Violence", "code", "violence"),
        ("Lévis\n\nSorel-Tracy", "lines", ["Lévis", "Sorel-Tracy"]),
        ("14.0", "number", 14),
        ("", "number", None),
        (" deux mots ", "line", "deux mots"),
    ],
)
def test_a_cell_is_read_by_the_kind_of_its_field(said: str, kind: str, value: object) -> None:
    codes = {"runaway": LanguageMap(fr="Fugue", en="Running away"), "violence": LanguageMap(fr="Violence")}
    found = read(said, kind, codes if kind in ("code", "codes") else None)  # type: ignore[arg-type]
    assert (list(dict.fromkeys(found)) if isinstance(found, list) else found) == value


def test_a_spreadsheet_that_made_a_number_of_a_region_is_understood() -> None:
    assert read("1; 16", "codes", {"01": LanguageMap(), "16": LanguageMap()}) == ["01", "16"]
    assert written(["01", "16"], "codes") == "01; 16"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"PK\x03\x04 no archive", "sheet-unreadable"),
        (b"name.fr,name.en\na,b\n", "sheet-without-ids"),
        (b"id,name.fr\nini-00000000,b\n", "sheet-without-versions"),
        (b"", "sheet-without-ids"),
    ],
)
def test_what_is_no_sheet_of_ours_is_refused_with_a_reason(body: bytes, key: str) -> None:
    with pytest.raises(InvalidAct) as refused:
        read_file(body, "x")
    assert refused.value.key == key
