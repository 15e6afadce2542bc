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

# No test translates with the packages that ship, which takes seconds, unless it says so.
os.environ["PASSERELLE_ENGINE"] = "none"

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


def make_database(server: str, name: str, template: str = "template1") -> str:
    """Make a PostgreSQL database, empty or a copy of another that nobody is connected to; give its URL."""
    import psycopg

    with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{server}/{name}"


def name_for(tmp_path: Path) -> str:
    """Give a test's database a name that no other has."""
    return f"test_{abs(hash(tmp_path)):x}"


KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'passerelle.db'}"
    return make_database(request.getfixturevalue("postgres"), name_for(tmp_path))


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty SQLite database of today's schema, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "passerelle.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def empty_postgresql(postgres: str) -> str:
    """Give the URL of such a database on PostgreSQL."""
    url = make_database(postgres, "empty")
    open_store(url).close()
    return url


def copy_of(what: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Copy what the session's fixtures ``what_sqlite`` and ``what_postgresql`` made; give the copy's URL.

    Args:
        what: how the names of the two fixtures begin.
        request: of a fixture whose parameters are ``KINDS``.
        tmp_path: the test's folder.
    """
    made = request.getfixturevalue(f"{what}_{request.param}")
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(made, tmp_path)}"
    server, _, template = made.rpartition("/")
    return make_database(server, name_for(tmp_path), template)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an open, empty store on each kind of database."""
    opened = open_store(copy_of("empty", request, tmp_path))
    yield opened
    opened.close()
