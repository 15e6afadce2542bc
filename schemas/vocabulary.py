"""Vocabularies: the controlled lists, as YAML that a curator can extend.

One file a list in schemas/vocabularies/, each a list of terms with labels and synonyms in both languages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import Field

from schemas.base import LanguageMap, Shape

FOLDER = Path(__file__).with_name("vocabularies")


class Synonyms(Shape):
    """Words that point to a term on a page, folded before comparison."""

    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Term(Shape):
    """One entry of a controlled list."""

    code: str
    label: LanguageMap
    note: LanguageMap | None = None
    synonyms: Synonyms = Field(default=Synonyms(), description="Words and phrases as pages write them")


class Vocabulary(Shape):
    """A controlled list."""

    name: str
    title: LanguageMap
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in the order of the file."""
        return tuple(term.code for term in self.terms)


NAMES = ("themes", "activities", "sectors", "groups", "genders", "kinds", "collaboration", "cost", "relations")


@cache
def vocabulary(name: str) -> Vocabulary:
    """Load one of the vocabularies in ``NAMES``; regions live in the gazetteer."""
    text = (FOLDER / f"{name}.yml").read_text("utf-8")
    return Vocabulary.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))  # ten times as quick as safe_load
