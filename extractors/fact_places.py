"""Where a page states facts under labels: in lines and sentences, below a label, in the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.documents.labels import FactName, fact_label, labelled_fact
from extractors.once import once_a_page
from extractors.recognizers.fold import fold_text
from schemas.document import Block, Document

ColumnName = FactName | Literal["title", "kind", "amount", "text"]

_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
"""What parts the cells of a row; an empty cell leaves two of them side by side."""
_THING = r"(?:projets?|initiatives?|programmes?|projects?|programs?|services?)"
_WHAT = rf"(?: (?:du |de l'|de la |des |of (?:the )?)?{_THING})"
_COLUMNS: tuple[tuple[ColumnName, re.Pattern[str]], ...] = (
    ("title", re.compile(rf"(?:noms?|titres?|intitules?|names?|titles?){_WHAT}?|{_THING}")),
    ("kind", re.compile(rf"(?:types?|sortes?|natures?|kinds?|categor(?:ies?|y)){_WHAT}?")),
    ("amount", re.compile(r"(?:montants?|sommes?|subventions?|aides? financieres?|amounts?|grants?|budgets?)\b.*")),
    ("text", re.compile(r"(?:descriptions?|resumes?|sommaires?|details?|objectifs?|apercus?|en bref|summar(?:y|ies)|"
                        r"about|goals?|what (?:it|they) (?:do|does|is|are))\b.*")),
    ("lead", re.compile(r"(?:organismes?|organisations?|organizations?|groupes?|groups?|responsables?|promoteurs?|"
                        r"porteurs?|leads?|led by|who leads?|beneficiaires?|recipients?|grantees?)\b(?! .* cibl).*")),
    ("audience", re.compile(r"(?:for whom|who (?:it is|it's|is it|they are) for|(?:a|pour) qui.*|clienteles?.*|"
                            r"publics?.*)")),
)  # fmt: skip
"""What the head of a table's column says, in folded words; other columns bear the labels of fact boxes."""
_PARTNERS = re.compile(
    r"(?:(?:les|nos|ses|leurs|our|the|its|their) )?"
    r"(?:principaux |main |key |precieux |fiers )?(?:partenaires?|partners?|"
    r"collaborateurs?|collaborators)(?: (?:du (?:projet|programme)|of the (?:project|program)|impliques|engages))?|"
    r"(?:avec qui|with whom|(?:en|in) (?:partenariat|collaboration|partnership) (?:avec|with))"
)
"""A heading above a list of partners, each a name."""
_NAME_OF_PARTNER = re.compile(r"[^:;.]{3,90}?(?=\s+[–—-]\s|\s?[:;]|\.?$)")
_TABLE = re.compile(r".*table[^>]*")
_NUMBER = re.compile(r":nth-of-type\(\d+\)")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?;] ))(?=[A-ZÀ-Ý])")
_INLINE = ("lead", "partners", "audience", "cost", "languages", "start")
"""Facts that a sentence of a longer text may state under a label: 'Un jardin collectif. Organisme : Exemple.'"""
_LONGEST = 160
"""Characters from which what stands below a label is text, not its value."""
_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A fact: its name, where its label begins, and the characters of the block that are its value."""

    name: ColumnName
    position: int
    label: int
    start: int
    end: int
    cell: bool = False
    """Whether it is a cell that the head of its column names."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Block, first character, character after the last."""
        return self.position, self.start, self.end

    def text(self, document: Document) -> str:
        """Give the value as the page writes it."""
        return document.blocks[self.position].text[self.start : self.end]


@dataclass(frozen=True)
class FactPlaces:
    """The facts that a page states under labels."""

    facts: tuple[FactPlace, ...]
    whole: frozenset[int]
    """Positions of blocks that are nothing but a fact or its label."""
    heads: frozenset[int]
    """Positions of the rows that head a table's columns."""

    def named(self, name: ColumnName, position: int) -> FactPlace | None:
        """Give the fact of a name in one block."""
        return next((fact for fact in self.facts if fact.name == name and fact.position == position), None)


@once_a_page
def facts_on(document: Document) -> FactPlaces:
    """Find every fact that a page states under a label."""
    facts: list[FactPlace] = []
    whole: set[int] = set()
    heads: set[int] = set()
    blocks = document.blocks
    columns: dict[str, tuple[ColumnName | None, ...]] = {}
    for position, block in enumerate(blocks):
        if block.kind == "table_row":
            table = _table_of(block)
            if table not in columns:
                columns[table] = _columns(block.text)
                if columns[table]:
                    heads.add(position)
                    continue
            facts += _cells(position, block.text, columns[table])
        if fact := labelled_fact(block.text):
            facts.append(FactPlace(fact.name, position, 0, fact.start, fact.end))
            whole.add(position)
        elif position and (listed := _listed_partner(blocks, position)):
            facts.append(FactPlace("partners", position, 0, *listed))
        elif name := _label_above(blocks, position):
            values = [position + 1, *(_more_below(blocks, position + 1) if name == "partners" else ())]
            facts += (FactPlace(name, value, 0, 0, len(blocks[value].text)) for value in values)
            whole |= {position, *values}
        elif ":" in block.text and position not in whole:
            facts += _inline(position, block.text)
    return FactPlaces(tuple(facts), frozenset(whole), frozenset(heads))


