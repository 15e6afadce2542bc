"""Feeds of new and changed initiatives: Atom (RFC 4287, with the tombstones of RFC 6721) and JSON Feed 1.1.

A feed holds what changed last, not the whole release: whoever was away longer reads changes.ndjson.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from passerelle.publishing.changes import ENDED, head_of
from passerelle.publishing.exports.ids import uri_of, urn_of
from passerelle.publishing.exports.jsons import without_gaps, written
from passerelle.publishing.exports.rights import WHOLE, Rights, as_json, in_words, rights_of
from passerelle.publishing.exports.spreadsheet import moment
from passerelle.publishing.exports.texts import STEM, Said, about, label, name_in, readable, said, terms_of
from passerelle.publishing.files import FEEDS, OutFile, Pieces
from passerelle.publishing.site.pages import page_path
from passerelle.publishing.view import Lines, View, json_lines
from schemas.base import LANGUAGES, Language
from schemas.json_schema import HOST
from schemas.records import Initiative
from schemas.release import Change, Licence

NEWEST = 100
"""Initiatives in a feed, and tombstones."""

ADDRESS = None if HOST.endswith(".example") else f"{HOST}/latest/"
"""Where the newest release is at home on the web; unknown as delivered (docs/stability.md)."""

Json = dict[str, Any]
_Last = tuple[int, bytes, bytes]
"""The last line on an initiative: sorted by the newest release first, then by id."""

_TITLE: dict[Language, str] = {
    "fr": "Passerelle : initiatives de collaboration",
    "en": "Passerelle: collaboration initiatives",
}
_SUBTITLE: dict[Language, str] = {"fr": "Initiatives nouvelles ou changées", "en": "New and changed initiatives"}


@dataclass(frozen=True)
class Item:
    """An initiative in a feed, parsed when it is first asked for: first published and last changed when."""

    line: bytes
    """The initiative as JSON."""
    published: datetime
    updated: datetime
    terms: Mapping[str, Licence]
    """Terms by source."""
    terms_key: str
    """Names these terms."""

    @cached_property
    def record(self) -> Initiative:
        """The initiative."""
        return Initiative.model_validate_json(self.line)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """All that an entry says of it."""
        return hashlib.sha256(self.line).hexdigest(), self.terms_key, moment(self.published), moment(self.updated)

    @cached_property
    def rights(self) -> Rights:
        """Terms of the sources that it was read from."""
        return rights_of(self.record.sources, self.terms)

    def content(self, language: Language) -> Said:
        """Give its longest text in a language; else in the other one, marked so; else its name."""
        record = self.record
        found = (about(record, one) for one in sorted(LANGUAGES, key=lambda one: one != language))
        return next(filter(None, found), None) or name_in(record, language)


@dataclass(frozen=True)
class News:
    """What a feed tells: the newest initiatives first, and what is gone, latest first."""

    items: tuple[Item, ...]
    gone: tuple[Change, ...]
    updated: datetime


@dataclass(frozen=True)
class Place:
    """Where a feed stands and where its entries lead; both may be unknown."""

    page: str | None = None
    """Page of an initiative from the feed, with ``{id}``."""
    address: str | None = None
    """Where the newest release is at home on the web, with the slash at its end."""

    def web_page(self, record: str, language: Language) -> str | None:
        """Give the address of the page of an initiative."""
        if self.page is None or self.address is None:
            return None
        return self.address + page_path("initiatives", language).format(id=record)


def release_feeds(view: View, pieces: Pieces | None = None, address: str | None = ADDRESS) -> Iterator[OutFile]:
    """Yield the feeds of a release, whose entries lead to its public pages; entries known are not made again.

    Args:
        view: the release.
        pieces: those of the release before.
        address: where the newest release is at home on the web. Atom does without, its links may be relative; JSON
            Feed knows no relative ones, so that without an address entries name the pages that they were read from.
    """
    up = "../" * FEEDS.count("/")
    places = {one: Place(up + page_path("initiatives", one), address) for one in LANGUAGES}
    files = _feeds(view, LANGUAGES, places, pieces or Pieces())
    yield from (OutFile(FEEDS + file.path, file.chunks, file.records) for file in files)


def feed_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield the feeds for use elsewhere; entries lead to the pages that they were read from."""
    return _feeds(view, languages, {}, Pieces())


