"""Opens Argos package archives without trusting them: nothing is written outside one folder, nothing without bound."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from passerelle.translation.errors import ModelError
from schemas.base import Language

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a member raises: damaged, packed in an unknown way, or with a password."""
MOST_FILES = 2000
MOST_BYTES = 2 * 1024**3
"""Unpacked size above which an archive is refused; the largest Argos packages stay below a quarter of it."""
MOST_METADATA = 1024**2
LONGEST_NAME, LONGEST_PLACE = 200, 800
"""Bytes of one name, and of a file's whole place in an archive: below what file systems take."""
DIRECTIONS: tuple[tuple[Language, Language], ...] = (("fr", "en"), ("en", "fr"))
"""The directions that Passerelle translates."""


class PackageName(NamedTuple):
    """What a package says of itself."""

    source: str
    target: str
    version: str

    @property
    def pin(self) -> str:
        """Key of its digest in pins.json."""
        return f"{self.source}-{self.target} {self.version}"

    @property
    def folder(self) -> str:
        """Name of its folder when installed."""
        return f"translate-{self.source}_{self.target}-{self.version.replace('.', '_')}"


def read_name(archive: Path) -> PackageName:
    """Read what an archive holds, without unpacking it.

    Raises:
        ModelError: it is no Argos package, or an unsafe one.
    """
    with _open(archive) as opened:
        return _name(opened, archive, _members(opened, archive))


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an archive into a folder that does not exist yet, its own top folder left out.

    Raises:
        ModelError: a member would leave the folder, is a link, or there is too much of it.
    """
    with _open(archive) as opened:
        members = _members(opened, archive)
        folder.mkdir(parents=True)
        left = MOST_BYTES
        for place, member in members.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with opened.open(member) as source, path.open("xb") as sink:
                    left -= _copy(source, sink, left)
            except _DAMAGED as error:
                why = f"{member.filename} cannot be unpacked ({error})"
                raise refuse(archive, why, f"{member.filename} ne se décompresse pas ({error})") from error
            if left < 0:
                raise _too_large(archive)


def _open(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, OSError, ValueError) as error:  # ValueError: a member's name is no UTF-8
        why = f"it is not a zip archive ({error})"
        raise refuse(archive, why, f"ce n’est pas une archive zip ({error})") from error


def _members(opened: zipfile.ZipFile, archive: Path) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """List the files by their place under the archive's one top folder."""
    infos = opened.infolist()
    if len(infos) > MOST_FILES:
        raise refuse(archive, f"it has more than {MOST_FILES} files", f"il a plus de {MOST_FILES} fichiers")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise _too_large(archive)
    members: dict[PurePosixPath, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    tops: set[str] = set()
    for info in infos:
        path = _safe_path(info, archive)
        tops.add(path.parts[0])
        if info.is_dir():
            continue
        place = PurePosixPath(*path.parts[1:])
        if not place.parts or str(place).casefold() in folded:
            why = f"{info.filename} stands beside the package's folder, or twice in it"
            raise refuse(archive, why, f"{info.filename} est à côté du dossier du paquet, ou deux fois dedans")
        folded.add(str(place).casefold())
        members[place] = info
    if len(tops) != 1:
        raise refuse(archive, "it does not hold exactly one folder", "il ne contient pas un dossier et un seul")
    _check_folders(members, folded, archive)
    return members


def _check_folders(members: dict[PurePosixPath, zipfile.ZipInfo], folded: set[str], archive: Path) -> None:
    """Refuse a name that is a file here and a folder there."""
    for place in members:
        for folder in place.parents:
            if str(folder).casefold() in folded:
                why = f"{folder} is a file in it and a folder too"
                raise refuse(archive, why, f"{folder} y est un fichier et aussi un dossier")


def _safe_path(info: zipfile.ZipInfo, archive: Path) -> PurePosixPath:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        why, pourquoi = f"{info.filename} is a link or a device", f"{info.filename} est un lien ou un périphérique"
        raise refuse(archive, why, pourquoi)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        why = f"{info.filename[:40]} is packed in an unusual way"
        raise refuse(archive, why, f"{info.filename[:40]} est comprimé d’une façon inhabituelle")
    path = PurePosixPath(info.filename)
    strange = "\\" in info.filename or ":" in info.filename or "\0" in info.orig_filename
    if path.is_absolute() or ".." in path.parts or not path.parts or strange:
        why = f"{info.filename!r} would leave its folder"
        raise refuse(archive, why, f"{info.filename!r} sortirait de son dossier")
    lengths = [len(os.fsencode(part)) for part in path.parts]
    if max(lengths) > LONGEST_NAME or sum(lengths) > LONGEST_PLACE:
        short = f"{info.filename[:40]}…"
        raise refuse(archive, f"the name {short} is too long", f"le nom {short} est trop long")
    return path


def _name(opened: zipfile.ZipFile, archive: Path, members: dict[PurePosixPath, zipfile.ZipInfo]) -> PackageName:
    member = members.get(PurePosixPath("metadata.json"))
    if member is None or member.file_size > MOST_METADATA:
        raise refuse(archive, "it has no metadata.json", "il n’a pas de metadata.json")
    try:
        metadata: Any = json.loads(opened.read(member))
        name = PackageName(*(str(metadata[key]) for key in ("from_code", "to_code", "package_version")))
        kind = str(metadata.get("type", "translate"))
    except (ValueError, KeyError, TypeError, AttributeError, *_DAMAGED) as error:
        why = f"its metadata.json cannot be read ({error!r})"
        raise refuse(archive, why, f"son metadata.json ne se lit pas ({error!r})") from error
    if not re.fullmatch(r"[a-z]{2,3} [a-z]{2,3} [0-9]{1,9}(\.[0-9]{1,9}){0,3}", " ".join(name)):
        why = "its metadata.json names no languages and version"
        raise refuse(archive, why, "son metadata.json ne nomme pas de langues ni de version")
    if kind != "translate":
        why = f"its type is {kind[:40]}, where only packages of type translate are used"
        raise refuse(archive, why, f"son type est {kind[:40]}; seuls servent les paquets de type translate")
    if (name.source, name.target) not in DIRECTIONS:
        why = f"it translates {name.source}→{name.target}, where only fr→en and en→fr are used"
        raise refuse(archive, why, f"il traduit {name.source}→{name.target}; seuls servent fr→en et en→fr")
    return name


def _copy(source: Any, sink: Any, most: int) -> int:
    """Copy at most one byte more than allowed, whatever the archive's directory claims; give the bytes copied."""
    copied = 0
    while copied <= most and (part := source.read(min(1024**2, most - copied + 1))):
        sink.write(part)
        copied += len(part)
    return copied


def refuse(archive: Path, why: str, pourquoi: str) -> ModelError:
    """Make the error of a package that is not taken."""
    return ModelError(
        f"{archive.name} is not a package that can be installed: {why}. Nothing was installed.",
        f"{archive.name} n’est pas un paquet qui s’installe : {pourquoi}. Rien n’a été installé.",
    )


def _too_large(archive: Path) -> ModelError:
    most = MOST_BYTES // 1024**2
    return refuse(archive, f"it unpacks to more than {most} MB", f"il contient plus de {most} Mo")


def discard(folder: Path) -> None:
    """Delete a folder of ours, where it exists."""
    if folder.exists():
        shutil.rmtree(folder)
