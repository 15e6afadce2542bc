"""A fault server, a fake clock, and fetchers that meet them."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from passerelle.workplace import Workplace, open_workplace
from tests.crawling.fetching.faults import FakeClock, FaultServer, NoJitter

MakeFetcher = Callable[..., Fetcher]
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts no authority: loading the real ones for each fetcher would take longer than the tests."""
IMPATIENT = {"read_timeout": 0.25, "total_timeout": 0.8}
"""For meeting slow servers, in real seconds."""
NAME = "maison.test"
"""What the certificate is for."""
CONTACT = "https://passerelle.example/robot"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[FaultServer]:
    server = FaultServer(clock)
    yield server
    server.close()


@pytest.fixture
def make_fetcher(clock: FakeClock, server: FaultServer) -> Iterator[MakeFetcher]:
    """Make fetchers that leave no pauses; settings by name, and ``resolver`` or ``tls``."""
    with ExitStack() as stack:

        def make(resolver: Any = None, tls: Any = None, **settings: Any) -> Fetcher:
            unpaced = {"pace": 0.0, "connect_timeout": 60.0, "read_timeout": 60.0, "total_timeout": 120.0}
            chosen = FetchSettings(
                **{"contact": CONTACT, "allow_hosts": frozenset({server.host}), **unpaced, **settings}
            )
            more = {"resolver": resolver} if resolver else {}
            return stack.enter_context(Fetcher(chosen, clock=clock, tls=tls or NOBODY, chance=NoJitter(), **more))

        yield make


@pytest.fixture
def fetcher(make_fetcher: MakeFetcher) -> Fetcher:
    return make_fetcher()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a self-signed certificate for one name, its key in the same file."""
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    both.write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text())
    return both


@pytest.fixture
def names() -> list[str | None]:
    return []


@pytest.fixture
def secured(certificate: Path, names: list[str | None]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, context: names.append(name)
    return context


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL", "PASSERELLE_RAW"):
        monkeypatch.delenv(variable, raising=False)
    with open_workplace(tmp_path / "home") as opened:
        yield opened
