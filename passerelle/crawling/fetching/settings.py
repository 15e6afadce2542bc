"""What a fetcher may spend, and how it presents itself."""

from __future__ import annotations

from dataclasses import dataclass

PRODUCT = "Passerelle"
VERSION = "0.1"
AGENT = f"{PRODUCT}/{VERSION}"


@dataclass(frozen=True)
class FetchSettings:
    """Limits in seconds and bytes; the defaults suit small sites visited with patience."""

    contact: str
    """URL (or e-mail address) where a site's owner finds out who is asking and how to say stop."""
    allow_hosts: frozenset[str] = frozenset()
    """``HOST:PORT`` that may lead to loopback or private addresses: the example site, tests, an intranet."""
    pace: float = 2.0
    """Seconds left between two exchanges with one host, where a source says nothing."""

    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 120.0
    """One exchange, from look-up to last byte."""

    max_body: int = 20_000_000
    """Decoded bytes."""
    max_head: int = 64 * 1024
    max_redirects: int = 10

    attempts: int = 4
    backoff: float = 1.0
    backoff_cap: float = 60.0
    max_wait: float = 120.0
    """The longest Retry-After that is sat out; a longer one is a failure that says when to come back."""
    storm_after: int = 5
    """Pages in a row that fail by the server's fault before its host is left alone."""
    storm_rest: float = 600.0

    robots_max_body: int = 500_000
    robots_fresh: float = 24 * 3600.0
    robots_retry: float = 600.0
    """How long an unreadable robots.txt forbids."""
    robots_redirects: int = 5
    max_crawl_delay: float = 3600.0
    """The longest pause that a robots.txt is granted; a site that asks for more is left alone."""

    def __post_init__(self) -> None:
        if not self.contact.isascii() or not self.contact.isprintable() or not self.contact.strip():
            msg = f"contact {self.contact!r}: give a URL or an e-mail address in plain ASCII"
            raise ValueError(msg)
        if self.attempts < 1:
            msg = "attempts: at least 1"
            raise ValueError(msg)

    @property
    def user_agent(self) -> str:
        """Who asks: never a browser's name."""
        return f"{AGENT} (+{self.contact})"
