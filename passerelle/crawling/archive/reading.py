"""Read the archive back: bodies, and the captures that its records stand for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal, cast

from passerelle.crawling.archive.errors import ArchiveError, TornError, UnreachableError
from passerelle.crawling.archive.index import REVISIT, IndexEntry, find
from passerelle.crawling.archive.places import RawPlace, raw_place
from passerelle.crawling.archive.records import Member, Record, media_type_of, read_fields, read_members
from passerelle.crawling.fetching.decoding import BodyTooLargeError, Decoder, UndecodableError
from schemas.capture import Capture, WarcPlace, digest_of
from schemas.urls import normal_url

CAPTURED = ("response", "revisit", "resource")
"""Kinds of records that stand for a capture."""
NOT_MODIFIED = "server-not-modified"
_OF_THE_TRANSFER = frozenset({"content-length", "transfer-encoding", "content-encoding", "connection", "date"})


@dataclass(frozen=True)
class Archived:
    """A capture that is on disk, and what its metadata record says of it."""

    capture: Capture
    notes: Mapping[str, str]
    entry: IndexEntry

    @property
    def why(self) -> str:
        """Why it was fetched: ``page``, or ``robots``, ``redirect``, ``feed``, … ."""
        return self.notes.get("why", "page")

    @property
    def is_page(self) -> bool:
        """Tell whether it is a page to read: not a robots file, a feed, a redirect or a refusal."""
        status = self.capture.status
        return self.why == "page" and (status is None or 200 <= status < 300 or status == 304)


@dataclass(frozen=True)
class Original:
    """The record that holds the body of a capture: itself, or the one that its revisit refers to."""

    place: WarcPlace
    record: Record

    @property
    def payload_digest(self) -> str:
        """Digest of the payload as it stands in the record."""
        return digest_of(self.record.payload)

    @property
    def headers(self) -> dict[str, str]:
        """Headers of the answer, by lower-case name."""
        return dict(self.record.http.fields) if self.record.http else {}

    @property
    def media_type(self) -> str:
        """Media type of the body."""
        http = self.record.http
        return media_type_of(http.fields.get("content-type") if http else self.record.fields.get("content-type"))

    @property
    def body(self) -> bytes:
        """The payload with its content coding taken off; what there is of it, where it was cut on the way."""
        coding = self.headers.get("content-encoding", "")
        try:
            return Decoder(coding, limit=sys.maxsize >> 1).feed(self.record.payload)
        except (UndecodableError, BodyTooLargeError):
            return self.record.payload  # an answer that lied of its coding was kept as it came


def read_record(raw: Path | str | RawPlace, place: WarcPlace) -> Record:
    """Read one record and check it against its block digest.

    Raises:
        ArchiveError: the file is missing, cut or altered.
        UnreachableError: the archive does not answer.
    """
    files = raw_place(raw)
    try:
        data = files.read(place.path, place.offset, place.length)
        member = _one_member(data)
    except UnreachableError:
        raise  # nothing is wrong with the record
    except (OSError, TornError) as error:
        altered = "altered" in str(error)
        said = "the record was altered" if altered else "no record"
        msg = f"{files.where(place.path)}: {said} at byte {place.offset}; put the file back from a backup of raw/"
        raise ArchiveError(msg) from error
    return member.record


def find_original(raw: Path | str | RawPlace, place: WarcPlace) -> Original:
    """Find the record that holds the body of the capture at a place.

    Raises:
        ArchiveError: it, or the record that it refers to, cannot be read.
    """
    record = read_record(raw, place)
    if record.kind != "revisit":
        return Original(place, record)
    fields = record.fields
    try:
        original = WarcPlace(
            path=fields["warc-refers-to-filename"],
            offset=int(fields["warc-refers-to-file-offset"]),
            length=int(fields["warc-refers-to-file-length"]),
        )
    except (KeyError, ValueError) as error:
        msg = f"{raw_place(raw).where(place.path)}: the revisit at byte {place.offset} does not say of what"
        raise ArchiveError(msg) from error
    return Original(original, read_record(raw, original))


def read_body(raw: Path | str | RawPlace, place: WarcPlace, digest: str) -> bytes:
    """Read a capture's body back and check it against its digest; a revisit's body is its original's.

    Raises:
        ArchiveError: the file is missing or cut, or the body is not the one that was captured.
    """
    original = find_original(raw, place)
    body = original.body
    if digest_of(body) != digest:
        where, offset = raw_place(raw).where(original.place.path), original.place.offset
        msg = f"{where}: the record at byte {offset} was altered; put the file back from a backup of raw/"
        raise ArchiveError(msg)
    return body


def show(raw: Path | str | RawPlace, url: str, at: datetime | None = None) -> tuple[IndexEntry, bytes] | None:
    """Give the capture of a URL nearest at or before a time, with its body; ``None`` when there is none.

    Raises:
        ArchiveError: its record cannot be read.
    """
    entry = find(raw, url, at)
    return (entry, read_body(raw, entry.place, entry.digest)) if entry else None


def read_file(raw: RawPlace, path: str, stream: BinaryIO) -> Iterator[Archived]:
    """Give the captures of a WARC file of ours, in the order of their writing.

    Raises:
        TornError: the file is cut; what stands before was given.
        ArchiveError: a revisit refers to a record that cannot be read.
    """
    notes: dict[str, dict[str, str]] = {}
    for member in read_members(stream):
        record = member.record
        if record.kind == "metadata":  # it stands before the record that it is about
            notes[record.fields.get("warc-concurrent-to", "")] = read_fields(record.block)
        elif record.kind in CAPTURED:
            about = notes.pop(record.fields.get("warc-record-id", ""), {})
            place = WarcPlace(path=path, offset=member.offset, length=member.length)
            yield archived(raw, record, place, about)


def archived(raw: RawPlace, record: Record, place: WarcPlace, notes: Mapping[str, str]) -> Archived:
    """Make the capture that a record stands for; the writer and the recovery of a crash make the same one.

    Raises:
        ArchiveError: a revisit refers to a record that cannot be read.
    """
    original = Original(place, record) if record.kind != "revisit" else find_original(raw, place)
    digest, size = notes.get("bodyDigest"), notes.get("bodySize")
    if digest is None or size is None:  # written before metadata records were
        digest, size = digest_of(original.body), str(len(original.body))
    headers = dict(record.http.fields) if record.http else {}
    if NOT_MODIFIED in record.fields.get("warc-profile", ""):
        # A 304 says only what changed of the headers (RFC 9111, §4.3.4).
        headers = original.headers | {k: v for k, v in headers.items() if k not in _OF_THE_TRANSFER}
    status = record.http.status if record.http else None
    capture = Capture(
        source=place.path.partition("/")[0],
        url=normal_url(record.uri),
        url_asked=notes.get("urlAsked") or None,
        captured_at=record.at,
        status=status,
        headers=headers,
        media_type=notes.get("mediaType") or original.media_type,
        digest=digest,
        size=int(size),
        place=place,
        via=cast(Literal["crawl", "ingest"], notes.get("capturedVia", "crawl" if record.http else "ingest")),
        name=notes.get("fileName") or None,
    )
    entry = IndexEntry(
        url=record.uri,
        at=capture.captured_at,
        media_type=REVISIT if record.kind == "revisit" else original.media_type,
        status=status,
        digest=digest,
        payload_digest=record.fields.get("warc-payload-digest") or original.payload_digest,
        place=place,
    )
    return Archived(capture, notes, entry)


def _one_member(data: bytes) -> Member:
    members = list(read_members(BytesIO(data)))
    if len(members) != 1:
        raise TornError(0, "not one record")
    return members[0]
