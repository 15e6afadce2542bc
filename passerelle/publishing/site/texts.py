"""The texts of a record as one language shows them: the words, the language they are in, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from passerelle.publishing.site.safe import markdown, one_line, paragraphs, web_link
from passerelle.publishing.site.words import other, words
from schemas.base import Language, LanguageMap
from schemas.paths import language_maps
from schemas.records import Initiative, Origin


@dataclass(frozen=True)
class Told:
    """Where a text comes from, to be said above it."""

    origin: Origin
    """``pending`` where the other language is shown instead."""
    notes: tuple[str, ...] = ()
    """What else a reader should know, in the language of the page."""
    page: str | None = None
    """The page that the text was translated from."""


FROM_A_PAGE = Told("source")


@dataclass(frozen=True)
class Piece:
    """A text as it is shown."""

    text: str
    language: Language
    told: Told

    @property
    def line(self) -> str:
        """The text where no markup may stand."""
        return one_line(self.text)

    @property
    def html(self) -> Markup:
        """The text as paragraphs."""
        return paragraphs(self.text)

    @property
    def rich(self) -> Markup:
        """The text read as Markdown."""
        return markdown(self.text)


def piece(record: Initiative, path: str, text: LanguageMap | None, language: Language) -> Piece | None:
    """Give the text at a path of a record as a page in ``language`` shows it; none where there is no text at all."""
    if text is None:
        return None
    own, stand_in = text.get(language), text.get(other(language))
    if own:
        return Piece(own, language, _told(record, f"{path}.{language}", language))
    if stand_in:
        return Piece(stand_in, other(language), Told("pending", (words("note", language)["pending"],)))
    return None


def pieces(record: Initiative, paths: Iterable[tuple[str, LanguageMap]], language: Language) -> list[Piece]:
    """Give the texts at some paths."""
    found = (piece(record, path, text, language) for path, text in paths)
    return [one for one in found if one]


def shared(texts: Iterable[Piece]) -> Told | None:
    """Give what is told of all of some texts, where it is the same of each."""
    told = list(dict.fromkeys(one.told for one in texts))
    return told[0] if len(told) == 1 else None


def origins(record: Initiative, language: Language) -> set[Origin]:
    """Give the origins of a record's texts in one language; ``pending`` where only the other language has one."""
    found: set[Origin] = set()
    for path, text in language_maps(record):
        if text.get(language):
            status = record.text_status.get(f"{path}.{language}")
            found.add(status.origin if status else FROM_A_PAGE.origin)
        elif text.get(other(language)):
            found.add("pending")
    return found


def _told(record: Initiative, path: str, language: Language) -> Told:
    status = record.text_status.get(path)
    if status is None:
        return FROM_A_PAGE
    say = words("note", language)
    notes = []
    source = status.source_language
    if status.origin == "machine":
        notes.append(say[f"machine-from-{source}"] if source and source != language else say["machine"])
        notes.append(say["reviewed" if status.reviewed else "unreviewed"])
    if not status.fresh:
        notes.append(say["stale"])
    page = _page(record, source) if status.origin in {"machine", "memory"} or notes else None
    return Told(status.origin, tuple(notes), page)


def _page(record: Initiative, language: Language | None) -> str | None:
    """Give the first page of a language that a record was read from; any page where none is of that language."""
    pages = [(source.language, link) for source in record.sources if (link := web_link(source.url))]
    return next((link for read, link in pages if read == language), pages[0][1] if pages else None)
