"""Connections that go where the address gate says, and keep to the time of the exchange they serve."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

from passerelle.crawling.fetching.addresses import AddressGate
from passerelle.crawling.fetching.answers import FetchError, Stopped

ADDRESSES_TRIED = 3
ADDRESS = "address"
"""Extra information of a connection: the address that it goes to."""
_SLICE = 0.5
"""Seconds between two looks at the stop signal while a server is silent."""


class TotalTimeout(httpcore.TimeoutException):
    """An exchange took longer in all than it may."""


class Watch:
    """What is left of one exchange's time, and what its connection turned out to be."""

    def __init__(self, seconds: float, stop: threading.Event) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._stop = stop
        self.connected = False
        """Whether a connection was made for this exchange; an old one was used otherwise."""

    def left(self) -> float:
        """Give the seconds left.

        Raises:
            Stopped: the fetcher was told to stop.
            TotalTimeout: none are left.
        """
        if self._stop.is_set():
            raise Stopped
        left = self._deadline - time.monotonic()
        if left <= 0:
            msg = f"the exchange took more than {self._seconds:g} s in all"
            raise TotalTimeout(msg)
        return left


_watch: ContextVar[Watch] = ContextVar("watch")


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Hold all that this thread does on connections to a watch."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


class _WatchedStream(httpcore.NetworkStream):
    """A connection whose every read and write keeps to the exchange's time."""

    def __init__(self, inner: httpcore.NetworkStream, address: str) -> None:
        self._inner = inner
        self._address = address

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        watch = _watch.get()
        silent = time.monotonic() + (timeout or _SLICE)
        while True:
            wait = min(_SLICE, watch.left(), max(silent - time.monotonic(), 0.001))
            try:
                return self._inner.read(max_bytes, wait)
            except httpcore.ReadTimeout:
                if time.monotonic() >= silent:
                    msg = f"the server said nothing for {timeout:g} s"
                    raise httpcore.ReadTimeout(msg) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(_watch.get().left(), timeout or _SLICE))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _watch.get().left()
        try:
            secured = self._inner.start_tls(ssl_context, server_hostname, min(left, timeout or left))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                reason = getattr(error.__cause__, "verify_message", "") or error.__cause__.reason or str(error)
                raise FetchError("tls", f"no secure connection to {server_hostname}: {reason}") from error
            raise
        return _WatchedStream(secured, self._address)

    def get_extra_info(self, info: str) -> Any:
        if info == ADDRESS:  # the socket forgets it when it is closed
            return self._address
        return self._inner.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to addresses that the gate has checked; names for TLS and ``Host`` stay those of the URL."""

    def __init__(self, gate: AddressGate) -> None:
        self._gate = gate
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers."""
        watch = _watch.get()
        watch.connected = True
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._gate.resolve(host, port)[:ADDRESSES_TRIED]:
            left = watch.left()
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, min(left, timeout or left), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _WatchedStream(stream, str(address))
        raise failure or httpcore.ConnectError(f"{host} has no address")
