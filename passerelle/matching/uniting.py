"""Lists of records that a curator made one: each keeps its entries, and what both say stands once.

Pages that matching itself takes for one say the same in other words, so that the best page's list is the whole; where
a curator joined two, nothing says so, and an entry that is one too many is sooner taken away than one that is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from passerelle.matching.alignment import SAME_QUOTE, Entry, same_numbers
from passerelle.matching.reads import Member, Read
from passerelle.matching.text import fold

T = TypeVar("T")
FRENCH, ENGLISH = {(True, False)}, {(False, True)}
Align = Callable[[Sequence[Read[T]], Sequence[Read[T]]], list[Entry[T]]]


def houses(found: Iterable[Member]) -> list[list[Member]]:
    """Part the pages of a record into those that matching takes for one by itself, the best page's first."""
    groups: dict[str, list[Member]] = {}
    for member in found:
        groups.setdefault(member.group, []).append(member)
    return list(groups.values())


def united(lists: Iterable[list[Entry[T]]], align: Align[T], text: Callable[[T], str]) -> list[Entry[T]]:
    """Put the lists of several such groups together.

    Args:
        lists: the entries of each group.
        align: pairs French and English entries, for a French record joined with an English one.
        text: the words of an entry.
    """
    whole: list[Entry[T]] = []
    for more in lists:
        tongues = _tongues(whole), _tongues(more)
        if tongues in ((FRENCH, ENGLISH), (ENGLISH, FRENCH)):
            both = (*whole, *more)
            whole = align([one for one, _ in both if one], [two for _, two in both if two])
        else:
            whole = _with(whole, more, text)
    return whole


def _tongues(entries: Iterable[Entry[T]]) -> set[tuple[bool, bool]]:
    """Tell in which languages entries are: whether in French, and whether in English."""
    return {(one is not None, two is not None) for one, two in entries}


def _with(whole: list[Entry[T]], more: Iterable[Entry[T]], text: Callable[[T], str]) -> list[Entry[T]]:
    done = list(whole)
    for entry in more:
        place = next((n for n, known in enumerate(done) if _said(known, entry, text)), None)
        if place is None:
            done.append(entry)
        else:
            done[place] = (done[place][0] or entry[0], done[place][1] or entry[1])
    return done


def _said(known: Entry[T], entry: Entry[T], text: Callable[[T], str]) -> bool:
    pairs = ((text(one.value), text(two.value)) for one, two in zip(known, entry, strict=True) if one and two)
    return any(fuzz.ratio(fold(one), fold(two)) >= SAME_QUOTE and same_numbers(one, two) for one, two in pairs)
