"""Sums of money that a title states beside a name: 'Exemple : 125 000 $', 'Example – $2.5M', '(40 000 $)'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.name_patterns import NAME, VERBS
from extractors.passage import Passage
from extractors.recognizers.offered import read_cost
from extractors.recognizers.refused import Refused

_SUM = (
    r"(?:\d{1,3}(?:[\s\u00a0\u202f.,]?\d{3})*(?:,\d{1,2})?[\s\u00a0\u202f]?"
    r"(?:(?:k|M|G)\$|(?:millions?|milliards?) de dollars|\$|"
    r"dollars|CAD)|"
    r"\$[\s\u00a0]?\d{1,3}(?:,?\d{3})*(?:\.\d{1,2})?[\s\u00a0]?(?:k|K|M|B|million|billion)?(?:[\s\u00a0]?CAD)?)"
)
_DOLLARS = ("$", "dollars", "CAD")
"""What every sum has."""
SUM = re.compile(rf"(?<![\w$]){_SUM}(?!\w)")
"""A sum in dollars, as either language writes it."""
_AFTER = re.compile(rf"[\s\u00a0]*(?::|[–—|,-]|\()?[\s\u00a0]*(?P<sum>{_SUM})\)?\.?$")
_BEFORE = re.compile(rf"^(?P<sum>{_SUM})[\s\u00a0]*(?::|[–—|-]|à (?:la |l['’])?|au |aux |to |for )[\s\u00a0]*(?=\S)")


def without_amount(text: str) -> tuple[str, str | None]:
    """Part a title from the sum that stands at its end or its beginning; ``None`` where there is none."""
    match = _AFTER.search(text) or _BEFORE.match(text) if any(map(text.__contains__, _DOLLARS)) else None
    if match is None:
        return text, None
    rest = text[: match.start()] if match.start() else text[match.end() :]
    return (rest.strip(), match["sum"]) if rest.strip() else (text, None)


_FEE = 3
"""Digits of the largest sum that may be what taking part costs."""
_GRANT = re.compile(rf"[\s\u00a0:–—-]*(?P<sum>{_SUM})(?!\w)(?P<big>(?<=[kKMB])|(?<=illion))?")
_FUNDED = re.compile(
    rf"(?:(?P<sum>{_SUM})[\s\u00a0]*[,.:;–—-]?[\s\u00a0]*)?"
    rf"(?:(?:[Pp]our|[Ff]or|[Pp]rojet|[Pp]roject)(?: (?:le projet|la|le|the project|its))?[\s\u00a0:]+)?"
    rf"(?P<name>{NAME}(?: (?:an?|the|[a-zà-ÿ]{{2,12}})(?: {NAME})?)?)(?=,| \(| [–—-] | (?:{VERBS}|will)\b)"
)
"""What a sum was given for: '40 000 $ pour Exemple, un service'."""


def large_sum(text: str, start: int) -> str | None:
    """Give the sum that stands right after ``start``, where it is one of thousands: less is a fee."""
    match = _GRANT.match(text, start)
    if match is None:
        return None
    return match["sum"] if match["big"] is not None or len(re.findall(r"\d", match["sum"])) > _FEE else None


def refused_amounts(p: Passage) -> Iterator[Refused]:
    """Give the sums that the passage writes and that are not what taking part costs."""
    paid = read_cost(p)
    fee = paid.evidence[0] if paid else None
    for position, block in p.blocks:
        for match in SUM.finditer(block.text):
            if not (fee and fee.block == position and match.start() < fee.end and fee.start < match.end()):
                yield Refused(position, *match.span(), match[0], "no-fee")


def funded(text: str, start: int = 0) -> re.Match[str] | None:
    """Match what a sum was given for, by name, where a text begins with it at ``start``."""
    while start < len(text) and text[start] in " :–—-\u00a0":
        start += 1
    return _FUNDED.match(text, start)
