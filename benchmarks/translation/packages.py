"""What the benchmarks of the installed packages share: their options, and the texts of each direction."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passerelle.settings import load_settings
from passerelle.translation.argos import ArgosEngine, argos_package
from passerelle.translation.direction import Direction
from passerelle.translation.gaps import other
from passerelle.translation.models import InstalledPackage, installed
from passerelle.translation.protect import Placeholder
from schemas.base import LANGUAGES, Language
from training.evaluate import SETS
from training.prepare import read_pairs

SENTENCES = Path(__file__).with_name("sentences.tsv")
OWN = "own"
"""Name of the texts that are the project's own."""


@dataclass(frozen=True)
class Side:
    """One direction that is installed, and its texts."""

    package: InstalledPackage
    source: Language
    sources: list[str]
    references: list[str]
    name: str = OWN
    """Of the set of texts."""

    @property
    def title(self) -> str:
        """Give the line above its table."""
        return f"{self.package.label}, {self.name}: {len(self.sources)} texts"

    def open(self, packages: Path) -> tuple[Direction, Placeholder | None]:
        """Load its model; give it and what it was taught to copy, if anything."""
        placeholder = ArgosEngine(packages).placeholder(self.source, other(self.source))
        return Direction(argos_package(self.package.folder)), placeholder


def options_of(told: str | None) -> argparse.ArgumentParser:
    """Give the parser of a benchmark's options, ``told`` being its module's docstring."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, default=load_settings().packages, help="folder of installed packages")
    parser.add_argument("--most", type=int, help="texts, from the first; all by default")
    return parser


def sides_of(packages: Path, most: int | None, bitext: Path | None = None) -> Iterator[Side]:
    """Yield each direction that is installed with so many of our own texts or all, then with each held-out set."""
    sets = {OWN: texts(most)}
    held = list(read_pairs(bitext / "held.tsv.xz")) if bitext else []
    for name, wanted in SETS.items() if held else ():
        pairs = [(french, english) for source, english, french in held if source == wanted][:most]
        sets[name] = [french for french, _ in pairs], [english for _, english in pairs]
    for package in installed(packages):
        source = next(language for language in LANGUAGES if language == package.source)
        for name, (french, english) in sets.items():
            sides: dict[Language, list[str]] = {"fr": french, "en": english}
            yield Side(package, source, sides[source], sides[other(source)], name)


def texts(most: int | None) -> tuple[list[str], list[str]]:
    """Give the French and the English sides."""
    lines = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [line[0] for line in lines][:most], [line[1] for line in lines][:most]
