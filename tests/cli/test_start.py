"""Starting: what is not imported, help, version, languages, interrupts."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.main import get_command

from passerelle.cli import desk
from passerelle.cli.app import app
from tests.cli.conftest import EXAMPLE, PAGES, call
from tests.cli.interrupts import heed_interrupts

DETAIL = PAGES / "collaborations" / "escale-maree-haute" / "index.html"
HEAVY = ("argostranslate", "ctranslate2", "prefect", "trafilatura", "fastapi", "torch")
DATABASE = ("sqlalchemy", "alembic")
READING = ("extractors", "schemas", "lxml", "yaml")

IMPORTED = """
import sys
from passerelle.cli import main
for command in sys.argv[1].split("|"):
    sys.argv = command.split("\\n")
    try:
        main()
    except SystemExit as end:
        assert not end.code, end.code
print("IMPORTED", *{name.partition(".")[0] for name in sys.modules})
"""


def imported_by(home: Path, *commands: tuple[object, ...]) -> set[str]:
    """Give the top-level modules that a process has imported after some commands."""
    lines = "|".join("\n".join(["passerelle", "--home", str(home), *map(str, command)]) for command in commands)
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, lines],
        capture_output=True, text=True, check=True, env={**os.environ, "PASSERELLE_ENGINE": "none"},
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_help_imports_no_station(tmp_path: Path) -> None:
    assert not imported_by(tmp_path, ("--help",), ("run", "--help")) & {*HEAVY, *DATABASE, *READING}


def test_reading_a_page_imports_no_database_and_no_engine(tmp_path: Path) -> None:
    assert not imported_by(tmp_path, ("extract-file", DETAIL)) & {*HEAVY, *DATABASE}


def test_single_stations_and_a_plain_run_never_import_prefect(tmp_path: Path) -> None:
    stations = (("ingest", EXAMPLE), ("extract",), ("match",), ("translate",), ("publish",), ("run",))
    assert not imported_by(tmp_path, *stations) & {*HEAVY}


def commands() -> Iterator[tuple[str, ...]]:
    def below(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(inner, (*path, name))

    return below(get_command(app), ())


@pytest.mark.parametrize("path", tuple(commands()), ids=" ".join)
def test_every_command_has_help_in_both_languages_with_an_example(path: tuple[str, ...], tmp_path: Path) -> None:
    result = call(tmp_path, *path, "--help")
    assert result.exit_code == 0
    assert "Examples · Exemples" in result.stdout
    example = " ".join(("passerelle", *path))
    assert example in result.stdout.split("Examples · Exemples")[1]
    assert re.search(r"\b(les?|la|une?|des|du|ce qui|chaque)\b", result.stdout, re.IGNORECASE)


def test_commands_stand_in_the_order_of_the_way_of_the_data(tmp_path: Path) -> None:
    shown = call(tmp_path, "--help").stdout
    names = ("ingest", "extract ", "match", "translate", "publish", "show", "issues", "extract-file", "doctor")
    places = [shown.index(f"│ {name}") for name in names]
    assert places == sorted(places)


def test_the_version_is_the_package_s(tmp_path: Path) -> None:
    assert call(tmp_path, "--version").stdout == f"passerelle {version('passerelle')}\n"


@pytest.mark.parametrize(
    ("arguments", "locale", "said"),
    [
        (["--lang", "fr"], "C.UTF-8", "Aucun problème."),
        ([], "fr_CA.UTF-8", "Aucun problème."),
        (["--lang", "en"], "fr_CA.UTF-8", "No issues."),
        ([], "en_CA.UTF-8", "No issues."),
        ([], "de_DE.UTF-8", "No issues."),
    ],
)
def test_messages_follow_the_option_then_the_locale(
    tmp_path: Path, arguments: list[str], locale: str, said: str
) -> None:
    assert call(tmp_path, "issues", *arguments, LC_ALL=locale).stdout.strip() == said


@pytest.mark.parametrize("arguments", [["--lang", "es", "issues"], ["isues"], ["issues", "--no-such-option"]])
def test_wrong_usage_gives_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    assert call(tmp_path, *arguments).exit_code == 2


def test_python_m_passerelle_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "passerelle", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("passerelle ")


def test_a_closed_pipe_is_no_error_message(whole_way: Path) -> None:
    command = [sys.executable, "-m", "passerelle", "--home", str(whole_way), "issues", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate(timeout=600)
    assert said == b""


class Terminal(io.StringIO):
    """What a bar is drawn on."""

    def isatty(self) -> bool:
        return True


def test_a_bar_appears_on_a_terminal_for_work_over_a_second_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    for patience in (0.0, 60.0):
        monkeypatch.setattr(desk, "PATIENCE", patience)
        monkeypatch.setattr(sys, "stderr", terminal := Terminal())
        with desk.Desk(None, "fr").progress("progress.extract") as advance:
            advance(1, 2)
            until = time.monotonic() + 60
            while patience == 0.0 and not terminal.getvalue() and time.monotonic() < until:
                time.sleep(0.01)
        drawn.append(terminal.getvalue())
    assert "Lecture des pages" in drawn[0]
    assert drawn[1] == ""


def test_ctrl_c_in_a_real_run_leaves_a_home_that_goes_on(whole_way: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "passerelle", "--home", str(tmp_path), "extract-file", "--jsonl"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no thread is in it
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"{}\n")
    process.stdin.flush()
    process.stdout.readline()  # it is at work now
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 130
    assert len(said.decode().splitlines()) == 1
