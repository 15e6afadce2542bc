"""Turns with a host, and stopping."""

from __future__ import annotations

import threading
import time

import pytest

from passerelle.crawling.fetching.answers import Answer, Outcome, Stopped
from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from passerelle.crawling.fetching.pacing import Pacer, SystemClock
from tests.crawling.fetching.conftest import CONTACT, MakeFetcher
from tests.crawling.fetching.faults import FakeClock, FaultServer, reply, silence


def test_a_host_is_left_in_peace_between_two_exchanges(clock: FakeClock) -> None:
    pacer, starts = Pacer(clock), []
    for _ in range(3):
        with pacer.turn("un.test", 5.0):
            starts.append(clock.elapsed)
            clock.elapsed += 2.0  # the exchange itself
    assert starts == [0, 7, 14]


def test_time_spent_elsewhere_counts(clock: FakeClock) -> None:
    pacer = Pacer(clock)
    with pacer.turn("un.test", 5.0):
        pass
    clock.elapsed += 4.0
    with pacer.turn("un.test", 5.0):
        pass
    assert clock.sleeps == [1.0]


def test_hosts_do_not_wait_for_one_another(clock: FakeClock) -> None:
    pacer = Pacer(clock)
    for host in ("un.test", "deux.test", "trois.test"):
        with pacer.turn(host, 5.0):
            pass
    assert clock.sleeps == []


def test_a_shorter_rest_does_not_end_a_longer_one(clock: FakeClock) -> None:
    pacer = Pacer(clock)
    pacer.rest("un.test", 100.0, "rate-limited", "asked to")
    pacer.rest("un.test", 1.0, "server-error", "an error")
    pause = pacer.pause("un.test")
    assert pause is not None
    assert (pause.left, pause.kind, pause.why) == (100.0, "rate-limited", "asked to")
    assert pacer.pause("deux.test") is None
    clock.elapsed += 100.0
    assert pacer.pause("un.test") is None


def test_one_host_has_one_exchange_at_a_time(make_fetcher: MakeFetcher, server: FaultServer) -> None:
    fetcher, found = make_fetcher(), list[Outcome]()
    server.on("/a", reply("ok"))
    threads = [threading.Thread(target=lambda: found.append(fetcher.fetch(server.url("/a")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(outcome) for outcome in found] == [Answer] * 8
    assert server.connections == 1
    assert len(server.seen) == 9  # robots.txt once


def test_pages_are_paced(fetcher: Fetcher, server: FaultServer) -> None:
    server.on("/a", reply("ok"))
    for _ in range(3):
        fetcher.fetch(server.url("/a"), pace=2.0)
    assert [seen.at for seen in server.seen] == [0, 2, 4, 6]


@pytest.mark.parametrize("waiting_for", ["answer", "turn"])
def test_stop_ends_what_is_under_way(server: FaultServer, waiting_for: str) -> None:
    settings = FetchSettings(CONTACT, frozenset({server.host}), pace=0, read_timeout=30, total_timeout=30)
    raised = []
    with Fetcher(settings) as fetcher:
        server.on("/a", silence() if waiting_for == "answer" else reply("ok"))
        pace = 0.0 if waiting_for == "answer" else 3600.0

        def work() -> None:
            try:
                fetcher.fetch(server.url("/a"), pace=pace)
            except Stopped as error:
                raised.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        wanted = 2 if waiting_for == "answer" else 1
        patience = time.monotonic() + 60
        while len(server.seen) < wanted and time.monotonic() < patience:
            time.sleep(0.01)
        assert len(server.seen) == wanted
        fetcher.stop()
        thread.join(60)
        assert len(raised) == 1
        with pytest.raises(Stopped):
            fetcher.fetch(server.url("/a"))


def test_the_machines_clock_goes_forward() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    clock.sleep(0.001)
    assert clock.monotonic() > before
    assert clock.now().tzinfo is not None


@pytest.mark.parametrize("contact", ["", "  ", "évêque@maison.test", "https://a.test\r\nX-Evil: 1"])
def test_a_contact_that_is_no_header_value_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        FetchSettings(contact)
