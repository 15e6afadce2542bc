from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from passerelle.review.deciding import Act, decide, undo
from passerelle.review.exchange.bringing import apply
from passerelle.review.exchange.files import read_file, to_csv, to_xlsx
from passerelle.review.exchange.guide import Guide
from passerelle.review.exchange.importing import Preview, preview
from passerelle.review.exchange.sheets import sheets
from passerelle.review.exchange.translators import acts_of, preview_xliff, to_xliff
from passerelle.store.texts import save_filling
from schemas.records import TextStatus
from schemas.texts import text_digest
from schemas.working import Filling
from tests.cli.conftest import call
from tests.review.service.world import World

COUSU = "Projet Cousu Main"
Rows = list[list[str]]


def out(world: World, *names: str) -> bytes:
    """Give the sheet of some initiatives, of all where none is named."""
    wanted = [world.id(name) for name in names] or [one.id for one in world.initiatives().values()]
    with world.store.session() as session:
        return to_csv(sheets(session, wanted, world.help)[0])


def edited(body: bytes, edit: Callable[[Rows], object], between: str = ",") -> bytes:
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    edit(rows)
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=between).writerows(rows)
    return page.getvalue().encode()


def put(column: str, text: str, row: int = 1) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        rows[row][rows[0].index(column)] = text

    return edit


def look(world: World, body: bytes, by: str = "ana") -> Preview:
    with world.store.session() as session:
        return preview(session, read_file(body, "fiches.csv"), world.help, by)


def take(world: World, found: Preview, by: str = "ana") -> list[str]:
    with world.store.session() as session:
        return [one.id for one in apply(session, found.acts, by=by, help=world.help, reason="import fiches.csv")]


def test_a_file_that_nobody_edited_changes_nothing(world: World) -> None:
    body = out(world)
    with world.store.session() as session:
        book = to_xlsx(sheets(session, [one.id for one in world.initiatives().values()], world.help), Guide(world.help))
    excel = edited(body, lambda rows: None, ";").decode().encode("cp1252")
    for file in (body, book, excel):
        found = look(world, file)
        assert (found.changes, found.conflicts, found.problems) == ([], [], [])
        assert found.unchanged == 3


def test_edits_are_previewed_then_taken_as_one_act_and_undone_as_one(world: World) -> None:
    body = edited(out(world, COUSU, "Rondes"), put("audience.max_age", "21"))
    body = edited(body, put("themes", "Itinérance; runaway", 2))
    found = look(world, body)
    assert [(one.place.row, one.place.column, one.before, one.after) for one in found.changes] == [
        (2, "audience.max_age", "24", "21"),
        (3, "themes", "homelessness", "Itinérance; runaway"),
    ]
    done = take(world, found)
    now = world.initiatives()
    assert now[COUSU].audience.max_age == 21
    assert now["Rondes du Quai"].themes == ("homelessness", "runaway")
    with world.store.session() as session:
        undo(session, done[0], by="ana", help=world.help)
    assert world.initiatives()[COUSU].audience.max_age == 24
    assert world.initiatives()["Rondes du Quai"].themes == ("homelessness",)
    assert look(world, body).records == 2, "an act that was undone can be imported again"


def test_what_somebody_else_changed_meanwhile_stays_and_the_rest_is_taken(world: World) -> None:
    body = out(world, COUSU)
    with world.store.session() as session:
        decide(session, [Act("edit", world.id(COUSU), "audience.max_age", 30)], by="bob", help=world.help)
    body = edited(edited(body, put("audience.max_age", "21")), put("cost", "Gratuit"))
    found = look(world, body)
    assert [(one.place.column, one.theirs, one.mine, one.since[0].by) for one in found.conflicts] == [
        ("audience.max_age", "30", "21", "bob")
    ]
    assert [one.place.column for one in found.changes] == ["cost"]
    take(world, found)
    now = world.initiatives()[COUSU]
    assert (now.audience.max_age, now.cost) == (30, "free")


def test_a_file_may_be_corrected_by_who_brought_it(world: World) -> None:
    body = out(world, COUSU)
    take(world, look(world, edited(body, put("audience.max_age", "21"))))
    again = look(world, edited(body, put("audience.max_age", "22")))
    assert [(one.before, one.after) for one in again.changes] == [("21", "22")]
    assert look(world, edited(body, put("audience.max_age", "22")), by="bob").conflicts


