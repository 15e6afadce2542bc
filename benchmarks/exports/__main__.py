"""Time and memory of every export format, on releases of two sizes: ``python -m benchmarks.exports [SMALL LARGE]``."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from passerelle.publishing.exports.formats import FORMATS
from passerelle.publishing.exports.narrow import Each
from passerelle.publishing.exports.writing import export
from passerelle.publishing.folder import Release
from passerelle.publishing.view import View, view_of
from passerelle.settings import PROJECT
from schemas.records import Initiative
from schemas.release import Change

SIZES = (1_000, 10_000)
MOST_GROWTH = 60
"""Megabytes by which the peak may grow with the release: Parquet holds up to 5,000 rows of each of its tables."""


class Many:
    """As many initiatives as asked for: those of the example site again and again, under ids of their own."""

    def __init__(self, size: int) -> None:
        self._few = tuple(view_of(Release(PROJECT / "curated" / "example")).initiatives)
        self._size = size

    def __iter__(self) -> Iterator[Initiative]:
        for number in range(self._size):
            one = self._few[number % len(self._few)]
            # Through JSON, as from a release: that is part of the cost.
            line = one.model_copy(update={"id": f"ini-{number:08d}", "related": ()}).model_dump_json()
            yield Initiative.model_validate_json(line)


def large(size: int) -> View:
    """Give a release of so many initiatives."""
    view = view_of(Release(PROJECT / "curated" / "example"))
    return replace(view, initiatives=Many(size), changes=Each(range(size), partial(_added, view)))


def _added(view: View, number: int) -> Change:
    return Change(release=1, at=view.as_of, change="added", id=f"ini-{number:08d}", type="initiative")


def measure(name: str, size: int) -> dict[str, float]:
    """Export once in this process; give seconds and the most memory that it held, in megabytes."""
    view = large(size)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        note = export(view, FORMATS[name], Path(folder) / "out")
        took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": took, "peak": peak, "megabytes": note.bytes / 1e6}


def main() -> int:
    """Measure each format and size in a process of its own, and print a table; 1 where memory grew with the release."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print(f"| format | {' | '.join(f'ms a record, {size:,} | peak MB' for size in sizes)} | MB written |")
    print(f"|---|{'---|' * (2 * len(sizes) + 1)}")
    grew = False
    for name in FORMATS:
        cells, peaks, written = [], [], 0.0
        for size in sizes:
            asked = [sys.executable, "-m", "benchmarks.exports", "--one", name, str(size)]
            told = json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout)
            cells += [f"{1000 * told['seconds'] / size:.2f}", f"{told['peak']:.0f}"]
            peaks.append(told["peak"])
            written = told["megabytes"]
        grew |= max(peaks) - min(peaks) > MOST_GROWTH
        print(f"| {name} | {' | '.join(cells)} | {written:.0f} |", flush=True)
    return int(grew)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        sys.exit(main())
