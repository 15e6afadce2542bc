"""A way to call the command in this process, and a home where the example site has gone the whole way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from passerelle.cli.app import app
from passerelle.settings import PROJECT

EXAMPLE = PROJECT / "examples" / "site" / "manifest.json"
PAGES = EXAMPLE.parent
Call = Callable[..., Result]


def call(home: Path, *args: object, input: str | bytes | None = None, **more: str) -> Result:  # noqa: A002 (as Typer calls it)
    """Run the command in English on a home of its own, which is made where there is none."""
    if not home.exists():
        home.mkdir()
    environment: dict[str, str | None] = {
        "PASSERELLE_HOME": None, "PASSERELLE_DATABASE_URL": None, "PASSERELLE_ENGINE": "none", "COLUMNS": "120",
        "LC_ALL": "C.UTF-8", **more,
    }  # fmt: skip
    return CliRunner().invoke(app, ["--home", str(home), *map(str, args)], input=input, env=environment)


def demand_more_than_there_is(home: Path) -> None:
    """Ask of the example source more initiatives than it has; its own file stands before the project's."""
    described = (PAGES.parents[1] / "sources" / "exemple.yml").read_text("utf-8")
    lines = [line for line in described.splitlines() if not line.startswith("min_initiatives")]
    (home / "sources").mkdir()
    (home / "sources" / "exemple.yml").write_text("\n".join([*lines, "min_initiatives: 900", ""]), "utf-8")


@pytest.fixture(scope="session")
def whole_way(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the example site once for all tests."""
    home = tmp_path_factory.mktemp("whole-way")
    result = call(home, "run", EXAMPLE)
    assert result.exit_code == 0, result.output
    return home


@pytest.fixture
def home(whole_way: Path, tmp_path: Path) -> Path:
    """Give a copy of that home, to change at will."""
    place = tmp_path / "home"
    shutil.copytree(whole_way, place, symlinks=True)
    return place
