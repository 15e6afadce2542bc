"""Redirects followed by hand: each hop is checked as if it had been asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from passerelle.crawling.fetching.answers import Answer, Failure
from passerelle.crawling.fetching.fetch import Fetcher
from tests.crawling.fetching.conftest import MakeFetcher
from tests.crawling.fetching.faults import FaultServer, redirect, reply


def paths(server: FaultServer) -> list[str]:
    return [seen.path for seen in server.pages]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_followed_and_remembered(fetcher: Fetcher, server: FaultServer, status: str) -> None:
    server.on("/dossier/nouvelle", reply("<p>Été</p>"))
    found = fetcher.fetch(server.on("/ancienne", redirect("dossier/nouvelle#haut", status)))
    assert isinstance(found, Answer)
    assert (found.url_asked, found.url) == (server.url("/ancienne"), server.url("/dossier/nouvelle"))
    [hop] = found.hops
    assert (hop.url, hop.status, hop.location) == (found.url_asked, int(status[:3]), found.url)
    assert [exchange.status for exchange in found.trail] == [404, int(status[:3])]
    assert hop.exchange is found.trail[1]


def test_a_location_written_in_utf_8_is_read_as_such(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/%C3%A9t%C3%A9", reply("ok"))
    found = fetcher.fetch(server.on("/", redirect("/été".encode().decode("latin-1"))))
    assert isinstance(found, Answer)
    assert found.url == server.url("/%C3%A9t%C3%A9")


def test_ten_redirects_are_followed_and_not_one_more(fetcher: Fetcher, server: FaultServer) -> None:
    for step in range(12):
        server.on(f"/{step}", redirect(f"/{step + 1}"))
    server.on("/12", reply("ok"))
    assert isinstance(fetcher.fetch(server.url("/2")), Answer)
    server.seen.clear()
    found = fetcher.fetch(server.url("/1"))
    assert isinstance(found, Failure)
    assert (found.kind, found.message) == ("too-many-redirects", "redirected more than 10 times")
    assert len(found.hops) == len(server.pages) == 11


@pytest.mark.parametrize(("back", "requests"), [("/b", 2), ("/a", 2)])
def test_a_circle_is_left_at_its_first_turn(fetcher: Fetcher, server: FaultServer, back: str, requests: int) -> None:
    server.on("/a", redirect("/b"))
    server.on("/b", redirect(back))
    found = fetcher.fetch(server.url("/a"))
    assert isinstance(found, Failure)
    assert (found.kind, found.message, len(server.pages)) == ("too-many-redirects", "redirected in a circle", requests)


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("http://10.0.0.1/", "refused-address"),
        ("http://169.254.169.254/latest/meta-data/", "refused-address"),
        ("http://[::ffff:127.0.0.1]/", "refused-address"),
        ("http://localhost:1/", "refused-address"),
        ("file:///etc/passwd", "redirect-out-of-scheme"),
        ("ftp://fichiers.test/", "redirect-out-of-scheme"),
        ("javascript:alert(1)", "redirect-out-of-scheme"),
        ("data:text/html,bonjour", "redirect-out-of-scheme"),
        ("http://nom:secret@journal.test/", "off-limits"),
        ("http://journal.test:99999/", "not-http"),
        ("http://maison-d’accueil.test/", "bad-headers"),
    ],
)
def test_a_redirect_leads_nowhere_it_should_not(
    fetcher: Fetcher, server: FaultServer, location: str, kind: str
) -> None:
    found = fetcher.fetch(server.on("/a", redirect(location.encode().decode("latin-1"))))
    assert isinstance(found, Failure)
    assert (found.kind, paths(server)) == (kind, ["/a"])


def test_a_redirect_without_location_is_named(fetcher: Fetcher, server: FaultServer) -> None:
    found = fetcher.fetch(server.on("/a", reply(status="302 Found")))
    assert isinstance(found, Failure)
    assert (found.kind, found.status) == ("bad-headers", 302)


def test_robots_of_the_new_host_is_asked(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    allowed = frozenset({f"un.test:{server.port}", f"deux.test:{server.port}"})
    fetcher = make_fetcher(resolver=lambda host, port: ["127.0.0.1"], allow_hosts=allowed)
    server.on("/robots.txt", reply("User-agent: *\nDisallow: /prive", content_type="text/plain"))
    server.on("/a", redirect(server.url("/prive/b", host="deux.test")))
    found = fetcher.fetch(server.url("/a", host="un.test"))
    assert isinstance(found, Failure)
    assert (found.kind, found.url) == ("robots", server.url("/prive/b", host="deux.test"))
    asked = [(seen.headers["host"].split(":")[0], seen.path) for seen in server.seen]
    assert asked == [("un.test", "/robots.txt"), ("un.test", "/a"), ("deux.test", "/robots.txt")]


def test_a_page_out_of_scope_is_not_asked_even_by_redirect(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/a", redirect("/ailleurs/b"))
    found = fetcher.fetch(server.url("/a"), scope=lambda url: "/ailleurs/" not in url)
    assert isinstance(found, Failure)
    assert (found.kind, found.url, paths(server)) == ("off-limits", server.url("/ailleurs/b"), ["/a"])


def test_a_name_that_changes_its_answer_is_checked_at_each_connection(
    make_fetcher: MakeFetcher, server: FaultServer
) -> None:
    answers: list[Sequence[str]] = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []

    def changing(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    # The port makes the first name allowed by its address, as the example site is; the second is any name.
    allowed = frozenset({f"un.test:{server.port}"})
    fetcher = make_fetcher(resolver=changing, allow_hosts=allowed)
    server.on("/a", redirect(server.url("/b", host="deux.test")))
    found = fetcher.fetch(server.url("/a", host="un.test"))
    assert isinstance(found, Failure)
    assert (found.kind, asked, paths(server)) == ("refused-address", ["un.test", "deux.test"], ["/a"])
    assert "10.0.0.1 (private)" in found.message


def test_the_connection_goes_to_the_address_that_was_checked(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    asked: list[str] = []

    def once(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        if len(asked) > 1:
            raise AssertionError(asked)
        return ["127.0.0.1"]

    fetcher = make_fetcher(resolver=once, allow_hosts=frozenset({f"un.test:{server.port}"}))
    for path in ("/a", "/b"):
        server.on(path, reply("ok"))
        found = fetcher.fetch(server.url(path, host="un.test"))
        assert isinstance(found, Answer)
        assert found.address == "127.0.0.1"
        assert server.seen[-1].headers["host"] == f"un.test:{server.port}"


def test_a_proxy_named_in_the_environment_is_not_used(
    make_fetcher: MakeFetcher, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert isinstance(make_fetcher().fetch(server.on("/a", reply("ok"))), Answer)


def test_the_next_address_of_a_name_is_tried_when_one_is_silent(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    fetcher = make_fetcher(
        resolver=lambda host, port: ["127.0.0.2", "127.0.0.1"], allow_hosts=frozenset({f"un.test:{server.port}"})
    )
    server.on("/a", reply("ok"))
    assert isinstance(fetcher.fetch(server.url("/a", host="un.test")), Answer)
