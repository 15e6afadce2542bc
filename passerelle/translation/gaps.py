"""Finds what one language lacks and the other has."""

from __future__ import annotations

from schemas.base import Language
from schemas.paths import language_maps
from schemas.records import Translated
from schemas.working import Gap


def other(language: Language) -> Language:
    """Give the other of the two languages."""
    return "en" if language == "fr" else "fr"


def find_gaps(record: Translated) -> tuple[Gap, ...]:
    """List the language maps of a record where exactly one side has text, in field order.

    A side of nothing but white space counts as empty.
    """
    gaps: list[Gap] = []
    for path, texts in language_maps(record):
        given: list[Language] = [language for language in ("fr", "en") if _has_text(texts.get(language))]
        if len(given) == 1:
            source = given[0]
            gaps.append(
                Gap(
                    record=record.id,
                    path=path,
                    source_language=source,
                    target_language=other(source),
                    text=texts.get(source) or "",
                )
            )
    return tuple(gaps)


def field_of(path: str) -> str:
    """Give the field that a path leads to, list positions left out: ``benefits.0.text`` → ``benefits.text``."""
    return ".".join(step for step in path.split(".") if not step.isdigit())


def _has_text(text: str | None) -> bool:
    return bool(text and text.strip())
