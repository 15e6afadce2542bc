"""Mends what is wrong in an engine's answer in a known way, before the answer is held against the checks."""

from __future__ import annotations

from passerelle.translation.calendar import days_through
from passerelle.translation.french_agreement import agree_subjects
from passerelle.translation.hours import at_the_hour
from passerelle.translation.post_edit import post_edit
from schemas.base import Language


def mend(source: str, output: str, language: Language, target: Language) -> str:
    """Mend the terms of an answer, in English the hours and days, in French verbs in the singular after a plural."""
    output = post_edit(source, output, language, target)
    return days_through(source, at_the_hour(source, output)) if target == "en" else agree_subjects(output)
