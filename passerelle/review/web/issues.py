"""What a line of the issue log is about, in the language of a page; its own words are English."""

from __future__ import annotations

import re

from passerelle.review.web.paths import path_title
from passerelle.review.web.words import has_words, translator
from schemas.base import Language
from schemas.issue import Issue

_DISPUTED = re.compile(r"(?P<path>[\w.]+): kept (?P<kept>.*); elsewhere (?P<others>.*)", re.DOTALL)
"""As ``schemas.settled.disputed`` writes it."""


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
