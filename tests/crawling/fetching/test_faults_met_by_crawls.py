"""Whole crawls of a site with one fault: what is archived, what is logged, what was asked for and when.

A page before the fault and one after it show that it stops nothing. Times are the fake clock's.
"""

from __future__ import annotations

import gzip
import ssl
import zlib
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import pytest

from passerelle.crawling.fetching import addresses
from passerelle.crawling.fetching.fetch import Fetcher
from passerelle.workplace import Workplace
from tests.crawling.fetching.conftest import IMPATIENT, MakeFetcher
from tests.crawling.fetching.faults import FakeClock, FaultServer, Reply, cut, dribble, redirect, reply, silence
from tests.crawling.fetching.meeting import GOOD, ROBOTS, Archived, Met, meet, warmed

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_HALF = zlib.compressobj(wbits=31)
NO_MORE_GZIP = _HALF.compress(b"<p>Un projet</p>" * 99) + _HALF.flush(zlib.Z_FULL_FLUSH) + b"\xff" * 99
"""Begins as gzip and goes on as something else."""


def among_good_ones(workplace: Workplace, server: FaultServer, fetcher: Fetcher, *faults: Reply, **more: Any) -> Met:
    """Crawl a good page, a faulty one and another good one."""
    for path in ("/before", "/after"):
        server.on(path, GOOD)
    server.on("/fault", *faults)
    met = meet(workplace, server, fetcher, "/before", "/fault", "/after", **more)
    for path in ("/before", "/after"):
        assert met.archived_of(path) == [("200", "page", None)]
    assert met.report.end == "done"
    return met


