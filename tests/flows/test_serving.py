"""Schedules served on one machine: server and runner come up, a crawl runs, and a signal ends all of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from flows.serving import PATIENCE, ServingError, serve_schedules
from passerelle.crawling.archive.files import lock
from passerelle.settings import PROJECT, load_settings
from passerelle.store.captures import all_captures
from passerelle.store.database import open_store


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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


def clean_environment(home: Path, user: Path) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "PASSERELLE"))}
    return environment | {"HOME": str(user), "PASSERELLE_HOME": str(home), "PASSERELLE_ENGINE": "none"}


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def wait_until(is_so: Callable[[], bool], serving: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for something while the command is alive, as long as the slowest machine may take."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert serving.poll() is None, log.read_text()[-2000:]
        assert time.monotonic() < until, log.read_text()[-2000:]
        time.sleep(0.5)


def command(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def deploy_for_workers(api: str, home: Path, environment: dict[str, str]) -> None:
    """Go the way of several machines: a work pool, prefect.yaml, and its deployments on the server."""
    environment = environment | {"PREFECT_API_URL": api, "PREFECT_HOME": str(home / ".passerelle/prefect")}
    command("passerelle", "deploy", environment=environment)
    command("prefect", "work-pool", "create", "passerelle", "--type", "process", environment=environment)
    file = str(home / "prefect.yaml")
    command("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", file, environment=environment)


def leave_open(api: str, deployment: str) -> str:
    """Give a run that holds the deployment's slot, and that no process runs, as after a power cut."""
    far = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}
    made = {"state": far, "idempotency_key": "left open"}
    run = str(ask(f"{api}/deployments/{deployment}/create_flow_run", made)["id"])
    for state in ("PENDING", "RUNNING"):
        # Forced: a run planned for later, so that the runner leaves it alone, is not to start now.
        ask(f"{api}/flow_runs/{run}/set_state", {"state": {"type": state}, "force": state == "RUNNING"})
    assert ask(f"{api}/flow_runs/{run}")["state_type"] == "RUNNING"
    assert ask(f"{api}/deployments/{deployment}")["global_concurrency_limit"]["active_slots"] == 1
    return run


def run_until_it_is_left_open(serve: list[str], environment: dict[str, str], api: str, log: Path) -> str:
    """Serve, and stop while a crawl is open; give its run."""
    with log.open("wb") as written:
        serving = subprocess.Popen(serve, env=environment, stdout=written, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: len(try_to_ask(f"{api}/deployments/filter", {}) or ()) == 2, serving, log)
        return leave_open(api, ask(f"{api}/deployments/name/crawl-source/crawl-exemple")["id"])
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(600)


@pytest.mark.slow
def test_a_server_and_its_schedules_start_crawl_and_stop_together(tmp_path: Path, database_url: str) -> None:
    home, user, port = tmp_path / "home", tmp_path / "user", free_port()
    user.mkdir()
    home.mkdir()
    api, log = f"http://127.0.0.1:{port}/api", tmp_path / "log"
    environment = clean_environment(home, user) | {"PASSERELLE_DATABASE_URL": database_url}
    serve = [sys.executable, "-m", "passerelle", "serve-schedules", "--port", str(port)]
    twice = database_url.startswith("sqlite")  # a start is the slowest part: on one kind of database only
    left_open = run_until_it_is_left_open(serve, environment, api, log) if twice else None
    with log.open("wb") as written:
        serving = subprocess.Popen(serve, env=environment, stdout=written, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: len(try_to_ask(f"{api}/deployments/filter", {}) or ()) == 2, serving, log)
        if left_open:  # else every later run of this source would be cancelled
            wait_until(lambda: ask(f"{api}/flow_runs/{left_open}")["state_type"] == "CRASHED", serving, log)
        assert_scheduled(api)
        crawl = ask(f"{api}/deployments/name/crawl-source/crawl-exemple")
        # With a key, asking twice because the first answer was lost is asking for one run.
        run = ask(f"{api}/deployments/{crawl['id']}/create_flow_run", {"idempotency_key": "one"})

        def state() -> str:
            return str(ask(f"{api}/flow_runs/{run['id']}")["state_type"])

        wait_until(lambda: state() in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, serving, log)
        assert state() == "COMPLETED", log.read_text()[-2000:]
        assert list((home / "raw/exemple").rglob("*.warc.gz"))
        children = children_of(serving.pid)
        assert len(children) == 2
        if database_url.startswith("postgresql"):
            deploy_for_workers(api, home, environment)
            crawl = ask(f"{api}/deployments/name/crawl-source/crawl-exemple")
            assert crawl["work_pool_name"] == "passerelle"
    finally:
        serving.send_signal(signal.SIGTERM)
        code = serving.wait(600)
    assert code == 0, log.read_text()[-2000:]
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert list(user.iterdir()) == [], "nothing is written into the user's own home"
    assert_in(database_url)
    if database_url.startswith("postgresql"):
        assert not list(home.rglob("*.db")), "Prefect and we are both in PostgreSQL"


def assert_scheduled(api: str) -> None:
    (schedule,) = ask(f"{api}/deployments/name/whole-way/process-and-publish")["schedules"]
    assert (schedule["slug"], schedule["active"]) == ("process-and-publish", True)
    assert schedule["schedule"]["timezone"] == "America/Toronto"


def assert_in(database_url: str) -> None:
    """Find the captures in our tables and, where both share a database, Prefect's run in its own schema."""
    store = open_store(database_url)
    with store.session() as session:
        assert len(list(all_captures(session))) == 7
        if database_url.startswith("postgresql"):
            runs = session.execute(text("SELECT count(*) FROM prefect.flow_run WHERE state_type = 'COMPLETED'"))
            assert runs.scalar_one() >= 1
    store.close()


def test_without_a_server_that_stays_the_runner_says_what_to_do(tmp_path: Path) -> None:
    runner = [sys.executable, "-m", "flows.serving"]
    environment = clean_environment(tmp_path, tmp_path)
    done = subprocess.run(runner, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode != 0
    assert "passerelle serve-schedules" in done.stderr


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServingError, match="--port"):
        serve_schedules(load_settings(), port=taken.getsockname()[1])


def test_a_second_server_with_the_same_home_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    with (tmp_path / "serving.lock").open("w") as held:
        assert lock(held.fileno(), wait=False)
        with pytest.raises(ServingError, match="another passerelle serve-schedules"):
            serve_schedules(load_settings(), port=free_port())
