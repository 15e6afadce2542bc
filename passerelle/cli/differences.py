"""Show what changed in a text, word by word, readable with and without colours."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from rich.text import Text


def difference(before: str, after: str) -> Text:
    """Give a text with what left it as ``[-words-]`` and what came as ``{+words+}``."""
    old, new = (re.findall(r"\s+|[\w’'.-]+|\W", text) for text in (before, after))
    shown = Text()
    for change, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            shown.append("".join(old[start:end]))
            continue
        if start < end:
            shown.append(f"[-{''.join(old[start:end])}-]", style="red")
        if from_ < to:
            shown.append(f"{{+{''.join(new[from_:to])}+}}", style="green")
    return shown
