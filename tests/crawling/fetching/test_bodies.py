"""Answers that are slow, cut, wrong or too large: each comes out under its name."""

from __future__ import annotations

import gzip
import zlib

import pytest

from passerelle.crawling.fetching.answers import Answer, Failure
from passerelle.crawling.fetching.fetch import Fetcher
from tests.crawling.fetching.conftest import CONTACT, IMPATIENT, MakeFetcher
from tests.crawling.fetching.faults import FakeClock, FaultServer, Reply, cut, dribble, reply, silence
from tests.crawling.fetching.meeting import warmed

PAGE = "<html><body>Maison des jeunes, été 2026</body></html>".encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ONCE = {"attempts": 1}


def failure(fetcher: Fetcher, url: str) -> Failure:
    outcome = fetcher.fetch(url)
    assert isinstance(outcome, Failure)
    return outcome


def answer(fetcher: Fetcher, url: str) -> Answer:
    outcome = fetcher.fetch(url)
    assert isinstance(outcome, Answer), outcome
    return outcome


def test_an_answer_says_all_that_the_archive_needs(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.on("/page?q=%C3%A9", reply(PAGE, x_Twice="one", ETag='"7"'))
    found = answer(fetcher, url)
    assert (found.url_asked, found.url, found.status, found.http_version) == (url, url, 200, "HTTP/1.1")
    assert (found.body, found.payload, found.hops) == (PAGE, PAGE, ())
    assert found.fields["etag"] == '"7"'
    assert ("X-Twice", "one") in found.headers
    assert (found.media_type, found.charset, found.address) == ("text/html", "utf-8", "127.0.0.1")
    assert found.request_head.startswith(f"GET /page?q=%C3%A9 HTTP/1.1\r\nHost: {server.host}\r\n".encode())
    assert found.request_head.endswith(b"\r\n\r\n")
    assert found.response_head + found.payload == reply(PAGE, x_Twice="one", ETag='"7"')


def test_we_say_who_we_are_and_nothing_else(fetcher: Fetcher, server: FaultServer) -> None:
    fetcher.fetch(server.on("/", reply(PAGE)))
    for request in server.seen:
        assert request.headers["user-agent"] == f"Passerelle/0.1 (+{CONTACT})"
        assert request.headers["accept-encoding"] == "gzip, deflate"
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_cookies_are_not_kept(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/a", reply(PAGE, set_cookie="visitor=1; Path=/"))
    fetcher.fetch(server.url("/a"))
    fetcher.fetch(server.url("/a"))
    assert all("cookie" not in request.headers for request in server.seen)


def test_connections_are_kept_for_the_next_page(fetcher: Fetcher, server: FaultServer) -> None:
    for path in ("/a", "/b", "/c"):
        answer(fetcher, server.on(path, reply(PAGE)))
    assert server.connections == 1


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        (silence(), "timeout"),
        (silence(b"HTTP/1.1 200 OK\r\nContent-"), "timeout"),
        (dribble(b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n", times=10_000), "timeout"),
        (silence(HEAD + b"Content-Length: 50\r\n\r\nhalf"), "timeout"),
        (dribble(HEAD + b"\r\n", b"<p>more</p>", times=10_000), "timeout"),
        (cut(b""), "connection"),
        (cut(HEAD + b"Content-Length: 50\r\n\r\nhalf"), "truncated"),
        (cut(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "truncated"),
        (cut(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"), "truncated"),
        (cut(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE, mtime=0)[:-9]), "truncated"),
        (reply(PAGE, status="206 Partial Content"), "truncated"),
        (reply(PAGE, content_encoding="gzip"), "bad-headers"),
        (reply(PAGE, content_encoding="br"), "bad-headers"),
        (reply(PAGE, content_encoding="gzip, gzip, gzip, gzip"), "bad-headers"),
        (reply(PAGE, x_huge="y" * 70_000), "bad-headers"),
        (cut(HEAD + b"X-Huge: " + b"y" * 200_000), "bad-headers"),
        (cut(HEAD + b"no colon here\r\n\r\n"), "bad-headers"),
        (reply(PAGE, status="304 Not Modified", content_length=""), "bad-headers"),
        (cut(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "not-http"),
        (cut(b"\x00\x01\x02 binary \xff\r\n\r\n"), "not-http"),
        (reply(PAGE, status="418 Teapot"), "client-error"),
        (reply(PAGE, status="404 Not Found"), "gone"),
        (reply(PAGE, status="410 Gone"), "gone"),
        (reply(PAGE, status="401 Unauthorized"), "blocked"),
        (reply(PAGE, status="403 Forbidden"), "blocked"),
        (reply(PAGE, status="429 Too Many Requests"), "rate-limited"),
        (reply(PAGE, status="500 Internal Server Error"), "server-error"),
        (reply(PAGE, status="200 OK", cf_mitigated="challenge"), "blocked"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_each_fault_has_its_name(
    make_fetcher: MakeFetcher, server: FaultServer, clock: FakeClock, case: Reply, kind: str
) -> None:
    fetcher = warmed(make_fetcher(**ONCE, **(IMPATIENT if kind == "timeout" else {})), server, clock)
    found = failure(fetcher, server.on("/fault", case))
    assert (found.kind, found.url) == (kind, server.url("/fault"))
    assert found.message
    assert len(server.pages) == 1


@pytest.mark.parametrize("stale", [cut(b""), cut(b"left over from the page before\r\n\r\n")])
def test_a_kept_connection_that_is_of_no_use_is_replaced_at_once(
    make_fetcher: MakeFetcher, server: FaultServer, clock: FakeClock, stale: Reply
) -> None:
    fetcher = make_fetcher(**ONCE)
    answer(fetcher, server.on("/first", reply(PAGE)))
    answer(fetcher, server.on("/page", stale, reply(PAGE)))
    assert [seen.connection for seen in server.pages] == [1, 1, 2]
    assert clock.sleeps == []


def test_a_fault_on_one_page_leaves_the_next_one_whole(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/long", reply(b"short and then more", content_length="5"))
    server.on("/next", reply(PAGE))
    for _ in range(3):
        assert answer(fetcher, server.url("/long")).body == b"short"
        assert answer(fetcher, server.url("/next")).body == PAGE


def test_a_body_that_never_ends_stops_at_the_cap(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    endless = dribble(HEAD + b"\r\n", b"x" * 60_000, every=0.001, times=400)
    found = failure(make_fetcher(max_body=200_000), server.on("/endless", endless))
    assert (found.kind, len(server.pages)) == ("too-large", 1)
    assert found.exchange is not None
    assert found.exchange.truncated == "length"
    assert 200_000 <= len(found.exchange.payload) < 400_000


def test_a_bomb_stays_small(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    found = failure(make_fetcher(max_body=1_000_000), server.on("/bomb", reply(bomb, content_encoding="gzip")))
    assert (found.kind, len(server.pages)) == ("too-large", 1)
    assert found.exchange is not None
    assert len(found.exchange.body) <= 1_000_000


@pytest.mark.parametrize(
    ("coding", "payload"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE), mtime=0)),
        ("utf-8", PAGE),
        ("identity", PAGE),
    ],
)
def test_codings_come_off_and_the_payload_stays_for_the_archive(
    fetcher: Fetcher, server: FaultServer, coding: str, payload: bytes
) -> None:
    found = answer(fetcher, server.on("/coded", reply(payload, content_encoding=coding)))
    assert (found.body, found.payload) == (PAGE, payload)


def test_chunks_come_off_and_the_archived_head_says_so(fetcher: Fetcher, server: FaultServer) -> None:
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nbonjo\r\n2\r\nur\r\n0\r\n\r\n"
    found = answer(fetcher, server.on("/chunked", chunked))
    assert (found.body, found.fields["transfer-encoding"]) == (b"bonjour", "chunked")
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in found.response_head
    assert b"\r\nTransfer-Encoding" not in found.response_head


def test_http_1_0_is_understood(fetcher: Fetcher, server: FaultServer) -> None:
    found = answer(fetcher, server.on("/old", reply(PAGE, version="HTTP/1.0", content_length="")))
    assert (found.body, found.http_version) == (PAGE, "HTTP/1.0")
    assert found.response_head.startswith(b"HTTP/1.0 200 OK\r\n")


@pytest.mark.parametrize(("declared", "charset"), [("text/html; charset=latin-9", "latin-9"), ("text/html", None)])
def test_the_bytes_are_left_alone_whatever_the_charset_declared(
    fetcher: Fetcher, server: FaultServer, declared: str, charset: str | None
) -> None:
    found = answer(fetcher, server.on("/charset", reply(PAGE, content_type=declared)))
    assert (found.body, found.charset) == (PAGE, charset)


def test_a_header_that_is_no_header_does_not_stop_the_page(fetcher: Fetcher, server: FaultServer) -> None:
    found = answer(fetcher, server.on("/odd", reply(PAGE, content_type="????", x_accent="été")))
    assert found.media_type == "text/plain"
    assert dict(found.headers)["X-Accent"] == "été"
    assert "été".encode("latin-1") in found.response_head


def test_the_body_of_an_error_is_kept_for_the_archive(fetcher: Fetcher, server: FaultServer) -> None:
    found = failure(fetcher, server.on("/gone", reply("<p>Cette page n’existe plus</p>", status="410 Gone")))
    assert (found.kind, found.status) == ("gone", 410)
    assert found.exchange is not None
    assert found.exchange.body.decode() == "<p>Cette page n’existe plus</p>"


def test_nobody_home_is_a_connection_failure(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    fetcher = make_fetcher(**ONCE)
    server.close()
    assert failure(fetcher, server.url("/")).kind == "connection"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", "not-http"),
        ("/relative", "not-http"),
        ("mailto:bonjour@maison.test", "not-http"),
        ("file:///etc/passwd", "not-http"),
        ("http://", "not-http"),
        ("http://exemple.test:99999/", "not-http"),
        ("http://\x00/", "not-http"),
        ("http://nom:secret@exemple.test/", "off-limits"),
        ("http://127.0.0.1:1/", "refused-address"),
        ("http://[::1]/", "refused-address"),
        ("http://169.254.169.254/latest/meta-data", "refused-address"),
    ],
)
def test_a_url_that_cannot_or_may_not_be_asked_is_a_failure(fetcher: Fetcher, url: str, kind: str) -> None:
    assert failure(fetcher, url).kind == kind
