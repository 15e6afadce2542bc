"""One spelling for each URL, so that a page is known again whatever link led to it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import idna

_DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "_hs", "vero_", "oly_", "itm_", "mc_", "fb_")
_CAMPAIGNS = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mkt_tok
    ml_subscriber ml_subscriber_hash _ga _gl _ke s_cid wickedid rb_clickid ref_src ref_url ncid xtor spm cmpid
    at_medium at_campaign replytocom like_comment sharethis
"""
_TRACKING = frozenset(_CAMPAIGNS.split())
"""Parameters that tell where a visitor came from, not which page is asked for.

Whole names only: ``ga`` or ``ref`` at the start of a name would make one page of ``?gallery=1`` and ``?gallery=2``, and
a page taken for another is lost, while one taken twice is only fetched twice.
"""

_SESSIONS = frozenset({"phpsessid", "jsessionid", "sessionid", "session_id", "cfid", "cftoken"})
_SESSION_PREFIXES = ("aspsessionid",)
_MAYBE_SESSION = frozenset({"sid", "s", "session"})
_TOKEN = re.compile(r"(?=.*\d)[0-9A-Za-z]{16,}")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=%~"
_QUERY_SAFE = "/:@!$'()*+,;=?%~"
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")


@lru_cache(maxsize=16384)
def normal_url(url: str) -> str | None:
    """Give the normal spelling of a page's URL, by which it is known; ``None`` for what is no http or https URL.

    RFC 3986 §6.2.2 and §6.2.3: host in lower case and ASCII (IDNA), no default port, escapes only where they are
    needed, no dot segments, no fragment. Besides: no user name, no tracking or session parameters, parameters by name,
    repeated slashes as one. A trailing slash stays: to a server with and without are two pages.

    It names a page and need not be what is asked for: a site may insist on the order of its parameters.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), _host(parts.hostname or ""), parts.port
        if scheme not in _DEFAULT_PORTS or not host:
            return None
        netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
        return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))
    except ValueError:
        return None


def host_of(url: str) -> str | None:
    """Give the host of a URL as ``normal_url`` spells it; ``None`` where there is none."""
    try:
        return _host(urlsplit(url.strip()).hostname or "") or None
    except ValueError:
        return None


def _host(host: str) -> str:
    """Give a host in ASCII and lower case; a host that cannot be is empty.

    Raises:
        ValueError: it has letters that no host name may have.
    """
    if ":" in host:
        return f"[{host}]"
    bare = host.lower().removesuffix(".")
    if not bare.isascii():
        bare = idna.encode(bare, uts46=True).decode("ascii")
    return bare if _HOST.fullmatch(bare) else ""


def _path(path: str) -> str:
    bare = _PATH_SESSION.sub("", path)
    segments = re.sub(r"/{2,}", "/", _escape(bare, _PATH_SAFE)).split("/")
    kept: list[str] = []
    for segment in segments[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair and not _is_ballast(pair)]
    escaped = (_escape(pair, _QUERY_SAFE).replace("%20", "+") for pair in pairs)
    return "&".join(sorted(escaped, key=lambda pair: pair.partition("=")[0]))


def _is_ballast(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name).lower()
    return (
        name in _TRACKING
        or name in _SESSIONS
        or name.startswith((*_TRACKING_PREFIXES, *_SESSION_PREFIXES))
        or (name in _MAYBE_SESSION and _TOKEN.fullmatch(value) is not None)
    )


def _escape(text: str, safe: str) -> str:
    def one(match: re.Match[str]) -> str:
        sign = chr(int(match[1], 16))
        return sign if sign in _UNRESERVED else match[0].upper()

    composed = unicodedata.normalize("NFC", _STRAY_PERCENT.sub("%25", text))
    return quote(_ESCAPE.sub(one, composed), safe=safe)
