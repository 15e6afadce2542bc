from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any
from weakref import finalize

import pytest

from passerelle.publishing.exports.feeds import NEWEST
from passerelle.publishing.exports.formats import FORMATS
from passerelle.publishing.exports.narrow import Wanted, narrowed
from passerelle.publishing.exports.writing import FILES, NOTE, ExportError, export
from passerelle.publishing.files import OutFile
from schemas.release import Change
from tests.cli.conftest import call
from tests.publishing.exports.records import GOLDEN, full_view, golden_view
from tests.publishing.factories import DAY, files_of, initiative


def run(home: Path, *args: object) -> Any:
    return call(home, "export", *args, "--curated", GOLDEN)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_written_from_the_command_line(name: str, tmp_path: Path) -> None:
    result = run(tmp_path, name, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    note = json.loads((tmp_path / "out" / NOTE).read_text("utf-8"))
    assert (note["format"], note["release"], note["licence"]["spdx"]) == (name, 1, "CC-BY-4.0")
    there = files_of(tmp_path / "out")
    listed = [json.loads(line) for line in there[FILES].decode("utf-8").splitlines()]
    assert {file["path"]: (file["bytes"], file["sha256"]) for file in listed} == {
        path: (len(body), hashlib.sha256(body).hexdigest()) for path, body in there.items() if path not in {NOTE, FILES}
    }
    assert (note["files"], note["bytes"]) == (len(listed), sum(file["bytes"] for file in listed))
    assert list(tmp_path.glob(".*")) == []


def test_the_list_explains_every_format_in_both_languages(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        said = " ".join(call(tmp_path, "export", "--list", "--lang", language, COLUMNS="300").stdout.split())
        for form in FORMATS.values():
            assert form.name in said
            assert form.standard in said
            assert str(form.use.get(language)) in said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["xml", "--out", "x"], "“xml” is unknown; choose one of"),
        (["csv"], "passerelle export csv --out DIR"),
        (["csv", "--out", "x", "--region", "18"], "--region: “18” is unknown"),
        (["csv", "--out", "x", "--theme", "tide"], "--theme: “tide” is unknown"),
        (["csv", "--out", "x", "--language", "de"], "“de” is unknown; choose one of fr, en"),
        (["csv", "--out", "x", "--release", "7"], "has no release 7"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_leaves_nothing(
    args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(tmp_path, *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (Path("/proc/nope/y"), tmp_path / "file/below"):
        result = run(tmp_path, "csv", "--out", place)
        assert result.exit_code == 4
        assert f"{place} could not be written" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_home_without_a_release_says_to_publish_first(tmp_path: Path) -> None:
    result = call(tmp_path, "export", "csv", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "passerelle publish" in result.stderr


def test_any_kept_release_can_be_exported(tmp_path: Path) -> None:
    for number in (1, 2):
        shutil.copytree(GOLDEN, tmp_path / "curated" / "releases" / str(number))
    index = tmp_path / "curated" / "releases" / "2" / "index.json"
    index.write_text(index.read_text("utf-8").replace('"version": 1,', '"version": 2,', 1), "utf-8")
    (tmp_path / "curated" / "current").symlink_to("releases/2")
    for args, number in (((), 2), (("--release", 1), 1)):
        result = call(tmp_path, "export", "csv", "--out", tmp_path / f"out{number}", *args)
        assert result.exit_code == 0, result.stderr
        assert json.loads((tmp_path / f"out{number}" / NOTE).read_text("utf-8"))["release"] == number
    missing = call(tmp_path, "export", "csv", "--out", tmp_path / "out3", "--release", 3)
    assert "there are: 1, 2" in missing.stderr


def test_a_release_of_an_earlier_version_of_the_software_is_named(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "old")
    (tmp_path / "old" / "news.ndjson").unlink()
    result = call(tmp_path, "export", "csv", "--out", tmp_path / "out", "--curated", tmp_path / "old")
    assert result.exit_code == 4
    assert "release 1 has no news.ndjson" in result.stderr


def test_a_release_of_another_schema_is_named(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "new")
    index = tmp_path / "new" / "index.json"
    index.write_text(index.read_text("utf-8").replace('"schema_version": 1,', '"schema_version": 2,', 1), "utf-8")
    result = call(tmp_path, "export", "csv", "--out", tmp_path / "out", "--curated", tmp_path / "new")
    assert result.exit_code == 4
    assert "release 1 has schema 2" in result.stderr


def test_parquet_without_its_module_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "pyarrow" else object())
    result = run(tmp_path, "parquet", "--out", tmp_path / "out")
    assert result.exit_code == 4
    assert f"{sys.executable} -m pip install 'passerelle[parquet]'" in result.stderr


def test_only_an_export_is_replaced_and_only_when_asked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(tmp_path, "csv", "--out", out).exit_code == 0
    before = files_of(out)
    assert run(tmp_path, "skos", "--out", out).exit_code == 2
    assert files_of(out) == before
    assert run(tmp_path, "skos", "--out", out, "--force").exit_code == 0
    assert set(files_of(out)) == {NOTE, FILES, "vocabularies.jsonld", "vocabularies.nt"}
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("dear reader")
    result = run(tmp_path, "csv", "--out", other, "--force")
    assert (result.exit_code, set(files_of(other))) == (2, {"chapter.txt"})
    assert "no export wrote" in result.stderr


def test_an_export_that_breaks_off_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(full_view(), FORMATS["csv"], out)
    before = files_of(out)

    def broken(*_: Any) -> Any:
        yield OutFile("half.csv", [b"half"])
        raise KeyboardInterrupt

    form = FORMATS["csv"].__class__("broken", "–", FORMATS["csv"].use, broken)
    with pytest.raises(KeyboardInterrupt):
        export(full_view(), form, out, force=True)
    assert files_of(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_folder_can_be_read_by_others_as_any_new_folder(tmp_path: Path) -> None:
    export(full_view(), FORMATS["csv"], tmp_path / "out")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_in_the_place_of_the_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ExportError, match="is a file"):
        export(full_view(), FORMATS["csv"], tmp_path / "out", force=True)
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Wanted(), [1, 2, 3]),
        (Wanted(regions=frozenset({"11", "16"})), [1]),
        (Wanted(themes=frozenset({"runaway"})), [1]),
        (Wanted(regions=frozenset({"06"})), []),
        (Wanted(regions=frozenset({"01"}), themes=frozenset({"justice"})), []),
        (Wanted(reviewed_only=True), [1]),
    ],
)
def test_a_part_of_a_release_holds_what_was_asked_for(wanted: Wanted, kept: list[int]) -> None:
    part = narrowed(full_view(), wanted)
    assert [one.id for one in part.initiatives] == [f"ini-0000000{number}" for number in kept]


@pytest.mark.parametrize("region", ["01", "04", "09", "15", "11"])
def test_a_part_of_a_release_names_nothing_that_it_does_not_hold(region: str) -> None:
    for whole in (full_view(), golden_view()):
        part = narrowed(whole, Wanted(regions=frozenset({region})))
        initiatives = {one.id for one in part.initiatives}
        organizations, news = {one.id for one in part.organizations}, {one.id for one in part.news}
        for one in part.initiatives:
            assert {other.id for other in one.related} <= initiatives
            assert set(one.mentions) <= news
            assert {partner.id for partner in one.partners} <= organizations
        assert {record for item in part.news for record in item.mentions} <= initiatives
        assert {change.id for change in whole.changes if change.change in {"merged", "withdrawn"}} <= {
            change.id for change in part.changes
        }


def test_filters_from_the_command_line_reach_the_files(tmp_path: Path) -> None:
    result = run(tmp_path, "csv", "--out", tmp_path / "out", "--region", "09", "--region", "02", "--language", "en")
    assert result.exit_code == 0
    lines = (tmp_path / "out" / "initiatives.csv").read_text("utf-8-sig").splitlines()
    assert len([line for line in lines if line.startswith("ini-")]) == 2
    assert "name_en" in lines[0]
    assert "name_fr" not in lines[0]
    note = json.loads((tmp_path / "out" / NOTE).read_text("utf-8"))
    assert (note["regions"], note["languages"]) == (["02", "09"], ["en"])


class Fleeting:
    """Initiatives made anew each time; it counts how often they are gone through and how many live at one time."""

    def __init__(self, size: int) -> None:
        self.passes = self.most = 0
        self._size = size
        self._alive: set[int] = set()  # by place: a record has no hash

    def __iter__(self) -> Any:
        self.passes += 1
        for number in range(self._size):
            one = initiative(number)
            self._alive.add(id(one))
            finalize(one, self._alive.discard, id(one))
            self.most = max(self.most, len(self._alive))
            yield one


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_holds_more_initiatives_than_it_writes_at_a_time(name: str, tmp_path: Path) -> None:
    size = 2 * NEWEST
    initiatives = Fleeting(size)
    changes = [
        Change(release=1, at=DAY, change="added", id=f"ini-{number:08d}", type="initiative") for number in range(size)
    ]
    export(full_view(initiatives=initiatives, changes=changes, news=()), FORMATS[name], tmp_path / "out")
    assert initiatives.passes <= 4
    assert initiatives.most <= (NEWEST + 2 if name == "feeds" else 3)
