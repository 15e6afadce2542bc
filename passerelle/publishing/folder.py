"""The folder of releases: who may write, which release is served, how one is written and switched to.

``curated/releases/NUMBER/`` are the releases, ``curated/current`` a link to the one being served. A new one grows in
``curated/releases/.staging-NUMBER``, is renamed when whole, and only then linked. Whatever a killed run leaves behind
starts with a dot and is taken away by the next one; the lock is the kernel's, so it never outlives its holder.
"""

from __future__ import annotations

import errno
import fcntl
import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from passerelle.store.disk import sync_folder
from schemas.release import ReleaseManifest

MANIFEST = "index.json"
LATEST = "latest.json"
FILES = "files.ndjson"
"""Lists the files of single records, so that the manifest stays small however many records there are."""
_BUFFER = 1 << 17
_WRITE, _MODE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666
_STATES = ".states"
_NO_LINKS = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a file system says that has no hard links, or no more of them."""


class PublishError(RuntimeError):
    """The folder of releases cannot be used as it is; the message says what to do."""


class PublishBusyError(PublishError):
    """Another process is publishing."""


@dataclass(frozen=True)
class Release:
    """A release on disk, read when asked for."""

    folder: Path

    @cached_property
    def manifest(self) -> ReleaseManifest:
        """The manifest.

        Raises:
            PublishError: there is none, or it is not a manifest.
        """
        try:
            return ReleaseManifest.model_validate_json((self.folder / MANIFEST).read_bytes())
        except (OSError, ValidationError) as error:
            raise damaged(self.folder, error) from error

    @property
    def number(self) -> int:
        """Number of the release, which its folder bears; one that stands elsewhere says it in its manifest."""
        return int(self.folder.name) if self.folder.name.isdecimal() else self.manifest.version

    @property
    def sound(self) -> bool:
        """Whether its manifest can be read."""
        try:
            return bool(self.manifest)
        except PublishError:
            return False


def damaged(release: Path, error: Exception) -> PublishError:
    """Say that the manifest of a release cannot be read, in one line."""
    why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
    said = f"{release / MANIFEST} cannot be read ({why}); bring this release back from a copy, or remove its folder"
    return PublishError(said)


@contextmanager
def publishing_lock(curated: Path) -> Iterator[None]:
    """Hold the folder for this process alone.

    Raises:
        PublishBusyError: another process holds it.
    """
    curated.mkdir(parents=True, exist_ok=True)
    with (curated / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = f"another run is publishing into {curated}; wait until it is done"
            raise PublishBusyError(msg) from None
        yield


def tidy(curated: Path) -> None:
    """Take away what a killed run left; only under the lock, so that no live run loses its work."""
    for leftover in (curated / "releases").glob(".staging-*"):
        shutil.rmtree(leftover)
    for leftover in (*curated.glob(".new-*"), *curated.glob("reports/.new-*")):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    served = current_release(curated)
    if served and _pointed_at(curated) != served.folder.name:
        _point_to(curated, int(served.folder.name))
    newest = max(numbers(curated), default=0)
    for state in (curated / _STATES).glob("*"):
        if state.name != str(newest):
            shutil.rmtree(state)


def current_release(curated: Path) -> Release | None:
    """Give the release being served, with its links resolved once, so that a switch cannot mix two."""
    link = curated / "current"
    return Release(link.resolve()) if link.exists() else None


def newest_release(curated: Path) -> Release | None:
    """Give the release of the highest number whose manifest can be read, served or not."""
    there = (Release(release_folder(curated, number)) for number in reversed(numbers(curated)))
    return next((release for release in there if release.sound), None)


def damaged_releases(curated: Path) -> tuple[int, ...]:
    """Give the numbers of the releases that publishing passed over: those above the newest sound one, and the served.

    The manifests of the others are not read for that.
    """
    newest, served = newest_release(curated), current_release(curated)
    bad = {number for number in numbers(curated) if number > (newest.number if newest else 0)}
    return tuple(sorted(bad | ({served.number} if served and not served.sound else set())))


def next_number(curated: Path) -> int:
    """Give the number of the next release; a number is never used twice."""
    return max(numbers(curated), default=0) + 1


def release_folder(curated: Path, number: int) -> Path:
    """Give the folder of a release."""
    return curated / "releases" / str(number)


def state_folder(curated: Path, number: int) -> Path:
    """Give the folder of the facts of a release."""
    return curated / _STATES / str(number)


def start_staging(curated: Path, number: int) -> Path:
    """Make the folder in which a release grows."""
    staging = curated / "releases" / f".staging-{number}"
    staging.mkdir(parents=True)
    return staging


class FileWriter:
    """A file that grows, counted and digested as it does; on the disk for certain only after ``os.sync``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = 0
        self._digest = hashlib.sha256()
        try:
            self._file = path.open("wb", buffering=_BUFFER)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=_BUFFER)

    def write(self, chunk: bytes | memoryview) -> None:
        """Add bytes."""
        self._digest.update(chunk)
        self.bytes += len(chunk)
        self._file.write(chunk)

    @property
    def sha256(self) -> str:
        """Digest of the bytes so far."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """End the file."""
        self._file.close()


def write_file(path: Path, chunks: Iterable[bytes]) -> FileWriter:
    """Write a whole file; give what it measured."""
    file = FileWriter(path)
    try:
        for chunk in chunks:
            file.write(chunk)
    finally:
        file.close()
    return file


def write_body(path: str, body: bytes) -> None:
    """Write a small file at once, without the buffer of ``FileWriter``: there are several a record."""
    try:
        file = os.open(path, _WRITE, _MODE)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, _WRITE, _MODE)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def sha256_of(path: Path) -> str | None:
    """Compute the digest of a file; none where there is no file."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp_of(path: Path) -> list[int]:
    """Give what a change of a file changes: its size, its times, where it lies."""
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def link_if_same(path: Path, before: Path) -> None:
    """Let a file of a growing release share the bytes of the release before, where both are the same."""
    if before.is_file() and filecmp.cmp(path, before, shallow=False):
        path.unlink()
        link(str(before), str(path))


