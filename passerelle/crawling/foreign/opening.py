"""Open files with WARC records: plain, compressed, or several in a zip (WACZ)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from passerelle.crawling.archive.records import Record
from passerelle.crawling.foreign.records import Trouble, read_records

MOST_MEMBER = 10 << 30
"""Bytes of a file in a WACZ; one that says it is larger is passed over."""
_ENCRYPTED = 1


def read_archive(path: Path) -> Iterator[Record | Trouble]:
    """Read the records of a file, or of all files with records in a zip.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(0)
        if not start:
            yield Trouble("damaged", 0, "the file is empty")
        elif start == b"PK\x03\x04":
            yield from _records_of_zip(stream)
        else:
            yield from read_records(stream)


def _records_of_zip(stream: BinaryIO) -> Iterator[Record | Trouble]:
    """Read a WACZ. Nothing in it is written to disk under its own name, so no name can lead anywhere."""
    try:
        package = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield Trouble("damaged", 0, f"the WACZ cannot be opened ({error})")
        return
    with package:
        wanted = [one for one in package.infolist() if one.filename.endswith((".warc", ".warc.gz"))]
        if not wanted:
            yield Trouble("damaged", 0, "no WARC file in the zip")
        for member in wanted:
            if PurePosixPath(member.filename).parts[:1] != ("archive",) or ".." in member.filename:
                yield Trouble("misplaced", 0, f"{member.filename} lies outside archive/ of the WACZ and was skipped")
            elif member.file_size > MOST_MEMBER:
                yield Trouble("huge", 0, f"{member.filename} of {member.file_size} bytes")
            else:
                yield from _records_of_member(package, member)


def _records_of_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Record | Trouble]:
    if member.flag_bits & _ENCRYPTED:
        yield Trouble("damaged", 0, f"{member.filename} is encrypted")
        return
    # The zip's checksum would cost a whole file for one bad byte; records have checksums and digests of their own.
    del member.CRC
    try:
        opened = package.open(member)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield Trouble("damaged", 0, f"{member.filename} cannot be read ({error})")
        return
    with opened:
        guarded = _Guarded(opened)
        yield from read_records(cast(BinaryIO, guarded))
    if guarded.reason:
        yield Trouble("damaged", 0, f"{member.filename}: {guarded.reason}")


class _Guarded:
    """A file in a zip that ends where it is damaged: what was read of it is kept."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.reason = stream, ""

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            self.reason = str(error) or "the file ends too early"
            return b""
