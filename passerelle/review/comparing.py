"""How two texts differ word by word; what is no difference is told in ``schemas.sameness``."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from schemas.sameness import DAY, TEXT_LEAST, without_noise
from schemas.texts import normal_form

Change = Literal["same", "removed", "added"]
Word = tuple[Change, str]

_PIECES = re.compile(rf"(?:«\s+)?(?:{DAY.pattern}|\S+)\S*(?:\s+»)?\s*", re.IGNORECASE)
"""Words with the marks and spaces that go with them; a day is one piece."""


def words_changed(was: str, now: str) -> tuple[Word, ...]:
    """Tell word by word how a text changed; what is no difference comes as ``same``, in the new writing."""
    old, new = _PIECES.findall(was), _PIECES.findall(now)
    keys = _keys(old), _keys(new)
    told: list[Word] = []
    for change, start, end, from_, to in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if change == "equal":
            told.append(("same", "".join(new[from_:to])))
            continue
        told += [("removed", "".join(old[start:end]))] if end > start else []
        told += [("added", "".join(new[from_:to]))] if to > from_ else []
    return tuple(told)


def _keys(pieces: list[str]) -> list[str]:
    long = len(pieces) >= TEXT_LEAST
    return [without_noise(piece) if long else normal_form(piece) for piece in pieces]
