"""One spelling for each URL, so that a page is known again whatever link led to it."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

from courlan import normalize_url


def normal_url(url: str) -> str | None:
    """Give the normal spelling: host in lower case, no default port, no fragment, no tracking parameters.

    None for what is not an http or https URL.
    """
    bare = urldefrag(url.strip())[0]
    try:
        parts = urlsplit(bare)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return str(normalize_url(bare))
    except ValueError:
        return None