SLOW: dict[str, tuple[Reply, Archived]] = {
    "no headers": (silence(), []),
    "slow headers": (dribble(b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n", times=10_000), []),
    "half a body": (
        silence(HEAD + b"Content-Length: 50\r\n\r\nhalf"),
        [("200", "retry", "time"), ("200", "failure", "time")],
    ),
    "slow body": (
        dribble(HEAD + b"\r\n", b"<p>more</p>", times=10_000),
        [("200", "retry", "time"), ("200", "failure", "time")],
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_answer_is_left_and_asked_for_once_more(
    workplace: Workplace, server: FaultServer, make_fetcher: MakeFetcher, clock: FakeClock, name: str
) -> None:
    """The time-outs are real seconds; nothing here depends on how fast the machine is, for the answer never ends."""
    slow, archived = SLOW[name]
    fetcher = warmed(make_fetcher(attempts=2, **IMPATIENT), server, clock)
    server.on("/fault", slow)
    met = meet(workplace, server, fetcher, "/fault")
    assert met.archived_of("/fault") == archived
    assert met.logged == [("source-unreachable", "/"), ("unreachable", "/fault")]
    assert met.asked == [("/fault", 1.0), ("/fault", 2.0)]


RETRIED = [2.0, 3.0, 5.0, 9.0]
"""When a page is asked for whose server fails: pauses of 1, 2, 4 seconds, and 8 before the next page."""
CUT: Archived = [("200", "retry", "disconnect")] * 3 + [("200", "failure", "disconnect")]


@dataclass(frozen=True)
class Fault:
    """A page's answer, and what a crawl makes of it."""

    reply: Reply
    archived: Archived
    logged: str | None
    asked: tuple[float, ...] | list[float] = (2.0,)
    after: tuple[float, ...] = (3.0,)
    by_chance: tuple[float, ...] = ()
    """When ``/after`` is asked for, once or more, as the network delivers."""


def failing(status: str) -> Archived:
    return [(status, "retry", None)] * 3 + [(status, "failure", None)]


FAULTS = {
    "truncated": Fault(cut(HEAD + b"Content-Length: 50\r\n\r\nhalf"), CUT, "unreachable", RETRIED, (17.0,)),
    "truncated chunks": Fault(
        cut(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), CUT, "unreachable", RETRIED, (17.0,)
    ),
    "truncated gzip": Fault(
        cut(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>Un projet</p>" * 99, mtime=0)[:-9]),
        CUT,
        "unreachable",
        RETRIED,
        (17.0,),
    ),
    # What is left over on the connection is no answer to the next page, which is asked for on a new one: how often,
    # hangs on whether the rest comes before or after the page is asked for.
    "longer than it says": Fault(
        reply(b"short and then more", content_length="5"), [("200", "page", None)], None, after=(), by_chance=(3.0, 4.0)
    ),
    "gzip bomb": Fault(
        reply(gzip.compress(bytes(90_000_000)), content_encoding="gzip"), [("200", "failure", "length")], "too-large"
    ),
    "endless": Fault(dribble(HEAD + b"\r\n", b"x" * 60_000, 0.0, 10_000), [("200", "failure", "length")], "too-large"),
    "no gzip": Fault(
        reply(NO_MORE_GZIP, content_encoding="gzip"),
        [("200", "failure", None)],
        "not-http",
    ),
    "redirect loop": Fault(redirect("/fault"), [("302", "redirect", None)], "bad-redirect"),
    "redirect to a private address": Fault(
        redirect("http://10.0.0.1/secret"), [("302", "redirect", None)], "bad-redirect"
    ),
    "redirect to a file": Fault(redirect("file:///etc/passwd"), [("302", "failure", None)], "bad-redirect"),
    "500 for good": Fault(reply("panne", status="500 Oops"), failing("500"), "server-fails", RETRIED, (17.0,)),
    "429 that can be sat out": Fault(
        reply("plus tard", status="429 Slow", retry_after="30"),
        failing("429"),
        "asked-to-wait",
        [2.0, 32.0, 62.0, 92.0],
        (122.0,),
    ),
    "403": Fault(reply("non", status="403 Forbidden"), [("403", "failure", None)], "site-blocks"),
    "wrong charset": Fault(
        reply("<html lang='fr'><p>été</p></html>".encode("latin-1"), content_type="text/html; charset=utf-8"),
        [("200", "page", None)],
        None,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_archived_logged_and_asked_for_in_good_time(
    workplace: Workplace, server: FaultServer, make_fetcher: MakeFetcher, name: str
) -> None:
    fault = FAULTS[name]
    met = among_good_ones(workplace, server, make_fetcher(max_body=1_000_000), fault.reply)
    assert met.archived_of("/fault") == fault.archived
    assert met.logged == ([(fault.logged, "/fault")] if fault.logged else [])
    expected = [("/before", 1.0), *(("/fault", at) for at in fault.asked), *(("/after", at) for at in fault.after)]
    by_chance = [("/after", at) for at in fault.by_chance]
    assert not by_chance or set(by_chance) & set(met.asked)
    assert [one for one in met.asked if one not in by_chance] == [ROBOTS, *expected]


def test_a_passing_500_is_a_page_and_its_errors_are_kept(
    workplace: Workplace, server: FaultServer, fetcher: Fetcher
) -> None:
    panne = reply("panne", status="503 Busy")
    met = among_good_ones(workplace, server, fetcher, panne, panne, GOOD)
    assert met.archived_of("/fault") == [("503", "retry", None), ("503", "retry", None), ("200", "page", None)]
    assert (met.logged, met.asked_of("/fault"), met.report.counts.new) == ([], [2.0, 3.0, 5.0], 3)


def test_a_long_retry_after_leaves_the_site_alone(workplace: Workplace, server: FaultServer, fetcher: Fetcher) -> None:
    server.on("/fault", reply("plus tard", status="429 Slow", retry_after="3600"))
    met = meet(workplace, server, fetcher, "/fault", "/after")
    assert met.archived_of("/fault") == [("429", "failure", None)]
    assert met.asked == [ROBOTS, ("/fault", 1.0)]
    assert sorted(met.logged) == [("asked-to-wait", "/after"), ("asked-to-wait", "/fault"), ("source-unreachable", "/")]


def test_pauses_longer_than_an_hour_leave_the_site_alone_and_are_said_once(
    workplace: Workplace, server: FaultServer, fetcher: Fetcher
) -> None:
    server.on("/robots.txt", reply("User-agent: *\nCrawl-delay: 7200\n", content_type="text/plain"))
    met = meet(workplace, server, fetcher, "/p1", "/p2", "/p3")
    assert (met.asked, met.report.end, met.report.counts.blocked) == ([ROBOTS], "unreachable", 3)
    said = [issue.message for issue in met.report.issues if issue.code == "crawl-delay-too-long"]
    assert "asks for 7200 s between requests" in said[0]
    assert said[1:] == ["2 more pages of essai are the same."]


def test_a_storm_of_500_ends_the_run(workplace: Workplace, server: FaultServer, fetcher: Fetcher) -> None:
    paths = [f"/p{number}" for number in range(30)]
    for path in paths:
        server.on(path, reply("panne", status="500 Oops"))
    met = meet(workplace, server, fetcher, *paths)
    assert met.report.end == "unreachable"
    # Five pages, four times each; then the host is left alone, and five more failures end the run without a request.
    assert [path for path, _ in met.asked[1:]] == [path for path in paths[:5] for _ in range(4)]
    assert {one.why for one in met.archived} == {"robots", "retry", "failure"}
    assert len(met.archived) == 21
    assert met.logged.count(("source-unreachable", "/")) == 1
    assert [code for code, _ in met.logged if code != "source-unreachable"] == ["server-fails"] * 10


def test_a_name_that_changes_its_address_is_checked_at_the_next_connection(
    workplace: Workplace, server: FaultServer, make_fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1" if len(looked_up) == 1 else "10.0.0.1"]

    loopback, strict = ip_address("127.0.0.1"), addresses.refusal
    monkeypatch.setattr(addresses, "refusal", lambda one: None if one == loopback else strict(one))  # as if public
    server.on("/before", reply("<p>Maison</p>", version="HTTP/1.0"))  # the connection is closed after it
    server.on("/fault", GOOD)
    met = meet(workplace, server, make_fetcher(resolver=rebinding), "/before", "/fault", host="maison.test")
    assert met.asked == [ROBOTS, ("/before", 1.0)]
    assert looked_up == ["maison.test"] * 2
    assert met.archived_of("/fault") == []
    assert met.logged == [("refused-address", "/fault")]


def test_bad_tls_is_logged_and_nothing_is_asked(
    workplace: Workplace, clock: FakeClock, secured: ssl.SSLContext, make_fetcher: MakeFetcher
) -> None:
    server = FaultServer(clock, tls=secured)
    try:
        fetcher = make_fetcher(allow_hosts=frozenset({server.host}))
        met = meet(workplace, server, fetcher, "/fault")
    finally:
        server.close()
    assert (met.asked, met.archived) == ([], [])
    assert met.logged == [("source-unreachable", "/"), ("unreachable", "/fault")]
