"""What RFC 4287 (Atom) and RFC 6721 (tombstones) ask of a feed, as a checker of its own, stricter where they advise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
AT = "{http://purl.org/atompub/tombstones/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element = Any

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")

# Element → how often it may stand: (at least, at most); None is any number. Sections 4.1.1 and 4.1.2 of RFC 4287.
_FEED = {
    "author": (1, None), "category": (0, None), "contributor": (0, None), "entry": (0, None), "generator": (0, 1),
    "icon": (0, 1), "id": (1, 1), "link": (1, None), "logo": (0, 1), "rights": (0, 1), "subtitle": (0, 1),
    "title": (1, 1), "updated": (1, 1),
}  # fmt: skip
_ENTRY = {
    "author": (0, None), "category": (0, None), "content": (0, 1), "contributor": (0, None), "id": (1, 1),
    "link": (0, None), "published": (0, 1), "rights": (0, 1), "source": (0, 1), "summary": (0, 1), "title": (1, 1),
    "updated": (1, 1),
}  # fmt: skip
_TEXTS = {"title", "subtitle", "summary", "rights", "content"}


def broken_rules(body: bytes) -> list[str]:
    """Name every rule that a feed breaks."""
    feed = etree.fromstring(body)
    if feed.tag != f"{ATOM}feed":
        return ["the document is no feed"]
    entries = feed.findall(f"{ATOM}entry")
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    found = [f"two entries have the id {one}" for one, times in ids.items() if times > 1]
    found += [f"feed: {rule}" for rule in _children(feed, _FEED)]
    if not any(link.get("rel") == "self" for link in feed.findall(f"{ATOM}link")):
        found.append("feed: no link to itself")
    for entry in entries:
        found += [f"entry: {rule}" for rule in (*_children(entry, _ENTRY), *_entry(entry))]
    for stone in feed.findall(f"{AT}deleted-entry"):
        found += [f"tombstone: {rule}" for rule in _tombstone(stone, ids)]
    return found


def _children(parent: Element, allowed: dict[str, tuple[int, int | None]]) -> Iterator[str]:
    names = Counter(child.tag.removeprefix(ATOM) for child in parent if child.tag.startswith(ATOM))
    yield from (f"<{name}> is unknown here" for name in names if name not in allowed)
    for name, (least, most) in allowed.items():
        if names[name] < least or (most is not None and names[name] > most):
            yield f"{names[name]} times <{name}>"
    for child in parent:
        if child.tag.startswith(ATOM) and child.tag != f"{ATOM}entry":
            yield from _element(child)
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in parent.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    yield from (f"two alternates of {kind}" for kind, times in alternates.items() if times > 1)


def _element(element: Element) -> Iterator[str]:
    name, text = element.tag.removeprefix(ATOM), (element.text or "").strip()
    if LANG in element.attrib and not _TAG.fullmatch(element.get(LANG)):
        yield f"<{name}> has no language tag"
    if name in {"updated", "published"} and not _MOMENT.fullmatch(text):
        yield f"<{name}> is no moment"
    if name == "id" and not re.match(r"[a-z][a-z0-9+.-]*:\S+$", text):
        yield "<id> is no IRI"
    if name == "author" and [child.tag for child in element] != [f"{ATOM}name"]:
        yield "<author> needs one name"
    if name == "link" and not element.get("href"):
        yield "<link> leads nowhere"
    if name == "link" and not _TYPE.fullmatch(element.get("type", "text/html")):
        yield "<link> has no media type"
    if name == "category" and not element.get("term"):
        yield "<category> has no term"
    if name in _TEXTS and (element.get("type", "text") not in {"text", "html"} or len(element)):
        yield f"<{name}> is no plain text"


def _entry(entry: Element) -> Iterator[str]:
    alternate = any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link"))
    if entry.find(f"{ATOM}content") is None and not alternate:
        yield "neither content nor alternate"
    if not (entry.findtext(f"{ATOM}title") or "").strip():
        yield "an empty title"
    if (entry.findtext(f"{ATOM}published") or "") > (entry.findtext(f"{ATOM}updated") or ""):
        yield "updated before it was published"


def _tombstone(stone: Element, ids: Counter[Any]) -> Iterator[str]:
    if not _MOMENT.fullmatch(stone.get("when", "")):
        yield "no moment"
    if not stone.get("ref", "").startswith("urn:uuid:"):
        yield "no IRI"
    if stone.get("ref") in ids:
        yield "what is gone has an entry"
    if len(stone.findall(f"{AT}comment")) > 1:
        yield "two comments"
