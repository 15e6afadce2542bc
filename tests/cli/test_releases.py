"""``passerelle publish --dry-run`` and ``passerelle releases``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passerelle.publishing.folder import rollback
from tests.cli.conftest import EXAMPLE, call
from tests.publishing.factories import Press, files_of, initiative, matched


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Give a home with three releases."""
    press = Press(tmp_path / "curated")
    for number, cost in enumerate(("free", "paid", None), 1):
        press.publish(matched(initiative(1, cost=cost), initiative(2)), on=number)
    return tmp_path


def test_a_dry_run_shows_the_plan_and_publishes_nothing(tmp_path: Path) -> None:
    for station in ("extract", "match"):
        arguments = ("ingest", EXAMPLE) if station == "extract" else (station,)
        assert call(tmp_path, *arguments).exit_code == 0
        assert call(tmp_path, station).exit_code == 0
    result = call(tmp_path, "publish", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "Release 1 would be published: " in result.stdout
    assert result.stdout.count("\n+ ini-") + result.stdout.startswith("+ ini-") == 14
    assert not (tmp_path / "curated").exists()
    assert call(tmp_path, "publish").exit_code == 0
    before = files_of(tmp_path / "curated")
    assert call(tmp_path, "publish", "--dry-run").stdout == "Nothing would change.\n"
    assert files_of(tmp_path / "curated") == before


def test_a_dry_run_that_would_be_refused_says_why_and_ends_with_3(home: Path) -> None:
    source = home / "sources" / "exemple.yml"
    source.parent.mkdir()
    text = (Path(__file__).parents[2] / "sources/exemple.yml").read_text("utf-8")
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("min_initiatives"))
    source.write_text(f"{kept}\nmin_initiatives: 99\n", "utf-8")
    result = call(home, "publish", "--dry-run")
    assert result.exit_code == 3, result.output
    assert "its file asks for 99 at least" in result.stdout
    assert not (home / "curated/reports/refused.json").exists()


def test_releases_are_listed_with_the_one_served_and_those_taken_back(three: Path) -> None:
    rollback(three / "curated", 2)
    listed = call(three, "releases", "list").stdout
    assert [line.split("│")[4].strip() for line in listed.splitlines() if "2026-03" in line] == [
        "",
        "served",
        "taken back",
    ]
    assert "No release yet" in call(three / "empty", "releases", "list").stdout


def test_diff_and_apply_lead_from_one_release_to_another(three: Path, tmp_path: Path) -> None:
    result = call(three, "releases", "diff", 3, 1)
    assert [json.loads(line)["change"] for line in result.stdout.splitlines()] == ["change"]
    delta, out = tmp_path / "3-1.ndjson", tmp_path / "out"
    delta.write_bytes(result.stdout_bytes)
    releases = three / "curated/releases"
    assert call(three, "releases", "apply", delta, "--from", releases / "3", "--out", out).exit_code == 0
    for name in ("initiatives.json", "initiatives.ndjson.gz", "initiatives/ini-00000001.json"):
        assert (out / name).read_bytes() == (releases / "1" / name).read_bytes()
    again = call(three, "releases", "apply", delta, "--from", releases / "3", "--out", out)
    assert (again.exit_code, "not an empty folder" in again.stderr) == (2, True)


def test_a_release_that_is_not_there_is_wrong_usage(three: Path) -> None:
    result = call(three, "releases", "diff", 1, 9)
    assert (result.exit_code, "there are: 1, 2, 3" in result.stderr) == (2, True)


def test_a_damaged_release_is_named_in_the_list(three: Path) -> None:
    (three / "curated/releases/2/index.json").write_bytes(b'{"name": "passerelle", ')
    listed = call(three, "releases", "list")
    assert listed.exit_code == 0, listed.output
    (row,) = (line for line in listed.stdout.splitlines() if "damaged" in line)
    assert [cell.strip() for cell in row.split("│")[1:3]] == ["2", "–"]


def test_a_home_without_pages_has_nothing_to_publish_yet(tmp_path: Path) -> None:
    for arguments in (("publish",), ("publish", "--dry-run")):
        result = call(tmp_path, *arguments)
        assert result.exit_code == 0, result.output
        assert "Nothing to publish yet: take pages in first" in result.stdout
        assert "None" not in result.output
