"""The receipt of an installed package: what it came from, every file's digest, what it made of a known sentence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from passerelle.translation.argos import Direction, argos_package
from passerelle.translation.errors import EngineError
from passerelle.translation.pins import write_json

RECEIPT = "receipt.json"
PROBES: dict[str, tuple[str, str]] = {
    "fr": ("Le service est gratuit et ouvert à tous.", "free"),
    "en": ("The service is free and open to everyone.", "gratuit"),
}
"""By source language: a sentence that any package can translate, and a word that its translation has."""


def read_receipt(folder: Path) -> dict[str, Any]:
    """Give a package's receipt; empty where there is none that can be read."""
    path = folder / RECEIPT
    try:
        receipt: Any = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError:
        return {}
    return receipt if isinstance(receipt, dict) else {}


def write_receipt(folder: Path, digest: str, origin: str) -> None:
    """Note an archive's digest, where it came from, and its files' digests."""
    write_json(folder / RECEIPT, {"archive": digest, "origin": origin, "files": _file_digests(folder)})


def renew_answer(folder: Path) -> None:
    """Note what a package in its place answers to the probe, where that is something else than before."""
    receipt, answer = read_receipt(folder), _answer(folder)
    if receipt.get("answer") != answer:
        write_json(folder / RECEIPT, receipt | {"answer": answer})


def damaged_files(folder: Path, receipt: dict[str, Any]) -> list[str]:
    """List the files that are not as they were installed."""
    known, found = receipt.get("files", {}), _file_digests(folder)
    return sorted(place for place in {*known, *found} if known.get(place) != found.get(place))


def ask_probe(folder: Path) -> tuple[str, str | None]:
    """Give the known sentence and what a package makes of it now; nothing where it has no sentence of its language.

    Raises:
        EngineError: the package does not load, or fails.
    """
    package = argos_package(folder)
    probe, _ = PROBES.get(package.from_code, ("", ""))
    return probe, Direction(package).translate([probe])[0] if probe else None


def digest_of_file(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _answer(folder: Path) -> str | None:
    try:
        return ask_probe(folder)[1]
    except EngineError:  # it is installed all the same: `passerelle models verify` says what is wrong with it
        return None


def _file_digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECEIPT)
    return {path.relative_to(folder).as_posix(): digest_of_file(path) for path in files}
