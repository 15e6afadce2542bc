"""URLs as pages write them, made whole."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

LONGEST_URL = 2048
"""Characters; longer ones are traps or data, and not every server takes them."""

_WHOLE = ("http://", "https://")
_LINE_ENDS = re.compile(r"[\t\r\n]")


def resolve(base: str, reference: str | None) -> str | None:
    """Make a reference absolute, without its fragment; ``None`` where it leads to no http or https URL.

    An empty one leads to none: it is what is left of a link that was cut, or never written. White space around it and
    line ends inside are dropped, as browsers do. The spelling is otherwise the site's own: this is the URL to ask for,
    not the name of the page (``schemas.urls.normal_url``).
    """
    if reference is None:
        return None
    bare = _LINE_ENDS.sub("", reference.strip())
    if not bare or len(bare) > LONGEST_URL:
        return None
    try:
        whole = bare if bare[:8].lower().startswith(_WHOLE) else urljoin(base, bare)
        url = whole.partition("#")[0].replace(" ", "%20")
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname and len(url) <= LONGEST_URL else None
