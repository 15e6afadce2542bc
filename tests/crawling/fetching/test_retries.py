"""When a failure is tried again, and when a host is left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from passerelle.crawling.fetching.answers import Answer, Failure
from passerelle.crawling.fetching.fetch import Fetcher
from passerelle.crawling.fetching.retrying import Backoff, retry_after
from tests.crawling.fetching.conftest import MakeFetcher
from tests.crawling.fetching.faults import FakeClock, FaultServer, Reply, cut, reply

ERROR = reply("panne", status="503 Service Unavailable")


def wait_please(seconds: str, status: str = "429 Too Many Requests") -> bytes:
    return reply(status=status, retry_after=seconds)


def failure(fetcher: Fetcher, url: str) -> Failure:
    outcome = fetcher.fetch(url)
    assert isinstance(outcome, Failure)
    return outcome


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Busy", "504 Late", "408 Timeout", "429 Slow"])
def test_a_passing_error_is_tried_again_after_doubling_pauses(
    fetcher: Fetcher, server: FaultServer, status: str
) -> None:
    error = reply("panne", status=status)
    found = fetcher.fetch(server.on("/a", error, error, reply("ok")))
    assert isinstance(found, Answer)
    assert (found.body, server.times) == (b"ok", [0, 1, 3])
    assert [exchange.status for exchange in found.trail] == [404, int(status[:3]), int(status[:3])]


def test_attempts_come_to_an_end(fetcher: Fetcher, server: FaultServer) -> None:
    found = failure(fetcher, server.on("/a", ERROR))
    assert (found.kind, found.status, server.times) == ("server-error", 503, [0, 1, 3, 7])
    assert len(found.trail) == 4  # robots.txt and the first three; the fourth is found.exchange


@pytest.mark.parametrize("fault", [cut(b""), cut(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")])
def test_a_broken_connection_is_tried_again(fetcher: Fetcher, server: FaultServer, fault: Reply) -> None:
    server.on("/robots.txt", reply(connection="close"))
    assert isinstance(fetcher.fetch(server.on("/a", fault, reply("ok"))), Answer)
    assert server.times == [0, 1]


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 Forbidden", "404 Not Found", "410 Gone", "501 Never"])
def test_a_settled_answer_is_not_asked_again(fetcher: Fetcher, server: FaultServer, status: str) -> None:
    failure(fetcher, server.on("/a", reply(status=status)))
    assert len(server.pages) == 1


def test_a_challenge_is_not_asked_again(fetcher: Fetcher, server: FaultServer) -> None:
    found = failure(fetcher, server.on("/a", reply("?", status="503 Wait", cf_mitigated="challenge")))
    assert (found.kind, len(server.pages)) == ("blocked", 1)
    assert found.message == "the server said 503 Wait: a challenge page of Cloudflare"


@pytest.mark.parametrize("said", ["30", "Mon, 02 Nov 2026 08:30:30 GMT"])
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_is_obeyed(fetcher: Fetcher, server: FaultServer, said: str, status: str) -> None:
    assert isinstance(fetcher.fetch(server.on("/a", wait_please(said, status), reply("ok"))), Answer)
    assert server.times == [0, 30]


def test_a_long_retry_after_is_a_failure_that_says_when_to_come_back(
    fetcher: Fetcher, server: FaultServer, clock: FakeClock
) -> None:
    server.on("/a", wait_please("3600"), reply("ok"))
    server.on("/b", reply("ok"))
    found = failure(fetcher, server.url("/a"))
    assert (found.kind, found.retry_after, server.times) == ("rate-limited", 3600, [0])
    clock.sleep(600)
    other = failure(fetcher, server.url("/b"))
    assert (other.kind, other.retry_after, len(server.pages)) == ("rate-limited", 3000, 1)
    assert "127.0.0.1 is left alone for 3000 s more" in other.message
    clock.sleep(3000)
    assert isinstance(fetcher.fetch(server.url("/b")), Answer)


def test_another_host_is_not_held_up(make_fetcher: MakeFetcher, server: FaultServer, clock: FakeClock) -> None:
    allowed = frozenset({f"un.test:{server.port}", f"deux.test:{server.port}"})
    fetcher = make_fetcher(resolver=lambda host, port: ["127.0.0.1"], allow_hosts=allowed)
    failure(fetcher, server.on("/a", wait_please("3600")).replace("127.0.0.1", "un.test"))
    server.on("/b", reply("ok"))
    assert isinstance(fetcher.fetch(server.url("/b", host="deux.test")), Answer)
    assert clock.elapsed == 0


def test_a_storm_of_errors_makes_us_leave_the_host_alone(
    make_fetcher: MakeFetcher, server: FaultServer, clock: FakeClock
) -> None:
    fetcher = make_fetcher(attempts=2, storm_after=3, storm_rest=900.0)
    kinds = [failure(fetcher, server.on(f"/{page}", ERROR)).kind for page in range(10)]
    assert kinds == ["server-error"] * 10
    assert len(server.pages) == 3 * 2
    server.on("/3", reply("ok"))
    clock.sleep(900)
    assert isinstance(fetcher.fetch(server.url("/3")), Answer)


def test_an_error_now_and_then_is_no_storm(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    fetcher = make_fetcher(attempts=1, storm_after=2)
    server.on("/bad", ERROR)
    server.on("/good", reply("ok"))
    for _ in range(5):
        assert failure(fetcher, server.url("/bad")).retry_after is None
        assert isinstance(fetcher.fetch(server.url("/good")), Answer)
    assert len(server.pages) == 10


def test_pauses_double_up_to_a_cap_and_vary() -> None:
    steady = [Backoff(1.0, 60.0).seconds(attempt) for attempt in range(50)]
    assert all(0.5 * 2**n <= pause <= min(60, 1.5 * 2**n) for n, pause in enumerate(steady[:6]))
    assert max(steady) <= 60
    assert len({Backoff(1.0, 60.0).seconds(0) for _ in range(5)}) > 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("１２", None),
        (" 120 ", 120.0),
        ("9" * 40, 999_999_999.0),
        ("Mon, 02 Nov 2026 08:31:00 GMT", 60.0),
        ("Mon, 02 Nov 2026 08:31:00 -0000", 60.0),
        ("Sun, 01 Nov 2026 08:31:00 GMT", 0.0),
        ("Mon, 99 Nov 2026 08:31:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, datetime(2026, 11, 2, 8, 30, tzinfo=UTC)) == seconds
