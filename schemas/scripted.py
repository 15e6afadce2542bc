"""Pages that a script fills in the browser: how they look without one. Extractors and the crawl ask the same."""

from __future__ import annotations

import re

LITTLE_TEXT = 200
"""Characters of text below which a page with an empty application root is taken for one that a script fills."""

_APPLICATION = re.compile(
    r"""id=["']?(?:root|app|__next|__nuxt|ember)\b|ng-(?:app|version)|<app-root|enable JavaScript|activer JavaScript""",
    re.IGNORECASE,
)
"""What pages keep that a script builds in the browser."""


def is_scripted(markup: str, letters: int) -> bool:
    """Say whether a script is to fill a page, from its markup and the length of its text without one."""
    if letters == 0 and "<script" in markup.lower():
        return True
    return letters < LITTLE_TEXT and _APPLICATION.search(markup) is not None
