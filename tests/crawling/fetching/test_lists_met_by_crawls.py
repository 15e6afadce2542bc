"""Whole crawls that begin at endless or broken lists, or at a robots.txt in every state.

Times are the fake clock's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from passerelle.crawling.discovery.listings import ListingWalk
from passerelle.crawling.discovery.traps import CALENDAR_PAGES
from passerelle.crawling.fetching.fetch import Fetcher
from passerelle.workplace import Workplace
from tests.crawling.fetching.faults import FaultServer, Reply, cut, redirect, reply
from tests.crawling.fetching.meeting import GOOD, meet


def listing(number: int, *more: str) -> bytes:
    """Write a page of a listing with a link to the next one."""
    items = "".join(f"<li><a href='/projet-{one}'>Projet {one}</a></li>" for one in more)
    after = f"<a rel='next' href='/liste?page={number + 1}'>Suivant</a>"
    return reply(f"<html><main><ul>{items}</ul>{after}</main></html>")


def test_a_listing_without_end_that_says_nothing_new_is_left(
    workplace: Workplace, server: FaultServer, fetcher: Fetcher
) -> None:
    server.on("/liste", listing(1, "a", "b"))
    for number in range(2, 40):
        server.on(f"/liste?page={number}", listing(number, "a", "b"))
    for name in ("a", "b"):
        server.on(f"/projet-{name}", GOOD)
    met = meet(workplace, server, fetcher, {"kind": "listing", "url": "/liste"}, depth=1)
    assert [path for path, _ in met.asked] == [
        "/robots.txt", "/liste", "/liste?page=2", "/liste?page=3", "/projet-a", "/projet-b"
    ]  # fmt: skip
    assert [at for _, at in met.asked] == [0, 1, 2, 3, 4, 5]
    assert {one.why for one in met.archived} == {"robots", "listing", "page"}
    assert (met.report.end, met.report.counts.new) == ("done", 2)


def test_a_listing_whose_every_page_is_new_ends_at_its_bound(
    workplace: Workplace, server: FaultServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passerelle.crawling.lists.ListingWalk", partial(ListingWalk, max_pages=5))
    server.on("/liste", listing(1, "1"))
    for number in range(2, 20):
        server.on(f"/liste?page={number}", listing(number, str(number)))
    met = meet(workplace, server, fetcher, {"kind": "listing", "url": "/liste"}, depth=1)
    asked = [(path, at) for path, at in met.asked if path.startswith("/liste")]
    assert asked == [("/liste", 1.0), *((f"/liste?page={number}", float(number)) for number in range(2, 6))]
    assert ("list-damaged", "/liste") in met.logged


def test_a_calendar_without_end_costs_a_bounded_number_of_requests(
    workplace: Workplace, server: FaultServer, fetcher: Fetcher
) -> None:
    months = [f"/agenda/{year}-{month:02}" for year in range(2020, 2030) for month in range(1, 13)]
    for month, following in pairwise(months):
        server.on(month, reply(f"<html><main><a href='{following}'>Mois suivant</a></main></html>"))
    met = meet(workplace, server, fetcher, months[0], depth=10)
    assert [path for path, _ in met.asked[1:]] == months[:11], "the start and ten links"
    start = [f"<a href='{month}'>{month}</a>" for month in months]
    server.on("/agenda", reply(f"<html><main>{''.join(start)}</main></html>"))
    server.seen.clear()
    met = meet(workplace, server, fetcher, "/agenda", depth=1)
    assert len([path for path, _ in met.asked if path in months]) == CALENDAR_PAGES
    assert [code for code, _ in met.logged if code == "endless-pages"] == ["endless-pages"]


FEED = b"<rss version='2.0'><channel><item><link>%s</link></item><item><link>/cut"
LISTS: dict[str, tuple[str, Callable[[str], Reply], list[str], str | None]] = {
    "a feed cut in the middle": ("feed", lambda page: reply(FEED % page.encode()), ["/p"], "list-damaged"),
    "a feed that is a page": ("feed", lambda _page: GOOD, [], "list-damaged"),
    "a feed that is gone": ("feed", lambda _page: reply(status="410 Gone"), [], "dead-link"),
    "a feed that is empty": ("feed", lambda _page: reply(b""), [], "list-damaged"),
    "a sitemap cut in the middle": (
        "sitemap",
        lambda page: reply(f"<urlset><url><loc>{page}</loc></url><url><loc>http"),
        ["/p"],
        "list-damaged",
    ),
    "a sitemap that is a page": ("sitemap", lambda _page: GOOD, [], "list-damaged"),
    "a sitemap that is no gzip": ("sitemap", lambda _page: reply(b"\x1f\x8b\x08garbage"), [], "list-damaged"),
    "a sitemap that is itself": (
        "sitemap",
        lambda page: reply(f"<sitemapindex><sitemap><loc>{page[:-1]}list</loc></sitemap></sitemapindex>"),
        [],
        None,
    ),
    "a sitemap that fails": ("sitemap", lambda _page: reply(status="403 Forbidden"), [], "site-blocks"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_broken_list_gives_what_it_can_and_stops_nothing(
    workplace: Workplace, server: FaultServer, fetcher: Fetcher, name: str
) -> None:
    kind, answer, pages, code = LISTS[name]
    server.on("/list", answer(server.url("/p")))
    for path in ("/p", "/after"):
        server.on(path, GOOD)
    met = meet(workplace, server, fetcher, {"kind": kind, "url": "/list"}, "/after", depth=1)
    assert [path for path, _ in met.asked] == ["/robots.txt", "/list", "/after", *pages]
    assert [at for _, at in met.asked] == [float(at) for at in range(len(met.asked))]
    assert met.logged == ([(code, "/list")] if code else [])
    assert met.archived_of("/list") == [
        (met.archived_of("/list")[0][0], "failure" if code and code != "list-damaged" else kind, None)
    ]
    assert met.archived_of("/after") == [("200", "page", None)]


REFUSED = ["robots-forbid", "source-unreachable"]
ALL = ["/a", "/prive/b"]
ROBOTS_STATES: dict[str, tuple[Reply, int, list[str], list[str]]] = {
    # what is answered; how often it is asked for; pages asked for; lines of the log
    "missing": (reply(status="404 Not Found"), 1, ALL, []),
    "forbidden": (reply(status="403 Forbidden"), 1, ALL, []),
    "empty": (reply(b"", content_type="text/plain"), 1, ALL, []),
    "a page": (GOOD, 1, ALL, []),
    "binary": (reply(bytes(range(256)) * 40, content_type="text/plain"), 1, ALL, []),
    "a rule": (reply("User-agent: *\nDisallow: /prive/\n"), 1, ["/a"], ["robots-forbid"]),
    "a rule after a BOM": (reply("\ufeffUser-agent: *\nDisallow: /prive/\n"), 1, ["/a"], ["robots-forbid"]),
    "all forbidden": (reply("User-agent: *\nDisallow: /\n"), 1, [], ["robots-forbid", *REFUSED]),
    "failing": (reply(status="503 Busy"), 4, [], ["robots-forbid", *REFUSED]),
    "cut": (cut(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nUser"), 4, [], ["robots-forbid", *REFUSED]),
    "asking to wait": (
        reply(status="429 Slow", retry_after="3600"), 1, [], ["asked-to-wait", "asked-to-wait", "source-unreachable"]
    ),
    "a circle": (redirect("/robots.txt"), 6, ALL, []),
    "behind a private address": (
        redirect("http://10.0.0.1/robots.txt"), 1, [], ["refused-address", "refused-address", "source-unreachable"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROBOTS_STATES)
def test_robots_in_every_state(workplace: Workplace, server: FaultServer, fetcher: Fetcher, name: str) -> None:
    robots, times, pages, codes = ROBOTS_STATES[name]
    server.on("/robots.txt", robots)
    for path in ALL:
        server.on(path, GOOD)
    met = meet(workplace, server, fetcher, *ALL)
    assert len(met.asked_of("/robots.txt")) == times
    assert [path for path, _ in met.asked if path != "/robots.txt"] == pages
    assert [one.path for one in met.archived if one.why == "page"] == pages
    assert len(met.archived_of("/robots.txt")) == times, "every answer is in the archive"
    assert sorted(code for code, _ in met.logged) == codes
