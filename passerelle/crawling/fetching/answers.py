"""What came of asking for a page: an answer, nothing new, or a failure with a name.

The three carry every exchange with a server, so that all of them can be archived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Self, TypedDict

from passerelle.crawling.headers import content_type, headers_by_name

FailureKind = Literal[
    "robots",  # robots.txt forbids it, or cannot be read for now
    "crawl-delay",  # robots.txt asks for pauses longer than any crawl keeps
    "blocked",  # the site turns us away: 401, 403, a challenge page; a status, not a puzzle
    "gone",  # 404, 410
    "client-error",  # another 4xx
    "server-error",  # 5xx
    "rate-limited",  # 429, or a wait longer than we are ready to sit out
    "timeout",
    "dns",
    "refused-address",  # loopback, private, link-local, … : see addresses.py
    "tls",
    "connection",
    "too-large",
    "too-many-redirects",
    "redirect-out-of-scheme",
    "bad-headers",
    "truncated",
    "not-http",
    "off-limits",  # outside what the caller lets us visit
]

Truncation = Literal["length", "time", "disconnect"]
"""Why a body is not whole, in the words of WARC 1.1's ``WARC-Truncated``."""

ARCHIVED_PREFIX = b"X-Archive-Orig-"
HOP_FRAMING = (b"transfer-encoding",)


Scope = Callable[[str], bool]
"""Says whether a URL may be visited; asked for the first one and at every redirect."""


class How(TypedDict, total=False):
    """How a page is asked for, beside its URL."""

    etag: str | None
    """Of the last capture, as received."""
    last_modified: str | None
    """Of the last capture, as received."""
    known_url: str | None
    """Where that capture was found, when redirects had led there; the validators go to it alone."""
    pace: float | None
    """Seconds left between exchanges with a host; a longer crawl-delay wins."""
    scope: Scope | None
    """What may be visited, robots.txt apart."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request and the answer to it, with what a WARC ``request`` and ``response`` record need.

    ``payload`` is the entity as transferred, content coding kept and transfer coding taken off: the *payload* of
    WARC 1.1 (§6.3.2), over which readers compute the payload digest and which they know how to decode. ``body`` is the
    payload decoded, which is what extractors and our own digests work on.
    """

    url: str
    status: int
    reason: str
    http_version: str
    headers: tuple[tuple[str, str], ...]
    """As received: order, case and repeats kept."""
    request_head: bytes
    """Request line and headers, with the empty line; for HTTP/2 the same request in HTTP/1.1 words."""
    payload: bytes
    body: bytes
    fetched_at: datetime
    seconds: float
    address: str
    """IP address that answered."""
    truncated: Truncation | None = None
    robots_of: str | None = None
    """Origin whose robots.txt was asked for; ``None`` for anything else."""

    @cached_property
    def fields(self) -> dict[str, str]:
        """Headers by lower-case name; repeated ones joined by a comma."""
        return headers_by_name(self.headers)

    @property
    def response_head(self) -> bytes:
        """Status line and headers, with the empty line, as a WARC ``response`` record takes them.

        Readers know HTTP/1.1 alone, so HTTP/2 is written in its words (``http_version`` keeps the truth, for
        ``WARC-Protocol``). ``Transfer-Encoding`` is renamed ``X-Archive-Orig-Transfer-Encoding``, as web archives
        do, because the chunks it announces are no longer there.
        """
        version = self.http_version if self.http_version.startswith("HTTP/1.") else "HTTP/1.1"
        lines = [f"{version} {self.status} {self.reason}".encode("latin-1", "replace")]
        for name, value in self.headers:
            raw = name.encode("latin-1")
            prefix = ARCHIVED_PREFIX if raw.lower() in HOP_FRAMING else b""
            lines.append(prefix + raw + b": " + value.encode("latin-1"))
        return b"\r\n".join(lines) + b"\r\n\r\n"

    @property
    def media_type(self) -> str:
        """Media type that the server declares, in lower case; ``application/octet-stream`` when it declares none."""
        return content_type(self.fields.get("content-type")).get_content_type()

    @property
    def charset(self) -> str | None:
        """Charset that the server declares, unchecked."""
        return content_type(self.fields.get("content-type")).get_content_charset() or None


@dataclass(frozen=True)
class Hop:
    """One redirect followed."""

    url: str
    status: int
    location: str
    exchange: Exchange = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class _Result(Exchange):
    url_asked: str
    hops: tuple[Hop, ...] = ()
    trail: tuple[Exchange, ...] = field(default=(), repr=False)
    """What servers answered on the way (robots.txt, redirects, answers tried again), oldest first; this one is last
    and not in it."""

    @classmethod
    def of(cls, exchange: Exchange, **more: Any) -> Self:
        """Make a result of the last exchange."""
        return cls(**{part.name: getattr(exchange, part.name) for part in fields(Exchange)}, **more)


@dataclass(frozen=True, kw_only=True)
class Answer(_Result):
    """A page, whole: ``url`` is where it was found, ``url_asked`` what was asked for."""


@dataclass(frozen=True, kw_only=True)
class NotModified(_Result):
    """304: the page is still the one whose validators were sent."""


@dataclass(frozen=True)
class Failure:
    """No page, and why; ``exchange`` is the server's last word, if it said one."""

    kind: FailureKind
    message: str
    url: str
    retry_after: float | None = None
    """Seconds after which it may be asked again, where known."""
    url_asked: str = ""
    hops: tuple[Hop, ...] = ()
    exchange: Exchange | None = field(default=None, repr=False)
    trail: tuple[Exchange, ...] = field(default=(), repr=False)

    @property
    def status(self) -> int | None:
        """HTTP status of the last answer, if there was one."""
        return self.exchange.status if self.exchange else None


Outcome = Answer | NotModified | Failure


class FetchError(Exception):
    """A failure on its way up; the fetcher turns it into a ``Failure``."""

    def __init__(
        self,
        kind: FailureKind,
        message: str,
        *,
        retry_after: float | None = None,
        exchange: Exchange | None = None,
        again: Literal["no", "later", "now"] = "no",
    ) -> None:
        super().__init__(message)
        self.kind: FailureKind = kind
        self.message = message
        self.retry_after = retry_after
        self.exchange = exchange
        self.again = again
        """Whether asking again makes sense: after a pause, or at once and for free (a kept connection was stale)."""


class Stopped(Exception):  # noqa: N818 - a request obeyed, not an error
    """The fetcher was told to stop while it waited or read."""
