"""Takes what organisations, curators and translators wrote in both languages into the translation memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from passerelle.translation.checks import CHECKS, Failure, Pair
from passerelle.translation.gaps import field_of, other
from passerelle.translation.memory import source_hash
from passerelle.translation.pairing import LEAST, align, share_of_words
from passerelle.translation.sentences import split_sentences
from passerelle.translation.structure import Piece, take_apart
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.decision import Decision, in_force
from schemas.paths import language_maps
from schemas.records import Translated
from schemas.working import MemoryEntry

_FEW = 6
"""Words below which a whole text has too few for its words to tell."""
_TELLING: tuple[Failure, ...] = ("length-ratio", "numbers-changed")
"""Checks that say of two texts by people that one is no translation of the other."""
_BY_PEOPLE = frozenset({"source", "human"})


def harvest(records: Iterable[Translated]) -> tuple[MemoryEntry, ...]:
    """Pair the texts that records have in both languages, each written by people; both directions, no doubles.

    A name pairs as it is. A longer text pairs whole, and its blocks and sentences where their words and lengths say
    the same (``pairing``); what does not agree is left out, since two pages may say different things.
    """
    entries: dict[tuple[str, ...], MemoryEntry] = {}
    for record in records:
        for path, texts in language_maps(record):
            if _written_by_people(record, path, texts):
                for french, english in _pairs(field_of(path), texts):
                    for entry in both_ways(french, english, field_of(path)):
                        key = (entry.source_language, entry.source_hash, entry.context or "")
                        entries.setdefault(key, entry)
    return tuple(entries.values())


def from_decisions(decisions: Iterable[Decision]) -> tuple[MemoryEntry, ...]:
    """Pair the texts that curators translated or approved with what they were made from; both directions, no doubles.

    They stay true when the page's text changes. Of several for one field the last word counts; see ``in_force``.
    A machine's text that a person approved stays a machine's, reviewed, and speaks for its own direction alone.
    """
    entries: dict[tuple[str, ...], MemoryEntry] = {}
    for decision in in_force(tuple(decisions)):
        path, _, language = (decision.path or "").rpartition(".")
        source, text = decision.translated_from, decision.value
        if decision.action not in {"edit", "approve"} or not source or not isinstance(text, str) or not text.strip():
            continue
        sides = {language: text, "en" if language == "fr" else "fr": source}
        if path and language in LANGUAGES:
            pair = both_ways(sides["fr"], sides["en"], field_of(path))
            for entry in pair if decision.engine is None else _approved(pair, language, decision.engine):
                entries[entry.source_language, entry.source_hash, entry.context or ""] = entry
    return tuple(entries.values())


def _approved(pair: Iterable[MemoryEntry], language: str, engine: str) -> Iterator[MemoryEntry]:
    for entry in pair:
        if entry.target_language == language:
            yield entry.model_copy(update={"origin": "machine", "engine": engine, "reviewed": True})


def _written_by_people(record: Translated, path: str, texts: LanguageMap) -> bool:
    if not all((texts.get(language) or "").strip() for language in LANGUAGES):
        return False
    statuses = (record.text_status.get(f"{path}.{language}") for language in LANGUAGES)
    return all(status is None or (status.origin in _BY_PEOPLE and status.fresh) for status in statuses)


def _pairs(field: str, texts: LanguageMap) -> Iterator[tuple[str, str]]:
    french, english = texts.fr or "", texts.en or ""
    if field == "name":
        yield french, english
        return
    few = len(french.split()) < _FEW
    if _agree(french, english) and (few or share_of_words(french, english) >= LEAST):
        yield french, english
    ours, theirs = _blocks(french), _blocks(english)
    if len(ours) > 1 or len(theirs) > 1:
        yield from _beads([piece.words for piece in ours], [piece.words for piece in theirs])
    sentences = [[one for piece in side for one in split_sentences(piece.words)] for side in (ours, theirs)]
    if len(sentences[0]) > len(ours) or len(sentences[1]) > len(theirs):
        yield from _beads(*sentences)


def _beads(french: Sequence[str], english: Sequence[str]) -> Iterator[tuple[str, str]]:
    for bead in align(french, english):
        pair = " ".join(french[place] for place in bead.french), " ".join(english[place] for place in bead.english)
        if _agree(*pair):
            yield pair


def _blocks(text: str) -> list[Piece]:
    return [piece for piece in take_apart(text) if piece.translatable]


def _agree(french: str, english: str) -> bool:
    """Tell whether the lengths and the numbers of two texts could be those of a translation, read from either side."""
    pairs = Pair(french, english, "fr", "en"), Pair(english, french, "en", "fr")
    return not any(CHECKS[check](pair) for pair in pairs for check in _TELLING)


def both_ways(french: str, english: str, context: str | None = None) -> Iterator[MemoryEntry]:
    """Make the memory entries of a pair, one a direction."""
    sides: dict[Language, str] = {"fr": french, "en": english}
    for source_language, source in sides.items():
        target_language = other(source_language)
        yield MemoryEntry(
            source_language=source_language,
            target_language=target_language,
            source_hash=source_hash(source),
            source=source,
            target=sides[target_language],
            origin="human",
            context=context,
        )
