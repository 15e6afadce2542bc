"""The packages that Passerelle ships with: installed into a home's own folder when a translation is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from passerelle.translation.archives import read_name
from passerelle.translation.argos import is_own, readable_packages, version_key
from passerelle.translation.errors import EngineError, ModelError
from passerelle.translation.models import install

PACKAGES = Path(__file__).with_name("packages")


def install_shipped(packages: Path, *, preferred: bool = False, shipped: Path | None = None) -> None:
    """Install the shipped package of each direction where it would be used and is not there yet.

    Args:
        packages: the folder of installed packages.
        preferred: install it beside another's package too; else that one is enough.
        shipped: the folder of the archives; by default the one beside this file.

    Raises:
        EngineError: an archive is not the one that its pin names, or the folder cannot be written.
    """
    there = readable_packages(packages)[0]
    for archive in sorted((shipped or PACKAGES).glob("*.argosmodel")):
        try:
            name = read_name(archive)
            same = [package for package in there if (package.from_code, package.to_code) == (name.source, name.target)]
            if not any(_is_enough(package, name.version, preferred=preferred) for package in same):
                install(str(archive), packages, wait=True)
        except ModelError as error:
            raise EngineError(str(error), error.french) from error
        except OSError as error:
            msg = f"{packages}: the translation package {archive.name} cannot be installed here ({error})"
            french = f"{packages} : le paquet de traduction {archive.name} ne peut pas s’y installer ({error})"
            raise EngineError(msg, french) from error


def _is_enough(package: Any, version: str, *, preferred: bool) -> bool:
    """Tell whether an installed package makes the shipped one of this version needless."""
    if is_own(package):
        return version_key(package.package_version) >= version_key(version)
    return not preferred
