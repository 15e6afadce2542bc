"""Renew curated/example, the release of the example site that stands in the repository.

    python -m examples.golden

Look at the difference before you commit it: each line of it is a change that readers of the data will see. Texts that a
machine translated are left out, because processors differ in the last digit.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from passerelle.crawling.ingest import ingest_manifest
from passerelle.pipeline import run
from passerelle.settings import PROJECT
from passerelle.workplace import open_workplace

MANIFEST = PROJECT / "examples/site/manifest.json"
GOLDEN = PROJECT / "curated/example"


def make_release(home: Path) -> Path:
    """Make the release in an empty home; give its folder."""
    with open_workplace(home) as workplace:
        ingest_manifest(MANIFEST, store=workplace.store, raw=workplace.raw, sources=workplace.sources)
        run(workplace, machine_texts=False)
        return workplace.settings.curated / "current"


def main() -> int:
    """Replace the golden files."""
    with TemporaryDirectory() as home:
        made = make_release(Path(home))
        shutil.rmtree(GOLDEN, ignore_errors=True)
        shutil.copytree(made.resolve(), GOLDEN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
