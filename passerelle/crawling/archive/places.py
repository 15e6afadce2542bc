"""Where the archive lies: a folder, or a place such as ``s3://bucket/prefix``.

A file is written locally under the name ``….open`` and moved to its place when it is whole and on disk, so that a
crash leaves no file that looks complete and is not.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from passerelle.crawling.archive.errors import ArchiveError, UnreachableError
from passerelle.store.disk import sync_folder

OPEN_SUFFIX = ".open"


class RawPlace(Protocol):
    """A place of finished files, by path relative to it, and the local folder where files are being written."""

    open_folder: Path

    def read(self, path: str, offset: int = 0, length: int | None = None) -> bytes:
        """Read a range of a file, finished or still being written; to its end without a length.

        Raises:
            UnreachableError: the place does not answer.
            OSError: it is not there or cannot be read.
        """

    def list(self, suffix: str) -> Iterator[str]:
        """Give the paths of all finished files with a suffix, sorted."""

    def put(self, local: Path, path: str) -> None:
        """Move a finished local file to its place; it is on disk there before it is gone here.

        Raises:
            OSError: it cannot be written there; the local file stays.
        """

    def where(self, path: str) -> str:
        """Name a file's place in messages."""


class FolderPlace:
    """An archive in a folder; files being written stand beside the finished ones."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.open_folder = root

    def read(self, path: str, offset: int = 0, length: int | None = None) -> bytes:
        """See ``RawPlace``."""
        return _read(self.root / path, offset, length)

    def list(self, suffix: str) -> Iterator[str]:
        """See ``RawPlace``."""
        found = (path for path in self.root.rglob(f"*{suffix}") if path.is_file())
        yield from sorted(path.relative_to(self.root).as_posix() for path in found)

    def put(self, local: Path, path: str) -> None:
        """See ``RawPlace``."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        local.replace(target)
        sync_folder(target.parent)

    def where(self, path: str) -> str:
        """See ``RawPlace``."""
        return str(self.root / path)


class RemotePlace:
    """An archive in an object store that fsspec reaches, such as S3; files are uploaded when they are whole."""

    def __init__(self, url: str, state: Path, **options: Any) -> None:
        """Name a place.

        Args:
            url: for instance ``s3://bucket/prefix``.
            state: local folder; files being written stand in its ``archive/``.
            options: what fsspec's file system takes; credentials and endpoint come from the environment without.

        Raises:
            ArchiveError: the library for this kind of place is not installed.
        """
        self.url = url.rstrip("/")
        self.open_folder = state / "archive"
        try:
            self._files, self._root = import_module("fsspec").url_to_fs(self.url, **options)
        except (ImportError, ValueError) as error:
            how = f"{sys.executable} -m pip install 'passerelle[s3]'"
            msg = f"{url}: {error}; install it with {how}, or set the archive to a folder"
            raise ArchiveError(msg) from error
        self._errors: tuple[type[Exception], ...] = (OSError, *_botocore_errors())

    def read(self, path: str, offset: int = 0, length: int | None = None) -> bytes:
        """See ``RawPlace``."""
        if (self.open_folder / (path + OPEN_SUFFIX)).is_file():
            return _read(self.open_folder / path, offset, length)
        end = None if length is None else offset + length
        try:
            return bytes(self._files.cat_file(f"{self._root}/{path}", start=offset, end=end))
        except self._errors as error:
            raise self._os_error(error) from error

    def list(self, suffix: str) -> Iterator[str]:
        """See ``RawPlace``."""
        try:
            self._files.invalidate_cache()
            found = self._files.find(self._root)
        except self._errors as error:
            raise self._os_error(error) from error
        yield from sorted(str(name).removeprefix(f"{self._root}/") for name in found if str(name).endswith(suffix))

    def put(self, local: Path, path: str) -> None:
        """See ``RawPlace``."""
        remote = f"{self._root}/{path}"
        try:
            self._files.put_file(str(local), remote)
            self._files.invalidate_cache()
            arrived = int(self._files.info(remote)["size"])
        except self._errors as error:
            raise self._os_error(error) from error
        if arrived != local.stat().st_size:
            msg = f"{self.where(path)}: {arrived} bytes arrived of {local.stat().st_size}"
            raise UnreachableError(msg)
        local.unlink()

    def where(self, path: str) -> str:
        """See ``RawPlace``."""
        return f"{self.url}/{path}"

    def _os_error(self, error: BaseException) -> OSError:
        """Tell a file that is not there from a place that does not answer, or does not let us in."""
        if isinstance(error, FileNotFoundError):
            return error
        return UnreachableError(f"{self.url}: {error}; check PASSERELLE_RAW, its credentials and the network")


def raw_place(raw: Path | str | RawPlace, state: Path | None = None) -> RawPlace:
    """Give the archive at a folder or URL; a URL needs the folder where Passerelle keeps its state.

    Raises:
        ArchiveError: see ``RemotePlace``.
    """
    if isinstance(raw, str) and "://" in raw:
        if state is None:
            msg = f"{raw}: say in which local folder files are written before they are uploaded"
            raise ArchiveError(msg)
        return RemotePlace(raw, state)
    return FolderPlace(Path(raw)) if isinstance(raw, str | Path) else raw


def _read(path: Path, offset: int, length: int | None) -> bytes:
    unfinished = path.with_name(path.name + OPEN_SUFFIX)
    for name in (path, unfinished, path):  # it may be finished between the first two
        try:
            with name.open("rb") as stream:
                stream.seek(offset)
                return stream.read(-1 if length is None else length)
        except FileNotFoundError:
            continue
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _botocore_errors() -> tuple[type[Exception], ...]:
    """Give what a client of S3 raises when it reaches nobody; not an OSError, unlike what the server answers."""
    try:
        return (import_module("botocore.exceptions").BotoCoreError,)
    except ImportError:
        return ()
