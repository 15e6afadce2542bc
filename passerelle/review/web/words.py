"""Words of the desk in both languages: every ``words*.yml`` beside this file, and the labels of the vocabularies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from schemas.base import LANGUAGES, Language
from schemas.vocabulary import NAMES
from schemas.wording import NO_BREAK, labels, number, typeset

Words = Callable[..., str]
"""``t("key", name=value)``."""
TONGUES = "tongues"
"""Stands for the names of the two languages among the lists of codes."""


def translator(language: Language) -> Words:
    """Give the function that says a key's words in a language.

    Where the words have a form for one (``fr-one``, ``en-one``) the value ``n`` chooses; French counts 0 as one.
    """
    told = _all()

    def say(key: str, /, **values: object) -> str:
        forms = told[key]
        n = values.get("n")
        few = isinstance(n, int) and (n == 1 or (n == 0 and language == "fr"))
        said = forms.get(f"{language}-one", forms[language]) if few else forms[language]
        shown = {name: _shown(value, language) for name, value in values.items()}
        return said.format(**shown) if shown else said

    return say


def has_words(key: str) -> bool:
    """Tell whether there are words for a key."""
    return key in _all()


def label(name: str, code: str, language: Language) -> str:
    """Give the label of a code; the code itself where the list does not have it."""
    if name == TONGUES:
        return translator(language)(f"language.{code}") if code in LANGUAGES else code
    known = (*NAMES, "regions")
    return labels(name, language).get(code, code) if name in known else code


def moment(value: datetime, language: Language) -> str:
    """Write a moment in UTC: ``2026-11-21, 8 h 30`` in French, ``2026-11-21, 08:30`` in English."""
    hour = f"{value.hour}{NO_BREAK}h{NO_BREAK}{value:%M}" if language == "fr" else f"{value:%H:%M}"
    return f"{value:%Y-%m-%d}, {hour}"


@cache
def _all() -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("words*.yml")):
        for key, forms in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).items():
            if key in told:
                msg = f"{path.name}: the words {key} are given twice"
                raise ValueError(msg)
            told[key] = {form: typeset(said, form[:2]) for form, said in forms.items()}
    return told


def _shown(value: object, language: Language) -> object:
    return number(value, language) if isinstance(value, int) and not isinstance(value, bool) else value
