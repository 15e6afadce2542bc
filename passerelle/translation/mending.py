"""Mends what is wrong in an engine's answer in a known way, before the answer is held against the checks."""

from __future__ import annotations

import re

from passerelle.translation.ages import write_ages
from passerelle.translation.calendar import days_through
from passerelle.translation.french_agreement import agree_subjects
from passerelle.translation.hours import at_the_hour
from passerelle.translation.post_edit import post_edit
from schemas.base import Language

_POINTS = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w.,]\d)")
_TIMES_A = re.compile(r"\bfois (?:une?|le|la|chaque|l['’]) ?(jour|semaine|mois|année|an)\b")
"""“Twice a week” word for word."""


def mend(source: str, output: str, language: Language, target: Language) -> str:
    """Mend the terms of an answer, in English ages, hours and days, in French verbs after a plural, and rates."""
    output = post_edit(source, output, language, target)
    if target == "en":
        return write_ages(source, days_through(source, at_the_hour(source, output)))
    return _TIMES_A.sub(r"fois par \1", _with_commas(source, agree_subjects(output)))


def _with_commas(source: str, output: str) -> str:
    """Give thousands with points the commas of the English source, which are then written as French has them."""

    def mended(found: re.Match[str]) -> str:
        english = found[0].replace(".", ",")
        return english if english in source and found[0] not in source else found[0]

    return _POINTS.sub(mended, output)
