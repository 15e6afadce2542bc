"""One Prefect history for all tests of flows: making its database is the slowest part of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.serving import PATIENCE
from tests.way.conftest import EXAMPLE, take_in

DRIVER = """
import sys
from flows.serving import runner_deployments  # first: it says to Prefect how long a server may take
from prefect.client.orchestration import get_client
from flows.stations import whole_way
from passerelle.settings import load_settings
from schemas.source import load_sources

print(whole_way(sys.argv[1]), flush=True)
for deployment in runner_deployments(load_sources(*load_settings().source_folders)):
    deployment.apply()
with get_client(sync_client=True) as client:
    print(client.api_url, flush=True)
    sys.stdin.read()
"""
"""The whole way by Prefect's own temporary server, which then knows the deployments and stays for some questions."""


@dataclass(frozen=True)
class Flown:
    """A home where the flows went the whole way, and where a crawl was left open as by a power cut."""

    taken_in: Path
    """The same home before."""
    home: Path
    user: Path
    """What the user's own home has become."""
    printed: str
    """What the whole way returned."""
    left_open: str
    """The id of the open run."""


def clean_environment(home: Path, user: Path) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "PASSERELLE"))}
    environment |= {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}  # a test need not wait ten seconds for its run
    return environment | {"HOME": str(user), "PASSERELLE_HOME": str(home), "PASSERELLE_ENGINE": "none"}


def ask(url: str, data: object = None) -> Any:
    """Ask Prefect's server until it answers: it says 503 while its database is busy, and a busy machine is slow."""
    until = time.monotonic() + PATIENCE
    while (answer := try_to_ask(url, data)) is None:
        assert time.monotonic() < until, url
        time.sleep(0.5)
    return answer


def try_to_ask(url: str, data: object = None) -> Any:
    """Ask once; give None where no server answers, or it is too busy."""
    try:
        answer = httpx.get(url, timeout=60) if data is None else httpx.post(url, json=data, timeout=60)
    except httpx.TransportError:
        return None
    return None if answer.is_server_error else answer.raise_for_status().json()


def leave_open(api: str, deployment: str) -> str:
    """Give a run that holds the deployment's slot, and that no process runs, as after a power cut."""
    far = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}
    made = {"state": far, "idempotency_key": "left open"}
    run = str(ask(f"{api}/deployments/{deployment}/create_flow_run", made)["id"])
    for state in ("PENDING", "RUNNING"):
        # Forced: a run planned for later, so that a runner leaves it alone, is not to start now.
        ask(f"{api}/flow_runs/{run}/set_state", {"state": {"type": state}, "force": state == "RUNNING"})
    assert ask(f"{api}/flow_runs/{run}")["state_type"] == "RUNNING"
    assert ask(f"{api}/deployments/{deployment}")["global_concurrency_limit"]["active_slots"] == 1
    return run


@pytest.fixture(scope="module")
def flown(tmp_path_factory: pytest.TempPathFactory) -> Flown:
    """Go the whole way by the flows, once."""
    place = tmp_path_factory.mktemp("flown")
    taken_in, home, user = place / "taken-in", place / "home", place / "user"
    take_in(EXAMPLE, taken_in)
    shutil.copytree(taken_in, home)
    user.mkdir()
    with (place / "log").open("w+") as log, subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(home)], env=clean_environment(home, user), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = [line.strip() for line in (process.stdout.readline(), process.stdout.readline())]
        if all(lines):
            api = lines[1].rstrip("/")
            run = leave_open(api, ask(f"{api}/deployments/name/crawl-source/crawl-exemple")["id"])
        process.communicate(timeout=PATIENCE)
        log.seek(0)
        assert process.returncode == 0, log.read()[-2000:]
    return Flown(taken_in, home, user, lines[0], run)
