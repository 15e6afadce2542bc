"""A server that misbehaves on purpose, on loopback, and a clock that nobody waits for."""

from __future__ import annotations

import random
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Play = Callable[[socket.socket], None]
Reply = bytes | Play
LONGEST_CONNECTION = 60.0
START = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.sleeps: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.elapsed)

    def monotonic(self) -> float:
        return self.elapsed

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.elapsed += seconds


class NoJitter(random.Random):
    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


@dataclass(frozen=True)
class Seen:
    """One request as it arrived; ``at`` is in seconds of the fake clock."""

    path: str
    headers: dict[str, str]
    at: float
    connection: int


def reply(body: bytes | str = b"", status: str = "200 OK", version: str = "HTTP/1.1", **headers: str) -> bytes:
    """Write an ordinary answer; ``content_length=""`` leaves that header out."""
    content = body.encode() if isinstance(body, str) else body
    named = {"content_type": "text/html; charset=utf-8", "content_length": str(len(content))} | headers
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in named.items() if value]
    return "\r\n".join([f"{version} {status}", *lines, "", ""]).encode("latin-1") + content


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(status=status, location=location)


def dribble(first: bytes, piece: bytes, every: float = 0.1, times: int = 40) -> Play:
    """Send something, then a piece at a time: never silent for long, never done."""

    def play(connection: socket.socket) -> None:
        connection.sendall(first)
        for _ in range(times):
            time.sleep(every)
            connection.sendall(piece)

    return play


def cut(data: bytes) -> Play:
    """Send something and hang up."""

    def play(connection: socket.socket) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return play


def silence(first: bytes = b"") -> Play:
    """Send something, then nothing until the client hangs up."""

    def play(connection: socket.socket) -> None:
        connection.sendall(first)
        connection.recv(1)

    return play


class FaultServer:
    """Answers each path with its replies in turn, the last one again and again; 404 for the rest."""

    def __init__(self, clock: FakeClock, tls: ssl.SSLContext | None = None) -> None:
        self._clock = clock
        self._tls = tls
        self._replies: defaultdict[str, list[Reply]] = defaultdict(list)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self.seen: list[Seen] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def on(self, path: str, *replies: Reply) -> str:
        self._replies[path] = list(replies)
        return self.url(path)

    @property
    def pages(self) -> list[Seen]:
        """Requests other than for robots.txt."""
        return [seen for seen in self.seen if seen.path != "/robots.txt"]

    @property
    def times(self) -> list[float]:
        return [seen.at for seen in self.pages]

    def close(self) -> None:
        self._closing.set()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(LONGEST_CONNECTION)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                continue
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection, self.connections))
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket, number: int) -> None:
        plain.settimeout(LONGEST_CONNECTION)
        connection = plain
        try:
            if self._tls:
                connection = self._tls.wrap_socket(plain, server_side=True)
            self._open.append(connection)
            while not self._closing.is_set() and (request := self._read(connection)):
                self._answer(connection, request, number)
        except OSError:
            pass  # the client hung up: what it is here for
        finally:
            connection.close()
            plain.close()

    @staticmethod
    def _read(connection: socket.socket) -> str:
        data = b""
        while b"\r\n\r\n" not in data:
            if not (more := connection.recv(65536)):
                return ""
            data += more
        return data.decode("latin-1")

    def _answer(self, connection: socket.socket, request: str, number: int) -> None:
        first, *lines = request.partition("\r\n\r\n")[0].split("\r\n")
        path = first.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.seen.append(Seen(path, headers, self._clock.elapsed, number))
        replies = self._replies[path]
        answer = (replies.pop(0) if len(replies) > 1 else replies[0]) if replies else reply(status="404 Not Found")
        if callable(answer):
            answer(connection)
        else:
            connection.sendall(answer)
        if callable(answer) or answer.startswith(b"HTTP/1.0"):
            connection.shutdown(socket.SHUT_RDWR)