def test_what_others_changed_and_the_file_did_not_touch_is_no_conflict(world: World) -> None:
    body = out(world, COUSU)
    with world.store.session() as session:
        decide(session, [Act("edit", world.id(COUSU), "audience.max_age", 30)], by="bob", help=world.help)
    assert look(world, body).unchanged == 1


def test_every_problem_is_told_with_its_row_and_column(world: World) -> None:
    def spoil(rows: Rows) -> None:
        rows[0].append("couleur")
        put("audience.min_age", "quatorze")(rows)
        put("themes", "jardinage", 2)(rows)
        put("contact.url", "javascript:alert(1)", 3)(rows)
        rows += [[*rows[1]], ["ini-zzzzzzzz", *rows[1][1:]], ["", *rows[1][1:]]]

    found = look(world, edited(out(world, COUSU, "Rondes", "Concertation"), spoil))
    assert {(one.place.row, one.place.column, one.key) for one in found.problems} == {
        (1, "couleur", "column-unknown"),
        (2, "audience.min_age", "not-a-number"),
        (3, "themes", "unknown-code"),
        (4, "contact.url", "bad-address"),
        (5, "id", "row-twice"),
        (6, "id", "row-unknown"),
        (7, "id", "row-without-id"),
    }
    assert found.changes == []


def test_ages_that_cross_are_told_in_the_preview_and_the_rest_is_taken(world: World) -> None:
    body = edited(out(world, COUSU), put("audience.max_age", "5"))
    found = look(world, edited(body, put("cost", "Gratuit")))
    assert [(one.place.row, one.place.column, one.key) for one in found.problems] == [
        (2, "audience.max_age", "ages-crossed")
    ]
    take(world, found)
    now = world.initiatives()[COUSU]
    assert (now.audience.min_age, now.audience.max_age, now.cost) == (14, 24, "free")
    both = edited(body, put("audience.min_age", "60"))
    assert {one.place.column for one in look(world, both).problems} == {"audience.min_age", "audience.max_age"}
    moved = edited(edited(body, put("audience.min_age", "60")), put("audience.max_age", "70"))
    assert look(world, moved).problems == [], "both ages may move past the old ones together"


WILD = (
    "",
    "0",
    "5",
    "99",
    "-1",
    "quatorze",
    "2020",
    "x" * 300,
    "free",
    "01; 02",
    "https://a.example/",
    "a\n\nb",
    "\x00",
)


def test_whatever_a_preview_offers_can_be_saved(world: World) -> None:
    sheet = out(world, COUSU)
    head = next(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))
    for shift in range(len(WILD)):
        body = sheet
        for number, column in enumerate(one for one in head if one not in ("id", "version")):
            body = edited(body, put(column, WILD[(number + shift) % len(WILD)]))
        found = look(world, body)
        assert found.changes
        with world.store.session() as session:
            assert len(apply(session, found.acts, by="ana", help=world.help, reason="import")) == len(found.changes)
            session.rollback()


def test_a_formula_in_a_workbook_is_told_and_not_taken(world: World) -> None:
    from openpyxl import load_workbook

    with world.store.session() as session:
        body = to_xlsx(sheets(session, [world.id(COUSU)], world.help), Guide(world.help))
    book = load_workbook(io.BytesIO(body))
    page = book["initiative"]
    column = next(cell.column for cell in page[1] if cell.value == "name.en")
    page.cell(2, column).value = '="The "&"Relay"'
    file = io.BytesIO()
    book.save(file)
    assert [(one.place.row, one.place.column, one.key) for one in look(world, file.getvalue()).problems] == [
        (2, "name.en", "cell-formula")
    ]


def test_of_two_languages_edited_together_one_translates_the_other(world: World) -> None:
    body = edited(out(world, COUSU), put("name.fr", "Projet Cousu Ensemble"))
    take(world, look(world, edited(body, put("name.en", "Sewn Together"))))
    record = world.initiatives()["Projet Cousu Ensemble"]
    assert record.name.en == "Sewn Together"
    assert record.text_status["name.en"].origin == "human"
    assert record.text_status["name.en"].fresh


def machine_text(world: World) -> str:
    """Give the name of an initiative a machine's translation."""
    record = world.id(COUSU)
    status = TextStatus(origin="machine", engine="argos", source_language="fr", source_hash=text_digest(COUSU))
    with world.store.session() as session:
        save_filling(session, Filling(record=record, path="name.en", text="Sewn By Hand Project", status=status))
    return record


