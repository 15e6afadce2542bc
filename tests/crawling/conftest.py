"""A home and a small site to crawl; an S3 server on loopback, for archives that lie in a bucket."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from passerelle.workplace import Workplace, open_workplace
from tests.crawling.sites import Site, serving

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
PATIENCE = 120.0


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Run a server of the S3 protocol; give its address."""
    missing = [name for name in ("s3fs", "moto", "flask") if find_spec(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}; pip install 'passerelle[dev,s3]'")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | KEYS)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, "the S3 server ended"
                assert time.monotonic() < until, "the S3 server did not come up"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture
def s3_url(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give an empty place in a bucket of its own, reached by what the environment says."""
    for name, value in (KEYS | {"AWS_ENDPOINT_URL": s3}).items():
        monkeypatch.setenv(name, value)
    bucket = f"archive-{os.urandom(4).hex()}"
    import_module("s3fs").S3FileSystem(endpoint_url=s3, skip_instance_cache=True).mkdir(bucket)
    return f"s3://{bucket}/raw"


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    for variable in ("PASSERELLE_HOME", "PASSERELLE_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    with open_workplace(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    """Three pages under a sitemap."""
    with serving(Site()) as served:
        for path in ("/a", "/b", "/c"):
            served.page(path, "Un projet.")
        served.sitemap("/a", "/b", "/c")
        yield served
