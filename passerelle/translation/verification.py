"""Holds installed packages against their receipts: no file changed, and the known sentence translated as at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from passerelle.translation.errors import EngineError
from passerelle.translation.models import InstalledPackage, installed
from passerelle.translation.receipts import Probe, ask_probe, damaged_files, read_receipt


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
    probe = Probe()
    try:
        probe = ask_probe(package.folder)
    except EngineError as error:
        problems.append(Problem("fails", {"message": error}))
    else:
        problems += _wrong_answer(package, probe, receipt.get("answer"))
    return Verification(package, probe.sentence, probe.answer, tuple(problems))


def _wrong_answer(package: InstalledPackage, probe: Probe, first: object) -> Iterator[Problem]:
    """Hold an answer against the checks, and against the one given at the installation where that was kept."""
    told: dict[str, object] = {"answer": probe.answer, "probe": probe.sentence}
    if probe.answer is None:
        yield Problem("not-used", {"source": package.source, "target": package.target})
    elif probe.failure:
        yield Problem("wrong-answer", told | {"check": probe.failure})
    elif isinstance(first, str) and first != probe.answer:
        yield Problem("other-answer", told | {"first": first})
