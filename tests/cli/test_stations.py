"""The commands from ingest to publish, and the whole way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passerelle import pipeline
from tests.cli.conftest import EXAMPLE, PAGES, call, demand_more_than_there_is

STATIONS = ("extract", "match", "translate", "publish")


def write_manifest(folder: Path, *entries: dict[str, str]) -> Path:
    path = folder / "manifest.json"
    path.write_text(json.dumps({"captures": entries}), "utf-8")
    return path


def entry(path: str, **more: str) -> dict[str, str]:
    return {"path": path, "source": "exemple", "captured_at": "2026-11-20T12:00:00Z", **more}


def test_run_ends_with_a_table_and_where_to_look_next(tmp_path: Path) -> None:
    result = call(tmp_path, "run", EXAMPLE)
    assert result.exit_code == 0
    for words in ("Release 1", "initiatives", "French texts", "English texts", "pending", "warning"):
        assert words in result.stdout
    after = result.stdout.split("Where to look next:")[1]
    assert str(tmp_path / "curated" / "current") in after
    assert " show " in after
    assert f"--home {tmp_path} issues" in after


def test_what_run_tells_to_show_can_be_shown(home: Path, tmp_path: Path) -> None:
    result = call(tmp_path, "run", EXAMPLE)
    slug = result.stdout.split(" show ")[1].split()[0]
    assert call(home, "show", slug).exit_code == 0


@pytest.mark.parametrize("arguments", [[], [EXAMPLE]])
def test_a_run_in_which_nothing_changed_says_so_in_one_line(home: Path, arguments: list[Path]) -> None:
    result = call(home, "run", *arguments)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 1
    assert "Nothing changed; release 1" in result.output


def test_the_stations_one_by_one_publish_the_same_release_as_run(whole_way: Path, tmp_path: Path) -> None:
    assert call(tmp_path, "ingest", EXAMPLE).exit_code == 0
    for station in STATIONS:
        result = call(tmp_path, station)
        assert result.exit_code == 0, result.output
        assert len(result.output.splitlines()) == 1
    manifest = "curated/current/index.json"
    assert (tmp_path / manifest).read_bytes() == (whole_way / manifest).read_bytes()


def test_nothing_is_drawn_where_there_is_no_terminal(tmp_path: Path) -> None:
    result = call(tmp_path, "run", EXAMPLE)
    assert result.stderr == ""
    assert "\x1b" not in result.output


def test_homes_do_not_see_one_another(whole_way: Path, tmp_path: Path) -> None:
    result = call(tmp_path / "other", "run")
    assert result.exit_code == 0
    assert "Nothing to publish" in result.stdout
    assert call(tmp_path / "other", "show", "escale").exit_code == 2
    assert "Nothing changed" in call(whole_way, "run").stdout


def test_the_home_may_come_after_the_command_or_from_the_environment(whole_way: Path, tmp_path: Path) -> None:
    for arguments, variables in (
        (["sources", "--home", whole_way], {}),
        (["sources", f"--home={whole_way}"], {}),
        (["sources"], {"PASSERELLE_HOME": str(whole_way)}),
    ):
        from typer.testing import CliRunner

        from passerelle.cli.app import app

        environment = {"LC_ALL": "C.UTF-8", "PASSERELLE_DATABASE_URL": None, **variables}
        result = CliRunner().invoke(app, [*map(str, arguments)], env=environment)
        row = next(line.split() for line in result.stdout.splitlines() if line.startswith("exemple"))
        assert "7" in row


def test_skipped_entries_give_exit_code_1_and_the_others_are_taken(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>Bonjour</p>", "utf-8")
    manifest = write_manifest(tmp_path, entry("page.html"), entry("missing.html"))
    result = call(tmp_path / "home", "ingest", manifest)
    assert result.exit_code == 1
    assert "1 new, 0 there already, 1 skipped" in result.stdout
    assert "missing.html" in result.stderr
    assert call(tmp_path / "home", "run", manifest).exit_code == 1


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_an_unreadable_manifest_gives_one_line_and_exit_code_2(tmp_path: Path, content: str | None) -> None:
    manifest = tmp_path / "manifest.json"
    if content is not None:
        manifest.write_text(content, "utf-8")
    result = call(tmp_path / "home", "ingest", manifest)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert str(manifest) in result.stderr


def test_an_unreadable_source_file_gives_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "quartier.yml").write_text("name: quartier\nhom: x\n", "utf-8")
    result = call(tmp_path, "run")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "quartier.yml" in result.stderr


def test_a_single_page_needs_a_source_only(tmp_path: Path) -> None:
    page = PAGES / "repertoire" / "index.html"
    url = "https://exemple.passerelle.example/repertoire/"
    taken = call(tmp_path, "ingest", page, "--source", "exemple", "--url", url, "--at", "2026-11-20T12:00:00Z")
    assert taken.exit_code == 0
    assert "1 new" in taken.stdout
    again = call(tmp_path, "ingest", page, "--source", "exemple", "--url", url, "--at", "2026-11-20T12:00:00Z")
    assert "0 new, 1 there already" in again.stdout
    undated = call(tmp_path, "ingest", page, "--source", "exemple")
    assert "1 new" in undated.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--source"),
        (["--source", "Not A Name"], "Not A Name"),
        (["--source", "exemple", "--at", "yesterday"], "yesterday"),
        (["--source", "exemple", "--at", "2026-11-20T12:00:00"], "zone"),
    ],
)
def test_a_single_page_wrongly_described_is_wrong_usage(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = call(tmp_path, "ingest", PAGES / "index.html", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_page_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = call(tmp_path, "ingest", tmp_path / "none.html", "--source", "exemple")
    assert result.exit_code == 2
    assert "none.html" in result.stderr


@pytest.mark.parametrize("command", ["run", "publish"])
def test_a_refused_release_gives_exit_code_3_and_the_reason(home: Path, command: str) -> None:
    demand_more_than_there_is(home)
    served = (home / "curated" / "current").resolve()
    result = call(home, command)
    assert result.exit_code == 3
    assert "release 1 is still served" in result.stderr
    assert "900" in result.stderr
    assert (home / "curated" / "current").resolve() == served
    assert call(home, command, "--accept-drop").exit_code == 0


def test_another_publisher_at_work_gives_exit_code_4(home: Path) -> None:
    from passerelle.publishing.folder import publishing_lock

    with publishing_lock(home / "curated"):
        result = call(home, "publish")
    assert result.exit_code == 4
    assert "another run is publishing" in result.stderr


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://passerelle@127.0.0.1:1/none", 4),
        ("sqlite:////dev/null/passerelle.db", 4),
        ("nonsense", 2),
    ],
)
def test_a_database_out_of_reach_is_one_line(tmp_path: Path, url: str, code: int) -> None:
    result = call(tmp_path, "run", PASSERELLE_DATABASE_URL=url)
    assert result.exit_code == code
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a database, " * 100, "utf-8")
    result = call(tmp_path, "run", PASSERELLE_DATABASE_URL=f"sqlite:///{tmp_path / 'notes.db'}")
    assert result.exit_code == 4
    assert "not a database" in result.stderr


def test_an_unknown_engine_is_one_line(home: Path) -> None:
    result = call(home, "translate", PASSERELLE_ENGINE="babel")
    assert result.exit_code == 2
    assert "babel" in result.stderr


def test_a_bug_keeps_its_traceback(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_workplace: object) -> None:
        msg = "a defect"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr(pipeline, "match", fail)
    result = call(home, "match")
    assert isinstance(result.exception, ZeroDivisionError)


def test_ctrl_c_is_one_line_and_exit_code_130(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_workplace: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "match", interrupt)
    result = call(home, "match")
    assert result.exit_code == 130
    assert result.stderr.splitlines() == ["Interrupted; nothing is lost, the next run goes on where this one stopped."]
