"""Lists, installs and removes the Argos packages that the engine works with.

Packages live in a folder of Passerelle's own, one folder each with a receipt. An archive's SHA-256 is compared with its
pin before anything is unpacked; a package that has no pin is trusted at its first install, which the message says, and
pinned.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from passerelle.translation.archives import PackageName, discard, read_name, unpack
from passerelle.translation.argos import argos_package, index_address, package_folders, version_key
from passerelle.translation.downloads import Progress, fetch, fetch_json
from passerelle.translation.errors import EngineError, ModelError
from passerelle.translation.pins import add_pin, pin_file, read_pins
from passerelle.translation.receipts import damaged_files, digest_of_file, read_receipt, renew_answer, write_receipt
from schemas.base import Language

DIRECTIONS: tuple[tuple[Language, Language], ...] = (("fr", "en"), ("en", "fr"))


@dataclass(frozen=True)
class InstalledPackage:
    """A package ready for use."""

    source: str
    target: str
    version: str
    folder: Path
    digest: str | None
    """SHA-256 of the archive it came from; none for a package put there by hand."""
    origin: str | None
    """File or address it was installed from."""
    size: int
    """Bytes on disk."""

    @property
    def label(self) -> str:
        """Name it as text_status does."""
        return f"argos {self.source}→{self.target} {self.version}"


@dataclass(frozen=True)
class Installation:
    """What an install did."""

    package: InstalledPackage
    newly_pinned: bool = False
    already_there: bool = False

    @property
    def message(self) -> str:
        """Say it in one sentence."""
        if self.already_there:
            return f"{self.package.label} is installed already."
        pinned = f"; trusted for the first time, its SHA-256 {self.package.digest} is pinned from now on"
        return f"{self.package.label} is installed{pinned if self.newly_pinned else ', its SHA-256 matches the pin'}."


def installed(packages: Path) -> tuple[InstalledPackage, ...]:
    """List the installed packages by direction and version.

    Raises:
        ModelError: a folder holds no readable package.
    """
    found = [_installed(folder) for folder in package_folders(packages)]
    return tuple(sorted(found, key=lambda package: (package.source, package.target, version_key(package.version))))


def install(
    source: str, packages: Path, *, client: httpx.Client | None = None, progress: Progress | None = None
) -> tuple[Installation, ...]:
    """Install packages.

    Args:
        source: an ``.argosmodel`` file, a folder of them, the address of one, the address of a package index (both
            directions are taken), or ``fr-en`` or ``en-fr`` for the official Argos index.
        packages: the folder of installed packages.
        client: what fetches; made when needed.
        progress: called during a download.

    Raises:
        ModelError: nothing was installed, or not all; the message says what to do.
    """
    with _alone(packages):
        return _install(source, packages, client, progress)


@contextmanager
def _alone(packages: Path) -> Iterator[None]:
    """Let one process at a time change the packages; the lock is on the folder above theirs, and leaves nothing."""
    packages.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(packages.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = f"{packages}: packages are being installed or removed right now; wait until that is done"
            french = f"{packages} : des paquets s’installent ou se retirent en ce moment; attendez la fin"
            raise ModelError(msg, french) from error
        yield
    finally:
        os.close(held)


def _install(
    source: str, packages: Path, client: httpx.Client | None, progress: Progress | None
) -> tuple[Installation, ...]:
    if re.fullmatch(r"https?://.*", source) or re.fullmatch(r"(fr-en|en-fr)", source):
        with client or httpx.Client() as opened:
            return _install_from_web(source, packages, opened, progress)
    path = Path(source).expanduser()
    if path.is_file():
        return (_install_file(path, packages, str(path)),)
    if path.is_dir():
        files = sorted(path.glob("*.argosmodel"))
        if not files:
            msg = f"{path}: no .argosmodel file in this folder"
            raise ModelError(msg, f"{path} : aucun fichier .argosmodel dans ce dossier")
        return tuple(_install_file(file, packages, str(file)) for file in files)
    msg = f"{source}: no such file or folder; give an .argosmodel file, a folder, an https address, fr-en or en-fr"
    french = "donnez un fichier .argosmodel, un dossier, une adresse https, fr-en ou en-fr"
    raise ModelError(msg, f"{source} : ni fichier ni dossier; {french}")


def remove(name: str, packages: Path) -> tuple[InstalledPackage, ...]:
    """Remove the packages of a direction (``fr-en``), or one version of it (``fr-en 1.9``); pins stay.

    Raises:
        ModelError: no such package is installed.
    """
    chosen = [
        package
        for package in installed(packages)
        if name in {f"{package.source}-{package.target}", f"{package.source}-{package.target} {package.version}"}
    ]
    if not chosen:
        known = ", ".join(f"{p.source}-{p.target} {p.version}" for p in installed(packages)) or "none"
        msg = f"{name} is not installed; installed are: {known}"
        raise ModelError(msg, f"{name} n’est pas installé; le sont : {known}")
    with _alone(packages):
        for package in chosen:
            _set_aside(package.folder, packages)
    return tuple(chosen)


def _install_from_web(
    source: str, packages: Path, client: httpx.Client, progress: Progress | None
) -> tuple[Installation, ...]:
    if source.endswith(".argosmodel"):
        return (_download(client, (source,), packages, None, progress),)
    official = not source.startswith("http")
    index = fetch_json(client, index_address(packages) if official else source)
    wanted = [tuple(source.split("-"))] if official else list(DIRECTIONS)
    offers = [offer for direction in wanted if (offer := _newest(index, *direction))]
    if not offers:
        msg = f"{source}: the package index offers no such package; install from a file"
        raise ModelError(msg, f"{source} : l’index n’offre pas un tel paquet; installez d’un fichier")
    return tuple(_download(client, links, packages, name, progress) for name, links in offers)


def _newest(index: Any, source: str, target: str) -> tuple[PackageName, tuple[str, ...]] | None:
    """Find the newest offer for a direction in a package index."""
    offers = []
    for entry in index if isinstance(index, list) else ():
        if isinstance(entry, dict) and (entry.get("from_code"), entry.get("to_code")) == (source, target):
            links = tuple(link for link in entry.get("links") or () if str(link).startswith("http"))
            if links and entry.get("type", "translate") == "translate":
                offers.append((PackageName(source, target, str(entry.get("package_version"))), links))
    return max(offers, key=lambda offer: version_key(offer[0].version), default=None)


def _download(
    client: httpx.Client,
    links: Iterable[str],
    packages: Path,
    expected: PackageName | None,
    progress: Progress | None,
) -> Installation:
    """Download from the first link that works, install, and drop the archive."""
    if expected and (done := _same(packages / expected.folder, read_pins(packages).get(expected.pin))):
        return Installation(done, already_there=True)
    problems: list[ModelError] = []
    for link in links:
        try:
            archive = fetch(client, link, packages / ".downloads", progress)
        except ModelError as error:
            problems.append(error)
            continue
        try:
            return _install_file(archive, packages, link, expected)
        finally:
            archive.unlink()
    if not problems:
        problems.append(ModelError("the package index gives no address", "l’index des paquets ne donne pas d’adresse"))
    raise ModelError("; ".join(map(str, problems)), "; ".join(problem.french for problem in problems))


def _install_file(archive: Path, packages: Path, origin: str, expected: PackageName | None = None) -> Installation:
    name = read_name(archive)
    if expected and name != expected:
        msg = f"{origin}: holds {name.pin}, where the index promised {expected.pin}. Nothing was installed."
        french = f"{origin} : contient {name.pin}, l’index promettait {expected.pin}. Rien n’a été installé."
        raise ModelError(msg, french)
    digest = digest_of_file(archive)
    pin = read_pins(packages).get(name.pin)
    if pin not in {None, digest}:
        msg = (
            f"{origin}: its SHA-256 is {digest}, but {pin} is pinned for {name.pin}. Nothing was installed. Download "
            f"it again; if you have reason to trust it, delete the pin from {pin_file(packages)}"
        )
        french = (
            f"{origin} : son SHA-256 est {digest}, mais {pin} est retenu pour {name.pin}. Rien n’a été installé. "
            f"Téléchargez-le de nouveau; si vous avez lieu de vous y fier, enlevez-le de {pin_file(packages)}"
        )
        raise ModelError(msg, french)
    folder = packages / name.folder
    if done := _same(folder, digest):
        renew_answer(folder)
        return Installation(done, already_there=True)
    staging = packages / ".staging" / f"{name.folder}.{os.getpid()}"
    discard(staging)
    try:
        unpack(archive, staging)
        write_receipt(staging, digest, origin)
        if pin is None:
            add_pin(packages, name.pin, digest)
        if folder.exists():
            _set_aside(folder, packages)
        staging.replace(folder)
        renew_answer(folder)
    finally:
        discard(staging)
    return Installation(_installed(folder), newly_pinned=pin is None)


def _set_aside(folder: Path, packages: Path) -> None:
    """Take a package out of use in one step, then delete it."""
    aside = packages / ".staging" / f"{folder.name}.old.{os.getpid()}"
    discard(aside)
    aside.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(aside)
    discard(aside)


def _same(folder: Path, digest: str | None) -> InstalledPackage | None:
    """Give the package installed in a folder if it is whole and came from an archive of this digest."""
    receipt = read_receipt(folder)
    if digest is None or receipt.get("archive") != digest or damaged_files(folder, receipt):
        return None
    return _installed(folder)


def _installed(folder: Path) -> InstalledPackage:
    try:
        package = argos_package(folder)
    except EngineError as error:
        raise ModelError(str(error)) from error
    receipt = read_receipt(folder)
    return InstalledPackage(
        source=package.from_code,
        target=package.to_code,
        version=package.package_version,
        folder=folder,
        digest=receipt.get("archive"),
        origin=receipt.get("origin"),
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
    )
