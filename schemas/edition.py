"""What the curators of one data set changed in the project's lists: words of the vocabularies, entries of the termbase.

Their decisions ("define") make an edition. One process works with one edition at a time, set when the data set is
opened; ``trying`` puts another in its place for a while, to see what it would change, in the present thread only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from typing import ParamSpec, TypeVar

from pydantic import JsonValue

from schemas.base import LanguageMap, Shape
from schemas.decision import Decision

P = ParamSpec("P")
R = TypeVar("R")

VOCABULARY, TERMBASE = "vocabulary/", "termbase"
"""What stands in place of a record's id: ``vocabulary/themes``, whose path is a code; ``termbase``: an entry's key."""
_KEPT = 1024
"""Results that a function keeps of the editions last used."""


class Synonyms(Shape):
    """Words that point to a term on a page, folded before comparison."""

    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class TermEdit(Shape):
    """What curators changed of one term of a vocabulary; the project's later words of it stay in force.

    Of a code that the project does not have, with a label, it is a new term.
    """

    label: LanguageMap | None = None
    add: Synonyms = Synonyms()
    remove: Synonyms = Synonyms()


@dataclass(frozen=True)
class Edition:
    """The changes in force; none of them is the project's own edition."""

    words: Mapping[str, Mapping[str, TermEdit]] = field(default_factory=dict)
    """Vocabulary → code → what was changed."""
    termbase: Mapping[str, JsonValue] = field(default_factory=dict)
    """Key of an entry → the entry, or none where it was taken out."""

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Edition:
        """Read the decisions in force, oldest first; what is no "define" is passed over."""
        words: dict[str, dict[str, TermEdit]] = {}
        termbase: dict[str, JsonValue] = {}
        for one in decisions:
            if one.action != "define" or not one.path:
                continue
            if one.record.startswith(VOCABULARY):
                edit = TermEdit.model_validate(one.value or {})
                words.setdefault(one.record.removeprefix(VOCABULARY), {})[one.path] = edit
            elif one.record == TERMBASE:
                termbase[one.path] = one.value
        return cls(words, termbase)

    def with_term(self, vocabulary: str, code: str, edit: TermEdit) -> Edition:
        """Give an edition in which a term is changed otherwise."""
        return Edition({**self.words, vocabulary: {**self.words.get(vocabulary, {}), code: edit}}, self.termbase)

    def with_entry(self, key: str, entry: JsonValue) -> Edition:
        """Give an edition in which an entry of the termbase is another."""
        return Edition(self.words, {**self.termbase, key: entry})

    @cached_property
    def words_digest(self) -> str:
        """Name what the vocabularies say; empty for the project's own."""
        told = {name: {code: one.model_dump() for code, one in edits.items()} for name, edits in self.words.items()}
        return _digest(told)

    @cached_property
    def digest(self) -> str:
        """Name the whole edition; empty for the project's own."""
        return self.words_digest + _digest(self.termbase)


_OWN = Edition()
_in_process = _OWN
_tried: ContextVar[Edition | None] = ContextVar("edition", default=None)


def edition() -> Edition:
    """Give the edition that holds here and now."""
    return _tried.get() or _in_process


def use(chosen: Edition) -> Edition:
    """Let the whole process work with an edition; gives the one before."""
    global _in_process  # one process, one data set
    before, _in_process = _in_process, chosen
    return before


@contextmanager
def trying(chosen: Edition) -> Iterator[None]:
    """Work with an edition in this thread, for as long as the block lasts."""
    before = _tried.set(chosen)
    try:
        yield
    finally:
        _tried.reset(before)


def per_edition(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function gives, by its arguments and the edition in force."""

    @lru_cache(maxsize=_KEPT)
    def kept(_edition: str, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    @wraps(function)
    def given(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(edition().digest, *args, **kwargs)  # type: ignore[arg-type]  # they are hashable

    return given


def _digest(told: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16] if told else ""
