"""robots.txt in every state it is found in."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from passerelle.crawling.fetching.answers import Answer, Failure
from passerelle.crawling.fetching.fetch import Fetcher
from passerelle.crawling.fetching.robots import KnownRobots
from tests.crawling.fetching.conftest import IMPATIENT, MakeFetcher
from tests.crawling.fetching.faults import START, FakeClock, FaultServer, Reply, cut, dribble, redirect, reply, silence

FORBIDS = "User-agent: *\nDisallow: /prive/\n"
PRIVATE = "/prive/page"
DAY = 24 * 3600.0


def text(body: str | bytes, **headers: str) -> bytes:
    return reply(body, **{"content_type": "text/plain", **headers})


def robots_times(server: FaultServer) -> list[float]:
    return [seen.at for seen in server.seen if seen.path == "/robots.txt"]


@pytest.fixture(autouse=True)
def pages(server: FaultServer) -> None:
    for path in (PRIVATE, "/page"):
        server.on(path, reply("ok"))


@pytest.mark.parametrize(
    "robots",
    [
        text(FORBIDS),
        text("\ufeff" + FORBIDS),
        text(FORBIDS.encode("utf-16")),
        text(FORBIDS.replace("\n", "\r\n").upper().replace("/PRIVE/", "/prive/")),
        text("User-agent: passerelle\nDisallow: /prive/\n\nUser-agent: *\nDisallow:\n"),
        text("User-Agent: Passerelle/0.1\nDisallow: /prive/\n"),
        text(FORBIDS + "Allow: /prive/autre\n"),
        text("# Mâchoire\n" + FORBIDS, content_type="text/plain; charset=latin-1"),
        text(FORBIDS.encode() + b"\xff\xfe\x00 rubbish"),
        text(FORBIDS, content_type="text/html"),
        text(FORBIDS + "# padding\n" * 100_000),
        cut(b"HTTP/1.1 200 OK\r\n\r\n" + FORBIDS.encode()),
    ],
)
def test_what_it_forbids_is_not_asked_for(fetcher: Fetcher, server: FaultServer, robots: Reply) -> None:
    server.on("/robots.txt", robots)
    found = fetcher.fetch(server.url(PRIVATE))
    assert isinstance(found, Failure)
    assert (found.kind, server.pages) == ("robots", [])
    assert isinstance(fetcher.fetch(server.url("/page")), Answer)
    assert len(robots_times(server)) == 1


@pytest.mark.parametrize(
    "robots",
    [
        text(""),
        text("\ufeff"),
        text("User-agent: *\nDisallow:\n"),
        text("User-agent: AutreRobot\nDisallow: /\n"),
        text(FORBIDS + "\nUser-agent: Passerelle\nAllow: /\n"),
        reply("<!DOCTYPE html>\n<p>User-agent: *\nDisallow: /\n"),
        reply(FORBIDS, status="404 Not Found"),
        reply(FORBIDS, status="410 Gone"),
        reply(FORBIDS, status="401 Unauthorized"),
        reply(FORBIDS, status="403 Forbidden"),
        reply(FORBIDS, status="400 Bad Request"),
        redirect("/robots.txt"),
        redirect("mailto:nous@journal.test"),
    ],
)
def test_what_it_does_not_forbid_is_allowed(fetcher: Fetcher, server: FaultServer, robots: Reply) -> None:
    server.on("/robots.txt", robots)
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Answer)


@pytest.mark.parametrize(
    ("robots", "requests"),
    [
        (reply(FORBIDS, status="500 Oops"), [0, 1]),
        (reply(FORBIDS, status="503 Busy"), [0, 1]),
        (reply(FORBIDS, status="501 Never"), [0]),
        (silence(), [0, 1]),
        (dribble(b"HTTP/1.1 200 OK\r\n\r\n", b"# slow\n"), [0, 1]),
        (cut(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + FORBIDS.encode()), [0, 1]),
    ],
)
def test_one_that_cannot_be_read_forbids_for_ten_minutes(
    make_fetcher: MakeFetcher, server: FaultServer, clock: FakeClock, robots: Reply, requests: list[float]
) -> None:
    fetcher = make_fetcher(attempts=2, **IMPATIENT)
    server.on("/robots.txt", robots)
    found = fetcher.fetch(server.url("/page"))
    assert isinstance(found, Failure)
    assert (found.kind, found.retry_after, server.pages) == ("robots", 600, [])
    assert "robots.txt cannot be read, so nothing is fetched there for now" in found.message
    assert robots_times(server) == requests
    server.on("/robots.txt", text(FORBIDS))
    clock.sleep(599)
    assert isinstance(fetcher.fetch(server.url("/page")), Failure)
    clock.sleep(1)
    assert isinstance(fetcher.fetch(server.url("/page")), Answer)
    assert len(robots_times(server)) == len(requests) + 1


def test_429_backs_off_as_long_as_it_is_told(fetcher: Fetcher, server: FaultServer, clock: FakeClock) -> None:
    server.on("/robots.txt", reply(status="429 Slow Down", retry_after="3600"), text(FORBIDS))
    found = fetcher.fetch(server.url("/page"))
    assert isinstance(found, Failure)
    assert (found.kind, found.retry_after, len(server.seen)) == ("rate-limited", 3600, 1)
    clock.sleep(3600)
    assert isinstance(fetcher.fetch(server.url("/page")), Answer)


def test_a_short_429_is_sat_out(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/robots.txt", reply(status="429 Slow Down", retry_after="20"), text(FORBIDS))
    assert isinstance(fetcher.fetch(server.url("/page")), Answer)
    assert (robots_times(server), server.times) == ([0, 20], [20])


def test_redirects_are_followed_five_times(fetcher: Fetcher, server: FaultServer, clock: FakeClock) -> None:
    server.on("/robots.txt", redirect("/r1"))
    for step in range(1, 5):
        server.on(f"/r{step}", redirect(f"/r{step + 1}"))
    server.on("/r5", text(FORBIDS))
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Failure)
    server.on("/r5", redirect("/r6"))
    clock.sleep(DAY)
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Answer)
    assert "/r6" not in [seen.path for seen in server.seen]


def test_a_redirect_to_a_private_address_is_not_followed(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/robots.txt", redirect("http://10.0.0.1/robots.txt"))
    found = fetcher.fetch(server.url("/page"))
    assert isinstance(found, Failure)
    assert (found.kind, server.pages) == ("refused-address", [])


def test_it_is_kept_for_a_day(fetcher: Fetcher, server: FaultServer, clock: FakeClock) -> None:
    server.on("/robots.txt", text(FORBIDS), text(""))
    fetcher.fetch(server.url("/page"))
    clock.sleep(DAY - 1)
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Failure)
    clock.sleep(1)
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Answer)
    assert robots_times(server) == [0, DAY]


def known(server: FaultServer, hours: float, body: bytes | None = FORBIDS.encode(), **more: str) -> KnownRobots:
    """Give what was read some hours ago."""
    at = START - timedelta(hours=hours)
    return KnownRobots(server.url("").rstrip("/"), server.url("/robots.txt"), at, body, etag='"r1"', **more)


def test_what_an_earlier_run_read_holds_for_the_rest_of_its_day(
    fetcher: Fetcher, server: FaultServer, clock: FakeClock
) -> None:
    server.on("/robots.txt", text(""))
    fetcher.remember_robots(known(server, hours=23))
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Failure)
    assert robots_times(server) == []
    clock.sleep(3600)
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Answer)
    assert server.seen[0].headers["if-none-match"] == '"r1"'


def test_after_its_day_a_304_keeps_it_for_another(fetcher: Fetcher, server: FaultServer, clock: FakeClock) -> None:
    server.on("/robots.txt", reply(status="304 Not Modified"))
    fetcher.remember_robots(known(server, hours=25, last_modified="Mon, 01 Jan 2024 00:00:00 GMT"))
    found = fetcher.fetch(server.url(PRIVATE))
    assert isinstance(found, Failure)
    assert found.kind == "robots"
    assert server.seen[0].headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert [(exchange.status, exchange.robots_of) for exchange in found.trail] == [(304, known(server, 0).origin)]
    clock.sleep(DAY - 1)
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Failure)
    assert robots_times(server) == [0]


def test_after_its_day_a_server_in_trouble_forbids(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    fetcher = make_fetcher(attempts=1)
    server.on("/robots.txt", reply(status="500 Oops"))
    fetcher.remember_robots(known(server, hours=25, body=b""))
    found = fetcher.fetch(server.url("/page"))
    assert isinstance(found, Failure)
    assert (found.kind, server.pages) == ("robots", [])


def test_that_there_was_none_holds_for_a_day_and_has_nothing_to_compare(fetcher: Fetcher, server: FaultServer) -> None:
    fetcher.remember_robots(known(server, hours=1, body=None))
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Answer)
    assert robots_times(server) == []


def test_a_304_that_nobody_asked_for_forbids_for_now(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/robots.txt", reply(status="304 Not Modified"))
    found = fetcher.fetch(server.url("/page"))
    assert isinstance(found, Failure)
    assert (found.kind, found.trail) == ("robots", ())


def test_validators_go_where_it_was_found_and_nowhere_else(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/robots.txt", redirect("/r1"))
    server.on("/r1", text(""))
    fetcher.remember_robots(replace(known(server, hours=25), url=server.url("/r1")))
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Answer)
    asked = [(seen.path, "if-none-match" in seen.headers) for seen in server.seen]
    assert asked == [("/robots.txt", False), ("/r1", True), (PRIVATE, False)]


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        ("Crawl-delay: 7", [7, 14]),
        ("Crawl-delay: 600", [600, 1200]),
        ("Crawl-delay: 3600", [3600, 7200]),
        ("Crawl-delay: 0.5", [2, 4]),
        ("Request-rate: 1/5", [5, 10]),
        ("", [2, 4]),
    ],
)
def test_the_longer_of_pace_and_crawl_delay_is_kept(
    fetcher: Fetcher, server: FaultServer, asked: str, times: list[float]
) -> None:
    server.on("/robots.txt", text(f"User-agent: *\n{asked}\n"))
    for _ in range(2):
        fetcher.fetch(server.url("/page"), pace=2.0)
    assert server.times == times


@pytest.mark.parametrize("asked", ["Crawl-delay: 3601", "Crawl-delay: 1e9", "Request-rate: 1/86400"])
def test_a_site_that_asks_for_more_than_an_hour_is_left_alone(
    fetcher: Fetcher, server: FaultServer, caplog: pytest.LogCaptureFixture, asked: str
) -> None:
    server.on("/robots.txt", text(f"User-agent: *\n{asked}\n"))
    with caplog.at_level(logging.WARNING):
        found = fetcher.fetch(server.url("/page"))
    assert isinstance(found, Failure)
    assert (found.kind, server.pages) == ("crawl-delay", [])
    assert caplog.messages == [found.message]
    assert "more than 3600 s: it is left alone" in found.message


def test_a_huge_one_is_read_up_to_its_last_whole_line_within_the_cap(
    make_fetcher: MakeFetcher, server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    fetcher = make_fetcher(robots_max_body=10_000)
    server.on("/robots.txt", text(FORBIDS + "Disallow: /p\n" * 100_000, connection="close"))
    assert isinstance(fetcher.fetch(server.url(PRIVATE)), Failure)
    assert isinstance(fetcher.fetch(server.url("/autre")), Failure)
    assert [seen.path for seen in server.pages] == ["/autre"]
    assert "bytes are read" in caplog.messages[0]


def test_sitemaps_are_given_as_absolute_urls(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/robots.txt", text("Sitemap: /plan.xml\nsitemap: https://autre.test/s.xml\nSitemap: /plan.xml\n"))
    found = fetcher.robots.sitemaps(server.url("/page"))
    assert found == (server.url("/plan.xml"), "https://autre.test/s.xml")
    assert fetcher.robots.allowed(server.url("/page"))


def test_its_answer_is_in_the_trail_of_the_first_page(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/robots.txt", text(FORBIDS))
    fetcher.robots.allowed(server.url("/page"))
    first, second = (fetcher.fetch(server.url("/page")) for _ in range(2))
    assert [exchange.url for exchange in first.trail] == [server.url("/robots.txt")]
    assert first.trail[0].body == FORBIDS.encode()
    assert second.trail == ()
