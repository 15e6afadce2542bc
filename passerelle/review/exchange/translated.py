"""What a translator's file holds, and what the desk asks of the translation station to read and write one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.base import Language, LanguageMap
from schemas.records import Translated


@dataclass(frozen=True)
class TranslatedText:
    """A translator's text that fits the record."""

    record: str
    path: str
    source: str
    text: str
    before: str | None
    remarks: tuple[str, ...]
    """Checks that it does not pass; a person may know better."""
    line: int


@dataclass(frozen=True)
class Untaken:
    """A text of a file that is not taken."""

    line: int
    record: str
    """Empty where the file does not tell."""
    path: str
    why: LanguageMap


@dataclass(frozen=True)
class TranslatedFile:
    """What a translator's file holds; nothing is saved."""

    texts: tuple[TranslatedText, ...]
    untouched: int
    known: int
    """Texts that the records have already, word for word."""
    complaints: tuple[Untaken, ...]
    """What was not taken."""
    still_initial: int = 0
    """Texts that somebody wrote and left in state ``initial``; each is among the complaints."""


class Translators(Protocol):
    """What the desk needs of the translation station for such files."""

    def write_xliff(self, records: Sequence[Translated], target: Language) -> tuple[bytes, int]:
        """Write what waits for a translator; the file is empty and the number 0 where nothing does."""

    def read_xliff(
        self,
        body: bytes,
        records: Sequence[Translated],
        redirects: dict[str, str],
        own: Collection[tuple[str, str]],
    ) -> TranslatedFile:
        """Read a translator's file and hold it against the records; it may correct ``own``, by record and path.

        Raises:
            InvalidAct: it is no such file (``xliff-unreadable``).
        """
