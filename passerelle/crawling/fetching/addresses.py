"""Which addresses may be reached: public ones, and those of an explicit allow-list.

A name is resolved once for each connection, every address is checked, and the connection goes to a checked address:
a name that changes its answer in between changes nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from passerelle.crawling.fetching.answers import FetchError

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host, for a port; raises ``OSError`` when it has none."""

_NAT64 = IPv6Network("64:ff9b::/96")

# From the IANA special-purpose address registries, where the standard library says "global" or says nothing.
_REFUSED = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("100.64.0.0/10", "shared by carriers (RFC 6598)"),
        ("192.0.0.0/24", "protocol assignments (RFC 6890)"),
        ("192.88.99.0/24", "6to4 relay (RFC 7526)"),
        ("168.63.129.16/32", "a cloud platform's own service"),
        ("::/96", "IPv4-compatible (RFC 4291)"),
        ("64:ff9b:1::/48", "local translation (RFC 8215)"),
        ("2001::/23", "protocol assignments (RFC 2928)"),
        ("3fff::/20", "documentation (RFC 9637)"),
        ("5f00::/16", "segment routing (RFC 9602)"),
        ("fec0::/10", "site-local (RFC 3879)"),
    )
)


def refusal(address: Address) -> str | None:
    """Say why an address may not be reached; ``None`` when it may.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is judged by what it carries.
    """
    if isinstance(address, IPv6Address) and (carried := _carried(address)) is not None:
        reason = refusal(carried)
        return f"carries {carried}: {reason}" if reason else None
    for name, applies in (
        ("unspecified", address.is_unspecified),
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
    ):
        if applies:
            return name
    for network, reason in _REFUSED:
        if address in network:
            return reason
    if address.is_private:
        return "private"
    return None if address.is_global and not address.is_reserved else "reserved"


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def system_resolver(host: str, port: int) -> list[str]:
    """Resolve by the system's resolver, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class AddressGate:
    """Resolves names and lets through public addresses, plus hosts named ``HOST:PORT`` in an allow-list."""

    def __init__(self, allow_hosts: Collection[str] = (), resolver: Resolver = system_resolver) -> None:
        self._allowed = frozenset(host.lower() for host in allow_hosts)
        self._resolver = resolver

    def resolve(self, host: str, port: int) -> tuple[Address, ...]:
        """Give the addresses of a host that may be connected to; all of them checked.

        Raises:
            FetchError: ``dns`` when the name has no address, ``refused-address`` when none of them may be reached.
        """
        addresses = self._look_up(host, port)
        if self._is_allowed(host, port):
            return addresses
        reasons = {address: refusal(address) for address in addresses}
        public = tuple(address for address, reason in reasons.items() if reason is None)
        if not public:
            said = ", ".join(f"{address} ({reason})" for address, reason in reasons.items())
            raise FetchError("refused-address", f"{host} leads to an address that is not public: {said}")
        return public

    def _is_allowed(self, host: str, port: int) -> bool:
        name = f"[{host}]" if ":" in host else host
        return f"{name}:{port}".lower() in self._allowed

    def _look_up(self, host: str, port: int) -> tuple[Address, ...]:
        with suppress(ValueError):  # most hosts are names, not addresses
            return (ip_address(host),)
        try:
            found = self._resolver(host, port)
        except socket.gaierror as error:
            passing = error.errno == socket.EAI_AGAIN
            said = f"{host} has no address: {error.strerror}"
            raise FetchError("dns", said, again="later" if passing else "no") from error
        except (OSError, UnicodeError) as error:
            raise FetchError("dns", f"{host} has no address: {error}") from error
        if not found:
            raise FetchError("dns", f"{host} has no address")
        return tuple(ip_address(address) for address in found)
