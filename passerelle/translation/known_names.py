"""Finds in a text the places and public bodies of the gazetteer, which keep their names in both languages."""

from __future__ import annotations

import re
from functools import cache

from passerelle.translation.spans import find_spans, fold_word, names_of, order_names
from schemas.gazetteer import bodies, places
from schemas.records import Initiative, Translated

_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-Ý][^\W_]*")
_WITHIN = re.compile(r"[\w,;()’']\s*\Z")
_KINDS = frozenset({"municipality", "mrc", "borough"})
"""Kinds of places that have one name; of the others some are translated (le Vieux-Port, the Old Port)."""


def gazetteer_names(text: str) -> tuple[str, ...]:
    """List the names of the gazetteer that a text has, as it writes them, longest first.

    A name of one word counts only within a sentence: at its beginning any word has a capital.
    """
    index = _by_first_word()
    candidates = [name for word in set(_CAPITALISED.findall(text)) for name in index.get(fold_word(word), ())]
    spans = find_spans(text, order_names(candidates)) if candidates else ()
    return order_names(
        span.text
        for span in spans
        if span.kind == "name" and (not span.text.isalpha() or _WITHIN.search(text, 0, span.start))
    )


def names_in(record: Translated, text: str) -> tuple[str, ...]:
    """List the proper names that a text of a record may hold: those the record knows and those of the gazetteer."""
    if isinstance(record, Initiative):
        return order_names((*names_of(record), *gazetteer_names(text)))
    people = [name for one in record.people for name in (one.name, one.organization or "")]
    named = [record.publisher or "", *record.authors, *people, *(award.awarded_by or "" for award in record.awards)]
    return order_names((*named, *gazetteer_names(text)))


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    names = [place.name for place in places() if place.kind in _KINDS]
    names += [name for body in bodies() if (name := body.name.fr) and body.name.en in {None, name}]
    index: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(names):
        first = _CAPITALISED.search(name)
        if first and first.start() == 0:
            index[fold_word(first[0])] = (*index.get(fold_word(first[0]), ()), name)
    return index
