"""Lines of running text: list marks, quotation marks, and which line breaks end a block."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.document import BlockKind

BREAK = "\x1e"
"""Stands for a line break that the page asks for, while white space is still uncollapsed."""

_BULLET = re.compile(r"[•●▪■◦‣∙·*✓✔➢►▶→⁃]\s*(?=\S)|[-–—]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,2}|[a-h])[.)]\s+(?=\S)")
_MARKS = frozenset("•●▪■◦‣∙·*✓✔➢►▶→⁃-–—0123456789abcdefgh")
"""What a list mark begins with."""
_SENTENCE_END = re.compile(r"""[.!?…;:]["'»”’)\]]*$""")

LONGEST = 5_000
"""Characters from which a text is not put together from lines any further: no sentence is as long."""

OPENING = '«“"‹„'
CLOSING = '»”"›“'


class Line(NamedTuple):
    """A line without its list mark; ``kind`` is set where the mark says it."""

    text: str
    kind: BlockKind | None = None
    ordered: bool = False


def read_mark(text: str) -> Line:
    """Take the list mark off a line."""
    if text[:1] not in _MARKS:
        return Line(text)
    if found := _BULLET.match(text):
        return Line(text[found.end() :].strip(), "list_item")
    if found := _NUMBER.match(text):
        return Line(text[found.end() :].strip(), "list_item", ordered=True)
    return Line(text)


def ends_sentence(text: str) -> bool:
    """Say whether a line closes a sentence or a clause."""
    return bool(_SENTENCE_END.search(text[-8:]))


def is_quoted(text: str) -> bool:
    """Say whether a whole line stands between quotation marks."""
    bare = text.strip().rstrip(".,")
    return len(bare) > 2 and bare[0] in OPENING and bare[-1] in CLOSING and not _closes_early(bare)


def _closes_early(text: str) -> bool:
    """Say whether the first quotation ends before the line does, as in «Oui», dit-elle, «non»."""
    pairs = {"«": "»", "“": "”", "‹": "›", "„": "“"}
    close = pairs.get(text[0])
    if close is None:
        return '"' in text[1:-1]
    depth = 0
    for position, char in enumerate(text):
        depth += (char == text[0]) - (char == close)
        if depth == 0:
            return position < len(text) - 1
    return False


def _goes_on(before: str, after: str) -> bool:
    """Say whether a line break stands inside a sentence: hours and addresses begin with capitals or digits."""
    return not ends_sentence(before) and (after[0].islower() or after[0] in ",;:.)")


def split_lines(text: str) -> list[Line]:
    """Split a text at its line breaks.

    Blank lines, list marks, ends of sentences and capitals after a break begin a block; other breaks are spaces.
    """
    lines: list[Line] = []
    open_line = False
    for raw in text.split(BREAK):
        line = read_mark(" ".join(raw.split()))
        if not line.text:
            open_line = False
            continue
        running = open_line and line.kind is None and len(lines[-1].text) < LONGEST
        if running and _goes_on(lines[-1].text, line.text):
            last = lines[-1]
            lines[-1] = Line(f"{last.text} {line.text}", last.kind, last.ordered)
        else:
            lines.append(line)
        open_line = True
    return lines
