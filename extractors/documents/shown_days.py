"""The days that a page shows its readers: of publication, and of its last change.

What stands under "Mis à jour" or "Last updated" is a change, never the publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from extractors.documents.asides import is_date_line
from extractors.recognizers.dates import parse_date

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_DATE_MARK = re.compile(
    r"(?:^|[-_\s])(?:date|datetime|dateline|posted|published|pubdate|publie|publi|datepublished|timestamp|submitted|"
    r"postmeta|post-?meta|entry-?meta|article-?meta|blog-?meta|meta-?date|postdate|entry-?date|mise-en-ligne)(?=$|[-_\s])"
)
_SHOWN_LENGTH = 120
"""Characters up to which an element named after a date is one."""
_READ = 2_000
"""Characters read of an element, white space included: elements deep in one another would be read over and over."""
_HELD = 200
"""Elements that one which holds a date holds at most."""
_LABEL = re.compile(
    r"^(?:publiée?|parue?|mise?|posted|published|created|date|on|le|de|la|the|publication|parution|en|ligne|\W)+$",
    re.IGNORECASE,
)
"""What stands before a date that is the page's own: "Mise en ligne", "Date de publication :"."""
_LABELLED = re.compile(r"(?:publiée?|parue?|mise? en ligne|posted|published|created)\b", re.IGNORECASE)
_UPDATED = re.compile(
    r"\b(?:mise?s? [àa] jour|modifiée?|révisée?|actualisée?|dernière modification|updated?|modified|revised|"
    r"last (?:change|review)\w*|aktualisiert)\b",
    re.IGNORECASE,
)
_AFTER_TITLE, _BEFORE_TITLE = 8, 3
"""Elements around the main heading among which a line that is nothing but a date is the page's own."""
_FULL = len("2024-05-06")

_MARKED = ("span", "div", "p", "time", "li", "small", "abbr")
_LINES = "self::p or self::span or self::div or self::small or self::em or self::strong or self::h2 or self::h3"
_OTHERS = (
    "januar|gennaio|enero|janeiro|januari", "februar|febbraio|febrero|fevereiro|februari", "marz|marzo|marco|maart",
    "april|aprile|abril", "mai|maggio|mayo|maio|mei", "juni|giugno|junio|junho", "juli|luglio|julio|julho",
    "august|agosto|augustus", "september|settembre|septiembre|setiembre|setembro",
    "oktober|ottobre|octubre|outubro", "november|noviembre|novembro", "dezember|dicembre|diciembre|dezembro|december",
)  # fmt: skip
"""Months in German, Italian, Spanish, Portuguese and Dutch: pages of any language have a day."""
_MONTHS = {name: month for month, names in enumerate(_OTHERS, 1) for name in names.split("|")}
_OTHER_DAY = re.compile(
    r"\b(?P<day>\d{1,2})(?:\.|º)? (?:de |di )?(?P<name>" + "|".join(_MONTHS) + r")(?:,| de| del)? (?P<year>20\d\d)\b"
    r"|(?<![\d.])(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<last>20\d\d)(?!\d)"
)
_PLAIN = str.maketrans("äç", "ac")


def text_day(text: str) -> str | None:
    """Read the first day of a short text, ISO, in any of seven languages; with points it is day, month, year."""
    day = parse_date(text)
    if day and len(day) == _FULL:
        return day
    found = _OTHER_DAY.search(text.lower().translate(_PLAIN))
    if found is None:
        return None
    month = str(_MONTHS[found["name"]]) if found["name"] else found["second"]
    return parse_date(f"{found['year'] or found['last']}-{month:0>2}-{found['day'] or found['first']:0>2}")


def published_day(text: str) -> str | None:
    """Read the day of publication in a short text: not one that only an update's label introduces."""
    updated = _UPDATED.search(text)
    if updated is None:
        return text_day(text)
    label = _LABELLED.search(text, updated.end())
    return text_day(text[: updated.start()]) or (text_day(text[label.start() :]) if label else None)


def updated_day(text: str) -> str | None:
    """Read the day that the label of an update introduces."""
    updated = _UPDATED.search(text)
    return text_day(text[updated.end() :]) if updated else None


def shown_published(root: Element, latest: str | None) -> str | None:
    """Read the day that a page shows in an element named after it, under a label, or alone beside its main heading.

    No day after ``latest`` counts.
    """
    for texts in (_marked_texts(root), _labelled(root), _beside_heading(root)):
        for text in texts:
            if (day := published_day(text)) and not (latest and day > latest):
                return day
    return None


def shown_updated(root: Element) -> str | None:
    """Read the day of the last change that a page shows under a label."""
    return next((day for text in _marked_texts(root) if (day := updated_day(text))), None)


def day_beside(root: Element, told: str, beside: tuple[str, ...]) -> str | None:
    """Give which of the days ``beside`` the page shows where it could show ``told``: below its main heading."""
    below = False
    for element in root.iter("h1", *_MARKED):
        below = below or element.tag == "h1"
        text = _marked_text(element) if below else None
        day = published_day(text) if text else None
        if day == told or day in beside:
            return None if day == told else day
    return None


def _marked_texts(root: Element) -> Iterator[str]:
    return (text for element in root.iter(*_MARKED) if (text := _marked_text(element)))


@lru_cache(maxsize=8192)
def _is_date_mark(marks: str) -> bool:
    """Say whether class, id or property name an element after a date; most come again and again on a page."""
    return _DATE_MARK.search(marks) is not None


def _marked_text(element: Element) -> str | None:
    """Give the text of an element that is named after a date."""
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()
    if element.tag != "time" and not _is_date_mark(marks):
        return None
    text = element.get("title") or _beginning(element)
    return text if text and len(text) <= _SHOWN_LENGTH else None


def _labelled(root: Element) -> Iterator[str]:
    """Give the short lines that are nothing but a date, and those right below a label such as "Mise en ligne"."""
    labelled = False
    for element in root.iter("p", "span", "div", "dt", "dd", "li", "td", "strong", "em", "h6", "h5"):
        if len(element) > 2:
            continue
        text = _beginning(element)
        if text is None:
            labelled = False
        elif is_date_line(text) and (labelled or _LABELLED.match(text)):
            yield text
        if text:
            labelled = len(text) <= 30 and _LABEL.match(text) is not None


def _beside_heading(root: Element) -> Iterator[str]:
    """Give the lines right below and above the only main heading that are nothing but a date."""
    headings = list(islice(root.iter("h1"), 2))
    if len(headings) != 1:
        return
    for axis, count in (("following", _AFTER_TITLE), ("preceding", _BEFORE_TITLE)):
        for element in headings[0].xpath(f"{axis}::*[{_LINES}][position() <= {count}]"):
            text = _beginning(element)
            if text and is_date_line(text):
                yield text


def _beginning(element: Element) -> str | None:
    """Give the text of an element, white space collapsed: the beginning of a long one, nothing of a whole tree."""
    if len(element) and next(islice(element.iterdescendants(), _HELD, None), None) is not None:
        return None
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > _READ:
            break
    return " ".join("".join(parts).split())
