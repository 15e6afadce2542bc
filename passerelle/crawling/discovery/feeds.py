"""RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed 1.1: the pages that a feed announces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passerelle.crawling.discovery.addresses import resolve
from passerelle.crawling.discovery.xml import (
    Element,
    is_cut,
    is_web_page,
    local_name,
    parse_xml,
    read_moment,
    text_of,
    unpack,
)

MAX_BYTES = 10_000_000
"""Decoded bytes of one feed."""
MAX_ENTRIES = 10_000
_TOO_MANY = "more than {} entries; the rest was left"

_VERSIONS = {"rss": "rss", "rdf": "rss 1.0", "feed": "atom"}
_ENTRIES = frozenset({"item", "entry"})
_DATES = ("updated", "modified", "published", "pubdate", "date", "issued", "created")
"""Names of dates, the one that tells of the last change first."""
_JSON_VERSION = "https://jsonfeed.org/version/"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True)
class FeedEntry:
    """A page announced: ``changed`` is when it was last changed, or published, in UTC."""

    url: str
    changed: datetime | None = None


@dataclass(frozen=True)
class FeedResult:
    """What a feed gave."""

    entries: tuple[FeedEntry, ...] = ()
    version: str | None = None
    """``rss 2.0``, ``rss 1.0``, ``atom``, ``json 1.1``, …; ``None`` where the body is no feed."""
    next: str | None = None
    """Next page of the feed (RFC 5005; ``next_url`` of JSON Feed)."""
    problems: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether this is a feed at all: an empty feed is one, an error page is not."""
        return self.version is not None or bool(self.entries)


def read_feed(body: bytes, url: str) -> FeedResult:
    """Read a feed found at a URL.

    A feed that is not well-formed gives what can be read of it. A body that is no feed, such as an error page sent with
    status 200, gives a problem and is not ``usable``.
    """
    unpacked, problem = unpack(body, MAX_BYTES)
    problems = [problem] if problem else []
    if is_web_page(unpacked):
        return FeedResult(problems=(*problems, "a web page, not a feed"))
    if unpacked.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(unpacked, url, problems)
    root = parse_xml(unpacked)
    if root is None:
        return FeedResult(problems=(*problems, "not a feed: empty or no XML" if not unpacked.strip() else "not XML"))
    version = _version(root)
    entries, more = _entries(root, url)
    if version is None and not entries:
        problems.append(f"not a feed: its first element is <{local_name(root)[:40]}>")
    elif is_cut(unpacked) and not problem:
        problems.append("it stops before its end")
    problems += [_TOO_MANY.format(MAX_ENTRIES)] if more else []
    return FeedResult(entries, version, _next(root, url), tuple(problems))


def _read_json(body: bytes, url: str, problems: list[str]) -> FeedResult:
    """Read a JSON Feed (jsonfeed.org, 1.0 and 1.1); what is not as it should be is passed over."""
    try:
        said = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return FeedResult(problems=(*problems, "not a feed: JSON that is not well-formed"))
    version = str(said.get("version"))
    if not version.startswith(_JSON_VERSION):
        return FeedResult(problems=(*problems, "not a feed: JSON of another kind"))
    found: dict[str, FeedEntry] = {}
    items = said.get("items")
    for item in items if isinstance(items, list) else ():
        if len(found) == MAX_ENTRIES:
            problems.append(_TOO_MANY.format(MAX_ENTRIES))
            break
        if isinstance(item, dict) and (target := _json_target(item, url)):
            dates = (item.get(name) for name in ("date_modified", "date_published"))
            changed = next((moment for date in dates if isinstance(date, str) and (moment := read_moment(date))), None)
            found.setdefault(target, FeedEntry(target, changed))
    following = said.get("next_url")
    number = version.removeprefix(_JSON_VERSION)[:8]
    after = resolve(url, following) if isinstance(following, str) else None
    return FeedResult(tuple(found.values()), f"json {number}", after, tuple(problems))


def _json_target(item: dict[str, Any], url: str) -> str | None:
    """Give an item's page; many feeds have its URL for an id, and ``external_url`` is somebody else's page."""
    page, name = item.get("url"), item.get("id")
    if isinstance(page, str) and page.strip():
        return resolve(url, page)
    return resolve(url, name) if isinstance(name, str) and name.startswith(("http://", "https://")) else None


def _version(root: Element) -> str | None:
    name = local_name(root)
    version = _VERSIONS.get(name)
    if name == "rss":
        return f"rss {(root.get('version') or '').strip()[:8]}".strip()
    return version


def _entries(root: Element, url: str) -> tuple[tuple[FeedEntry, ...], bool]:
    found: dict[str, FeedEntry] = {}
    for element in root.iter("{*}*"):
        if local_name(element) not in _ENTRIES:
            continue
        if len(found) == MAX_ENTRIES:
            return tuple(found.values()), True
        if target := _target(element, _base(element, url)):
            found.setdefault(target, FeedEntry(target, _changed(element)))
    return tuple(found.values()), False


def _base(element: Element, url: str) -> str:
    bases = [ancestor.get(_XML_BASE) for ancestor in (element, *element.iterancestors())]
    for base in reversed([base for base in bases if base]):
        url = resolve(url, base) or url
    return url


def _target(entry: Element, base: str) -> str | None:
    return next((url for said in _links(entry) if (url := resolve(base, said))), None)


def _links(entry: Element) -> Iterator[str]:
    """Yield what may be an entry's page, the surest first."""
    children = [(local_name(child), child) for child in entry]
    links = [child for name, child in children if name == "link"]
    yield from (text for name, child in children if name == "origlink" and (text := text_of(child)))
    yield from (text for link in links if not link.get("href") and (text := text_of(link)))
    alternates = [link for link in links if link.get("href") and link.get("rel", "alternate") == "alternate"]
    # Of several alternates the web page is meant, not its PDF or its JSON.
    yield from (
        link.get("href") for link in sorted(alternates, key=lambda link: "html" not in link.get("type", "html"))
    )
    for name, child in children:
        said = text_of(child) if name in {"guid", "id"} else ""
        if said.startswith(("http://", "https://")) and child.get("isPermaLink", "true").lower() != "false":
            yield said
    yield from (about for key, about in entry.attrib.items() if key.endswith("}about"))


def _changed(entry: Element) -> datetime | None:
    said = {local_name(child): text_of(child) for child in entry if local_name(child) in _DATES}
    return next((moment for name in _DATES if (moment := read_moment(said.get(name)))), None)


def _next(root: Element, url: str) -> str | None:
    for link in root.iterfind("{http://www.w3.org/2005/Atom}link"):
        if link.get("rel") == "next":
            return resolve(_base(link, url), link.get("href"))
    for link in root.iterfind("{*}channel/{http://www.w3.org/2005/Atom}link"):
        if link.get("rel") == "next":
            return resolve(_base(link, url), link.get("href"))
    return None
