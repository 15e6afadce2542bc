"""Words a second and quality of the installed packages: Argos's own ``translate()``, our engine, the whole station.

    python -m benchmarks.translation --packages HOME/.passerelle/packages --rounds 3

Same packages, texts (benchmarks/translation/sentences.tsv) and number of threads for all sides, which take turns; of
the rounds the median counts, and of the ratios that of the rounds. Exits 1 where our engine is not TARGET times Argos,
its chrF is lower, or both directions in one process take more than MOST_MEGABYTES.
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
from typing import Any

import sacrebleu

from benchmarks.translation.packages import Side, options_of, sides_of, texts
from benchmarks.translation.sides import COMPARED
from passerelle.translation.gaps import other
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


def measure(options: argparse.Namespace, direction: Side) -> list[Result]:
    """Have the sides take turns, and score what they say."""
    answers: dict[str, list[dict[str, Any]]] = {side: [] for side in COMPARED}
    source, sources, references = direction.source, direction.sources, direction.references
    for _ in range(options.rounds):
        for side, rounds in answers.items():
            rounds.append(ask(side, options.packages, source, options.threads, sources))
    words = sum(len(text.split()) for text in sources)
    results = []
    for side, rounds in answers.items():
        outputs = rounds[0]["outputs"]
        results.append(
            Result(
                side,
                words / median(one["seconds"] for one in rounds),
                words / median(one["busy"] for one in rounds),
                max(one["megabytes"] for one in rounds),
                sacrebleu.corpus_chrf(outputs, [references]).score,
                sacrebleu.corpus_bleu(outputs, [references]).score,
                adherence(sources, outputs, source),
                sum(not output.strip() for output in outputs),
                tuple(one["seconds"] for one in rounds),
            )
        )
    return results


def main() -> int:
    """Measure and print."""
    parser = options_of(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    bad = 0
    for direction in sides_of(options.packages, options.most):
        results = measure(options, direction)
        theirs, ours, _ = results
        ratio = median(long / short for long, short in zip(theirs.seconds, ours.seconds, strict=True))
        busy = ours.busy / theirs.busy
        print(f"\n{direction.title}, {options.threads} threads\n")
        print("| side | words/s | words per second of processor time | peak MB | chrF | BLEU | terms kept | empty |")
        print("|---|---|---|---|---|---|---|---|")
        print("\n".join(result.row for result in results))
        print(f"\nengine / argos: {ratio:.1f} by the clock (target {TARGET:.0f}), {busy:.1f} by processor time")
        bad += ratio < TARGET or ours.chrf < theirs.chrf - SLACK
    french, english = texts(options.most)
    peak = ask("both", options.packages, "fr", options.threads, french + english)["megabytes"]
    print(f"\nall directions in one process, whole station: {peak:.0f} MB at most (target {MOST_MEGABYTES})")
    bad += peak > MOST_MEGABYTES
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
