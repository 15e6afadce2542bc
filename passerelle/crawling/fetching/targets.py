"""URLs that can be asked for, and where redirects lead."""

from __future__ import annotations

from contextlib import suppress

import httpx

from passerelle.crawling.fetching.answers import Exchange, FetchError

SCHEMES = frozenset({"http", "https"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def parse_target(url: str) -> httpx.URL:
    """Read a URL to be fetched, without its fragment.

    Raises:
        FetchError: ``not-http`` when it is no http or https URL, ``off-limits`` when it carries a password.
    """
    try:
        return _check(httpx.URL(url), url)
    except (httpx.InvalidURL, TypeError) as error:
        raise FetchError("not-http", f"{url!r} is not a URL: {error}") from error


def redirect_target(exchange: Exchange) -> httpx.URL | None:
    """Give the URL that an answer sends us to; ``None`` when it is no redirect.

    Raises:
        FetchError: it leads out of http and https, or to no URL at all.
    """
    location = exchange.fields.get("location")
    if exchange.status not in REDIRECTS or not location:
        return None
    with suppress(UnicodeDecodeError):  # servers write it in UTF-8 more often than in the protocol's Latin-1
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = httpx.URL(exchange.url).join(location.strip())
    except httpx.InvalidURL as error:
        raise FetchError("bad-headers", f"Location {location[:200]!r} is not a URL: {error}") from error
    if target.scheme not in SCHEMES:
        raise FetchError("redirect-out-of-scheme", f"leads to a {target.scheme or 'nameless'} address, not http(s)")
    return _check(target, location)


def origin_of(url: httpx.URL) -> str:
    """Give scheme, host and port, as one robots.txt covers them."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _check(target: httpx.URL, said: str) -> httpx.URL:
    if target.scheme not in SCHEMES or not target.host:
        raise FetchError("not-http", f"{said[:200]!r} is not an http or https URL")
    if target.userinfo:
        raise FetchError("off-limits", "the URL carries a user name or a password")
    if target.port is not None and not 0 < target.port < 65536:
        raise FetchError("not-http", f"{said[:200]!r} has no such port")
    return target.copy_with(fragment=None) if target.fragment else target


def is_header_value(text: str) -> bool:
    """Say whether a stored header may be sent back: visible Latin-1 and blanks, nothing that starts a new line."""
    return all(" " <= character <= "\u00ff" and character != "\x7f" for character in text)