def link(old: str, new: str) -> None:
    """Let a file stand in a second place, without a copy where that can be."""
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(old, new)


def finish_staging(curated: Path, staging: Path, number: int, *, state: Path) -> None:
    """Give a whole release and its facts their number, once all of it is on the disk; nobody is led to it yet.

    One flush of the file system costs a fraction of one a file: a release has two files a record.
    """
    os.sync()
    place = state_folder(curated, number)
    place.parent.mkdir(exist_ok=True)
    state.rename(place)
    staging.rename(release_folder(curated, number))
    sync_folder(staging.parent)


def serve(curated: Path, number: int) -> None:
    """Serve a release from now on, in one step."""
    back = taken_back(curated)
    if back.pop(number, None):
        _remember_taken_back(curated, back)
    fresh = curated / ".new-current"
    fresh.symlink_to(Path("releases") / str(number), target_is_directory=True)
    fresh.replace(curated / "current")
    _point_to(curated, number)
    sync_folder(curated)


def replace_file(path: Path, body: bytes) -> None:
    """Write a small file beside the releases; readers find the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".new-{path.name}")
    write_file(fresh, [body])
    with fresh.open("rb") as written:
        os.fsync(written)
    fresh.replace(path)


def _point_to(curated: Path, number: int) -> None:
    """Write latest.json, which says over plain HTTP what the link ``current`` says on disk; replaced in one step."""
    replace_file(curated / LATEST, pointer(release_folder(curated, number)))


def pointer(release: Path) -> bytes:
    """Write what leads to a release: its number, its path beside this file, its manifest and that one's digest."""
    path = f"releases/{release.name}/"
    told = {"number": int(release.name), "path": path, "index": path + MANIFEST}
    return f"{json.dumps({**told, 'sha256': sha256_of(release / MANIFEST)})}\n".encode()


def _pointed_at(curated: Path) -> str | None:
    path = curated / LATEST
    return str(json.loads(path.read_bytes())["number"]) if path.exists() else None


def taken_back(curated: Path) -> dict[int, str]:
    """Give the releases that a person took back: number → content, known even when the release is gone."""
    path = curated / "taken-back.json"
    told = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {int(number): content for number, content in told.items()}


def taken_back_with(curated: Path, content: str) -> int | None:
    """Give the number of the newest release of this content that a person took back."""
    back = taken_back(curated)
    return next((number for number in sorted(back, reverse=True) if back[number] == content), None)


def rollback(curated: Path, number: int) -> ReleaseManifest:
    """Serve an earlier release; the later ones are remembered as taken back, so that no run brings them again.

    Raises:
        PublishError: there is no such release, or its manifest cannot be read.
        PublishBusyError: another process is publishing.
    """
    with publishing_lock(curated):
        tidy(curated)
        there = numbers(curated)
        if number not in there:
            named = ", ".join(map(str, there)) or "none yet"
            msg = f"{curated} has no release {number}; there are: {named}"
            raise PublishError(msg)
        manifest = Release(release_folder(curated, number)).manifest
        above = (Release(release_folder(curated, n)) for n in there if n > number)
        later = {release.number: release.manifest.content for release in above if release.sound}
        _remember_taken_back(curated, taken_back(curated) | later)
        serve(curated, number)
        return manifest


def _remember_taken_back(curated: Path, back: Mapping[int, str]) -> None:
    replace_file(curated / "taken-back.json", f"{json.dumps(dict(sorted(back.items())))}\n".encode())


def numbers(curated: Path) -> tuple[int, ...]:
    """Give the numbers of the releases on disk, in order."""
    folder = curated / "releases"
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return tuple(sorted(int(name) for name in names if name.isdecimal()))
