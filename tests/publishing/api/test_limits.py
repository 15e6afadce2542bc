"""Clients that ask too often, and who is believed about a client's address."""

from __future__ import annotations

from passerelle.publishing.api.app import ApiSettings, make_app
from passerelle.publishing.api.limits import CLIENTS, Buckets, client_of
from passerelle.publishing.api.serving import Serving
from tests.publishing.api.client import started

STRICT = ApiSettings(rate=0.001, burst=2, watch=3600)


def test_a_client_that_asks_too_often_is_told_when_to_come_back(serving: Serving) -> None:
    with started(make_app(serving, STRICT)) as client:
        assert [client.get("/v1/schema").status_code for _ in range(3)] == [503, 503, 429]
        refused = client.get("/v1/schema")
        assert refused.json()["type"] == "/docs#too-many-requests"
        assert int(refused.headers["Retry-After"]) > 100
        assert client.ask("GET", "/v1/schema", "192.0.2.2").status_code == 503
        assert client.get("/health").status_code == 503  # never limited


def test_a_forwarded_address_is_believed_from_a_known_proxy_only(serving: Serving) -> None:
    with started(make_app(serving, STRICT)) as client:
        said = [client.get("/v1/schema", X_Forwarded_For=f"198.51.100.{n}").status_code for n in range(3)]
        assert said == [503, 503, 429]


def test_behind_a_proxy_each_client_has_its_own_limit(serving: Serving) -> None:
    settings = ApiSettings(rate=0.001, burst=1, watch=3600, proxies=("192.0.2.1",))
    with started(make_app(serving, settings)) as client:
        said = [client.get("/v1/schema", X_Forwarded_For=f"198.51.100.{n}").status_code for n in (1, 2, 1)]
        assert said == [503, 503, 429]


def test_a_bucket_fills_with_time_and_no_higher_than_its_brim() -> None:
    now = 0.0
    buckets = Buckets(rate=2, burst=3, clock=lambda: now)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1]
    now = 0.5
    assert [buckets.take("a") for _ in range(2)] == [0, 1]
    now = 1000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1]


def test_clients_remembered_are_bounded() -> None:
    buckets = Buckets(rate=1, burst=1, clock=lambda: 0.0)
    for number in range(CLIENTS + 10):
        buckets.take(str(number))
    assert len(buckets._left) == CLIENTS


def test_addresses_of_one_network_are_one_client() -> None:
    assert client_of("2001:db8::1") == client_of("2001:db8::2") != client_of("2001:db8:1::1")
    assert client_of("192.0.2.1") == "192.0.2.1"
    assert client_of("nowhere") == "nowhere"
