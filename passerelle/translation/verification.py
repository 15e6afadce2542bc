"""Holds installed packages against their receipts: no file changed, and the known sentence translated as at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from passerelle.translation.checks import failed_check
from passerelle.translation.errors import EngineError
from passerelle.translation.models import DIRECTIONS, InstalledPackage, installed
from passerelle.translation.receipts import PROBES, ask_probe, damaged_files, read_receipt


@dataclass(frozen=True)
class Problem:
    """What is wrong with a package: a name, and what it is about."""

    name: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verification:
    """What a verification found."""

    package: InstalledPackage
    probe: str
    answer: str | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the package can be relied on."""
        return not self.problems


def verify(packages: Path) -> tuple[Verification, ...]:
    """Hold every installed package against its receipt and have it translate a known sentence."""
    return tuple(_verify(package) for package in installed(packages))


def _verify(package: InstalledPackage) -> Verification:
    receipt = read_receipt(package.folder)
    problems = [Problem("changed", {"file": file}) for file in damaged_files(package.folder, receipt) if receipt]
    if not receipt:
        problems.append(Problem("no-receipt"))
    probe, answer = "", None
    try:
        probe, answer = ask_probe(package.folder)
    except EngineError as error:
        problems.append(Problem("fails", {"message": str(error)}))
    else:
        problems += _wrong_answer(package, probe, answer, receipt.get("answer"))
    return Verification(package, probe, answer, tuple(problems))


def _wrong_answer(package: InstalledPackage, probe: str, answer: str | None, first: object) -> Iterator[Problem]:
    """Hold an answer against the checks, and against the one given at the installation where that was kept."""
    direction = next((pair for pair in DIRECTIONS if pair == (package.source, package.target)), None)
    if direction is None or answer is None:
        yield Problem("not-used", {"source": package.source, "target": package.target})
        return
    failure = failed_check(probe, answer, *direction)
    if failure or PROBES[direction[0]][1] not in answer.lower():
        yield Problem("wrong-answer", {"answer": answer, "probe": probe, "check": failure or "–"})
    elif isinstance(first, str) and first != answer:
        yield Problem("other-answer", {"answer": answer, "probe": probe, "first": first})
