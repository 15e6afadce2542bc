"""The archive: WARC files that are written once and never changed.

A file is written under the name ``….warc.gz.open`` and takes its real name when it is whole and on disk, so that
a crash leaves no file that looks complete and is not.
"""

from __future__ import annotations

import os
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from schemas.capture import WarcPlace, digest_of

OPEN_SUFFIX = ".open"
SOFTWARE = "Passerelle/0.1 (WARC/1.1)"


class ArchiveError(Exception):
    """A record of the archive cannot be read back; the message names the file and what to do."""


class WarcFile:
    """One WARC file being written."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        self._writer.write_record(self._writer.create_warcinfo_record(name, {"software": SOFTWARE}))

    def write_resource(self, body: bytes, *, uri: str, media_type: str, at: datetime) -> WarcPlace:
        """Append a file given by hand as a ``resource`` record; give its place."""
        digest = digest_of(body)
        record = self._writer.create_warc_record(
            uri,
            "resource",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=media_type,
            warc_headers_dict={
                "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                # The same file taken in again is the same record.
                "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{uri} {at.isoformat()} {digest}')}>",
            },
        )
        start = self._stream.tell()
        self._writer.write_record(record)
        return WarcPlace(path=self._name, offset=start, length=self._stream.tell() - start)


@contextmanager
def new_warc(raw: Path, source: str, year: int, stem: str) -> Iterator[WarcFile]:
    """Open a new WARC file ``SOURCE/YEAR/STEM.warc.gz`` below the raw folder; whole or not there at all."""
    name = f"{source}/{year}/{stem}.warc.gz"
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + OPEN_SUFFIX)
    with unfinished.open("wb") as stream:
        yield WarcFile(stream, name)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def read_body(raw: Path, place: WarcPlace, digest: str) -> bytes:
    """Read a capture's body back and check it against its digest.

    Raises:
        ArchiveError: the file is missing or cut, or the body is not the one that was captured.
    """
    path = raw / place.path
    try:
        with path.open("rb") as stream:
            stream.seek(place.offset)
            member = BytesIO(stream.read(place.length))
        record = next(iter(ArchiveIterator(member)))
        body = bytes(record.content_stream().read())
    except (OSError, StopIteration, EOFError, ArchiveLoadFailed, zlib.error, ValueError) as error:
        msg = f"{path}: no record at byte {place.offset}; put the file back from a backup of raw/"
        raise ArchiveError(msg) from error
    if digest_of(body) != digest:
        msg = f"{path}: the record at byte {place.offset} was altered; put the file back from a backup of raw/"
        raise ArchiveError(msg)
    return body
