"""Plain text to blocks: structure inferred from how lines look, each inference a small named rule.

Written for dumps of web pages captured by hand, where lists may stand before their heading and lines may be
hard-wrapped. Blocks come in the order of the text: which list belongs to which heading is for the families to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.documents.furniture import line_rule
from extractors.documents.html import RawBlock
from extractors.documents.labels import fact_label, labelled_fact
from extractors.documents.lines import CLOSING, OPENING, ends_sentence, is_quoted, read_mark
from schemas.document import BlockKind

HEADING_LENGTH = 100
"""Characters up to which a line without final punctuation may be a heading."""

HEADING_WORDS = 15

QUOTED_ROWS = 6
"""Most lines of one quotation; a mark that is not closed by then was forgotten."""

LONG_LINE = 80
"""Characters from which a line is running text that a heading can stand over."""

LEAST_ITEM_TITLES = 3
"""Fewer short items over text are points of a text, not titles."""

LEAST_LABELS = 3
"""Fewer labels above a short line may be headings."""

LEAST_SPREAD = 3
"""Fewer pieces with wide gaps between them may be two columns."""

SPREAD_WORDS = 4
"""Most words of an entry of a menu."""

WRAPPED_WIDTH = 100
"""Widest column at which a file is taken for hard-wrapped; unwrapped paragraphs are far longer."""

_LABELS = re.compile(
    r"(?:description|objectifs?|objectives?|goals?|mission|mandat|mandate|témoignages?|testimonials?|impacts?"
    r"|retombées|conclusion|bénéfices"
    r"|avantages|benefits|partenaires?|partners?|contact|coordonnées|à propos|about|résumé|summary|contexte"
    r"|context|activités|activities"
    r"|clientèle|clientele|public cible|target (?:audience|group)|territoire|territory|financement|funding"
    r"|historique|background|résultats|results"
    r"|services?|l['’](?:organisme|équipe|initiative)|le projet|the project|prix et distinctions|awards?)\b.{0,60}",
    re.IGNORECASE,
)
_PAGE_KIND = re.compile(
    r"(?:communiqué|nouvelle|article|actualité|news|press release|blogue?)s?(?: de presse)?", re.IGNORECASE
)
"""What a page is, not what it is called."""

_NAME_LINE = re.compile(r"[—–-]{1,2}\s*[A-ZÀ-Þ]")
_CONTACT = re.compile(r"\S+@\S+\.\w+|https?://|www\.|\d{3}[ .)-]+\d{3}[ .-]\d{4}|^\d[\d\s/:.,h-]*$")
_NAME_WORD = r"[A-ZÀ-Þ][\w’'.-]+"
_BYLINE = re.compile(
    rf"(?:Par|By|Texte(?: de)?|Écrit par|Written by) ?:? {_NAME_WORD}(?: {_NAME_WORD}){{1,3}}(?:,.{{0,60}})?|"
    r"(?:Publié|Mis à jour|Modifié|Published|Posted|Updated)\b.{0,60}\d{4}.{0,20}|"
    r"(?:[Ll]e )?(?:\w+,? )?(?:\d{1,2}(?:er)? [a-zéû]{3,9}\.?|[A-Z][a-z]{2,8}\.? \d{1,2},) (?:19|20)\d\d"
    r"(?:,? .{0,20})?|"
    r"(?:Temps de lecture|Reading time)\b.{0,20}|\d+ min(?:utes)?(?: de lecture| read)"
)
"""Who wrote a text, when, and how long it takes to read."""
_MENU_GAP = re.compile(r"(?<=\S)[ \u00a0\t]{3,}(?=\S)")
_SEMICOLON = re.compile(r";\s*(?:et|and|ou|or)?$", re.IGNORECASE)


@dataclass(slots=True)
class _Row:
    """A line of the text, trimmed."""

    text: str
    number: int
    after_blank: bool
    kind: BlockKind | None = None
    ordered: bool = False
    level: int | None = None


def read_text(text: str) -> list[RawBlock]:
    """Read plain text into blocks; a block's path is ``line N``, counted from 1."""
    rows = _with_labels(_rows(text))
    _mark_lists(rows)
    _mark_quotations(rows)
    _mark_headings(rows)
    return [
        RawBlock(
            kind=row.kind or "paragraph",
            text=row.text,
            path=f"line {row.number}",
            level=1 if row.kind == "list_item" else row.level,
            ordered=row.ordered,
        )
        for row in rows
    ]


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    blank = True
    width = _wrap_width(text)
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text), start=1):
        line = " ".join(_MENU_GAP.sub(" | ", raw).split() if _is_spread(raw) else raw.split()).strip(
            "\ufeff\u200b\u200e\u200f "
        )
        if not any(char.isalnum() for char in line):
            blank = blank or not line
            continue
        if rows and not blank and _continues(rows[-1].text, line, width):
            rows[-1].text += " " + line
        else:
            rows.append(_Row(line, number, blank))
        blank = False
    return rows


