"""``passerelle serve``, as a process of its own on a real port."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from tests.publishing.factories import Press, initiative, matched

PATIENCE = 120


def start(home: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "passerelle", "--home", str(home), "--lang", "en", "serve", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_the_command_serves_the_current_release_until_it_is_stopped(press: Press) -> None:
    press.publish(matched(initiative(1)))
    with start(press.curated.parent, "--port", "0") as server:
        try:
            assert server.stdout
            told = server.stdout.readline()
            found = re.search(r"Release 1 served at (http://127\.0\.0\.1:\d+/)", told)
            assert found, told
            page = httpx.get(f"{found[1]}v1/initiatives?q=marees", timeout=PATIENCE)
            assert page.json()["total"] == 1
        finally:
            server.send_signal(signal.SIGTERM)
            rest, _ = server.communicate(timeout=PATIENCE)
    assert "Traceback" not in rest


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with start(tmp_path, "--port", str(port)) as server:
            told, _ = server.communicate(timeout=PATIENCE)
    assert server.returncode == 4
    assert f"Port {port} of 127.0.0.1 cannot be opened" in told
    assert len(told.splitlines()) == 1
