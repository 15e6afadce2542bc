"""A Prefect server and a runner for all schedules, in one command on one machine.

Both are child processes of this one, started in order, watched, and ended by their ids: the runner first, so that the
server hears of runs that were stopped.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, cast

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from flows.deployments import deployments
from passerelle.crawling.archive.files import lock
from passerelle.settings import Settings, load_settings
from schemas.source import Source, load_sources

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

PATIENCE = 600.0
"""Seconds for the server's first start, which makes its database: 20 s on an idle machine, minutes on a busy one."""
GRACE = 30.0
"""Seconds for a child to end by itself."""
SCHEMA = "prefect"
"""Of the shared PostgreSQL database, for Prefect's own tables: both it and we name a table ``alembic_version``."""
RUNS = 4
"""Flow runs at a time."""
SOLE = "--sole"
"""Tells the runner that the server is its own."""
_SERVER_DEFAULTS = {
    # Events and logs fill the database otherwise.
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P14D",
    "PREFECT_LOGGING_LEVEL": "INFO",
}


class ServingError(RuntimeError):
    """Schedules cannot be served; the message says what to do."""


def serve_schedules(settings: Settings, *, port: int) -> int:
    """Run a server and a runner until one ends or this process is told to stop; give an exit code.

    With PREFECT_API_URL set, that server is used and only the runner is started.

    Raises:
        ServingError: the server does not come up, or another one has the home or the port.
    """
    environment = _environment(settings)
    runner = [sys.executable, "-m", "flows.serving"]
    children: list[subprocess.Popen[bytes]] = []
    stopping, held = _Signals(), ExitStack()
    try:
        if "PREFECT_API_URL" not in environment:
            held.enter_context(_alone(Path(environment["PREFECT_HOME"]), port))
            url = f"http://127.0.0.1:{port}/api"
            server = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
            children.append(_start(server, environment))
            _wait_for(url, children[0], stopping)
            environment["PREFECT_API_URL"] = url
            runner.append(SOLE)
        if not stopping:
            children.append(_start(runner, environment))
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
    finally:
        for child in reversed(children):
            _end(child)
        held.close()
        stopping.restore()
    return 0 if stopping else 1


def run_schedules(*, sole: bool) -> None:
    """Register all deployments with the server and run what is due, until told to stop.

    Args:
        sole: nothing else runs what this server schedules, so that a run still open is a leftover of the last start.

    Raises:
        ServingError: there is no server that stays; a temporary one would schedule nothing.
    """
    if "PREFECT_API_URL" not in os.environ:
        msg = (
            "schedules need a Prefect server that stays: passerelle serve-schedules starts one; or set PREFECT_API_URL "
            "to the server that you run"
        )
        raise ServingError(msg)
    from prefect import serve  # noqa: PLC0415

    settings = load_settings()
    made = runner_deployments(load_sources(*settings.source_folders))
    if sole:
        from flows.leftovers import end_leftovers  # noqa: PLC0415

        end_leftovers(f"{deployment.flow_name}/{deployment.name}" for deployment in made)
    serve(*made, pause_on_shutdown=False, limit=RUNS)


def runner_deployments(sources: Mapping[str, Source]) -> list[RunnerDeployment]:
    """Give all deployments in the form in which a runner of this process serves them."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig  # noqa: PLC0415
    from prefect.flows import Flow, load_flow_from_entrypoint  # noqa: PLC0415
    from prefect.schedules import Cron  # noqa: PLC0415
    from prefect.types.entrypoint import EntrypointType  # noqa: PLC0415

    made = []
    for one in deployments(sources):
        schedules = [
            Cron(timed["cron"], timezone=timed["timezone"], active=timed["active"], slug=timed["slug"])
            for timed in one["schedules"]
        ]
        flow: Flow[..., object] = load_flow_from_entrypoint(one["entrypoint"].replace("/", ".").replace(".py:", "."))
        deployment = flow.to_deployment(
            one["name"],
            description=one["description"],
            parameters=one["parameters"],
            schedules=schedules,
            concurrency_limit=ConcurrencyLimitConfig(**one["concurrency_limit"]),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        made.append(cast("RunnerDeployment", deployment))  # a coroutine only where there is an event loop
    return made


def _environment(settings: Settings) -> dict[str, str]:
    """Say to the children where the data set and Prefect's own files are."""
    environment = dict(_SERVER_DEFAULTS) | dict(os.environ) | {"PASSERELLE_HOME": str(settings.home)}
    Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)  # its server does not
    is_set = any(name in environment for name in _DATABASE_SETTINGS)
    if not is_set and make_url(settings.database_url).get_backend_name() == "postgresql":
        environment |= _shared_database(settings.database_url)
    return environment


_DATABASE_SETTINGS = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL")


def _shared_database(url: str) -> dict[str, str]:
    """Give Prefect a schema of its own in the shared PostgreSQL database."""
    address = make_url(url)
    engine = create_engine(address.set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    engine.dispose()
    connection_url = address.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    return {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": connection_url,
        "PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_SEARCH_PATH": SCHEMA,
    }


@contextmanager
def _alone(home: Path, port: int) -> Iterator[None]:
    """Let one server have a home and its runs; a second one would end the runs of the first as leftovers.

    Raises:
        ServingError: the home or the port is taken; a server that answers there would pass for ours.
    """
    with (home / "serving.lock").open("w") as held:
        if not lock(held.fileno(), wait=False):
            msg = f"another passerelle serve-schedules runs with {home}; stop it first"
            raise ServingError(msg)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError as error:
            msg = f"port {port} cannot be had ({error.strerror}); stop what listens there, or choose one with --port"
            raise ServingError(msg) from error
        yield


def _start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # In a session of its own: Ctrl-C comes to this process alone, which ends its children in order.
    return subprocess.Popen(command, env=dict(environment), start_new_session=True)  # noqa: S603 - our own words


def _wait_for(url: str, server: subprocess.Popen[bytes], stopping: _Signals) -> None:
    until = time.monotonic() + PATIENCE
    while not stopping and time.monotonic() < until:
        if server.poll() is not None:
            msg = f"the Prefect server ended with code {server.returncode}; what it wrote above says why"
            raise ServingError(msg)
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=2).is_success:
                return
        time.sleep(0.5)
    if not stopping:
        msg = f"the Prefect server did not come up in {PATIENCE:.0f} s; is the disk very slow?"
        raise ServingError(msg)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class _Signals:
    """Notes Ctrl-C and SIGTERM; true once one came."""

    def __init__(self) -> None:
        self._came = False
        self._before = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}

    def __bool__(self) -> bool:
        return self._came

    def restore(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._came = True


if __name__ == "__main__":
    try:
        run_schedules(sole=SOLE in sys.argv)
    except ServingError as error:
        sys.exit(str(error))
