"""Vocabularies: the controlled lists, as YAML that a curator can extend.

One file a list in schemas/vocabularies/, each a list of terms with labels and synonyms in both languages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from schemas.base import LANGUAGES, LanguageMap, Shape
from schemas.beside import yaml_beside
from schemas.edition import Synonyms, TermEdit, edition, per_edition

FOLDER = Path(__file__).with_name("vocabularies")


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


@per_edition
def vocabulary(name: str) -> Vocabulary:
    """Load one of the vocabularies in ``NAMES``, with what curators changed; regions live in the gazetteer."""
    own, changed = own_vocabulary(name), edition().words.get(name, {})
    terms = [_changed(term, changed[term.code]) if term.code in changed else term for term in own.terms]
    added = (Term(code=code, label=edit.label, synonyms=edit.add) for code, edit in changed.items() if edit.label)
    return own.model_copy(update={"terms": (*terms, *(term for term in added if term.code not in own.codes))})


@cache
def own_vocabulary(name: str) -> Vocabulary:
    """Load a vocabulary as the project has it."""
    return Vocabulary.model_validate(yaml_beside(FOLDER / f"{name}.yml"))


def _changed(term: Term, edit: TermEdit) -> Term:
    words = {
        language: tuple(
            dict.fromkeys(
                one
                for one in (*getattr(term.synonyms, language), *getattr(edit.add, language))
                if one not in getattr(edit.remove, language)
            )
        )
        for language in LANGUAGES
    }
    return term.model_copy(update={"label": edit.label or term.label, "synonyms": Synonyms(**words)})
