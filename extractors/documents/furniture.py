"""Furniture told by its words: rules for single blocks and for sections, for HTML and plain text alike.

Every rule has a name, kept with what it takes away. Rules ask for short blocks or for whole lines, so that a
paragraph that only speaks of sharing, cookies or membership stays.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.documents.html import RawBlock
from extractors.documents.phrases import LINES, RUBRIC, SECTIONS, STARTS, Table
from schemas.document import Dropped

_LINE_LIMIT = 160
"""Characters up to which the whole-line rules are tried."""

_START_LIMIT = 600
"""Characters up to which the rules on a block's first words are tried."""

SECTION_SHARE = 0.35
"""Share of a page's text above which a section rule doubts itself."""

NEAR = 3
"""Blocks apart up to which a repetition is a copy even in the same container."""

MENU_WORDS = 5
"""Most words of one entry of a menu."""

LISTED_WORDS = 15
"""Most words of a line that only announces another page."""

SAID_AGAIN = 5
"""First and last of many blocks with the same words with which one more is compared."""

_LEAST_PATH = len("body > ")
"""Characters of a path below which the element around a heading is the whole page."""

REPEATED_LENGTH = 60
"""Characters from which a block said twice is a copy; shorter ones ("Contact", "12 à 25 ans") may be meant."""


_BRACKET: Final = re.compile(r"(?<!\\)\((?!\?)")
"""Opens what belongs together in a table's expression; nobody asks where it stood, which would cost time."""


def _compiled(table: Table) -> re.Pattern[str]:
    """Give one expression for a whole table, a group for each rule: most lines are no furniture, and are asked once.

    It is for small letters: an expression that minds no case cannot see from a first letter that nothing fits.
    """
    rules = ((rule.replace("-", "_"), _BRACKET.sub("(?:", "|".join(patterns))) for rule, patterns in table)
    return re.compile("|".join(f"(?P<{rule}>{pattern})" for rule, pattern in rules))


def _rule(match: re.Match[str] | None) -> str | None:
    return match.lastgroup.replace("_", "-") if match and match.lastgroup else None


_LINES: Final = _compiled(LINES)
_STARTS: Final = _compiled(STARTS)
_SECTIONS: Final = _compiled(SECTIONS)


def line_rule(text: str) -> str | None:
    """Name the rule by which a single line is furniture, if any."""
    if len(text) <= _LINE_LIMIT:
        rule = _rule(_LINES.fullmatch(text.lower().rstrip(" .!:")))
        if rule:
            return rule
    return _rule(_STARTS.match(text.lower())) if len(text) <= _START_LIMIT else None


def section_rule(block: RawBlock) -> str | None:
    """Name the rule by which a heading opens a section of furniture, if any."""
    if len(block.text) > 80 or block.kind not in ("heading", "paragraph"):
        return None
    return _rule(_SECTIONS.fullmatch(block.text.lower().rstrip(" .!:…")))


def remove_furniture(blocks: list[RawBlock]) -> tuple[list[RawBlock], list[Dropped]]:
    """Split blocks into those that are kept and those that the rules take away, in order."""
    rules = dict.fromkeys(_menus(blocks), "menu") | _section_marks(blocks)
    repeated = _repetitions(blocks)
    kept, dropped = [], []
    for position, block in enumerate(blocks):
        rule = rules.get(position) or line_rule(block.text) or ("repeated" if position in repeated else None)
        if rule is None:
            kept.append(block)
        else:
            dropped.append(Dropped(text=block.text, path=block.path, rule=rule))
    return kept, dropped


def _section_marks(blocks: list[RawBlock]) -> dict[int, str]:
    marks: dict[int, str] = {}
    total = sum(len(block.text) for block in blocks)
    position = 0
    while position < len(blocks):
        rule = section_rule(blocks[position])
        end = _section_end(blocks, position, rule) if rule else position
        length = sum(len(block.text) for block in blocks[position:end])
        if rule and length <= SECTION_SHARE * total:
            marks.update(dict.fromkeys(range(position, end), rule))
        position = max(end, position + 1)
    return marks


