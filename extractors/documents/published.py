"""The days on which a page was published and changed.

JSON-LD and meta elements come first, then ``time`` elements, the address, and last what the page shows.
No day after ``latest``, the day on which the page was fetched, is believed: templates tell today's date, events tell
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, TypeAlias

from extractors.documents.asides import is_date_line
from extractors.recognizers.dates import parse_date

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created",
    "sailthru.date", "parsely-pub-date", "publication_date", "article.published", "published-date",
    "originalpublicationdate", "timestamp", "cxenseparse:recs:publishtime", "release_date", "datecreated",
    "article:published", "citation_publication_date", "bt:pubdate", "og:pubdate", "vr:published_time",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "revised")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_SIGNS = re.compile(r"((?:19|20)\d\d)[./]?(\d\d)[./]?(\d\d)(?=$|[T ,])(T\S*)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_DATED_KIND = re.compile(r"Article|Posting|Report|WebPage|Review|CreativeWork|VideoObject|Episode")
_FULL = len("2024-05-06")


def read_published(
    root: Element, items: tuple[dict[str, object], ...], meta: dict[str, str], url: str, latest: str | None
) -> str | None:
    """Read the day of publication, ISO; ``items`` are the page's JSON-LD, the one on the page's story first.

    A moment told in UTC may fall on the day after; the address then has the publisher's own day.
    """
    told = _first((*_told(items, "datePublished"), *(meta.get(name) for name in _PUBLISHED)), latest)
    told = told or _first(_marked(root), latest) or _time(root, "published", latest)
    found = _URL_DAY.search(url)
    day = _before(parse_date("-".join((found[1], found[2].zfill(2), found[3].zfill(2)))), latest) if found else None
    if told and day and re.search(r"(?:Z|\+00:?00)$", told) and _day_after(day) == told[:_FULL]:
        return day
    return told or day or _shown(root, latest)


def read_modified(
    root: Element, items: tuple[dict[str, object], ...], meta: dict[str, str], latest: str | None
) -> str | None:
    """Read the day of the last change, ISO."""
    told = (*_told(items, "dateModified"), *(meta.get(name) for name in _MODIFIED))
    return _first(told, latest) or _time(root, "updated", latest)


def iso(value: str | None) -> str | None:
    """Give a date as ISO, whatever a machine or a person wrote: a moment keeps its time; ``None`` without a day."""
    text = (value or "").strip()
    if _DAY.match(text):
        return text
    if (found := _SIGNS.match(text)) and parse_date("-".join(found.groups()[:3])):
        return "-".join(found.groups()[:3]) + (found[4] or "")
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
    try:  # "Tue, 19 Nov 2019 10:00:00 GMT"
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        day = parse_date(text) if len(text) <= 60 else None
        return day if day and len(day) == _FULL else None


def _before(value: str | None, latest: str | None) -> str | None:
    return value if value and not (latest and value[:_FULL] > latest) else None


def _first(values: Iterator[str | None] | tuple[str | None, ...], latest: str | None) -> str | None:
    return next((day for value in values if value and (day := _before(iso(value), latest))), None)


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _told(items: tuple[dict[str, object], ...], name: str) -> Iterator[str]:
    for item in items:
        value = item.get(name)
        if isinstance(value, str) and _DATED_KIND.search(str(item.get("@type"))):
            yield value


def _marked(root: Element) -> Iterator[str]:
    """Give what elements with the property ``datePublished`` say, in an attribute or as text."""
    named = "@itemprop='datePublished' or @property='datePublished' or @pubdate"
    for element in root.xpath(f"descendant::body/descendant::*[{named}]"):
        yield element.get("content") or element.get("datetime") or "".join(element.itertext())


def _time(root: Element, wanted: str, latest: str | None) -> str | None:
    """Read a ``time`` element that says it is the date wanted; the first of a page counts as its publication."""
    times = [
        (value, f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower())
        for element in root.iter("time")
        if (value := _before(iso(element.get("datetime") or "".join(element.itertext())), latest))
    ]
    for value, marks in times:
        if wanted in marks and not (wanted == "published" and "updated" in marks and "published" not in marks):
            return value
    return times[0][0] if wanted == "published" and times else None


_DATE_MARK = re.compile(
    r"(?:^|[-_\s])(?:date|dateline|posted|published|pubdate|publie|publi|datepublished|timestamp|submitted|postmeta|"
    r"post-?meta|entry-?meta|article-?meta|blog-?meta|meta-?date|postdate|entry-?date|mise-en-ligne)(?=$|[-_\s])"
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


def _shown(root: Element, latest: str | None) -> str | None:
    """Read the date that a page shows in an element named after it, or under a label, where its markup says none."""
    for element in root.iter("span", "div", "p", "time", "li", "small", "abbr"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()
        if marks.strip() and _DATE_MARK.search(marks):
            text = element.get("title") or _beginning(element)
            if text and len(text) <= _SHOWN_LENGTH and (value := _before(iso(text) or _day_in(text), latest)):
                return value
    return next((day for text in _lines(root) if (day := _before(_day_in(text), latest))), None)


def _day_in(text: str) -> str | None:
    day = parse_date(text)
    return day if day and len(day) == _FULL else None


def _lines(root: Element) -> Iterator[str]:
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


_LABELLED = re.compile(r"(?:publiée?|parue?|mise? en ligne|posted|published|created)\b", re.IGNORECASE)
