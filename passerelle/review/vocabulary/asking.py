"""What the desk asks of the stations that work with words: what a change would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue
from sqlalchemy.orm import Session

from schemas.edition import TermEdit


@dataclass(frozen=True)
class Touched:
    """A record that a change would touch, and the words that make it so."""

    record: str
    name: str
    words: str
    path: str = ""
    """Of the text, for an entry of the termbase."""


@dataclass(frozen=True)
class VocabularyEffect:
    """What a change of a term would do, going by the texts and the evidence of the records."""

    carrying: int
    """Records that have the code now, and whose pages show its label."""
    gained: tuple[Touched, ...]
    lost: tuple[Touched, ...]


@dataclass(frozen=True)
class TermEffect:
    """What a change of an entry would do to the translations."""

    used: int
    """Translated texts whose source uses the entry."""
    worse: tuple[Touched, ...]
    """Translations that would no longer pass the checks."""
    better: tuple[Touched, ...]
    """Translations that would pass them again."""


class Words(Protocol):
    """What the desk needs of extraction and translation for this."""

    def vocabulary_effect(self, session: Session, name: str, code: str, edit: TermEdit) -> VocabularyEffect:
        """Say what a change of a term of a vocabulary would do."""

    def entries(self) -> Mapping[str, Mapping[str, JsonValue]]:
        """Give the termbase, as JSON by key, in its order."""

    def entry_of(self, typed: Mapping[str, JsonValue]) -> tuple[str, Mapping[str, JsonValue]]:
        """Give the key and the entry that somebody typed.

        Raises:
            InvalidAct: it is none (``bad-entry``).
        """

    def entry_effect(self, session: Session, key: str, entry: JsonValue) -> TermEffect:
        """Say what a change of an entry would do; none takes it out."""
