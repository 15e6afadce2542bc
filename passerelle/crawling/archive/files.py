"""One WARC file being written: locked, synced, read back, indexed and put in its place."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from passerelle.crawling.archive.index import WARC_SUFFIX, IndexEntry, index_of, write_index
from passerelle.crawling.archive.places import OPEN_SUFFIX, RawPlace, raw_place
from passerelle.crawling.archive.reading import Archived, archived, read_record
from passerelle.crawling.archive.records import FIELDS, WARC_TIME, make_member, new_id, warc_fields
from passerelle.store.disk import sync_folder
from schemas.capture import WarcPlace, digest_of

Doer = Literal["crawl", "ingest"]
"""Who writes a file; its name begins so."""
INGEST: Doer = "ingest"
SOFTWARE = "Passerelle/0.1 (WARC/1.1)"
CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


class WarcFile:
    """One WARC file being written; it holds a lock, so that no recovery takes it for what a crash left."""

    def __init__(self, place: RawPlace, path: str) -> None:
        self.place = place
        self.path = path
        self._local = place.open_folder / (path + OPEN_SUFFIX)
        self._handle = _create(self._local)
        self._size = 0
        self._fresh: list[tuple[WarcPlace, Mapping[str, str]]] = []
        self._entries: list[IndexEntry] = []
        about = {"software": SOFTWARE, "format": "WARC File Format 1.1", "conformsTo": CONFORMS}
        fields = {"WARC-Date": datetime.now(UTC).strftime(WARC_TIME), "WARC-Filename": Path(path).name}
        self._write(make_member("warcinfo", fields, content_type=FIELDS, payload=warc_fields(about)))

    @property
    def size(self) -> int:
        """Bytes written."""
        return self._size

    def append(self, before: Sequence[bytes], member: bytes, notes: Mapping[str, str]) -> WarcPlace:
        """Append the record of a capture and those that belong to it; give its place.

        The capture's own record comes last: when it is whole, all of its exchange is.
        """
        start = self._size + sum(map(len, before))
        self._write(b"".join((*before, member)))
        place = WarcPlace(path=self.path, offset=start, length=len(member))
        self._fresh.append((place, notes))
        return place

    def write_resource(
        self, body: bytes, *, uri: str, media_type: str, at: datetime, notes: Mapping[str, str] | None = None
    ) -> WarcPlace:
        """Append a file given by hand as a ``resource`` record; give its place."""
        date, digest = at.strftime(WARC_TIME), digest_of(body)
        # The same file taken in again is the same record.
        name = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{uri} {at.isoformat()} {digest}')}>"
        said = {"bodyDigest": digest, "bodySize": str(len(body)), "capturedVia": "ingest", "mediaType": media_type}
        said |= notes or {}
        fields = {"WARC-Target-URI": uri, "WARC-Date": date}
        about = make_member(
            "metadata",
            fields | {"WARC-Record-ID": new_id(), "WARC-Concurrent-To": name},
            content_type=FIELDS,
            payload=warc_fields(said),
        )
        record = make_member("resource", fields | {"WARC-Record-ID": name}, content_type=media_type, payload=body)
        return self.append([about], record, said)

    def sync(self) -> tuple[Archived, ...]:
        """Have everything on disk and read it back; give the captures that are new there.

        Raises:
            ArchiveError: what was read back is not what was written.
        """
        os.fsync(self._handle)
        found = []
        for place, notes in self._fresh:
            found.append(archived(self.place, read_record(self.place, place), place, notes))
        self._fresh.clear()
        self._entries += (one.entry for one in found)
        return tuple(found)

    def finish(self) -> None:
        """Index the file and put both in their place; the caller has synced it.

        Raises:
            OSError: they cannot be put there; what is written stays, and the next run puts it there.
        """
        try:
            put_in_place(self.place, self.path, self._entries)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Leave the file as a crash would: the next run recovers what is in it."""
        os.close(self._handle)

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        self._size += len(data)


@contextmanager
def new_warc(raw: Path | str | RawPlace, source: str, year: int, stem: str) -> Iterator[WarcFile]:
    """Open a new WARC file ``SOURCE/YEAR/STEM-….warc.gz`` in the archive; whole or not there at all.

    At the end it is on disk, read back and indexed.

    Raises:
        ArchiveError: what was read back is not what was written.
        OSError: the archive cannot be written.
    """
    warc = WarcFile(raw_place(raw), warc_path(source, year, stem))
    try:
        yield warc
        warc.sync()
    except BaseException:
        warc.abandon()
        raise
    warc.finish()


def warc_path(source: str, year: int, stem: str) -> str:
    """Name a new WARC file; no two runs, on however many machines, give one name."""
    return f"{source}/{year}/{stem}-{uuid.uuid4().hex[:8]}{WARC_SUFFIX}"


def put_in_place(place: RawPlace, path: str, entries: Iterable[IndexEntry]) -> None:
    """Index a file that is whole and put both in their place, the index first: a finished file always has one.

    Raises:
        OSError: they cannot be put there.
    """
    index = place.open_folder / (index_of(path) + OPEN_SUFFIX)
    write_index(index, entries)
    place.put(index, index_of(path))
    place.put(place.open_folder / (path + OPEN_SUFFIX), path)


def lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file against other processes; give False where one has it. A dead process holds no lock."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _create(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        lock(handle, wait=True)
        if os.fstat(handle).st_nlink:
            break
        os.close(handle)  # a recovery took the empty file away before it was locked
    sync_folder(path.parent)
    return handle
