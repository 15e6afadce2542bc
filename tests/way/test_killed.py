"""A run that is killed at any moment and started again ends where an undisturbed one does."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.way.conftest import files_of

MOMENTS = 20

DRIVER = """
import sys
from pathlib import Path
from passerelle import pipeline
from passerelle.workplace import open_workplace
print("ready", flush=True)
sys.stdin.readline()
with open_workplace(Path(sys.argv[1])) as workplace:
    pipeline.run(workplace)
print("done", flush=True)
"""


def start(home: Path) -> subprocess.Popen[str]:
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert driver.stdout
    assert driver.stdout.readline() == "ready\n"
    return driver


def finish(home: Path) -> float:
    """Run undisturbed; give the seconds it took."""
    driver, began = start(home), time.monotonic()
    output, _ = driver.communicate("go\n", timeout=120)
    assert (driver.returncode, output) == (0, "done\n")
    return time.monotonic() - began


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
        assert driver.stdin
        driver.stdin.write("go\n")
        driver.stdin.flush()
        time.sleep(seconds * (moment + dice.random()) / MOMENTS)
        driver.send_signal(signal.SIGKILL)
        killed += driver.wait() == -signal.SIGKILL
        driver.communicate()
        finish(disturbed)
        assert files_of(disturbed / "curated/current") == expected, f"killed after part {moment} of {MOMENTS}"
        shutil.rmtree(disturbed)
    assert killed >= MOMENTS // 2, "most kills must hit a run that is still under way"
