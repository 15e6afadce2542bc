"""Compares the days of the week and the months that a text and its translation name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from passerelle.translation.spans import KEPT, fold_word
from passerelle.translation.typography import MONTHS
from schemas.base import Language

DAYS: dict[Language, tuple[str, ...]] = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_DAY = (
    r"(?-i:(?P<short>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\.|(?=\s?[-–]|,\s\w)))"
    r"|(?P<court>lun|mar|mer|jeu|ven|sam|dim)\.(?=\s?(?:au|à|et|-|–|,|\d))"
)
_DAY = {
    language: re.compile(rf"(?<!\w)(?:(?P<day>{'|'.join(names)})s?|{_SHORT_DAY})(?!\w)", re.IGNORECASE)
    for language, names in DAYS.items()
}
_LINKS: dict[Language, str] = {"fr": "aux?|à|jusqu[’']au", "en": "to|through|thru|until|till"}
_RANGE: dict[Language, re.Pattern[str]] = {
    language: re.compile(
        rf"(?<!\w)(?P<first>{'|'.join(names)})s?(?:,? (?:{_LINKS[language]}) (?:(?:le|the) )?| ?[-–—] ?)"
        rf"(?P<last>{'|'.join(names)})s?(?!\w)",
        re.IGNORECASE,
    )
    for language, names in DAYS.items()
}
"""Days from one to another: « du lundi au vendredi », “Monday to Friday”, “Mondays–Fridays”."""
_DOUBTFUL = re.compile(
    r"(?:\b(?:in|of|on|since|until|till|from|to|and|by|each|every|this|last|next|early|late|mid|between|or|before|after|"
    r"through|during|starting|beginning|par|le|en|de|du|mois de|à)[ -]|\d(?:st|nd|rd|th)? |, )$",
    re.IGNORECASE,
)
"""What stands before “May” and “March” where they are months."""
_MONTH: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(rf"(?<!\w)(?P<name>{'|'.join(MONTHS['fr'])})(?!\w)", re.IGNORECASE),
    "en": re.compile(rf"(?<!\w)(?P<name>{'|'.join(MONTHS['en'])})(?!\w)"),
}
_MONTH_NUMBER = {fold_word(name): at for months in MONTHS.values() for at, name in enumerate(months)}
_ISO = re.compile(r"(?<!\d)\d{4}-(\d\d)(?:-\d\d)?(?!\d)")
_SHORT_MONTH = re.compile(
    r"(?<!\w)(?:(Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?=\.?\s\d)|(janv|févr?|avr|juill?|oct|nov|déc)(?=\.)"
    r"|(?:(?<=\d[ \u00a0])|(?<=1er[ \u00a0]))(sept)\.|(sept)\.(?=[ \u00a0]\d))"
)
_DATED = re.compile(r",?\s\d")
_WEEKEND = re.compile(r"\bweek-?ends?\b|\bfins? de semaine\b", re.IGNORECASE)
_WEEKDAYS = re.compile(
    r"\bweekdays?\b|\b(?:en|la) semaine\b|\bjours? (?:de semaine|ouvrables?)\b|\bbusiness days?\b", re.IGNORECASE
)


def changes_calendar(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether a text names a day of the week or a month that its translation does not name, or the other way."""
    ours, theirs = _days(source, source_language), _days(output, target_language)
    if (ours - theirs - _meant(output)) or (theirs - ours - _meant(source)):
        return True
    languages = (source_language, target_language)
    if _loses_range(source, output, *languages) or _loses_range(output, source, *reversed(languages)):
        return True
    months = _months(source, source_language), _months(output, target_language)
    return bool(months[0] ^ months[1]) and not (_ISO.search(source) or _ISO.search(output))


def days_through(source: str, written: str) -> str:
    """Write « du mardi au samedi » “from Tuesday to Saturday” where an engine wrote “on Tuesday on Saturday”."""
    for found in _RANGE["fr"].finditer(source):
        first, last = (DAYS["en"][DAYS["fr"].index(found[name].lower())] for name in ("first", "last"))
        parted = rf"\b(?:(?:on|from|of|in) )?(?:the )?{first}s? (?:on|at|in|of|and) (?:the )?{last}s?\b"
        begun = rf"\b(?:on|of|in) (?:the )?{first}s? to (?:the )?{last}s?\b"
        written = re.sub(f"{parted}|{begun}", f"from {first} to {last}", written)
    return written


def _loses_range(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether a text names both days of a range and makes no range of them: Monday and Friday."""
    said = {_pair(found, target_language) for found in _RANGE[target_language].finditer(output)}
    named = _days(output, target_language)
    return any(
        pair not in said and named.issuperset(pair)
        for pair in (_pair(found, source_language) for found in _RANGE[source_language].finditer(source))
    )


def _pair(found: re.Match[str], language: Language) -> tuple[int, int]:
    low = [day.lower() for day in DAYS[language]]
    return low.index(found["first"].lower()), low.index(found["last"].lower())


@lru_cache(maxsize=KEPT)
def _days(text: str, language: Language) -> frozenset[int]:
    found: set[int] = set()
    for one in _DAY[language].finditer(text):
        name = fold_word(one["day"] or one["short"] or one["court"])
        found |= {at for names in DAYS.values() for at, day in enumerate(names) if day.lower().startswith(name)}
    return frozenset(found)


def _meant(text: str) -> set[int]:
    """Give the days that a text means without their names."""
    weekdays = {0, 1, 2, 3, 4} if _WEEKDAYS.search(text) else set()
    return weekdays | ({4, 5, 6} if _WEEKEND.search(text) else set())


@lru_cache(maxsize=KEPT)
def _months(text: str, language: Language) -> frozenset[int]:
    return frozenset(_month_numbers(text, language))


def _month_numbers(text: str, language: Language) -> Iterator[int]:
    for found in _MONTH[language].finditer(text):
        low = fold_word(found["name"])
        before = text[max(0, found.start() - 14) : found.start()]
        if low not in {"may", "march"} or _DATED.match(text, found.end()) or _DOUBTFUL.search(before):
            yield _MONTH_NUMBER[low]
    for found in _SHORT_MONTH.finditer(text):
        short = fold_word(next(filter(None, found.groups())))
        yield next(at for name, at in _MONTH_NUMBER.items() if name.startswith(short))
