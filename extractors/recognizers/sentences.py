"""The sentence around a place of a folded text, as far as it is worth looking: cost does not grow with the text."""

from __future__ import annotations

_ENDS = (". ", "! ", "? ", "; ")


def sentence_before(text: str, place: int, reach: int) -> str:
    """Give what the sentence says before ``place``, at most ``reach`` characters of it."""
    low = max(0, place - reach)
    starts = (text.rfind(mark, low, place) for mark in _ENDS)
    return text[max(low, max(starts) + 1) : place]


def sentence_after(text: str, place: int, reach: int) -> str:
    """Give what the sentence says after ``place``, at most ``reach`` characters of it."""
    high = min(len(text), place + reach)
    ends = [end for mark in _ENDS if (end := text.find(mark, place, high)) >= 0]
    return text[place : min(ends, default=high)]
