"""The days on which a page was published and changed.

JSON-LD and meta elements come first, then ``time`` elements, the address, and last what the page shows. A moment told
in UTC may fall on the day beside the publisher's own, which the address or the page then shows.
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

from extractors.documents.shown_days import day_beside, shown_published, shown_updated, text_day
from extractors.recognizers.dates import parse_date

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created",
    "sailthru.date", "parsely-pub-date", "publication_date", "article.published", "published-date",
    "originalpublicationdate", "timestamp", "cxenseparse:recs:publishtime", "release_date", "datecreated",
    "article:published", "citation_publication_date", "bt:pubdate", "og:pubdate", "vr:published_time",
    "article_date_original", "article.created", "og:published_time", "citation_date", "citation_online_date",
    "publicationdate", "pub_date", "publish_date", "date_published", "rnews:datepublished", "displaydate",
    "shareaholic:article_published_time", "dcsext.articlefirstpublished", "created", "creation_date", "date_created",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "revised")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_SIGNS = re.compile(r"((?:19|20)\d\d)[./]?(\d\d)[./]?(\d\d)(?=$|[T ,])(T\S*)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_JS_MOMENT = re.compile(r"\w{3} (\w{3} \d\d 20\d\d) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")
"""A moment as scripts print it: "Tue Nov 19 2019 03:05:46 GMT+0000"."""
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_SLUG_DAY = re.compile(r"[-_/]((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?=[/.]|$)")
"""A day that ends an address: it may be an event's, so it only settles which of two days a moment is."""
_UTC = re.compile(r"T\S*(?:Z|[+-]00:?00)$")
_OWN_ZONE = re.compile(r"T\S*[+-]\d\d:?\d\d$")
_DATED_KIND = re.compile(r"Article|Posting|Report|WebPage|Review|CreativeWork|VideoObject|Episode")
_FULL = len("2024-05-06")
_WRITTEN = 60
"""Characters up to which a value is a date that a person wrote."""

_AROUND = 3
"""Elements around the main heading in which its story's date is looked for."""


def read_days(
    root: Element, items: tuple[dict[str, object], ...], meta: dict[str, str], url: str, latest: str | None
) -> tuple[str | None, str | None]:
    """Read the days of publication and of the last change, ISO; ``items`` are the JSON-LD, the story first.

    What the page shows is asked only where nothing else tells the day of publication.
    """
    changed = _first((*_told(items, "dateModified"), *(meta.get(name) for name in _MODIFIED)), latest)
    changed = changed or _time(root, "updated", latest)
    told = _first((*_told(items, "datePublished"), *(meta.get(name) for name in _PUBLISHED)), latest)
    told = told or _first(_marked(root), latest) or _time(root, "published", latest)
    if told:
        return _own_day(root, told, url) or told, changed
    address = _before(_url_day(_URL_DAY, url), latest)
    return address or shown_published(root, latest), changed or _before(shown_updated(root), latest)


def _own_day(root: Element, told: str, url: str) -> str | None:
    """Give the publisher's own day where what is told may be the day beside it: a moment in UTC, a day without one."""
    utc = _UTC.search(told) is not None
    if not utc and _OWN_ZONE.search(told):
        return None
    beside = _days_beside(told)
    address = _url_day(_URL_DAY, url) or _url_day(_SLUG_DAY, url)
    if address in beside:
        return address
    return day_beside(root, told[:_FULL], beside) if utc and address != told[:_FULL] else None


def _url_day(pattern: re.Pattern[str], url: str) -> str | None:
    found = pattern.search(url)
    return parse_date("-".join((found[1], found[2].zfill(2), found[3].zfill(2)))) if found else None


def iso(value: str | None) -> str | None:
    """Give a date as ISO, whatever a machine or a person wrote: a moment keeps its time; ``None`` without a day."""
    text = (value or "").strip()
    if _DAY.match(text):
        return text if _is_day(text[:_FULL]) else None
    if (found := _SIGNS.match(text)) and _is_day("-".join(found.groups()[:3])):
        return "-".join(found.groups()[:3]) + (found[4] or "")
    if moment := _JS_MOMENT.match(text):
        told = parse_date(moment[1]) or ""
        return f"{told}T{moment[2]}{moment[3]}" if _is_day(told) else None
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
    try:  # "Tue, 19 Nov 2019 10:00:00 GMT"
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        day = text_day(text) if len(text) <= _WRITTEN else None
        return day if day and _is_day(day) else None


def _is_day(written: str) -> bool:
    """Tell a day that there is: 2000-00-00 stands for none, and 2023-02-30 is a slip."""
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _before(value: str | None, latest: str | None) -> str | None:
    return value if value and not (latest and value[:_FULL] > latest) else None


def _first(values: Iterator[str | None] | tuple[str | None, ...], latest: str | None) -> str | None:
    return next((day for value in values if value and (day := _before(iso(value), latest))), None)


def _days_beside(told: str) -> tuple[str, ...]:
    """Give the days that it may be elsewhere: zones lie from 12 hours behind UTC to 14 before it."""
    day, hour = date.fromisoformat(told[:_FULL]), told[_FULL + 1 : _FULL + 3]
    shifts = [shift for shift, may in ((-1, hour < "12"), (1, not hour or hour >= "10")) if may]
    return tuple((day + timedelta(days=shift)).isoformat() for shift in shifts)


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
    """Read a ``time`` element that says it is the date wanted; publication may also be the one at the main heading."""
    times = [
        (element, value, f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower())
        for element in root.iter("time")
        if (value := _before(iso(element.get("datetime") or "".join(element.itertext())), latest))
    ]
    for _, value, marks in times:
        if wanted in marks and not (wanted == "published" and "updated" in marks and "published" not in marks):
            return value
    if wanted != "published" or not times:
        return None
    near = _around_heading(root) if len(times) > 1 else []
    return next((value for element, value, _ in times if any(a in near for a in element.iterancestors())), times[0][1])


def _around_heading(root: Element) -> list[Element]:
    """Give the elements closest around the main heading, which hold what the page says of its own story."""
    heading = next(root.iter("h1"), None)
    around = islice(heading.iterancestors(), _AROUND) if heading is not None else ()
    return [element for element in around if element.tag not in ("main", "body", "html")]
