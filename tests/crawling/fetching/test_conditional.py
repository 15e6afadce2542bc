"""Asking only whether a page has changed."""

from __future__ import annotations

import pytest

from passerelle.crawling.fetching.answers import Answer, Failure, NotModified
from passerelle.crawling.fetching.fetch import Fetcher
from tests.crawling.fetching.faults import FaultServer, redirect, reply

SAME = reply(status="304 Not Modified", content_length="", etag='W/"é7"')
DATE = "Mon, 02 Nov 2026 08:30:00 GMT"


@pytest.mark.parametrize(
    ("given", "header", "value"),
    [
        ({"etag": '"7"'}, "if-none-match", '"7"'),
        ({"etag": 'W/"é7"'}, "if-none-match", 'W/"é7"'),
        ({"last_modified": DATE}, "if-modified-since", DATE),
    ],
)
def test_304_is_not_modified(
    fetcher: Fetcher, server: FaultServer, given: dict[str, str], header: str, value: str
) -> None:
    found = fetcher.fetch(server.on("/a", SAME), **given)  # type: ignore[arg-type]
    assert isinstance(found, NotModified)
    assert (found.status, found.body, found.url) == (304, b"", server.url("/a"))
    assert server.pages[0].headers[header] == value
    assert header not in server.seen[0].headers  # robots.txt


def test_a_changed_page_is_an_answer(fetcher: Fetcher, server: FaultServer) -> None:
    found = fetcher.fetch(server.on("/a", reply("new")), etag='"7"', last_modified=DATE)
    assert isinstance(found, Answer)
    assert {"if-none-match", "if-modified-since"} <= set(server.pages[0].headers)


def test_validators_go_to_the_page_they_came_from_alone(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/a", redirect("/b"))
    server.on("/b", SAME)
    found = fetcher.fetch(server.url("/a"), etag='"7"', known_url=server.url("/b"))
    assert isinstance(found, NotModified)
    assert found.url == server.url("/b")
    assert ["if-none-match" in seen.headers for seen in server.pages] == [False, True]


def test_a_redirect_that_leads_elsewhere_now_gets_no_validator(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/a", redirect("/c"))
    server.on("/c", reply("another page"))
    assert isinstance(fetcher.fetch(server.url("/a"), etag='"7"', known_url=server.url("/b")), Answer)
    assert all("if-none-match" not in seen.headers for seen in server.pages)


def test_a_304_that_nobody_asked_for_is_a_failure(fetcher: Fetcher, server: FaultServer) -> None:
    found = fetcher.fetch(server.on("/a", SAME))
    assert isinstance(found, Failure)
    assert (found.kind, found.status) == ("bad-headers", 304)


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', '"\x00"', '"’"', ""])
def test_a_stored_validator_that_is_no_header_value_is_left_out(
    fetcher: Fetcher, server: FaultServer, etag: str
) -> None:
    assert isinstance(fetcher.fetch(server.on("/a", reply("ok")), etag=etag), Answer)
    assert {"if-none-match", "x-evil"}.isdisjoint(server.pages[0].headers)
