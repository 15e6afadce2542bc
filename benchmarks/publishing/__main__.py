"""Measure: ``python -m benchmarks.publishing 1000 10000 100000``, one line a size; everything is removed afterwards.

Each publication runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.publishing.synthetic import change, fill
from passerelle.pipeline import LICENCE
from passerelle.publishing.contents import Rules
from passerelle.publishing.material import stored_material
from passerelle.publishing.release import Order, publish_release
from passerelle.store.database import open_store
from schemas.base import LanguageMap
from schemas.release import Licence
from schemas.source import Source

SOURCE = Source(
    name="rive",
    title=LanguageMap(fr="Journal de la rive", en="The shore journal"),
    publisher="Rive",
    hosts=("rive.example",),
    licence=Licence(name="Tous droits réservés"),
)


def publish(home: Path) -> None:
    """Publish what the store of a home holds; print seconds and peak memory as JSON."""
    store = open_store(f"sqlite:///{home / 'store.db'}")
    began, cpu = time.perf_counter(), time.process_time()
    with store.session() as session:
        order = Order(
            material=stored_material(session),
            curated=home / "curated",
            rules=Rules({"rive": SOURCE}),
            captures={"rive": 1},
            as_of=datetime(2026, 1, 1, tzinfo=UTC),
            licence=LICENCE,
        )
        outcome = publish_release(order)
    told = {
        "status": outcome.status,
        "changed": dict(outcome.changed),
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak_mb": _peak_mb(),
    }
    store.close()
    sys.stdout.write(json.dumps(told) + "\n")


def _peak_mb() -> float:
    """Give the peak memory of this process, from Linux's /proc; getrusage would tell that of its parent too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure(count: int) -> None:
    """Measure a full build, a run in which nothing changed, and one in which 1 % changed."""
    with TemporaryDirectory(prefix="passerelle-publishing-") as place:
        home = Path(place)
        store = open_store(f"sqlite:///{home / 'store.db'}")
        with store.session() as session:
            fill(session, count)
        full, same = _child(home), _child(home)
        with store.session() as session:
            change(session, 0.01)
        store.close()
        little = _child(home)
        sys.stdout.write(json.dumps({"count": count, "full": full, "same": same, "one_percent": little}) + "\n")
        sys.stdout.flush()


def _child(home: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.publishing", "--publish", str(home)]
    usual = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # templates are kept compiled, as where it is installed
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=usual)
    found: dict[str, object] = json.loads(told.stdout)
    return found


if __name__ == "__main__":
    if sys.argv[1] == "--publish":
        publish(Path(sys.argv[2]))
    else:
        for size in map(int, sys.argv[1:]):
            measure(size)
