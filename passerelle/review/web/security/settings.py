"""How the desk is guarded; made once, when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from passerelle.review.accounts.oidc import Provider
from passerelle.review.accounts.signing_in import Door
from passerelle.review.web.people import Person


@dataclass(frozen=True)
class Security:
    """Who may come in, from where, and under which names the desk is known."""

    door: Door
    alone: Person | None = None
    """Who works here while there are no accounts; nobody where others can reach the desk."""
    hosts: frozenset[str] = frozenset()
    """Names of hosts, beside this computer's own, that the desk answers to."""
    local: bool = True
    """Only this computer can reach it: it is asked for by no other address."""
    https: bool = False
    """A proxy in front of it speaks TLS."""
    proxies: tuple[str, ...] = ()
    """Addresses of the proxies that are believed who asks, and how."""
    url: str | None = None
    """Address at which people reach it, without a slash at the end; where none is given, it is as they ask for it."""
    provider: Provider | None = None
    """Identity provider through which people may sign in too."""
    command: str = "passerelle"
    """How the command line is called for this data set, to be copied into a terminal."""


def security_of(request: Request) -> Security:
    """Give how the desk that a request came to is guarded."""
    security: Security = request.app.state.security
    return security
