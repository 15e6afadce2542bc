"""A fault server, a fake clock, and fetchers that meet them."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from tests.crawling.fetching.faults import FakeClock, FaultServer, NoJitter

MakeFetcher = Callable[..., Fetcher]
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts no authority: loading the real ones for each fetcher would take longer than the tests."""
IMPATIENT = {"read_timeout": 0.25, "total_timeout": 0.8}
"""For meeting slow servers, in real seconds."""
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
            unpaced = {"pace": 0.0, "connect_timeout": 5.0, "read_timeout": 5.0, "total_timeout": 20.0}
            chosen = FetchSettings(
                **{"contact": CONTACT, "allow_hosts": frozenset({server.host}), **unpaced, **settings}
            )
            more = {"resolver": resolver} if resolver else {}
            return stack.enter_context(Fetcher(chosen, clock=clock, tls=tls or NOBODY, chance=NoJitter(), **more))

        yield make


@pytest.fixture
def fetcher(make_fetcher: MakeFetcher) -> Fetcher:
    return make_fetcher()
