"""Flows give the plain way's release; served on one machine, server and runner come up, crawl, and end together.

One file, so that one worker runs all that needs Prefect's history.
"""

from __future__ import annotations

import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from flows.serving import PATIENCE, ServingError, serve_schedules
from passerelle.crawling.archive.files import lock
from passerelle.settings import PROJECT, load_settings
from passerelle.store.captures import all_captures
from passerelle.store.database import open_store
from tests.cli.conftest import call
from tests.conftest import make_database
from tests.flows.conftest import Flown, ask, clean_environment, try_to_ask
from tests.way.conftest import files_of


@pytest.mark.slow
def test_the_flows_make_the_same_release_as_the_plain_way_and_keep_their_history_at_home(
    flown: Flown, tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(flown.taken_in, plain)
    assert call(plain, "run").exit_code == 0
    assert flown.printed == "1"
    assert files_of(flown.home / "curated/current") == files_of(plain / "curated/current")
    assert list(flown.user.iterdir()) == [], "nothing is written into the user's own home"
    with sqlite3.connect(flown.home / ".passerelle/prefect/prefect.db") as history:
        runs = (
            "select f.name, r.state_name from flow_run r join flow f on f.id = r.flow_id where r.deployment_id is null"
        )
        states = dict(history.execute(runs))
        artifacts = {key for (key,) in history.execute("select key from artifact")}
    assert states == dict.fromkeys(("whole-way", "extract", "match", "translate", "publish"), "Completed")
    assert artifacts == {"extract", "match", "translate", "publish"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def wait_until(is_so: Callable[[], bool], serving: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for something while the command is alive, as long as the slowest machine may take."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert serving.poll() is None, log.read_text()[-2000:]
        assert time.monotonic() < until, log.read_text()[-2000:]
        time.sleep(0.5)


def deploy_for_workers(api: str, home: Path, environment: dict[str, str]) -> None:
    """Go the way of several machines: a work pool, prefect.yaml, and its deployments on the server."""
    ask(f"{api}/work_pools/", {"name": "passerelle", "type": "process"})
    assert call(home, "deploy").exit_code == 0
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file"]
    environment = environment | {"PREFECT_API_URL": api, "PREFECT_HOME": str(home / ".passerelle/prefect")}
    done = subprocess.run(
        [*command, home / "prefect.yaml"], env=environment, capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def prepared(place: Path, kind: str, request: pytest.FixtureRequest) -> tuple[Path, Path, str, str | None]:
    """Make a home, a user's home and a database.

    In PostgreSQL all starts from nothing; SQLite goes on with the history of a server that a power cut stopped.
    """
    home, user = place / "home", place / "user"
    user.mkdir()
    home.mkdir()
    if kind == "postgresql":
        return home, user, make_database(request.getfixturevalue("postgres"), "served"), None
    flown: Flown = request.getfixturevalue("flown")
    shutil.copytree(flown.home / ".passerelle/prefect", home / ".passerelle/prefect")
    return home, user, f"sqlite:///{home / '.passerelle/passerelle.db'}", flown.left_open


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_server_and_its_schedules_start_crawl_and_stop_together(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    port, log = free_port(), tmp_path / "log"
    home, user, database_url, left_open = prepared(tmp_path, kind, request)
    api = f"http://127.0.0.1:{port}/api"
    environment = clean_environment(home, user) | {"PASSERELLE_DATABASE_URL": database_url}
    serve = [sys.executable, "-m", "passerelle", "serve-schedules", "--port", str(port)]
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
        if kind == "postgresql":
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
    if kind == "postgresql":
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
