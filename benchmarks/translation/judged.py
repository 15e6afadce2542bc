"""Which checks tell the bad of machine texts that a person judged, and how many good ones they hold back.

    python -m benchmarks.translation.judged --packages HOME/.passerelle/packages

The texts of ``judged.tsv`` are what the packages 0.3 gave; how likely their sources are is asked of the installed ones.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.translation.packages import options_of
from passerelle.translation.argos import argos_package
from passerelle.translation.checks import Pair, all_failures
from passerelle.translation.direction import Direction
from passerelle.translation.gaps import other
from passerelle.translation.known_names import text_names
from passerelle.translation.models import installed
from passerelle.translation.typography import for_engine
from schemas.base import Language
from schemas.inclusive import expand_inclusive

JUDGED = Path(__file__).with_name("judged.tsv")


class Judged(NamedTuple):
    """A text and the verdict on it."""

    language: Language
    bad: bool
    source: str
    text: str


def read() -> Iterator[Judged]:
    """Read the judged texts."""
    for line in JUDGED.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, verdict, source, text = line.split("\t")
            yield Judged("fr" if language == "fr" else "en", verdict == "bad", source, text)


def failures(package: Path, language: Language, texts: list[Judged]) -> Iterator[tuple[Judged, list[str]]]:
    """Give each text from a language with the checks that it fails; ``package``: of the other way round."""
    plain = [
        (for_engine(expand_inclusive(one.source) if language == "fr" else one.source), for_engine(one.text))
        for one in texts
    ]
    likelihoods = Direction(argos_package(package)).likelihoods([text for _, text in plain], [one for one, _ in plain])
    for one, (source, text), likelihood in zip(texts, plain, likelihoods, strict=True):
        names = " ".join(text_names(one.source))
        yield one, [*all_failures(Pair(source, text, language, other(language), likelihood=likelihood, names=names))]


def main() -> int:
    """Measure and print."""
    options = options_of(__doc__).parse_args()
    told: dict[str, Counter[bool]] = defaultdict(Counter)
    everything = list(read())
    for package in installed(options.packages):
        language: Language = "en" if package.source == "fr" else "fr"
        for one, failed in failures(package.folder, language, [one for one in everything if one.language == language]):
            for check in [*failed, *(["any of them"] if failed else [])]:
                told[check][one.bad] += 1
    count = Counter(one.bad for one in everything)
    print(f"| check | bad ({count[True]}) | good ({count[False]}) |\n|---|---|---|")
    for check, found in sorted(told.items(), key=lambda item: item[1].total()):
        print(f"| {check} | {found[True]} | {found[False]} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
