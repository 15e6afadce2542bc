"""A run that is killed at any moment and started again ends where an undisturbed one does."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.way.conftest import files_of

MOMENTS = 20

DRIVER = """
import os, signal, sys, time
from pathlib import Path
from passerelle import pipeline
from passerelle.workplace import open_workplace

def run(home, seconds):
    signal.setitimer(signal.ITIMER_PROF, seconds)
    began = time.process_time()
    with open_workplace(Path(home)) as workplace:
        pipeline.run(workplace)
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(time.process_time() - began, flush=True)

for line in sys.stdin:  # a child for each run: importing everything anew would take longer than the run
    seconds, home = line.rstrip("\\n").split(" ", 1)
    if seconds == "here":  # so that the children find all word lists read
        run(home, 0)
        continue
    child = os.fork()
    if child == 0:
        run(home, float(seconds))
        os._exit(0)
    print("status", os.waitpid(child, 0)[1], flush=True)
"""
"""Runs the pipeline; after so many seconds of its own work, if any, SIGPROF ends it as SIGKILL would.

Seconds of work and not of the clock: they are the same however busy the machine is.
"""


class Driver:
    """Runs the pipeline in processes of their own, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def warm_up(self, home: Path) -> None:
        """Run in the process from which the others are made."""
        self._say("here", home)
        float(self._line())

    def run(self, home: Path, seconds: float = 0) -> tuple[int, float]:
        """Give the status of a run, and the seconds of work it took if it came to its end."""
        self._say(str(seconds), home)
        took = 0.0
        while not (line := self._line()).startswith("status"):
            took = float(line)
        return int(line.split()[1]), took

    def close(self) -> None:
        self._process.communicate(timeout=600)

    def _say(self, *words: object) -> None:
        assert self._process.stdin
        print(*words, file=self._process.stdin, flush=True)

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@pytest.fixture
def driver() -> Iterator[Driver]:
    made = Driver()
    yield made
    made.close()


@pytest.mark.slow
def test_killing_a_run_at_any_moment_costs_nothing(home: Path, tmp_path: Path, driver: Driver) -> None:
    for name in ("warm-up", "undisturbed"):
        shutil.copytree(home, tmp_path / name)
    driver.warm_up(tmp_path / "warm-up")
    status, seconds = driver.run(tmp_path / "undisturbed")
    assert status == 0
    expected = files_of(tmp_path / "undisturbed/curated/current")
    assert expected == files_of(tmp_path / "warm-up/curated/current")
    dice, killed = random.Random(20260501), 0
    for moment in range(MOMENTS):
        disturbed = tmp_path / f"killed-{moment}"
        shutil.copytree(home, disturbed)
        status, _ = driver.run(disturbed, max(0.001, seconds * (moment + dice.random()) / MOMENTS))
        killed += status == signal.SIGPROF
        assert driver.run(disturbed)[0] == 0
        assert files_of(disturbed / "curated/current") == expected, f"killed after part {moment} of {MOMENTS}"
        shutil.rmtree(disturbed)
    assert killed >= MOMENTS // 2, "most kills must hit a run that is still under way"
