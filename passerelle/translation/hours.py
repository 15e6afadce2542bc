"""Tells clock times from durations among hours written « 20 h », and writes both in English.

« à 20 h », « de 9 h à 17 h », « lundi, 20 h » and « 14 h 30 » are times of the clock; « 20 h par mois », « 24 h/24 »,
« formation de 3 h » and « 3 h de bénévolat » are durations. What is neither for certain stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

_SP = "[ \u00a0\u202f]"
Kind = Literal["clock", "duration", "unclear"]

_HOUR = re.compile(
    rf"(?<![\w:,.$⟦])(\d{{1,4}}){_SP}?h(?:{_SP}?([0-5]\d))?(?!\w)(?:{_SP}?/{_SP}?24(?!\d))?", re.IGNORECASE
)
_LINK = re.compile(rf"{_SP}?(?:,|/|-|–|—|à|et|ou|au|to|and|or|until|jusqu['’]à){_SP}?", re.IGNORECASE)
_RANGE = re.compile(rf"{_SP}?(?:-|–|—|à|to|until|jusqu['’]à){_SP}?", re.IGNORECASE)
_PERIOD = "jour|journée|nuit|semaine|fin de semaine|mois|an|année|saison|day|night|week|month|year"
_GOES_ON = re.compile(
    rf"{_SP}?/{_SP}?(?:24|{_PERIOD}|sem\b|pers)|{_SP}(?:(?:chaque|a|per|each|every){_SP}(?:{_PERIOD})\b|sur{_SP}24|"
    rf"au total|in total|d['’]affilée|consécutives)",
    re.IGNORECASE,
)
_BY = re.compile(rf"{_SP}par{_SP}\w", re.IGNORECASE)
_OF = re.compile(rf"{_SP}(?:de{_SP}(?!l['’]après|la{_SP}nuit|relevée|\d)|d['’](?!été|hiver)|of{_SP})", re.IGNORECASE)
_TRAVEL = re.compile(
    rf"{_SP}(?:de|d['’]|of){_SP}?(?:route|voiture|voitures|marche|train|avion|vol|autobus|bus|bateau|trajet|ici|here)\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?:^|[\s(«\"'’])(?:à|dès|vers|jusqu['’]à|avant|après|entre|between|at|by|from|before|after|until|since|till)\s$",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"(?:^|[\s('’])(?:de|en|pendant|durant|environ|depuis|toutes les|chaque|dure\w*|for|of|over|in|within|"
    r"during|about|every|lasts?|an?|another|total:?)\s$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"today|tomorrow|aujourd['’]hui|demain|soir|matin|janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"heures?|horaire|time|hours)s?(?:\s\d{1,2},?)?(?:\s\d{4})?\s?[,:–—(-]?\s?(?:de\s|dès\s|from\s)?$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\ban?\s$", re.IGNORECASE)
_JUST_AT = re.compile(r"(?<![\w’'])à\s\Z", re.IGNORECASE)
_FROM = re.compile(r"(?:\bde|\bdès|\bentre|\bd['’])\s(?:midi|minuit|\d)[^.;!?]*\Z", re.IGNORECASE)
_TO_THE_HOUR = re.compile(
    rf"(?<!from )(?<!up )\b(?:to|in|on) (?=\d{{1,2}}(?::[0-5]\d)?{_SP}?(?:[ap]\.?m\b|h\b))", re.IGNORECASE
)
_HALF_WRITTEN = re.compile(rf"\b(?:of|from) (\d{{1,2}}) to (\d{{1,2}}{_SP}?h)\b", re.IGNORECASE)
_OF_THE_HOUR = re.compile(
    rf"\bof (?=\d{{1,2}}(?::[0-5]\d)?{_SP}?(?:[ap]\.?m\b\.?|h(?:{_SP}?[0-5]\d)?) to \d)", re.IGNORECASE
)
_CONTEXT = 40
"""Characters before an hour that tell what it is."""


@dataclass(frozen=True)
class Hour:
    """An hour as written, where it stands and what it is."""

    start: int
    end: int
    hour: int
    minute: int
    kind: Kind
    around_the_clock: bool
    """« 24 h/24 »."""
    attribute: bool
    """In English between an article and a noun: « a 3 h course »."""

    @property
    def english(self) -> str | None:
        """The hour for an English reader; ``None`` where it stays as it is."""
        if self.kind == "unclear":
            return None
        if self.kind == "clock":
            shown = f"{self.hour % 12 or 12}:{self.minute:02}" if self.minute else f"{self.hour % 12 or 12}"
            return f"{shown} {'a.m.' if self.hour % 24 < 12 else 'p.m.'}"
        if self.attribute and not self.minute:
            return f"{self.hour}-hour"
        hours = f"{self.hour} hour{'' if self.hour == 1 else 's'}"
        if self.around_the_clock:
            return f"{hours} a day"
        return f"{hours} {self.minute} minutes" if self.minute else hours


def find_hours(text: str) -> Iterator[Hour]:
    """Yield the hours of a text in order; those of one range or list (9 h à 11 h, 13 h et 15 h) are of one kind."""
    chain: list[re.Match[str]] = []
    for found in _HOUR.finditer(text):
        if chain and not _LINK.fullmatch(text, chain[-1].end(), found.start()):
            yield from _read(text, chain)
            chain = []
        chain.append(found)
    if chain:
        yield from _read(text, chain)


def at_the_hour(source: str, written: str) -> str:
    """Write “at” before the hour of an English text where « à » came out as “to” or “in”, and “from” for “of”."""
    hours = list(find_hours(source))
    if len(hours) > 1:
        written = _HALF_WRITTEN.sub(r"from \1 h to \2", written)
        return _OF_THE_HOUR.sub("from ", written)
    if len(hours) != 1 or not _JUST_AT.search(source[: hours[0].start]) or _FROM.search(source[: hours[0].start]):
        return written
    return _TO_THE_HOUR.sub("at ", written)


def write_hours(text: str) -> str:
    """Write the hours of a text for an English reader."""
    parts: list[str] = []
    place = 0
    for hour in find_hours(text):
        written = hour.english
        if written is not None:
            parts += [text[place : hour.start], written]
            place = hour.end
    return "".join(parts) + text[place:]


def _read(text: str, chain: list[re.Match[str]]) -> Iterator[Hour]:
    kind = _kind(text, chain)
    for found in chain:
        yield Hour(
            start=found.start(),
            end=found.end(),
            hour=int(found[1]),
            minute=int(found[2] or 0),
            kind=kind,
            around_the_clock="/" in found[0],
            attribute=bool(_ATTRIBUTE.search(text, max(0, found.start() - 4), found.start())),
        )


def _kind(text: str, chain: list[re.Match[str]]) -> Kind:
    start, end = chain[0].start(), chain[-1].end()
    before = text[max(0, start - _CONTEXT) : start]
    at = bool(_AT.search(before))
    if any(int(found[1]) > 24 or "/" in found[0] for found in chain) or _GOES_ON.match(text, end):
        return "duration"
    if _TRAVEL.match(text, end) or (not at and (_BY.match(text, end) or _OF.match(text, end))):
        return "duration"
    ranges = any(_RANGE.fullmatch(text, left.end(), right.start()) for left, right in pairwise(chain))
    if at or ranges or _DAY.search(before):
        return "clock"
    if _LASTS.search(before):
        return "duration"
    return "clock" if any(found[2] for found in chain) else "unclear"
