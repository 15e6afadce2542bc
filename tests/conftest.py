"""What all tests share: a home of their own, and both databases."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from passerelle.store.database import Store, open_store

# How long an example takes says more of the machine than of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Processes that tests start import in half the time what is compiled already, whatever the environment says.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

POSTGRES_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with slow tests first, so that no core is left alone with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a throwaway PostgreSQL cluster; give the URL of its server, without a database name."""
    if not POSTGRES_HOMES:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    # Not below pytest's own folder: the server's user must be able to enter it to the end.
    with TemporaryDirectory(prefix="passerelle-postgres-", ignore_cleanup_errors=True) as folder:
        yield from _serve(POSTGRES_HOMES[0], Path(folder))


def _serve(tools: Path, folder: Path) -> Iterator[str]:
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        prefix = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    subprocess.run(
        [
            *prefix,
            str(tools / "initdb"),
            "-D",
            str(data),
            "-U",
            "passerelle",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
        ],
        check=True,
        capture_output=True,
        cwd="/",
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    control = [*prefix, str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(data / "log")]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgresql+psycopg://passerelle@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd="/")


def make_database(server: str, name: str) -> str:
    """Make an empty PostgreSQL database; give its URL."""
    import psycopg

    with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'passerelle.db'}"
    return make_database(request.getfixturevalue("postgres"), f"test_{abs(hash(tmp_path)):x}")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give an open store on each kind of database."""
    opened = open_store(database_url)
    yield opened
    opened.close()
