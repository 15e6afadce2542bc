from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.way.conftest import EXAMPLE, files_of, take_in

DRIVER = "import sys; from flows.stations import whole_way; print(whole_way(sys.argv[1]))"


@pytest.mark.slow
def test_the_flows_make_the_same_release_as_the_plain_way_and_keep_their_history_at_home(tmp_path: Path) -> None:
    plain, flown, user = tmp_path / "plain", tmp_path / "flown", tmp_path / "user"
    take_in(EXAMPLE, plain)
    shutil.copytree(plain, flown)
    user.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "PASSERELLE"))}
    environment |= {"HOME": str(user), "PASSERELLE_HOME": str(flown)}
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, flown], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1"
    subprocess.run([sys.executable, "-m", "passerelle", "--home", plain, "run"], check=True, capture_output=True)
    assert files_of(flown / "curated/current") == files_of(plain / "curated/current")
    assert list(user.iterdir()) == [], "nothing is written into the user's own home"
    with sqlite3.connect(flown / ".passerelle/prefect/prefect.db") as history:
        states = dict(history.execute("select f.name, r.state_name from flow_run r join flow f on f.id = r.flow_id"))
        artifacts = {key for (key,) in history.execute("select key from artifact")}
    assert states == dict.fromkeys(("whole-way", "extract", "match", "translate", "publish"), "Completed")
    assert artifacts == {"extract", "match", "translate", "publish"}
