"""The receipt of an installed package: what it came from, every file's digest, what it made of a known sentence."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from passerelle.translation.archives import DIRECTIONS
from passerelle.translation.argos import argos_package
from passerelle.translation.checks import Pair, failures
from passerelle.translation.direction import Direction
from passerelle.translation.pins import write_json

RECEIPT = "receipt.json"
PROBES: dict[str, tuple[str, re.Pattern[str]]] = {
    "fr": ("Le service est gratuit et ouvert à tous.", re.compile(r"\b(?:free|open|all|anyone|everyone|everybody)\b")),
    "en": (
        "The service is free and open to everyone.",
        re.compile(r"\b(?:gratuite?|ouverte?|tous|toutes|tout le monde)\b"),
    ),
}
"""By source language: a sentence that any package can translate, and words of which its translation has at least one.

It tells a package that translates from one that babbles; how well it translates is for the benchmark to say.
"""


def read_receipt(folder: Path) -> dict[str, Any]:
    """Give a package's receipt; empty where there is none that can be read."""
    path = folder / RECEIPT
    try:
        receipt: Any = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except (ValueError, RecursionError):
        return {}
    return receipt if isinstance(receipt, dict) else {}


def write_receipt(folder: Path, digest: str, origin: str, answer: str | None) -> None:
    """Note an archive's digest, where it came from, its files' digests, and its answer to the probe."""
    write_json(
        folder / RECEIPT, {"answer": answer, "archive": digest, "files": _file_digests(folder), "origin": origin}
    )


def renew_answer(folder: Path, answer: str | None) -> None:
    """Note what a package in its place answers to the probe, where that is something else than before."""
    receipt = read_receipt(folder)
    if receipt.get("answer") != answer:
        write_json(folder / RECEIPT, receipt | {"answer": answer})


def damaged_files(folder: Path, receipt: dict[str, Any]) -> list[str]:
    """List the files that are not as they were installed."""
    known, found = receipt.get("files", {}), _file_digests(folder)
    return sorted(place for place in {*known, *found} if known.get(place) != found.get(place))


@dataclass(frozen=True)
class Probe:
    """What a package made of the known sentence of its language; nothing where it has none."""

    sentence: str = ""
    answer: str | None = None
    failure: str | None = None
    """The check that the answer does not pass; ``unexpected-answer``: it passes them and has none of the words."""


def ask_probe(folder: Path) -> Probe:
    """Have a package translate the known sentence of its language.

    Raises:
        EngineError: the package does not load, or fails.
    """
    package = argos_package(folder)
    direction = next((pair for pair in DIRECTIONS if pair == (package.from_code, package.to_code)), None)
    if direction is None:
        return Probe()
    sentence, expected = PROBES[direction[0]]
    answer = Direction(package).translate([sentence])[0]
    failure = next(failures(Pair(sentence, answer, *direction), without=["termbase"]), None)  # the station mends terms
    return Probe(sentence, answer, failure or (None if expected.search(answer.lower()) else "unexpected-answer"))


def digest_of_file(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _file_digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / RECEIPT)
    return {path.relative_to(folder).as_posix(): digest_of_file(path) for path in files}
