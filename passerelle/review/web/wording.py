"""What changed in a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|[\w’'.-]+|\W")


@dataclass(frozen=True)
class Run:
    """Some words that stayed, left or came."""

    kind: Literal["same", "gone", "come"]
    text: str


def runs(was: str, now: str) -> tuple[Run, ...]:
    """Give a text's words with what left it and what came."""
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    found = list[Run]()
    for change, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            found.append(Run("same", "".join(old[start:end])))
            continue
        if start < end:
            found.append(Run("gone", "".join(old[start:end])))
        if from_ < to:
            found.append(Run("come", "".join(new[from_:to])))
    return tuple(found)
