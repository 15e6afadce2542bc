"""Names and origins: a page from elsewhere neither reads the desk nor writes to it.

A name of one's own that is turned to 127.0.0.1 (DNS rebinding) makes a strange page of the desk's own origin; so the
desk answers to the names it knows and to bare addresses only, which no name server can turn.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

from starlette.requests import Request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s\[\]:@/?#\\]+))(?::([0-9]{0,5}))?")
_LAST_PORT = 65535
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_OWN_FETCHES = frozenset({"same-origin", "none"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def host_of(netloc: str) -> str:
    """Give the host of ``host:port``; empty where it is anything else."""
    found = _HOST.fullmatch(netloc)
    if found is None or int(found[3] or 0) > _LAST_PORT:
        return ""
    return (found[1] or found[2]).lower().removesuffix(".")


def is_known_host(request: Request, hosts: frozenset[str], *, local: bool) -> bool:
    """Tell whether a request calls the desk by a name or an address that is its own."""
    said = request.headers.getlist("host")
    host = host_of(said[0]) if len(said) == 1 else ""
    return host in _HERE or host in hosts or (not local and _is_address(host))


def is_forwarded(request: Request) -> bool:
    """Tell whether a proxy handed a request on."""
    return any(name in request.headers for name in _FORWARDED)


def is_foreign(request: Request, *, https: bool) -> bool:
    """Tell whether a request that changes something comes from a page of another origin, as far as browsers tell."""
    if request.headers.get("sec-fetch-site", "none") not in _OWN_FETCHES:
        return True
    origin = request.headers.get("origin")
    return origin is not None and not _is_own(origin, request, https=https)


def is_surely_own(request: Request, *, https: bool) -> bool:
    """Tell whether the browser says that a page of the desk sent a request, and not only that no other page did."""
    origin = request.headers.get("origin")
    same = request.headers.get("sec-fetch-site") == "same-origin"
    return same or (origin is not None and _is_own(origin, request, https=https))


def local_path(said: str, default: str = "/") -> str:
    """Give a path of the desk to go on to, whatever somebody wrote into a form or a link; else another one.

    Browsers read a backslash as a slash, and skip line breaks and tabs.
    """
    elsewhere = not said.startswith("/") or said.startswith("//") or "\\" in said or not said.isprintable()
    return default if elsewhere else said


def _is_own(origin: str, request: Request, *, https: bool) -> bool:
    scheme = "https" if https else request.url.scheme
    return origin.lower() == f"{scheme}://{request.headers.get('host', '').lower()}"


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
