"""What lines of the issue log say of a record, in the language of a page; their own words are mostly English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from passerelle.review.record_view import RecordView
from passerelle.review.web.paths import path_title
from passerelle.review.web.words import has_words, translator
from schemas.base import Language
from schemas.issue import Issue

_DISPUTED = re.compile(r"(?P<path>[\w.]+): kept (?P<kept>.*); elsewhere (?P<others>.*)", re.DOTALL)
"""As ``schemas.settled.disputed`` writes it."""

_REFUSED = "translation-refused"


@dataclass(frozen=True)
class Note:
    """Issues of one code, to be explained once."""

    issue: Issue
    """The first of them."""
    about: tuple[tuple[str, str], ...]
    """What each is about, and the path of the field where the page has one."""


def notes_on(view: RecordView, language: Language) -> tuple[Note, ...]:
    """Give the issues of a record, those of one code together; refused translations as long as nothing is written."""
    by_code: dict[str, list[Issue]] = {}
    for issue in view.issues:
        by_code.setdefault(issue.code, []).append(issue)
    notes = (Note(some[0], tuple(_about(code, some, view, language))) for code, some in by_code.items())
    return tuple(note for note in notes if note.about or note.issue.code != _REFUSED)


def _about(code: str, issues: Iterable[Issue], view: RecordView, language: Language) -> Iterator[tuple[str, str]]:
    if code == _REFUSED:
        for text in view.texts.values():
            if text.text is None and has_words(f"check.{text.reason}"):  # other texts wait for other reasons
                yield path_title(text.path, view.id, language), text.path
        return
    for issue in issues:
        told = _DISPUTED.fullmatch(issue.detail or "")
        path = told["path"] if told else (issue.detail or "") if code == "translation-stale" else ""
        if said := issue_about(issue, language):
            yield said, path


def issue_about(issue: Issue, language: Language) -> str:
    """Say which field and values an issue is about; nothing where only its code says something in this language."""
    t, of, detail = translator(language), issue.record or "ini-", issue.detail or ""
    told = _DISPUTED.fullmatch(detail)
    if told:
        return t("issue.disputed", field=path_title(told["path"], of, language), **told.groupdict())
    if issue.code == "translation-stale":
        return path_title(detail, of, language)
    if language == "fr" and issue.message_fr:
        return issue.message_fr
    if language == "en":
        return f"{issue.message} ({detail})" if detail else issue.message
    if has_words(f"pending.{detail}"):
        return t(f"pending.{detail}")
    return t("issue.about", text=detail) if detail else ""
