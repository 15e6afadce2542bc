"""Content codings, however the bytes arrive."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.fetching.decoding import BodyTooLargeError, Decoder, UndecodableError, UnfinishedError

ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": lambda data: zlib.compress(data, wbits=-15),
    "": bytes,
}


def decode(header: str, payload: bytes, step: int, limit: int = 1_000_000) -> bytes:
    decoder = Decoder(header, limit)
    body = b"".join(decoder.feed(payload[at : at + step]) for at in range(0, len(payload), step))
    decoder.finish()
    return body


@given(st.binary(max_size=2000), st.sampled_from(sorted(ENCODERS)), st.integers(1, 700))
def test_a_body_comes_back_whatever_the_pieces(body: bytes, coding: str, step: int) -> None:
    assert decode(coding, ENCODERS[coding](body), step) == body


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "gzip, deflate", "br", "none", ", ,"]))
def test_any_bytes_give_a_body_or_a_named_error(payload: bytes, header: str) -> None:
    try:
        body = decode(header, payload, 7, limit=10_000)
    except (UndecodableError, UnfinishedError, BodyTooLargeError):
        return
    assert len(body) <= 10_000


@given(st.integers(0, 3000), st.integers(1, 500))
def test_the_limit_is_exact(size: int, step: int) -> None:
    payload = gzip.compress(bytes(size))
    if size > 1000:
        with pytest.raises(BodyTooLargeError):
            decode("gzip", payload, step, limit=1000)
    else:
        assert decode("gzip", payload, step, limit=1000) == bytes(size)


@given(st.integers(1, 40))
def test_a_body_that_stops_early_is_not_whole(missing: int) -> None:
    with pytest.raises(UnfinishedError):
        decode("gzip", gzip.compress(b"bonjour " * 50)[:-missing][:-1] or b"\x1f", 11)


def test_an_empty_body_needs_no_coding() -> None:
    assert decode("gzip", b"", 1) == b""
