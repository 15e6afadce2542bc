"""Words a second and quality of the installed packages: Argos's own ``translate()``, our engine, the whole station.

    python -m benchmarks.translation --packages HOME/.passerelle/packages --rounds 3 --bitext BITEXT

The packages that ship are installed beside the others first. Same package, texts (sentences.tsv, and with ``--bitext``
the held-out sets of training/) and number of threads for all sides, which take turns; of the rounds the median counts,
and of the ratios that of the rounds. ``none`` leaves each text as it was. Exits 1 where our engine is not TARGET times
Argos on our own texts, its chrF is lower, or both directions in one process take more than MOST_MEGABYTES.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import sacrebleu

from benchmarks.translation.packages import OWN, Side, options_of, sides_of, texts
from benchmarks.translation.sides import COMPARED
from passerelle.translation.gaps import other
from passerelle.translation.models import installed
from passerelle.translation.shipped import install_shipped
from passerelle.translation.terminology import uses, violations
from schemas.base import Language

TARGET = 10.0
MOST_MEGABYTES = 1500
SLACK = 0.1
"""chrF points that two ways of batching may differ by."""


@dataclass(frozen=True)
class Result:
    """What a side did with the texts of one direction."""

    side: str
    words_per_second: float
    busy: float
    megabytes: float
    chrf: float
    bleu: float
    terms: float
    empty: int
    seconds: tuple[float, ...]
    """Of each round."""

    @property
    def row(self) -> str:
        """Write it as a line of a Markdown table."""
        return (
            f"| {self.side} | {self.words_per_second:.0f} | {self.busy:.0f} | {self.megabytes:.0f} | {self.chrf:.1f} | "
            f"{self.bleu:.1f} | {self.terms:.0%} | {self.empty} |"
        )


def ask(side: str, packages: Path, source: Language, threads: int, sources: list[str]) -> dict[str, Any]:
    """Run one side in a process of its own."""
    order = {"side": side, "packages": str(packages), "source": source, "threads": threads, "texts": sources}
    command = [sys.executable, "-m", "benchmarks.translation.sides"]
    done = subprocess.run(command, input=json.dumps(order), text=True, stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def adherence(sources: list[str], outputs: list[str], source: Language) -> float:
    """Share of the termbase's uses in the sources that the outputs render as the termbase says."""
    asked = sum(len(uses(text, source)) for text in sources)
    missed = sum(len(violations(*pair, source, other(source))) for pair in zip(sources, outputs, strict=True))
    return 1 - missed / asked if asked else 1.0


def scored(side: str, outputs: list[str], direction: Side, **figures: Any) -> Result:
    """Score what a side made of the texts."""
    return Result(
        side,
        chrf=sacrebleu.corpus_chrf(outputs, [direction.references]).score,
        bleu=sacrebleu.corpus_bleu(outputs, [direction.references]).score,
        terms=adherence(direction.sources, outputs, direction.source),
        empty=sum(not output.strip() for output in outputs),
        **figures,
    )


def measure(options: argparse.Namespace, packages: Path, direction: Side) -> list[Result]:
    """Have the sides take turns, and score what they say."""
    answers: dict[str, list[dict[str, Any]]] = {side: [] for side in COMPARED}
    for _ in range(options.rounds):
        for side, rounds in answers.items():
            rounds.append(ask(side, packages, direction.source, options.threads, direction.sources))
    words = sum(len(text.split()) for text in direction.sources)
    results = []
    for side, rounds in answers.items():
        figures = {
            "words_per_second": words / median(one["seconds"] for one in rounds),
            "busy": words / median(one["busy"] for one in rounds),
            "megabytes": max(one["megabytes"] for one in rounds),
            "seconds": tuple(one["seconds"] for one in rounds),
        }
        results.append(scored(side, rounds[0]["outputs"], direction, **figures))
    return results


def compare(options: argparse.Namespace, direction: Side) -> bool:
    """Print the table of a direction; tell whether our engine misses a target."""
    ours = direction.package
    with TemporaryDirectory() as place:  # with no other of its direction, which might go first
        for one in installed(options.packages):
            if one == ours or one.source != ours.source:
                (Path(place) / one.folder.name).symlink_to(one.folder.resolve())
        results = measure(options, Path(place), direction)
    theirs, engine, _ = results
    nothing = {"words_per_second": 0.0, "busy": 0.0, "megabytes": 0.0, "seconds": ()}
    results.append(scored("none", direction.sources, direction, **nothing))
    ratio = median(long / short for long, short in zip(theirs.seconds, engine.seconds, strict=True))
    busy = engine.busy / theirs.busy
    print(f"\n{direction.title}, {options.threads} threads\n")
    print("| side | words/s | words per second of processor time | peak MB | chrF | BLEU | terms kept | empty |")
    print("|---|---|---|---|---|---|---|---|")
    print("\n".join(result.row for result in results))
    print(f"\nengine / argos: {ratio:.1f} by the clock (target {TARGET:.0f}), {busy:.1f} by processor time")
    return ratio < TARGET or engine.chrf < theirs.chrf - SLACK


def main() -> int:
    """Measure and print."""
    parser = options_of(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--bitext", type=Path, help="folder of held.tsv.xz, for the held-out sets too")
    options = parser.parse_args()
    install_shipped(options.packages, preferred=True)
    bad = False
    for direction in sides_of(options.packages, options.most, options.bitext):
        bad |= compare(options, direction) and direction.name == OWN
    french, english = texts(options.most)
    peak = ask("both", options.packages, "fr", options.threads, french + english)["megabytes"]
    print(f"\nall directions in one process, whole station: {peak:.0f} MB at most (target {MOST_MEGABYTES})")
    return int(bad or peak > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
