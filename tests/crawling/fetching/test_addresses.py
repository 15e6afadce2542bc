"""Which addresses may be reached."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.fetching.addresses import AddressGate, refusal
from passerelle.crawling.fetching.answers import FetchError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "168.63.129.16",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.251",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "5f00::1",
        "100::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_public_is_refused_with_a_reason(address: str) -> None:
    assert refusal(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "2606:4700::1111",
        "2620:0:2d0:200::7",
        "::ffff:1.1.1.1",
        "2002:101:101::1",
        "64:ff9b::101:101",
    ],
)
def test_a_public_address_may_be_reached(address: str) -> None:
    assert refusal(ip_address(address)) is None


@given(st.ip_addresses(v=4))
def test_an_ipv6_address_is_judged_by_the_ipv4_one_it_carries(inner: IPv4Address) -> None:
    expected = refusal(inner) is None
    for base in (0xFFFF << 32, 0x64FF9B << 96):
        assert (refusal(IPv6Address(base | int(inner))) is None) is expected
    assert (refusal(IPv6Address((0x2002 << 112) | (int(inner) << 80))) is None) is expected


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_never_let_through(
    address: IPv4Address | IPv6Address,
) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        carries = isinstance(address, IPv6Address) and address.ipv4_mapped is not None
        assert refusal(address) or carries


def test_only_the_public_addresses_of_a_name_are_kept_and_all_of_them() -> None:
    gate = AddressGate(resolver=lambda host, port: ["10.0.0.1", "1.1.1.1", "2606:4700::1111"])
    assert gate.resolve("journal.test", 443) == (ip_address("1.1.1.1"), ip_address("2606:4700::1111"))


def test_a_name_with_only_private_addresses_is_refused_naming_each() -> None:
    gate = AddressGate(resolver=lambda host, port: ["10.0.0.1", "fe80::1"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 \(private\), fe80::1 \(link-local\)") as caught:
        gate.resolve("journal.test", 443)
    assert caught.value.kind == "refused-address"


def test_a_literal_address_is_checked_without_asking_the_resolver() -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError

    with pytest.raises(FetchError) as caught:
        AddressGate(resolver=never).resolve("169.254.169.254", 80)
    assert caught.value.kind == "refused-address"


@pytest.mark.parametrize("shorthand", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_shorthands_for_loopback_are_seen_through(shorthand: str) -> None:
    with pytest.raises(FetchError) as caught:
        AddressGate().resolve(shorthand, 80)
    assert caught.value.kind in {"refused-address", "dns"}


def test_the_allow_list_names_host_and_port() -> None:
    gate = AddressGate({"Maison.test:8000", "[::1]:8000"}, resolver=lambda host, port: ["127.0.0.1"])
    assert gate.resolve("maison.test", 8000) == (ip_address("127.0.0.1"),)
    assert gate.resolve("::1", 8000) == (ip_address("::1"),)
    with pytest.raises(FetchError):
        gate.resolve("maison.test", 8001)


@pytest.mark.parametrize(("errno", "again"), [(socket.EAI_NONAME, "no"), (socket.EAI_AGAIN, "later")])
def test_a_name_without_address_is_a_dns_failure(errno: int, again: str) -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(errno, "not known")

    with pytest.raises(FetchError, match=r"journal\.test has no address: not known") as caught:
        AddressGate(resolver=nothing).resolve("journal.test", 80)
    assert (caught.value.kind, caught.value.again) == ("dns", again)


def test_a_name_too_long_for_the_resolver_is_a_dns_failure() -> None:
    with pytest.raises(FetchError) as caught:
        AddressGate().resolve("a" * 300 + ".test", 80)
    assert caught.value.kind == "dns"
