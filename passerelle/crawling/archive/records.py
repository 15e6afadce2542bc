"""WARC records as bytes: made by warcio, one gzip member each, and read back strictly.

warcio reads leniently: it passes over a member that was cut in the middle (webrecorder/warcio#138). An archive that
must know what is whole needs a reader that does not.
"""

from __future__ import annotations

import gzip
import uuid
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from passerelle.crawling.archive.digests import agrees
from passerelle.crawling.archive.errors import TornError
from passerelle.crawling.headers import content_type, headers_by_name
from schemas.capture import digest_of

CHUNK = 1 << 16
COMPRESSION = 4
"""Of zlib: on pages of real sites level 6 takes 1.7 times as long to save five percent."""
WARC_TIME = "%Y-%m-%dT%H:%M:%SZ"
FIELDS = "application/warc-fields"


@dataclass(frozen=True)
class Record:
    """One WARC record: named fields by lower-case name, and the block."""

    fields: Mapping[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        """Type of the record, such as ``response``, ``revisit`` or ``resource``."""
        return self.fields.get("warc-type", "")

    @property
    def uri(self) -> str:
        """Target URI; some writers put it between angle brackets."""
        return self.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">")

    @property
    def at(self) -> datetime:
        """Moment of the capture.

        Raises:
            ValueError: the record has no date, or one that is none.
        """
        moment = datetime.fromisoformat(self.fields.get("warc-date", ""))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

    @cached_property
    def http(self) -> HttpHead | None:
        """Head of the HTTP message in the block; ``None`` where there is none."""
        is_http = self.fields.get("content-type", "").lower().startswith("application/http")
        return HttpHead.read(self.block) if is_http and self.block else None

    @property
    def payload(self) -> bytes:
        """The payload as it stands in the block."""
        return self.block[self.http.length :] if self.http else self.block


@dataclass(frozen=True)
class HttpHead:
    """First line and headers of an HTTP message."""

    first_line: str
    headers: tuple[tuple[str, str], ...]
    length: int
    """Bytes, with the empty line."""

    @classmethod
    def read(cls, message: bytes) -> HttpHead:
        """Read the head of a message; lines may end in LF alone, as some writers leave them."""
        ends = [(at + len(mark), at) for mark in (b"\r\n\r\n", b"\n\n") if (at := message.find(mark)) >= 0]
        length, end = min(ends, default=(len(message), len(message)))
        first, *lines = message[:end].decode("latin-1").replace("\r\n", "\n").split("\n")
        pairs = (line.partition(":") for line in lines if ":" in line)
        return cls(first, tuple((name.strip(), value.strip()) for name, _, value in pairs), length)

    @property
    def status(self) -> int | None:
        """Status code of a response."""
        words = self.first_line.split(maxsplit=2)
        return int(words[1]) if len(words) > 1 and words[1].isdecimal() else None

    @cached_property
    def fields(self) -> dict[str, str]:
        """Headers by lower-case name; repeated ones joined by a comma."""
        return headers_by_name(self.headers)


@dataclass(frozen=True)
class Member:
    """A record and where its gzip member stands in the file."""

    record: Record
    offset: int
    length: int


class _Head:
    """The head of an HTTP message as it was on the wire: warcio would spell headers its own way."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, _filter: object = None) -> None:
        """Leave it as it is."""


def new_id() -> str:
    """Make a record id."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def make_member(
    kind: str,
    fields: Mapping[str, str | None],
    *,
    content_type: str,
    head: bytes = b"",
    payload: bytes = b"",
) -> bytes:
    """Write one record as one gzip member; fields that are ``None`` are left out.

    Block and payload digests are SHA-256 in base 16, computed here. The payload of an HTTP message must come without
    transfer coding: then what the standard calls payload and what readers hash are the same bytes
    (webrecorder/warcio#74).
    """
    digests: dict[str, str | None] = {"WARC-Block-Digest": digest_of(head + payload)}
    if kind not in ("warcinfo", "revisit"):
        digests["WARC-Payload-Digest"] = digest_of(payload)
    named = {"WARC-Type": kind, "WARC-Record-ID": new_id()} | digests | dict(fields)
    headers = [(name, one_line(value)) for name, value in named.items() if value is not None]
    http = _Head(head) if head else None
    statement = StatusAndHeaders("", headers, protocol="WARC/1.1")
    record = ArcWarcRecord("warc", kind, statement, BytesIO(payload), http, content_type, len(payload))
    record.payload_length = len(payload)
    out = BytesIO()
    WARCWriter(out, gzip=False, warc_version="1.1").write_record(record)
    return gzip.compress(out.getvalue(), COMPRESSION, mtime=0)


def one_line(text: str) -> str:
    """Keep a value from breaking out of its line."""
    return " ".join(text.split())


def warc_fields(fields: Mapping[str, str]) -> bytes:
    """Write a block of named fields, as in ``warcinfo`` and ``metadata`` records."""
    return "".join(f"{name}: {one_line(value)}\r\n" for name, value in fields.items()).encode()


def read_fields(block: bytes) -> dict[str, str]:
    """Read a block of named fields."""
    pairs = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def media_type_of(header: str | None) -> str:
    """Give the media type of a Content-Type header, without parameters."""
    return content_type(header).get_content_type()


def parse_record(data: bytes) -> Record:
    """Read one whole record, with nothing after it, and check its block digest.

    Raises:
        ValueError: it is not whole, is followed by something, or was altered.
    """
    head, separator, rest = data.partition(b"\r\n\r\n")
    if not separator or not head.startswith(b"WARC/"):
        msg = "no WARC record"
        raise ValueError(msg)
    fields = parse_fields(head)
    length = int(fields.get("content-length", "-1"))
    if length < 0 or rest[length:] != b"\r\n\r\n":
        msg = "the record is not as long as it says"
        raise ValueError(msg)
    block = rest[:length]
    if agrees(fields.get("warc-block-digest"), block) is False:
        msg = "the record was altered"
        raise ValueError(msg)
    return Record(fields, block)


def parse_fields(head: bytes) -> dict[str, str]:
    """Read the named fields of a record's head, by lower-case name."""
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    lines = text.replace("\r\n", "\n").split("\n")[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def read_members(stream: BinaryIO) -> Iterator[Member]:
    """Read the records of a file that has one gzip member a record, from its start.

    Raises:
        TornError: the file is cut or damaged; its ``offset`` is the end of the last whole record.
    """
    offset, ahead = 0, stream.read(CHUNK)
    while ahead:
        inflate, data, used = zlib.decompressobj(16 + zlib.MAX_WBITS), [], 0
        while ahead and not inflate.eof:
            try:
                data.append(inflate.decompress(ahead))
            except zlib.error as error:
                raise TornError(offset, str(error)) from error
            used += len(ahead) - len(inflate.unused_data)
            ahead = inflate.unused_data or stream.read(CHUNK)
        if not inflate.eof:
            raise TornError(offset, "the file ends in the middle of a record")
        try:
            record = parse_record(b"".join(data))
        except ValueError as error:
            raise TornError(offset, str(error)) from error
        yield Member(record, offset, used)
        offset += used
