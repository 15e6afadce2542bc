"""An open-loop load: requests are sent when they are due, whether or not earlier ones were answered.

Latency counts from the moment a request was due, so a server that falls behind cannot hide it.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

PATIENCE = 20.0
"""Seconds after which a request counts as failed."""


@dataclass(frozen=True)
class Asked:
    """A request: what kind it is of, its path, and the tag of the answer that the client has."""

    kind: str
    path: str
    tag: str | None = None


@dataclass
class Measured:
    """What came of a load."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds by kind of request."""
    failed: list[str] = field(default_factory=list)

    def percentile(self, kind: str, part: float) -> float:
        """Give the milliseconds within which a part of the requests of a kind was answered."""
        times = sorted(self.times[kind])
        return times[min(len(times) - 1, int(part * len(times)))]


class Connections:
    """Connections that are kept open and used again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Ask, and give status, headers and body."""
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection("127.0.0.1", self._port)
        known = f"If-None-Match: {asked.tag}\r\n" if asked.tag else ""
        writer.write(f"GET {asked.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        if "chunked" in headers.get("transfer-encoding", ""):
            body = b"".join([chunk async for chunk in _chunks(reader)])
        else:
            body = await reader.readexactly(int(headers.get("content-length", 0)))
        self._idle.append((reader, writer))
        return status, headers, body

    def close(self) -> None:
        """Close all connections."""
        for _, writer in self._idle:
            writer.close()


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readline(), 16):
        yield await reader.readexactly(size)
        await reader.readline()
    await reader.readline()


async def load(port: int, requests: Sequence[Asked], rate: float, into: Measured) -> None:
    """Send requests at a steady rate, and wait for all answers."""
    connections = Connections(port)
    began = time.perf_counter()

    async def one(asked: Asked, due: float) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                status, _, body = await connections.get(asked)
        except TimeoutError:
            status, body = 0, b"no answer"
        into.times[asked.kind].append((time.perf_counter() - due) * 1000)
        if status != (304 if asked.tag else 200):
            into.failed.append(f"{status} {asked.path} {body[:200]!r}")

    async with asyncio.TaskGroup() as tasks:
        for number, asked in enumerate(requests):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(one(asked, due))
    connections.close()
