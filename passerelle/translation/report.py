"""Counts, language by language, where the texts of the records come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from schemas.base import LANGUAGES, Language
from schemas.paths import language_maps
from schemas.records import Origin, Translated

ORIGINS: tuple[Origin, ...] = get_args(Origin)


@dataclass
class LanguageReport:
    """The texts of one language."""

    language: Language
    texts: Counter[Origin] = field(default_factory=Counter)
    words: Counter[Origin] = field(default_factory=Counter)
    """Words of the texts; of a pending one, those of its source."""
    stale: int = 0
    """Texts whose source has changed since."""
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Why texts are pending (the check that refused them, ``no-engine`` …), and the engine that tried, or nothing."""


def report(records: Iterable[Translated]) -> tuple[LanguageReport, ...]:
    """Count the texts of records that have their fillings laid in; texts that neither language has count nowhere."""
    reports = {language: LanguageReport(language) for language in LANGUAGES}
    for record in records:
        for path, texts in language_maps(record):
            for language, counted in reports.items():
                status = record.text_status.get(f"{path}.{language}")
                other = next(one for one in LANGUAGES if one != language)
                text = texts.get(language) or texts.get(other)
                if not text or not text.strip():
                    continue
                origin: Origin = status.origin if status else "source"
                counted.texts[origin] += 1
                counted.words[origin] += len(text.split())
                counted.stale += bool(status and not status.fresh)
                if status and origin == "pending":
                    counted.reasons[status.reason or "not-translated", status.engine or ""] += 1
    return tuple(reports.values())
