"""Averages a run's newest snapshots: ``python -m training.average --work DIR --run NAME --last 6``."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from training import checkpoints

log = logging.getLogger("training.average")


def average_run(run: Path, last: int) -> Path:
    """Write ``averaged.pt`` into the run's folder from its newest snapshots; give its path.

    Raises:
        FileNotFoundError: the run has no snapshot yet.
    """
    snapshots = sorted((run / checkpoints.SNAPSHOTS).glob("*.pt"))[-last:]
    if not snapshots:
        msg = f"{run}: no snapshots yet; training writes one at each checkpoint"
        raise FileNotFoundError(msg)
    checkpoints.save(checkpoints.average(snapshots), run / checkpoints.AVERAGED)
    log.info("averaged %s", ", ".join(path.stem for path in snapshots))
    return run / checkpoints.AVERAGED


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--run", default="run")
    parser.add_argument("--last", type=int, default=6, help="how many snapshots")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    average_run(options.work / options.run, options.last)


if __name__ == "__main__":
    main()
