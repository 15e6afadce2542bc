"""Whatever comes in, an outcome comes out."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passerelle.crawling.fetching.answers import Answer, Failure
from tests.crawling.fetching.conftest import MakeFetcher
from tests.crawling.fetching.faults import FaultServer, cut

wild = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

LINES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK",
        b"HTTP/1.0 301 ",
        b"HTTP/1.1 103 Early Hints",
        b"HTTP/1.1 999 ?",
        b"HTTP/2 200",
        b"Location: /x",
        b"Location: //\xc3\xa9[",
        b"Content-Type: text/html; charset*0*=x''%E9; charset",
        b"Content-Type: ;;=",
        b"Content-Length: 5",
        b"Content-Length: -1",
        b"Content-Encoding: gzip",
        b"Transfer-Encoding: chunked",
        b"Retry-After: x",
        b" folded",
        b"",
        b"5",
        b"hello",
        b"0",
        gzip.compress(b"bonjour", mtime=0),
    ]
)


def nowhere(host: str, port: int) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_NONAME, "not known")


@wild
@given(st.lists(LINES | st.binary(max_size=20), max_size=12), st.booleans())
def test_any_bytes_from_a_server_give_an_outcome(
    make_fetcher: MakeFetcher, server: FaultServer, lines: list[bytes], is_answer: bool
) -> None:
    data = (b"HTTP/1.1 200 OK\r\n" if is_answer else b"") + b"\r\n".join(lines)
    for path in ("/robots.txt", "/page"):
        server.on(path, cut(data))
    with make_fetcher(attempts=1) as fetcher:
        for path in ("/page", "/other"):
            outcome = fetcher.fetch(server.url(path))
            for exchange in (*outcome.trail, outcome if isinstance(outcome, Answer) else None):
                if exchange:
                    assert exchange.response_head.endswith(b"\r\n\r\n")
                    assert "/" in exchange.media_type
                    assert exchange.charset is None or exchange.charset


@wild
@given(st.text(max_size=40) | st.builds("http://{}".format, st.text(max_size=40)))
def test_any_text_for_a_url_gives_an_outcome(make_fetcher: MakeFetcher, url: str) -> None:
    with make_fetcher(resolver=nowhere, allow_hosts=frozenset()) as fetcher:
        outcome = fetcher.fetch(url, etag=url, last_modified=url, known_url=url)
    assert isinstance(outcome, Failure)
    assert outcome.kind in {"not-http", "dns", "off-limits", "refused-address"}
