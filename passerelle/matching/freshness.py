"""Whether what a person translated still says what the page says, and where its source stands now."""

from __future__ import annotations

import re

from pydantic import BaseModel
from rapidfuzz import fuzz

from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.issue import Issue
from schemas.paths import language_maps
from schemas.records import TextStatus
from schemas.texts import text_digest

CHANGED_LEAST = 50
"""Similarity, of 100, below which a list entry is another text, and not the same one changed."""


def human_status(texts: LanguageMap, language: Language, made_from: str | None) -> TextStatus:
    """Say of a person's text in one language whether its source is still what it was made from."""
    if made_from is None:
        return TextStatus(origin="human", reviewed=True)
    source: Language = "en" if language == "fr" else "fr"
    digest = text_digest(made_from)
    return TextStatus(
        origin="human",
        reviewed=True,
        source_language=source,
        source_hash=digest,
        fresh=text_digest(texts.get(source) or "") == digest,
    )


def stale(record: str, path: str) -> Issue:
    """Say that a person's translation stays though its source changed."""
    message = (
        f"The text that {path} was translated from has changed; the translation stays. Compare, and translate anew."
    )
    return Issue(stage="match", severity="info", code="translation-stale", message=message, record=record, detail=path)


def translated_place(record: BaseModel, path: str, made_from: str) -> str:
    """Find the text that a translation is of, should a new reading have moved it in its list.

    Raises:
        KeyError: the list has neither that text nor one like it in that place.
    """
    parent, _, language = path.rpartition(".")
    if language not in LANGUAGES:
        return path
    source: Language = "en" if language == "fr" else "fr"
    field = re.sub(r"(?<=\.)\d+", "*", parent)
    there = {
        place: texts.get(source) or ""
        for place, texts in language_maps(record)
        if re.sub(r"(?<=\.)\d+", "*", place) == field
    }
    wanted = text_digest(made_from)
    same = [place for place, text in there.items() if text_digest(text) == wanted]
    if parent in same or "*" not in field:
        return path
    if len(same) == 1:
        return f"{same[0]}.{language}"
    if fuzz.ratio(there.get(parent, ""), made_from) < CHANGED_LEAST:
        raise KeyError(path)
    return path
