"""Writes people's ages as English has them: “youth aged 12 to 17” for “youth of 12 to 17 years”, “be 14 years old”."""

from __future__ import annotations

import re

_PEOPLE = (
    r"(?:adolescents?|adults?|boys?|children|child|families|girls?|kids?|men|newcomers?|participants?|parents?|people|"
    r"persons?|residents?|seniors?|students?|teenagers?|teens?|volunteers?|women|youth|youths|young)"
)
_YEARS = r"years(?: old)?(?! of\b)"
_OF_YEARS = re.compile(
    rf"\b(?P<people>{_PEOPLE}),? (?:of|from|between) (?P<ages>\d{{1,3}}(?: (?:to|and|or) \d{{1,3}})?) {_YEARS}"
    r"(?P<over> and (?:more|over|older|up|above)\b)?",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"\b(?:avoir|avez|ont|avons|ayant|ait|aient)\b[^.;!?]{0,30}?\bans\b(?! d(?:e\b|['’]))", re.IGNORECASE
)
_HAVE = re.compile(
    r"\b(?<!\bnot )(?<!n['’]t )(?P<modal>(?:must|should|can|may|will|to) )?have"
    r"(?P<age>(?: at least| at most| under| over| more than| less than)? (?:\d{1,3} (?:to|and|or) )?\d{1,3}) years\b"
    r"(?! (?:old|of|in)\b)",
    re.IGNORECASE,
)


def write_ages(source: str, written: str) -> str:
    """Write the ages of people in an English text, the translation of a French one that counts years (« ans »)."""
    if not re.search(r"\bans\b", source, re.IGNORECASE):
        return written
    written = _OF_YEARS.sub(_aged, written)
    return _HAVE.sub(_being, written) if _HAVING.search(source) else written


def _aged(found: re.Match[str]) -> str:
    return f"{found['people']} aged {found['ages']}{' and over' if found['over'] else ''}"


def _being(found: re.Match[str]) -> str:
    modal = found["modal"] or ""
    return f"{modal}{'be' if modal else 'are'}{found['age']} years old"