def _is_spread(line: str) -> bool:
    """Rule 'spread-line': short pieces with wide gaps between them are the entries of a menu."""
    pieces = _MENU_GAP.split(line.strip())
    return len(pieces) >= LEAST_SPREAD and all(len(piece.split()) <= SPREAD_WORDS for piece in pieces)


def _with_labels(rows: list[_Row]) -> list[_Row]:
    """Rule 'label-above': a label and the short line right below it are one, where that comes three times."""
    labels = [
        position
        for position, (row, value) in enumerate(pairwise(rows))
        if fact_label(row.text) and not value.after_blank and _is_value(value.text)
    ]
    if len(labels) < LEAST_LABELS:
        return rows
    joined = []
    for position, row in enumerate(rows):
        if position in labels:
            joined.append(replace(row, text=f"{row.text.rstrip(' :')} : {rows[position + 1].text}"))
        elif position - 1 not in labels:
            joined.append(row)
    return joined


def _is_value(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and not (fact_label(text) or labelled_fact(text) or ends_sentence(text))


def _wrap_width(text: str) -> int | None:
    """Give the column at which a text was wrapped by hand, if it was."""
    lengths = sorted(len(line) for line in text.splitlines() if len(line) > 30)
    if len(lengths) < 6 or lengths[-1] > WRAPPED_WIDTH:
        return None
    full = lengths[len(lengths) * 3 // 4]
    return full if full >= 55 else None


def _continues(before: str, line: str, width: int | None) -> bool:
    """Say whether a line break stands inside a sentence.

    Rule 'wrapped-mid-sentence': a long line without final punctuation, then a lower-case letter. Rule
    'wrapped-column': in a text wrapped at a column, a full line goes on whatever follows.
    """
    if read_mark(line).kind or _NAME_LINE.match(line):
        return False
    if width is not None and len(before.rsplit("\n", 1)[-1]) >= 0.75 * width and not _SEMICOLON.search(before):
        return not ends_sentence(before) or len(before) >= width - 12
    return len(before) >= 40 and line[0].islower() and not ends_sentence(before)


# ---- lists


def _mark_lists(rows: list[_Row]) -> None:
    for position, row in enumerate(rows):
        mark = read_mark(row.text)
        if mark.kind and not (_NAME_LINE.match(row.text) and position and _is_speech(rows[position - 1].text)):
            row.text, row.kind, row.ordered = mark.text, mark.kind, mark.ordered
        elif _SEMICOLON.search(row.text) or (position and _ends_run(rows[position - 1], row)):  # rule 'semicolon-item'
            row.kind = "list_item"


def _ends_run(before: _Row, row: _Row) -> bool:
    """Rule 'last-of-semicolon-run': the line right after an item in ";", closing with a full stop, is the last item."""
    return (
        before.kind == "list_item"
        and bool(_SEMICOLON.search(before.text))
        and not row.after_blank
        and row.text.endswith(".")
    )


def _is_speech(text: str) -> bool:
    return text[-1:] in CLOSING or text.rstrip(".")[-1:] in CLOSING


# ---- quotations


def _mark_quotations(rows: list[_Row]) -> None:
    """Rule 'quoted-line': a line wholly between quotation marks, or a run of lines from « to »."""
    quoted_to = -1
    for position, row in enumerate(rows):
        opens = row.text[0] in "«“" and "»" not in row.text and "”" not in row.text
        if opens and position > quoted_to:
            quoted_to = _closing_row(rows, position)
        whole = is_quoted(row.text) or (row.kind == "list_item" and _is_quoted_item(row.text))
        if whole or position <= quoted_to:
            row.kind = "quotation"


def _is_quoted_item(text: str) -> bool:
    """Say whether a list item is a quotation with at most a short attribution after it."""
    closing = max(text.rfind(char) for char in "»”")
    return text[0] in OPENING and closing >= 60 and len(text) - closing < 120


def _closing_row(rows: list[_Row], start: int) -> int:
    """Give the row that closes a quotation opened at ``start``; -1 when none is near."""
    close = "»" if rows[start].text[0] == "«" else "”"
    near = range(start, min(start + QUOTED_ROWS, len(rows)))
    return next((position for position in near if rows[position].text.rstrip(".").endswith(close)), -1)


# ---- headings


def _mark_headings(rows: list[_Row]) -> None:
    """Mark headings, looking past furniture, bylines and lines that only give an address."""
    rows = [row for row in rows if not (line_rule(row.text) or _is_address(row.text) or _BYLINE.fullmatch(row.text))]
    _mark_item_titles(rows)
    for position in range(len(rows) - 1, -1, -1):
        row = rows[position]
        if row.kind is None and _may_be_heading(rows, position) and _stands_over(rows, position):
            row.kind = "heading"
            row.level = 1 if position == 0 and not _PAGE_KIND.fullmatch(row.text) else 2


def _mark_item_titles(rows: list[_Row]) -> None:
    """Rule 'item-title': short items that each stand over text of their own, '1. Exemple', title what follows."""
    titles = [
        row
        for row, following in pairwise(rows)
        if row.kind == "list_item"
        and following.kind is None
        and len(row.text.split()) <= HEADING_WORDS
        and row.text[-1] not in ".;:,"
        and (len(following.text) >= LONG_LINE or labelled_fact(following.text))
    ]
    if len(titles) >= LEAST_ITEM_TITLES:
        for row in titles:
            row.kind, row.level, row.ordered = "heading", 2, False


def _is_address(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and " " not in text and bool(_CONTACT.search(text))


def _may_be_heading(rows: list[_Row], position: int) -> bool:
    text = rows[position].text
    if len(text) > HEADING_LENGTH or len(text.split()) > HEADING_WORDS or _CONTACT.search(text):
        return False
    if text[-1] in ".;,…" or text[0].islower() or _is_attribution(rows, position) or labelled_fact(text):
        return False
    return text[-1] not in ":!" or len(text) <= 60


def _stands_over(rows: list[_Row], position: int) -> bool:
    """Rules 'short-over-long' and 'label': what follows is long text, a list, a quotation or another heading."""
    following = rows[position + 1] if position + 1 < len(rows) else None
    label = bool(_LABELS.fullmatch(rows[position].text)) and len(rows[position].text) <= 60
    if following is None:
        return label and rows[position].after_blank
    over = following.kind is not None or len(following.text) >= LONG_LINE or labelled_fact(following.text) is not None
    return label or over


def _is_attribution(rows: list[_Row], position: int) -> bool:
    """Rule 'attribution': a "— Name" line after a quotation, and the role on the line right after it."""
    row = rows[position]
    if _NAME_LINE.match(row.text):
        return True
    if position == 0 or row.after_blank:
        return False
    return bool(_NAME_LINE.match(rows[position - 1].text))