def _listed_partner(blocks: Sequence[Block], position: int) -> tuple[int, int] | None:
    """Give the characters of a name in a list under the heading 'Nos partenaires'."""
    above = position - 1
    while blocks[position].kind == "list_item" and above >= 0 and blocks[above].kind == "list_item":
        above -= 1
    heading = blocks[above] if above >= 0 else None
    if blocks[position].kind != "list_item" or heading is None or heading.kind != "heading":
        return None
    name = _NAME_OF_PARTNER.match(blocks[position].text)
    return name.span() if name and _PARTNERS.fullmatch(fold_text(heading.text).strip(" :?\u00a0\u202f")) else None


def _label_above(blocks: Sequence[Block], position: int) -> FactName | None:
    """Name the fact whose label a block is, where the block below is its value."""
    block = blocks[position]
    if block.kind not in ("paragraph", "heading") or position + 1 == len(blocks) or len(block.text) > _LONGEST:
        return None
    below = blocks[position + 1]
    name = fact_label(block.text)
    short = below.kind == "paragraph" and len(below.text) <= _LONGEST and below.text[-1:] not in ".!?:"
    if block.kind == "heading" and name != "languages":  # headings of sections are read with them
        return None
    return name if name and short and not fact_label(below.text) and not labelled_fact(below.text) else None


def _more_below(blocks: Sequence[Block], first: int) -> Iterator[int]:
    """Give the positions of further values under one label: elements like the first, each of them short."""
    shape = _NUMBER.sub("", blocks[first].path)
    for position in range(first + 1, len(blocks)):
        text = blocks[position].text
        alike = blocks[position].kind == blocks[first].kind and _NUMBER.sub("", blocks[position].path) == shape
        if not alike or len(text) > _LONGEST or text[-1:] in ".!?:" or fact_label(text) or labelled_fact(text):
            return
        yield position


def _inline(position: int, text: str) -> Iterator[FactPlace]:
    starts = [
        match.start()
        for match in _SENTENCE.finditer(text)
        if text[: match.start()].rstrip()[-1:] != ";" or labelled_fact(text[match.start() :])
    ]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        fact = labelled_fact(text[start:end].rstrip(" .;"))
        if fact and fact.name in _INLINE:
            yield FactPlace(fact.name, position, start, start + fact.start, start + fact.end)


def _table_of(block: Block) -> str:
    match = _TABLE.match(block.path)
    return match[0] if match else ""


def _columns(text: str) -> tuple[ColumnName | None, ...]:
    """Read the heads of a table's columns; nothing where a row is no such head."""
    cells = [text[start:end] for start, end in _cell_spans(text)]
    names = tuple(column_of(cell) for cell in cells)
    known = sum(name is not None for name in names)
    named = "title" in names or "lead" in names
    return names if named and known >= max(_LEAST_COLUMNS, (len(cells) + 1) // 2) else ()


def column_of(text: str) -> ColumnName | None:
    """Name the column whose head a cell is; ``None`` for any other text."""
    label = fold_text(text).strip(' -*•·():"')
    found = next((name for name, pattern in _COLUMNS if pattern.fullmatch(label)), None)
    return found or fact_label(text)


def _cells(position: int, text: str, columns: tuple[ColumnName | None, ...]) -> Iterator[FactPlace]:
    spans = _cell_spans(text)
    names = columns if len(spans) == len(columns) else (None,) * len(spans)
    for name, (start, end) in zip(names, spans, strict=True):
        cell = text[start:end]
        if fact := labelled_fact(cell):
            yield FactPlace(fact.name, position, start, start + fact.start, start + fact.end)
        elif name and cell:
            yield FactPlace(name, position, start, start, end, cell=True)


def _cell_spans(text: str) -> list[tuple[int, int]]:
    """Give the characters of each cell of a row, white space around it left out."""
    bars = [match.start() for match in _BAR.finditer(text)]
    spans = zip([0, *(bar + 1 for bar in bars)], [*bars, len(text)], strict=True)
    cells = [(start, end, text[start:end]) for start, end in spans]
    return [
        (end - len(cell.lstrip()), start + len(cell.rstrip())) if cell.strip() else (start, start)
        for start, end, cell in cells
    ]
