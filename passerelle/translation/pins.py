"""Digests of trusted packages: those that Passerelle ships with, and those trusted at their first install."""

from __future__ import annotations

import json
import os
from pathlib import Path

from passerelle.translation.errors import ModelError

SHIPPED = Path(__file__).with_name("pins.json")


def pin_file(packages: Path) -> Path:
    """Give the file that holds the digests trusted in this data set."""
    return packages / "pins.json"


def read_pins(packages: Path) -> dict[str, str]:
    """Read the digests by package (``fr-en 1.9``); the shipped ones win.

    Raises:
        ModelError: the data set's pins.json is damaged.
    """
    own = pin_file(packages)
    try:
        kept = json.loads(own.read_text("utf-8")) if own.exists() else {}
        pins = {str(package): str(digest) for package, digest in kept.items()}
    except (ValueError, AttributeError) as error:
        msg = f"{own} is damaged ({error}): repair it, or delete it to trust the installed packages anew"
        french = f"{own} est endommagé ({error}) : réparez-le, ou enlevez-le pour faire confiance aux paquets installés"
        raise ModelError(msg, french) from error
    return pins | _shipped()


def add_pin(packages: Path, package: str, digest: str) -> None:
    """Trust a package's digest from now on."""
    pins = read_pins(packages) | {package: digest}
    shipped = _shipped()
    own = {name: value for name, value in sorted(pins.items()) if name not in shipped}
    write_json(pin_file(packages), own)


def _shipped() -> dict[str, str]:
    shipped: dict[str, str] = json.loads(SHIPPED.read_text("utf-8"))
    return shipped


def write_json(path: Path, value: object) -> None:
    """Write a JSON file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", "utf-8")
    beside.replace(path)
