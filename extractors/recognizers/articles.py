"""Whether a name's article belongs to it: 'Le Phare du Golfe', but 'la Maison Exemple'."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.passage import Passage
from extractors.recognizers.fold import fold_word
from extractors.recognizers.lexicon import FRENCH_HEADS
from schemas.drafts import Evidence

_CAPITAL = re.compile(r"(?P<article>Les?|La|L['’]) ?$")
_OWN = re.compile(r"(?:(?:Les?|La) |L['’])(?=[A-ZÀ-Ý])")
_SMALL = re.compile(r"\b(?:les?|la|l['’]) ?$")
_KINDS = frozenset(("projet", "programme", "initiative", "service"))
_BEGINS = re.compile(r"(?:^|[.!?…:;•»”\")] ?|[–—-] )$")


def with_article(p: Passage, name: str, places: Iterable[Evidence]) -> str:
    """Give a name with its article where the page makes it part of the name.

    A capital article inside a sentence does, or in an English sentence; so does one that only ever begins sentences,
    before a name without a common noun such as Maison. A page that also writes the article small says otherwise.
    """
    if _OWN.match(name):
        return name
    article, sure, small = "", 0, 0
    for place in places:
        block = p.document.blocks[place.block] if place.block >= 0 else None
        before = block.text[max(0, place.start - 12) : place.start] if block else ""
        inside = _OWN.match(block.text, place.start) if block else None
        if inside and not name.startswith(inside[0]):
            article, sure = article or inside[0], sure + 1
            continue
        match = _CAPITAL.search(before)
        if match is None or block is None:
            whole = block is not None and len(block.text[place.start : place.end]) >= len(name)
            small += whole and bool(_SMALL.search(before))
            continue
        article = article or match[0]
        sure += block.language == "en" or not _BEGINS.search(before[: match.start()])
    first = fold_word(re.split(r"[\s-]", name, maxsplit=1)[0])
    plain = first not in FRENCH_HEADS | _KINDS and " " in name
    return f"{article}{name}" if article and not small and (sure or plain) else name
