"""How long the read API takes to answer, beside Datasette with the same records in the same run.

    python -m benchmarks.api [--records 50000] [--seconds 30] [--rate 50] [--datasette DATASETTE] [--home DIR]

Both servers run at once; each in turn gets a few seconds of the load, so that both see the same machine. A quarter of
the requests each is a filtered list, a record, a search, and an answer that the client has (Datasette has no such, and
gets the list). Prints milliseconds by kind; exits 1 where p95 is not under 50 ms, or 5 ms for what the client has, or
any kind is slower than Datasette's. For its column: ``python -m venv DIR && DIR/bin/pip install datasette``, then
``--datasette DIR/bin/datasette``. ``--home`` keeps the records for the next run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.api.load import Asked, Connections, Measured, load
from benchmarks.api.records import Words, write_release
from benchmarks.api.rival import write_database
from schemas.vocabulary import vocabulary

TURN = 5.0
"""Seconds that a server is asked before the other has its turn."""
TARGETS = {"list": 50.0, "record": 50.0, "search": 50.0, "known": 5.0}
"""Milliseconds within which 95 of 100 requests must be answered."""
THEIRS = "&_size=20&_col=record&_nosuggest=1"
"""Datasette gives the same records, and nothing that was not asked for."""
START = 1800.0
"""Seconds that a server may take to start, its index included."""


@dataclass(frozen=True)
class Server:
    """A server under load."""

    name: str
    process: int
    port: int
    measured: Measured

    def cpu(self) -> float:
        """Give the seconds of processor time that it has taken so far."""
        user, system = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def questions(records: int, count: int, seed: int) -> list[tuple[str, str, str]]:
    """Draw questions, each its kind, its path at Passerelle and at Datasette."""
    chance = random.Random(seed)  # noqa: S311
    words = Words(seed)
    drawn = []
    for _ in range(count // 4):
        record = f"ini-{chance.randrange(records):08d}"
        word = quote(words.text(chance.choice(["fr", "en"]), 1).strip("."))
        # Only what a column of its own can answer: filters of several values take Datasette seconds.
        filters = [("region", f"{chance.randint(1, 17):02d}"), ("kind", chance.choice(vocabulary("kinds").codes))]
        name, value = chance.choice(filters)
        listed = (f"/v1/initiatives?{name}={value}", f"/rival/initiatives.json?{name}={value}{THEIRS}")
        drawn += [
            ("list", *listed),
            ("record", f"/v1/initiatives/{record}", f"/rival/initiatives/{record}.json?_col=record"),
            ("search", f"/v1/initiatives?q={word}", f"/rival/initiatives.json?_search={word}{THEIRS}"),
            ("known", *listed),
        ]
    return drawn


async def measure(servers: list[Server], records: int, seconds: float, rate: float) -> None:
    """Let the servers take turns under the load."""
    per_turn = int(TURN * rate)
    for turn in range(max(1, round(seconds / TURN))):
        drawn = questions(records, per_turn, turn)
        for server in servers:
            ours = server.name == "Passerelle"
            asked = [Asked(kind, mine if ours else theirs) for kind, mine, theirs in drawn]
            print(f"  turn {turn + 1}: {server.name}")
            await load(server.port, await known(server.port, asked) if ours else asked, rate, server.measured)


async def known(port: int, requests: list[Asked]) -> list[Asked]:
    """Let the client have had the answers of kind ``known`` before."""
    connections = Connections(port)
    tags = {
        asked.path: (await connections.get(asked))[1]["etag"]
        for asked in dict.fromkeys(requests)
        if asked.kind == "known"
    }
    connections.close()
    return [Asked(asked.kind, asked.path, tags[asked.path]) if asked.kind == "known" else asked for asked in requests]


@contextmanager
def started(command: list[str], probe: str) -> Iterator[tuple[int, int]]:
    """Start a server; give its process and its port once it answers."""
    with tempfile.NamedTemporaryFile("r") as said, Path(said.name).open("w") as into:  # a pipe that nobody reads blocks
        server = subprocess.Popen(command, stdout=into, stderr=subprocess.STDOUT)
        try:
            yield server.pid, _port(server, said, probe)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _port(server: subprocess.Popen[bytes], said: IO[str], probe: str) -> int:
    end = time.monotonic() + START
    told = ""
    while time.monotonic() < end and server.poll() is None:
        told += said.read()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", told)
        if found:
            with urlopen(f"http://127.0.0.1:{found[1]}{probe}", timeout=START):
                return int(found[1])
        time.sleep(0.2)
    sys.exit(f"{server.args!r} did not start: {told}")


def table(servers: list[Server]) -> bool:
    """Print the figures as a table; tell whether they are good enough."""
    good = True
    print("| request | " + " | ".join(f"{server.name} p50 | p95 | p99" for server in servers) + " |")
    print("|---|" + "---|" * (3 * len(servers)))
    for kind, target in TARGETS.items():
        figures = [[server.measured.percentile(kind, part) for part in (0.5, 0.95, 0.99)] for server in servers]
        print(f"| {kind} | " + " | ".join(f"{value:.1f}" for values in figures for value in values) + " |")
        good = good and figures[0][1] < target and all(figures[0][1] <= values[1] for values in figures[1:])
    return good


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--datasette", type=Path)
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    with ExitStack() as stack:
        home: Path = asked.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        release = home / "curated" / "releases" / "1"
        if not release.exists():
            print(f"writing {asked.records} records")
            write_release(release, asked.records)
            (home / "curated" / "current").symlink_to("releases/1")
        command = [sys.executable, "-u", "-m", "passerelle", "--home", str(home), "serve", "--port", "0", "--rate", "0"]
        servers = [Server("Passerelle", *stack.enter_context(started(command, "/health")), Measured())]
        if asked.datasette:
            rival = home / "rival.db"
            if not rival.exists():
                write_database(rival, release / "initiatives.ndjson")
            command = [str(asked.datasette), "serve", "-i", str(rival), "--port", "0"]
            servers.append(Server("Datasette", *stack.enter_context(started(command, "/rival.json")), Measured()))
        before = [server.cpu() for server in servers]
        asyncio.run(measure(servers, asked.records, asked.seconds, asked.rate))
        for server, earlier in zip(servers, before, strict=True):
            done = sum(map(len, server.measured.times.values()))
            each = (server.cpu() - earlier) / done * 1000
            print(f"{server.name}: {done} requests, {each:.1f} ms of processor time each")
            print("".join(f"  {failed}\n" for failed in server.measured.failed[:5]), end="")
    return 0 if table(servers) and not any(server.measured.failed for server in servers) else 1


if __name__ == "__main__":
    sys.exit(main())