def newest(view: View, most: int = NEWEST) -> News:
    """Find what changed last; of the release, only the records found are read whole."""
    first: dict[bytes, bytes] = {}
    alive_last, gone_last = dict[bytes, _Last](), dict[bytes, _Last]()
    for line in json_lines(view.changes):
        told = head_of(line)
        if told.type == b"initiative":
            first.setdefault(told.id, line)
            ours, other = (gone_last, alive_last) if told.change in ENDED else (alive_last, gone_last)
            ours[told.id] = -int(told.release), told.id, line
            other.pop(told.id, None)
    alive, gone = (_latest(last.values(), most) for last in (alive_last, gone_last))
    records = dict(_among(view.initiatives, frozenset(change.id for change in alive)))
    began = {one.id: Change.model_validate_json(first[one.id.encode()]).at for one in alive}
    terms_key = hashlib.sha256(repr(sorted(view.terms.items())).encode()).hexdigest()
    items = [Item(records[one.id], began[one.id], one.at, view.terms, terms_key) for one in alive if one.id in records]
    moments = [*(item.updated for item in items), *(change.at for change in gone)]
    return News(tuple(items), tuple(gone), max(moments, default=view.as_of))


def _latest(changes: Iterable[_Last], most: int) -> list[Change]:
    return [Change.model_validate_json(line) for _, _, line in heapq.nsmallest(most, changes)]


def _among(initiatives: Iterable[Initiative], ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    if isinstance(initiatives, Lines):
        return initiatives.among(ids)
    return ((record.id, record.model_dump_json().encode()) for record in initiatives if record.id in ids)


def _feeds(
    view: View, languages: tuple[Language, ...], places: dict[Language, Place], pieces: Pieces
) -> Iterator[OutFile]:
    news = newest(view)
    for language in languages:
        place = places.get(language, Place())
        atom = list(_atom(view, news, language, place, pieces))
        yield OutFile(f"initiatives.{language}.atom", atom, len(news.items))
        told = _json(view, news, language, place, pieces)
        yield OutFile(f"initiatives.{language}.json", [written(told)], len(news.items))


def _atom(view: View, news: News, language: Language, place: Place, pieces: Pieces) -> Iterator[bytes]:
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" '
        f'xml:lang="{language}">',
        f"  <id>{urn_of(f'feed/{language}')}</id>",
        f"  <title>{_xml(_TITLE[language])}</title>",
        f"  <subtitle>{_xml(_SUBTITLE[language])}</subtitle>",
        f"  <updated>{moment(news.updated)}</updated>",
        "  <author><name>Passerelle</name></author>",
        f'  <link rel="self" type="application/atom+xml" href="initiatives.{language}.atom"/>',
        f"  <rights>{_xml(WHOLE[language].format(name=view.licence.name))}</rights>",
    ]
    yield _lines(head)
    for item in news.items:
        yield _lines([pieces.piece(("atom", language, *item.key), partial(_joined, item, language, place.page))])
    for change in news.gone:
        yield _lines(_tombstone(change, language))
    yield b"</feed>\n"


def _entry(item: Item, language: Language, page: str | None) -> Iterator[str]:
    record = item.record
    summary = said(record, "summary", record.summary, language)
    description = said(record, "description", record.description, language)
    yield "  <entry>"
    yield f"    <id>{urn_of(record.id)}</id>"
    yield _element("title", name_in(record, language))
    yield f"    <published>{moment(item.published)}</published>"
    yield f"    <updated>{moment(item.updated)}</updated>"
    via = [uri for source in record.sources if (uri := uri_of(source.url))]
    if alternate := page.format(id=record.id) if page else next(iter(via), None):
        yield f'    <link rel="alternate" type="text/html" href={quoteattr(readable(alternate))}/>'
    for uri in dict.fromkeys(via):
        yield f'    <link rel="via" href={quoteattr(readable(uri))}/>'
    for name, code in dict.fromkeys(_terms(record)):
        scheme, shown = quoteattr(f"{STEM}{name}"), quoteattr(readable(label(name, code, language)))
        yield f"    <category term={quoteattr(readable(code))} scheme={scheme} label={shown}/>"
    yield f"    <rights>{_xml(in_words(item.rights))}</rights>"
    if summary and description:
        yield _element("summary", summary)
    yield _element("content", item.content(language))
    yield "  </entry>"


