"""Tells whether a text comes back as its contrary: opened as closed, the mother as the father, Mme as Mr.

A row of ``words/contrasts.yml`` has two or more sides. Only a text with words of one side and none of the others is
held to it, so that a word with several senses seldom tells; a negation on one side only is for ``negation`` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from passerelle.translation.negation import denies
from passerelle.translation.spans import KEPT
from schemas.base import LANGUAGES, Language
from schemas.beside import yaml_beside

_TITLES = (
    re.compile(r"(?<!\w)(?:MM?\.(?=\s+(?:et\s|[A-ZÀ-Ý]))|[Mm]onsieur|[Mm]essieurs|Mr\b|[Gg]entlem[ae]n)"),
    re.compile(r"(?<!\w)(?:Mmes?|Mlles?|[Mm]esdames|[Mm]adame?|Mrs|Ms|Miss(?=\s+[A-Z])|[Ll]adies)\b"),
)
"""Titles of men and of women, in both languages."""


_Side = dict[Language, re.Pattern[str]]
"""One side of a contrast: its words in each language."""


def says_contrary(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether an output has the words of one side of a contrast where the source has those of another."""
    sides = zip(_sides(source, source_language), _sides(output, target_language), strict=True)
    return any(meant is not None and said is not None and meant != said for meant, said in sides)


def reverses(source: str, output: str, source_language: Language, target_language: Language) -> bool:
    """Tell whether an output says the contrary of the source, and not by denying it: « pas facile » is “difficult”."""
    same = denies(source, source_language) == denies(output, target_language)
    return same and says_contrary(source, output, source_language, target_language)


def changes_title(source: str, output: str) -> bool:
    """Tell whether both texts give people titles, and not of the same gender: M. Cyr, Ms. Cyr."""
    ours, theirs = ({at for at, title in enumerate(_TITLES) if title.search(text)} for text in (source, output))
    return bool(ours and theirs) and ours != theirs


@lru_cache(maxsize=KEPT)
def _sides(text: str, language: Language) -> tuple[int | None, ...]:
    """Give of each row the side of which a text has words; none where it has words of several, or of none."""
    if not _ANY[language].search(text):
        return (None,) * len(_ROWS)
    found = ([at for at, side in enumerate(row) if side[language].search(text)] for row in _ROWS)
    return tuple(sides[0] if len(sides) == 1 else None for sides in found)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    whole = (f"{word.removesuffix('$')}\\b" if word.endswith("$") else word for word in words)
    return re.compile(rf"\b(?:{'|'.join(whole)})", re.IGNORECASE)


def _rows() -> tuple[tuple[_Side, ...], ...]:
    rows = yaml_beside(Path(__file__).with_name("words") / "contrasts.yml")
    return tuple(tuple({language: _pattern(side[language]) for language in LANGUAGES} for side in row) for row in rows)


_ROWS = _rows()
_ANY = {
    language: re.compile("|".join(side[language].pattern for row in _ROWS for side in row), re.IGNORECASE)
    for language in LANGUAGES
}
