"""Splits a sentence that an engine gets wrong into its clauses, and puts their translations together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from passerelle.translation.attempt import Sentence
from passerelle.translation.checks import failed_check, is_small_word
from passerelle.translation.typography import for_engine
from schemas.inclusive import expand_inclusive

SHORTEST = 3
"""Words that a clause has at least: fewer give an engine no context."""
_BREAK = re.compile(r"(?<=[;:,–—])\s+|\s+(?=(?:mais|car|parce que|afin|tandis|but|because|so that|while|although)\s)")
_JOINING = frozenset(
    ["but", "because", "so", "while", "although", "who", "mais", "car", "parce", "afin", "tandis", "donc"]
)
_MARK = re.compile(r"[;:,–—]$")


def clauses_of(sentence: Sentence) -> tuple[Sentence, ...]:
    """Give the clauses of a sentence, or none where it has but one or is a name."""
    clauses: list[str] = []
    for part in _BREAK.split(sentence.text):
        if clauses and (len(part.split()) < SHORTEST or len(clauses[-1].split()) < SHORTEST):
            clauses[-1] += f" {part}"
        else:
            clauses.append(part)
    if len(clauses) < 2 or sentence.is_name:
        return ()
    return tuple(replace(sentence, text=clause) for clause in clauses)


def join_clauses(sentence: Sentence, clauses: Sequence[Sentence], texts: Sequence[str | None]) -> str | None:
    """Put the translated clauses together; ``None`` where one is missing or the whole fails a check."""
    if not texts or None in texts:
        return None
    whole = " ".join(_fitted(clause, text or "") for clause, text in zip(clauses, texts, strict=True))
    source = expand_inclusive(sentence.text) if sentence.source == "fr" else sentence.text
    failure = failed_check(for_engine(source), for_engine(whole), sentence.source, sentence.target)
    return whole if failure is None else None


def _fitted(clause: Sentence, text: str) -> str:
    """Give a clause the small letter and the mark that it has in the source."""
    mark = _MARK.search(clause.text)
    if mark and not _MARK.search(text):
        text = text.rstrip(".") + mark[0]
    first = re.match(r"\w+", text)
    small = first and (is_small_word(first[0], clause.target) or first[0].lower() in _JOINING)
    if clause.text[:1].islower() and small:
        text = text[0].lower() + text[1:]
    return text
