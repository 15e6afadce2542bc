"""How long the reading of one page takes, and whether memory stays flat over many.

    python -m benchmarks.reading [--pages 10000] [MANIFEST …]

Reads the pages of the manifests (default: the example site) over and over in one process. Prints milliseconds a page,
and the process's memory after each tenth of the pages; exits 1 where the mean is above 60 ms or memory still grows in
the second half.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from extractors.extract import extract_page
from passerelle.crawling.ingest import read_manifest
from schemas.capture import ManifestEntry, digest_of
from schemas.drafts import Extraction

ROOT = Path(__file__).parents[1]
TARGET_MS = 60.0
"""What a page may cost on average on a two-core machine."""
GROWTH = 1.05
"""Memory may vary by this factor over the second half of the pages; a leak would show above it."""


def memory_mib() -> float:
    """Give the resident memory of this process, from Linux's /proc."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def read(entry: ManifestEntry, body: bytes) -> Extraction:
    """Read one page."""
    return extract_page(
        body,
        page=entry.url or f"urn:{digest_of(body)}",
        url=entry.url,
        digest=digest_of(body),
        source=None,
        source_name=entry.source,
        media_type=entry.media_type or "text/html",
        headers={},
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifests", nargs="*", type=Path, default=[ROOT / "examples/site/manifest.json"])
    parser.add_argument("--pages", type=int, default=1000)
    args = parser.parse_args()
    pages = [
        (entry, (manifest.parent / entry.path).read_bytes())
        for manifest in args.manifests
        for entry in read_manifest(manifest)[0]
    ]
    for entry, body in pages:  # tables are loaded and patterns compiled once, at the first pages
        read(entry, body)
    times, memory = [], []
    for number, (entry, body) in enumerate(islice(cycle(pages), args.pages), 1):
        began = time.perf_counter()
        read(entry, body)
        times.append((time.perf_counter() - began) * 1000)
        if number % max(1, args.pages // 10) == 0:
            memory.append(memory_mib())
            print(f"{number:7} pages  {statistics.fmean(times):6.1f} ms a page  {memory[-1]:7.1f} MiB", flush=True)
    mean, half = statistics.fmean(times), memory[len(memory) // 2]
    print(f"mean {mean:.1f} ms, median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    return 0 if mean <= TARGET_MS and memory[-1] <= half * GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
