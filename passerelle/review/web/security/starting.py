"""Whether the desk may open where it is asked to, and to whom."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from passerelle.review.accounts.errors import AccountError
from passerelle.review.accounts.oidc import Provider
from passerelle.review.accounts.signing_in import Door
from passerelle.review.accounts.users import any_users
from passerelle.review.web.people import Person
from passerelle.review.web.security.settings import Security


def guarded(
    door: Door,
    *,
    host: str,
    alone: str,
    url: str | None = None,
    proxies: Sequence[str] = (),
    provider: Provider | None = None,
    command: str = "passerelle",
) -> Security:
    """Decide how the desk is guarded.

    Args:
        door: how people come in.
        host: address that the desk listens on.
        alone: name of who works here while there are no accounts.
        url: address at which people reach the desk, where a proxy stands in front of it.
        proxies: addresses of proxies that are believed who asks.
        provider: identity provider through which people may sign in too.
        command: how the command line is called for this data set.

    Raises:
        AccountError: others could reach the desk, and there are no accounts; or the address cannot be read.
    """
    name, https = _public(url)
    here = is_loopback(host)
    private = here and not url and not proxies
    if not private:
        with door.store.session() as session:
            if not any_users(session):
                raise AccountError("start.no-accounts", host=name or host)
    return Security(
        door,
        alone=Person(alone, "admin") if private else None,
        hosts=frozenset(
            filter(None, (name, "" if here else socket.gethostname().lower(), "" if here else host.lower()))
        ),
        local=here,
        https=https,
        proxies=tuple(proxies),
        provider=provider,
        url=url.rstrip("/") if url else None,
        command=command,
    )


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on is reached from this computer only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _public(url: str | None) -> tuple[str, bool]:
    """Give the host name of the public address, and whether it speaks TLS."""
    if not url:
        return "", False
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise AccountError("start.bad-url", url=url)
    return parts.hostname, parts.scheme == "https"
