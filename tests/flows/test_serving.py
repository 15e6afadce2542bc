"""Schedules served on one machine: server and runner come up, a crawl runs, and a signal ends all of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.serving import PATIENCE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(url: str, data: object = None) -> Any:
    answer = httpx.get(url, timeout=30) if data is None else httpx.post(url, json=data, timeout=30)
    return answer.raise_for_status().json()


def try_to_ask(url: str, data: object = None) -> Any:
    try:
        return ask(url, data)
    except httpx.HTTPError:
        return None


def clean_environment(home: Path, user: Path) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "PASSERELLE"))}
    return environment | {"HOME": str(user), "PASSERELLE_HOME": str(home), "PASSERELLE_ENGINE": "none"}


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.mark.slow
def test_a_server_and_its_schedules_start_crawl_and_stop_together(tmp_path: Path) -> None:
    home, user, port = tmp_path / "home", tmp_path / "user", free_port()
    user.mkdir()
    api = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "passerelle", "serve-schedules", "--port", str(port)]
    log = (tmp_path / "log").open("wb")
    serving = subprocess.Popen(command, env=clean_environment(home, user), stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + PATIENCE
        while len(try_to_ask(f"{api}/deployments/filter", {}) or ()) < 2:
            if serving.poll() is not None or time.monotonic() > until:
                assert serving.poll() is None, (tmp_path / "log").read_text()[-2000:]
                pytest.skip(f"Prefect's server did not come up in {PATIENCE:.0f} s here")
            time.sleep(0.5)
        (schedule,) = ask(f"{api}/deployments/name/whole-way/process-and-publish")["schedules"]
        assert (schedule["slug"], schedule["active"]) == ("process-and-publish", True)
        assert schedule["schedule"]["timezone"] == "America/Toronto"
        crawl = ask(f"{api}/deployments/name/crawl-source/crawl-exemple")
        run = ask(f"{api}/deployments/{crawl['id']}/create_flow_run", {})
        state = None
        until = time.monotonic() + 120
        while state not in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} and time.monotonic() < until:
            time.sleep(0.5)
            state = (try_to_ask(f"{api}/flow_runs/{run['id']}") or {}).get("state_type")
        assert state == "COMPLETED", (tmp_path / "log").read_text()[-2000:]
        assert list((home / "raw/exemple").rglob("*.warc.gz"))
        children = children_of(serving.pid)
        assert len(children) == 2
    finally:
        serving.send_signal(signal.SIGTERM)
        code = serving.wait(90)
        log.close()
    assert code == 0
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert list(user.iterdir()) == [], "nothing is written into the user's own home"


def test_without_a_server_that_stays_the_runner_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.serving"]
    environment = clean_environment(tmp_path, tmp_path)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "passerelle serve-schedules" in done.stderr
