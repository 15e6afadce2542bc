"""HTTP messages archived by others: what a crawl of ours would have had of the same answer."""

from __future__ import annotations

from typing import get_args

from passerelle.crawling.archive.digests import agrees
from passerelle.crawling.archive.records import HttpHead, Record, media_type_of
from passerelle.crawling.fetching.answers import Exchange, Truncation
from passerelle.crawling.fetching.decoding import BodyTooLargeError, Decoder, UndecodableError, UnfinishedError

MOST_BODY = 64 << 20
"""Bytes of a body with its content coding taken off, at most."""


_TRUNCATIONS: dict[str, Truncation] = {word: word for word in get_args(Truncation)}


class UnusableError(Exception):
    """A record that no capture can be made of; the message says why."""


def exchange_of(record: Record) -> Exchange:
    """Make an exchange of a ``response`` record.

    Raises:
        UnusableError: it has no HTTP message, or one that cannot be decoded.
        ValueError: it has no date.
    """
    head = record.http
    if head is None or head.status is None:
        msg = "no HTTP answer in it"
        raise UnusableError(msg)
    payload = without_chunks(head, record.payload)
    return make_exchange(record, head, payload, decoded(head, payload))


def make_exchange(record: Record, head: HttpHead, payload: bytes, body: bytes) -> Exchange:
    """Make an exchange of the parts of a record.

    Raises:
        ValueError: the record has no date.
    """
    version, _, rest = head.first_line.partition(" ")
    return Exchange(
        url=record.uri,
        status=head.status or 200,
        reason=rest.partition(" ")[2],
        http_version=version,
        headers=tuple((name, value) for name, value in head.headers if name.isascii() and name),
        request_head=b"",
        payload=payload,
        body=body,
        fetched_at=record.at,
        seconds=0,
        address=record.fields.get("warc-ip-address", ""),
        truncated=_TRUNCATIONS.get(record.fields.get("warc-truncated", "")),
    )


def without_chunks(head: HttpHead, payload: bytes) -> bytes:
    """Take the transfer coding off; as it stands where headers announce chunks that are not there."""
    if "chunked" not in head.fields.get("transfer-encoding", "").lower():
        return payload
    parts: list[bytes] = []
    at = 0
    while True:
        end = payload.find(b"\r\n", at)
        try:
            size = int(payload[at:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            # Cut in the middle of the chunks, or never chunked at all.
            return b"".join(parts) if parts else payload
        if size == 0:
            return b"".join(parts)
        parts.append(payload[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def decoded(head: HttpHead, payload: bytes) -> bytes:
    """Take the content coding off.

    Raises:
        UnusableError: it is not the coding that the headers announce, or one that we do not know, or the body is
            too large.
    """
    try:
        decoder = Decoder(head.fields.get("content-encoding", ""), MOST_BODY)
        body = decoder.feed(payload)
        decoder.finish()
    except BodyTooLargeError as error:
        msg = f"its body is larger than {MOST_BODY >> 20} MiB"
        raise UnusableError(msg) from error
    except (UndecodableError, UnfinishedError) as error:
        raise UnusableError(str(error)) from error
    return body


def media_type(record: Record) -> str:
    """Give the media type of what was answered; guessed from its first byte where nothing says."""
    head = record.http
    said = (head.fields if head else record.fields).get("content-type")
    return media_type_of(said) if said else ("text/html" if record.payload.lstrip()[:1] == b"<" else "unknown/unknown")


def is_altered(record: Record) -> bool:
    """Tell whether a record is not what its digests say.

    Writers disagree on the payload: with or without transfer or content coding. Any of them will do, and the digest
    of the whole block where there is one.
    """
    block = agrees(record.fields.get("warc-block-digest"), record.block)
    if block is not None:
        return not block
    label, head = record.fields.get("warc-payload-digest"), record.http
    if agrees(label, record.payload) is not False or record.kind == "revisit":
        return False
    if head is None:
        return True
    payload = without_chunks(head, record.payload)
    if agrees(label, payload):
        return False
    try:
        return not agrees(label, decoded(head, payload))
    except UnusableError:
        return True