def test_a_machine_text_is_told_as_such_and_left_alone_unless_edited(world: World) -> None:
    machine_text(world)
    body = out(world, COUSU)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["name.en"] == "Sewn By Hand Project"
    assert (told["name.en.origin"], told["name.fr.origin"]) == ("machine", "source")
    assert look(world, body).changes == []
    take(world, look(world, edited(body, put("name.en", "Hand-Sewn"))))
    assert world.initiatives()[COUSU].text_status["name.en"].origin == "human"


def test_a_cell_that_is_only_read_is_not_passed_over_in_silence(world: World) -> None:
    body = edited(out(world, COUSU), put("lead_organization", "Une autre table"))
    assert [(one.place.column, one.key) for one in look(world, body).problems] == [("lead_organization", "cell-told")]


def test_no_file_takes_a_record_its_name(world: World) -> None:
    body = edited(out(world, COUSU), put("name.fr", ""))
    assert [(one.place.column, one.key) for one in look(world, body).problems] == [("name.fr", "no-name")]


def test_translators_get_what_waits_and_their_texts_come_back_as_one_act(world: World) -> None:
    record = machine_text(world)
    with world.store.session() as session:
        body, count = to_xliff(session, [record], "en", world.help)
        assert count >= 1
        assert preview_xliff(session, body, world.help, "ana").texts == ()
    done = body.replace(b'state="initial"', b'state="translated"').replace(b"Sewn By Hand Project", b"Sewn by Hand")
    with world.store.session() as session:
        read = preview_xliff(session, done, world.help, "ana")
    assert ("name.en", "Sewn by Hand") in {(one.path, one.text) for one in read.texts}
    with world.store.session() as session:
        apply(session, acts_of(read), by="camille", help=world.help, reason="import textes.xlf")
    assert world.initiatives()[COUSU].name.en == "Sewn by Hand"
    corrected = done.replace(b"Sewn by Hand", b"Hand-Sewn")
    with world.store.session() as session:  # its author may correct the file; to others, the text is a person's
        own, others = (preview_xliff(session, corrected, world.help, who) for who in ("camille", "ana"))
    assert {one.before for one in own.texts} >= {"Sewn by Hand"}
    assert not others.texts
    assert not any("--by" in str(one.why) for one in others.complaints)


def test_texts_left_in_state_initial_are_counted_and_told(world: World) -> None:
    record = machine_text(world)
    with world.store.session() as session:
        body, _ = to_xliff(session, [record], "en", world.help)
        read = preview_xliff(session, body.replace(b"Sewn By Hand Project", b"Sewn by Hand"), world.help, "ana")
    assert (read.texts, read.still_initial) == ((), 1)
    assert [(one.record, one.path) for one in read.complaints] == [(record, "name.en")]


def test_translators_get_what_people_wrote_of_a_text_that_is_near(world: World) -> None:
    said, wrote = "Pour 30 filles et 20 garçons du quartier.", "For 30 girls and 20 boys of the neighbourhood."
    rounds, sewn = world.id("Rondes"), world.id(COUSU)
    for record, path, text in (
        (rounds, "description.fr", said),
        (rounds, "description.en", wrote),
        (sewn, "description.fr", said.replace("20", "25")),
    ):
        with world.store.session() as session:
            decide(session, [Act("edit", record, path, text)], by="ana", help=world.help)
    with world.store.session() as session:
        body, _ = to_xliff(session, [world.id(COUSU)], "en", world.help)
    assert b"<mtc:match" in body
    assert wrote.encode() in body


def test_the_command_line_shows_a_file_s_changes_and_saves_them_when_told(world: World, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".passerelle").mkdir(parents=True)
    world.store.close()
    (tmp_path / "passerelle.db").rename(home / ".passerelle" / "passerelle.db")
    file = tmp_path / "fiches.csv"
    assert call(home, "sheet", "export", "--type", "initiative", file).exit_code == 0
    file.write_bytes(edited(file.read_bytes(), put("audience.max_age", "19")))
    shown = call(home, "sheet", "import", file)
    assert (shown.exit_code, "→ “19”" in shown.output, "--yes" in shown.output) == (0, True, True)
    saved = call(home, "sheet", "import", "--yes", file)
    assert "decide undo" in saved.output
    assert "cells to change: 0" in call(home, "sheet", "import", "--yes", file).output
    assert call(home, "sheet", "export", tmp_path / "fiches.doc").exit_code == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_of_records_that_are_gone_is_empty(world: World, kind: str) -> None:
    with world.store.session() as session:
        found = sheets(session, ["ini-zzzzzzzz"], world.help)
    assert found == ()
    assert kind == "csv" or to_xlsx(found, Guide(world.help))
