"""The desk's help with translators' files, from the translation station."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from passerelle.review.errors import InvalidAct
from passerelle.review.exchange.translated import TranslatedFile, TranslatedText, Untaken
from passerelle.translation.errors import ExchangeError
from passerelle.translation.exchange import Complaint
from passerelle.translation.memory import Memory
from passerelle.translation.xliff import read_xliff, waiting, write_xliff
from schemas.base import Language, LanguageMap
from schemas.records import Translated

_OF_COMMAND = re.compile(r" \([^()]* --[^()]*\)$")
"""What a complaint adds for the command line."""


class Exchanging:
    """The part of the desk's help that reads and writes XLIFF; see ``exchange.translated.Translators``."""

    @property
    def _memory(self) -> Memory:
        raise NotImplementedError

    def write_xliff(self, records: Sequence[Translated], target: Language) -> tuple[bytes, int]:
        """Write what waits for a translator, with what the memory has that is near; empty and 0 where nothing does."""
        texts = tuple(waiting(records, target))
        if not texts:
            return b"", 0
        with TemporaryDirectory() as folder:
            path = Path(folder) / "texts.xlf"
            count = write_xliff(texts, target, path, self._memory)
            return path.read_bytes(), count

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
        with TemporaryDirectory() as folder:
            path = Path(folder) / "texts.xlf"
            path.write_bytes(body)
            try:
                read = read_xliff(path, records, redirects, own)
            except ExchangeError as error:
                said = {"en": str(error), "fr": error.french}
                told = {one: text.removeprefix(str(path)).lstrip(" :\u00a0\u202f") for one, text in said.items()}
                raise InvalidAct("xliff-unreadable", **told) from error
        return TranslatedFile(
            texts=tuple(
                TranslatedText(one.record, one.path, one.source, one.text, one.before, one.remarks, one.line)
                for one in read.translations
            ),
            untouched=read.untouched,
            known=read.known,
            still_initial=read.still_initial,
            complaints=tuple(map(_untaken, read.complaints)),
        )


def _untaken(complaint: Complaint) -> Untaken:
    record, _, path = complaint.what.partition(" ")
    why = LanguageMap(fr=_OF_COMMAND.sub("", complaint.fr), en=_OF_COMMAND.sub("", complaint.en))
    return Untaken(complaint.line, record if path else "", path, why)