def _section_end(blocks: list[RawBlock], start: int, rule: str) -> int:
    """Give the position after a furniture section: it goes on while blocks are links, short lines or one group."""
    head = blocks[start]
    owns_group = head.group is not None and (start == 0 or blocks[start - 1].group != head.group)
    limit = 12 if rule in ("share-buttons", "newsletter") else 60
    box = f"{_container(head.path)} > "
    owns_box = rule == "related" and len(box) > _LEAST_PATH and not (start and blocks[start - 1].path.startswith(box))
    position = start + 1
    while position < min(len(blocks), start + limit):
        block = blocks[position]
        if rule == "related" and _is_next_line(blocks[position - 1], block) and _announces(block):
            position += 1
            continue
        if block.kind == "heading" and not _is_link(block) and (block.level or 6) <= (head.level or 6):
            break
        inside = (owns_group and block.group == head.group) or (owns_box and block.path.startswith(box))
        if not (inside or _is_link(block)):
            break
        position += 1
    return position


def _menus(blocks: list[RawBlock]) -> set[int]:
    """Find menus that a text dump kept: short lines without a blank one between, or '|', two of them rubrics."""
    menus: set[int] = set()
    run: list[int] = []
    for position, block in enumerate([*blocks, RawBlock("paragraph", "", path="")]):
        parts = [part.strip() for part in block.text.split("|")]
        if block.path.startswith("line ") and len(parts) > 2 and _are_rubrics(parts):
            menus.add(position)
        if run and not (_is_next_line(blocks[run[-1]], block) and _is_short(block, MENU_WORDS)):
            if len(run) > 2 and _are_rubrics([blocks[place].text for place in run]):
                menus.update(run)
            run = []
        if block.path.startswith("line ") and _is_short(block, MENU_WORDS):
            run.append(position)
    return menus


def _announces(block: RawBlock) -> bool:
    """Say whether a line may be the title of another page."""
    return len(block.text.split()) <= LISTED_WORDS and block.text[-1:] not in ".;:"


def _are_rubrics(parts: list[str]) -> bool:
    short = all(len(part.split()) <= MENU_WORDS for part in parts)
    return short and sum(bool(RUBRIC.fullmatch(part) or line_rule(part) == "menu") for part in parts) > 1


def _is_next_line(before: RawBlock, block: RawBlock) -> bool:
    """Say whether a block stands on the line right below another, as only text dumps tell."""
    lines = [path.removeprefix("line ") for path in (before.path, block.path) if path.startswith("line ")]
    return len(lines) > 1 and int(lines[1]) == int(lines[0]) + 1


def _is_short(block: RawBlock, words: int) -> bool:
    """Say whether a line is no sentence, no fact under its label and no item of a list."""
    text = block.text
    return len(text.split()) <= words and text[-1:] not in ".;:!?" and " : " not in text and block.kind != "list_item"


def _is_link(block: RawBlock) -> bool:
    return sum(len(link.text) for link in block.links) > 0.7 * len(block.text)


def _repetitions(blocks: list[RawBlock]) -> set[int]:
    """Find blocks that say again what a block before them said.

    The same words twice in one container are meant (a weekly menu, a shared condition); in two containers they are a
    copy, unless these are entries of a list that begin differently.
    """
    first_of_group: dict[int, str] = {}
    seen: dict[str, list[int]] = {}
    repeated = set()
    for position, block in enumerate(blocks):
        if block.group is not None:
            first_of_group.setdefault(block.group, block.text)
        if position and block.text == blocks[position - 1].text:
            repeated.add(position)
        elif len(block.text) >= REPEATED_LENGTH:
            before = seen.setdefault(block.text, [])
            some = before if len(before) <= 2 * SAID_AGAIN else (*before[:SAID_AGAIN], *before[-SAID_AGAIN:])
            if any(_is_copy(blocks[other], block, position - other, first_of_group) for other in some):
                repeated.add(position)
            before.append(position)
    return repeated


def _is_copy(one: RawBlock, other: RawBlock, distance: int, first: dict[int, str]) -> bool:
    if one.group is not None and other.group is not None and one.group != other.group:
        return first[one.group] == first[other.group]
    return distance <= NEAR or _container(one.path) != _container(other.path) or other.path.startswith("line ")


def _container(path: str) -> str:
    return path.rpartition(" > ")[0]
