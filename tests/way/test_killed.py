"""A run that is killed at any moment and started again ends where an undisturbed one does."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.way.conftest import files_of

MOMENTS = 20

DRIVER = """
import signal, sys, time
from pathlib import Path
from passerelle import pipeline
from passerelle.workplace import open_workplace
print("ready", flush=True)
signal.setitimer(signal.ITIMER_PROF, float(sys.stdin.readline()))
began = time.process_time()
with open_workplace(Path(sys.argv[1])) as workplace:
    pipeline.run(workplace)
print(time.process_time() - began, flush=True)
"""
"""Runs the pipeline; after so many seconds of its own work, if any, SIGPROF ends it as SIGKILL would.

Seconds of work and not of the clock: they are the same however busy the machine is.
"""


def start(home: Path) -> subprocess.Popen[str]:
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert driver.stdout
    assert driver.stdout.readline() == "ready\n"
    return driver


def finish(home: Path) -> float:
    """Run undisturbed; give the seconds of work it took."""
    driver = start(home)
    output, _ = driver.communicate("0\n", timeout=600)
    assert driver.returncode == 0
    return float(output)


@pytest.mark.slow
def test_killing_a_run_at_any_moment_costs_nothing(home: Path, tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(home, undisturbed)
    seconds = finish(undisturbed)
    expected = files_of(undisturbed / "curated/current")
    dice, killed = random.Random(20260501), 0
    for moment in range(MOMENTS):
        disturbed = tmp_path / f"killed-{moment}"
        shutil.copytree(home, disturbed)
        driver = start(disturbed)
        driver.communicate(f"{max(0.001, seconds * (moment + dice.random()) / MOMENTS)}\n", timeout=600)
        killed += driver.returncode == -signal.SIGPROF
        finish(disturbed)
        assert files_of(disturbed / "curated/current") == expected, f"killed after part {moment} of {MOMENTS}"
        shutil.rmtree(disturbed)
    assert killed >= MOMENTS // 2, "most kills must hit a run that is still under way"