def _joined(item: Item, language: Language, page: str | None) -> str:
    return "\n".join(_entry(item, language, page))


def _tombstone(change: Change, language: Language) -> Iterator[str]:
    """Say what is gone (RFC 6721), and where it lives on if it was merged."""
    yield f'  <at:deleted-entry ref="{urn_of(change.id)}" when="{moment(change.at)}">'
    if change.into:
        words = "Fusionnée avec" if language == "fr" else "Merged into"
        yield f"    <at:comment>{words} {_xml(change.into)}</at:comment>"
        yield f'    <link rel="related" href="{urn_of(change.into)}"/>'
    elif change.reason:
        yield f"    <at:comment>{_xml(change.reason)}</at:comment>"
    yield "  </at:deleted-entry>"


def _json(view: View, news: News, language: Language, place: Place, pieces: Pieces) -> Json:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE[language],
        "description": _SUBTITLE[language],
        **_homes(place, language),
        "language": language,
        "authors": [{"name": "Passerelle"}],
        "items": [
            pieces.piece(("json", language, place.address or "", *item.key), partial(_json_item, item, language, place))
            for item in news.items
        ],
        "_passerelle": without_gaps(
            {
                "about": "https://passerelle.example/feeds",
                "release": view.number,
                "rights": WHOLE[language].format(name=view.licence.name),
                "deleted": [_json_tombstone(change) for change in news.gone],
            }
        ),
    }


def _homes(place: Place, language: Language) -> Json:
    """Give where the data set and this feed are at home, where that is known."""
    if place.page is None or place.address is None:
        return {}
    feed = f"{place.address}{FEEDS}initiatives.{language}.json"
    return {"home_page_url": f"{place.address}site/{language}/index.html", "feed_url": feed}


def _json_item(item: Item, language: Language, place: Place) -> Json:
    record = item.record
    name = name_in(record, language)
    summary = said(record, "summary", record.summary, language)
    description = said(record, "description", record.description, language)
    content = item.content(language)
    texts = {"title": name, "summary": summary if description else None, "content_text": content}
    return without_gaps(
        {
            "id": urn_of(record.id),
            "url": place.web_page(record.id, language),
            "external_url": next((uri for source in record.sources if (uri := uri_of(source.url))), None),
            "title": name.text,
            "summary": summary.text if summary and description else None,
            "content_text": content.text,
            "date_published": moment(item.published),
            "date_modified": moment(item.updated),
            "tags": [label(*term, language) for term in dict.fromkeys(_terms(record))],
            "language": content.language,
            "_passerelle": {
                "id": record.id,
                "languages": {key: one.tag for key, one in texts.items() if one},
                "rights": as_json(item.rights),
            },
        }
    )


def _json_tombstone(change: Change) -> Json:
    told = {"id": urn_of(change.id), "when": moment(change.at), "reason": change.reason}
    return without_gaps({**told, "into": urn_of(change.into) if change.into else None})


def _terms(record: Initiative) -> Iterator[tuple[str, str]]:
    yield from terms_of(record)
    yield from (("regions", code) for code in record.territory.regions)


def _element(name: str, text: Said) -> str:
    """Write a text; its language tag says what is machine translation (RFC 6497)."""
    return f'    <{name} type="text" xml:lang="{text.tag}">{_xml(text.text)}</{name}>'


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _xml(text: str) -> str:
    # A carriage return read back as it stands would be a line feed: XML joins line ends.
    return escape(readable(text), {"\r": "&#13;"})
