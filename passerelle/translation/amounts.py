"""Puts an amount after what it pays, as engines translate it right: “a $25,000 grant” as “a grant of $25,000”.

Only for the engine: the source stays as it was.
"""

from __future__ import annotations

import re

from passerelle.translation.post_edit import with_article
from passerelle.translation.spans import NUMBER

_PAID = (
    "award|bequest|budget|bursary|bursaries|cheque|contribution|donation|fund|gift|grant|investment|loan|prize|"
    "scholarship|subsidy|subsidies"
)
_BEFORE = re.compile(
    rf"\b(?P<article>an?|the|this|that|our|their|its|his|her|another|each|one) "
    rf"(?P<amount>\$ ?(?:{NUMBER.pattern})(?: (?:million|billion|thousand)\b)?)[ -]"
    rf"(?P<paid>(?:(?!of\b|for\b|in\b|and\b)[a-z]+ ){{0,2}}?(?:{_PAID})s?)\b(?! of\b)",
    re.IGNORECASE,
)


def amounts_last(text: str) -> str:
    """Put each amount of an English text after the grant, the prize or the like that it says the worth of."""

    def turned(found: re.Match[str]) -> str:
        return f"{with_article(found['article'] + ' ', found['paid'])}{found['paid']} of {found['amount']}"

    return _BEFORE.sub(turned, text)
