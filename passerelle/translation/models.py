"""Lists, installs and removes the Argos packages that the engine works with.

Packages live in a folder of Passerelle's own, one folder each with a receipt. An archive's SHA-256 is compared with its
pin before anything is unpacked; a package that has no pin is trusted at its first install, which the message says, and
pinned. Before a package takes another's place it translates a known sentence; one that cannot is refused.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from passerelle.translation.archives import DIRECTIONS, PackageName, discard, read_name, refuse, unpack
from passerelle.translation.argos import argos_package, index_address, is_own, readable_packages, version_key
from passerelle.translation.downloads import Progress, fetch, fetch_json
from passerelle.translation.errors import EngineError, ModelError
from passerelle.translation.pins import add_pin, pin_file, read_pins
from passerelle.translation.reasons import reason_label
from passerelle.translation.receipts import (
    ask_probe,
    damaged_files,
    digest_of_file,
    read_receipt,
    renew_answer,
    write_receipt,
)


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
    maker: str = "argos"
    """``passerelle`` for those that this project trained."""

    @property
    def name(self) -> str:
        """Name it as `remove` takes it: ``fr-en 1.9``."""
        return f"{self.source}-{self.target} {self.version}"

    @property
    def label(self) -> str:
        """Name it as text_status does."""
        return f"{self.maker} {self.source}→{self.target} {self.version}"


@dataclass(frozen=True)
class OddFolder:
    """A folder among the packages that holds none: no engine uses it, and it can be removed."""

    folder: Path
    why: EngineError

    @property
    def name(self) -> str:
        """Name it as `remove` takes it."""
        return self.folder.name


@dataclass(frozen=True)
class Installation:
    """What an install did."""

    package: InstalledPackage
    newly_pinned: bool = False
    already_there: bool = False


class PartlyInstalledError(ModelError):
    """Some packages of a source were refused; the others are installed."""

    def __init__(self, done: Iterable[Installation], problems: Iterable[ModelError]) -> None:
        problems = tuple(problems)
        super().__init__("; ".join(map(str, problems)), "; ".join(problem.french for problem in problems))
        self.done = tuple(done)


def installed(packages: Path) -> tuple[InstalledPackage, ...]:
    """List the installed packages by direction and version; folders that hold none are in ``odd_folders``."""
    found = [_described(package) for package in readable_packages(packages)[0]]
    return tuple(sorted(found, key=lambda package: (package.source, package.target, version_key(package.version))))


def odd_folders(packages: Path) -> tuple[OddFolder, ...]:
    """List the folders among the packages that hold none, and why."""
    return tuple(OddFolder(folder, why) for folder, why in readable_packages(packages)[1].items())


def install(
    source: str,
    packages: Path,
    *,
    client: httpx.Client | None = None,
    progress: Progress | None = None,
    wait: bool = False,
) -> tuple[Installation, ...]:
    """Install packages.

    Args:
        source: an ``.argosmodel`` file, a folder of them, the address of one, the address of a package index (both
            directions are taken), or ``fr-en`` or ``en-fr`` for the official Argos index.
        packages: the folder of installed packages.
        client: what fetches; made when needed.
        progress: called during a download.
        wait: until another process that installs is done, rather than refusing.

    Raises:
        PartlyInstalledError: some were refused, and others are installed now (``done``).
        ModelError: nothing was installed; the message says what to do.
    """
    with _alone(packages, wait=wait):
        return _install(source, packages, client, progress)


@contextmanager
def _alone(packages: Path, *, wait: bool = False) -> Iterator[None]:
    """Let one process at a time change the packages; the lock is on the folder above theirs, and leaves nothing."""
    packages.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(packages.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
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
        return _each(partial(_install_file, file, packages, str(file)) for file in files)
    msg = f"{source}: no such file or folder; give an .argosmodel file, a folder, an https address, fr-en or en-fr"
    french = "donnez un fichier .argosmodel, un dossier, une adresse https, fr-en ou en-fr"
    raise ModelError(msg, f"{source} : ni fichier ni dossier; {french}")


def _each(installs: Iterable[Callable[[], Installation]]) -> tuple[Installation, ...]:
    """Install one package after the other; one that is refused does not keep the others out."""
    done: list[Installation] = []
    problems: list[ModelError] = []
    for install_one in installs:
        try:
            done.append(install_one())
        except ModelError as error:
            problems.append(error)
    if problems:
        raise PartlyInstalledError(done, problems) if done or len(problems) > 1 else problems[0]
    return tuple(done)


def remove(name: str, packages: Path) -> tuple[InstalledPackage | OddFolder, ...]:
    """Remove the packages of a direction (``fr-en``), one version (``fr-en 1.9``), or a folder by name; pins stay.

    Raises:
        ModelError: no such package is installed.
    """
    there: tuple[InstalledPackage | OddFolder, ...] = (*installed(packages), *odd_folders(packages))
    chosen = [one for one in there if name in {one.name, one.name.partition(" ")[0], one.folder.name}]
    if not chosen:
        known = ", ".join(one.name for one in there)
        msg = f"{name} is not installed; installed are: {known or 'none'}"
        raise ModelError(msg, f"{name} n’est pas installé; le sont : {known or 'aucun'}")
    with _alone(packages):
        for one in chosen:
            _set_aside(one.folder, packages)
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
    return _each(partial(_download, client, links, packages, name, progress) for name, links in offers)


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
        renew_answer(folder, _good_answer(folder, archive))
        return Installation(done, already_there=True)
    staging = packages / f".{name.folder}.{os.getpid()}"
    discard(staging)
    try:
        unpack(archive, staging)
        write_receipt(staging, digest, origin, _good_answer(staging, archive))
        if pin is None:
            add_pin(packages, name.pin, digest)
        if folder.exists():
            _set_aside(folder, packages)
        staging.replace(folder)
    finally:
        discard(staging)
    return Installation(_described(argos_package(folder)), newly_pinned=pin is None)


def _good_answer(folder: Path, archive: Path) -> str | None:
    """Have an unpacked package translate the known sentence, and refuse it where it cannot."""
    try:
        probe = ask_probe(folder)
    except EngineError as error:
        raise refuse(archive, f"it does not translate ({error})", f"il ne traduit pas ({error.french})") from error
    if probe.failure:
        told = f"“{probe.sentence}” → “{probe.answer}”"
        why, pourquoi = (reason_label(probe.failure, language) for language in ("en", "fr"))
        raise refuse(archive, f"it does not translate ({why}: {told})", f"il ne traduit pas ({pourquoi} : {told})")
    return probe.answer


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
    return _described(argos_package(folder))


def _described(package: Any) -> InstalledPackage:
    folder: Path = package.package_path
    receipt = read_receipt(folder)
    return InstalledPackage(
        source=package.from_code,
        target=package.to_code,
        version=package.package_version,
        folder=folder,
        maker="passerelle" if is_own(package) else "argos",
        digest=receipt.get("archive"),
        origin=receipt.get("origin"),
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
    )
