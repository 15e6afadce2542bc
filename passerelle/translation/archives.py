"""Opens Argos package archives without trusting them: nothing is written outside one folder, nothing without bound."""

from __future__ import annotations

import json
import re
import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from passerelle.translation.errors import ModelError

MOST_FILES = 2000
MOST_BYTES = 2 * 1024**3
"""Unpacked size above which an archive is refused; the largest Argos packages stay below a quarter of it."""
MOST_METADATA = 1024**2


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
            except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
                raise _refuse(archive, f"{member.filename} cannot be unpacked ({error})") from error
            if left < 0:
                raise _refuse(archive, f"it unpacks to more than {MOST_BYTES // 1024**2} MB")


def _open(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, OSError) as error:
        raise _refuse(archive, f"it is not a zip archive ({error})") from error


def _members(opened: zipfile.ZipFile, archive: Path) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """List the files by their place under the archive's one top folder."""
    infos = opened.infolist()
    if len(infos) > MOST_FILES:
        raise _refuse(archive, f"it has more than {MOST_FILES} files")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise _refuse(archive, f"it unpacks to more than {MOST_BYTES // 1024**2} MB")
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
            raise _refuse(archive, f"{info.filename} stands beside the package's folder, or twice in it")
        folded.add(str(place).casefold())
        members[place] = info
    if len(tops) != 1:
        raise _refuse(archive, "it does not hold exactly one folder")
    return members


def _safe_path(info: zipfile.ZipInfo, archive: Path) -> PurePosixPath:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _refuse(archive, f"{info.filename} is a link or a device")
    path = PurePosixPath(info.filename)
    strange = "\\" in info.filename or ":" in info.filename or "\0" in info.orig_filename
    if path.is_absolute() or ".." in path.parts or not path.parts or strange:
        raise _refuse(archive, f"{info.filename!r} would leave its folder")
    return path


def _name(opened: zipfile.ZipFile, archive: Path, members: dict[PurePosixPath, zipfile.ZipInfo]) -> PackageName:
    member = members.get(PurePosixPath("metadata.json"))
    if member is None or member.file_size > MOST_METADATA:
        raise _refuse(archive, "it has no metadata.json")
    try:
        metadata: Any = json.loads(opened.read(member))
        name = PackageName(*(str(metadata[key]) for key in ("from_code", "to_code", "package_version")))
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise _refuse(archive, f"its metadata.json cannot be read ({error!r})") from error
    if not re.fullmatch(r"[a-z]{2,3} [a-z]{2,3} \d+(\.\d+){0,3}", " ".join(name)):
        raise _refuse(archive, "its metadata.json names no languages and version")
    return name


def _copy(source: Any, sink: Any, most: int) -> int:
    """Copy at most one byte more than allowed, whatever the archive's directory claims; give the bytes copied."""
    copied = 0
    while copied <= most and (part := source.read(min(1024**2, most - copied + 1))):
        sink.write(part)
        copied += len(part)
    return copied


def _refuse(archive: Path, why: str) -> ModelError:
    return ModelError(f"{archive.name} is not a package that can be installed: {why}. Nothing was installed.")


def discard(folder: Path) -> None:
    """Delete a folder of ours, where it exists."""
    if folder.exists():
        shutil.rmtree(folder)
