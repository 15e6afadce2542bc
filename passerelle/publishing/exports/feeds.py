"""Feeds of new and changed initiatives: Atom (RFC 4287, with the tombstones of RFC 6721) and JSON Feed 1.1.

A feed holds what changed last, not the whole release: whoever was away longer reads changes.ndjson.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from passerelle.publishing.exports.ids import uri_of, urn_of
from passerelle.publishing.exports.jsons import without_gaps, written
from passerelle.publishing.exports.spreadsheet import moment
from passerelle.publishing.exports.texts import STEM, Said, label, name_in, readable, said, terms_of
from passerelle.publishing.files import FEEDS, OutFile, Pieces
from passerelle.publishing.site.pages import page_path
from passerelle.publishing.view import Lines, View, plain
from schemas.base import LANGUAGES, Language
from schemas.records import Initiative
from schemas.release import Change

NEWEST = 100
"""Initiatives in a feed, and tombstones."""

Json = dict[str, Any]

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

    @cached_property
    def record(self) -> Initiative:
        """The initiative."""
        return Initiative.model_validate_json(self.line)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """All that an entry says of it."""
        return hashlib.sha256(self.line).hexdigest(), moment(self.published), moment(self.updated)


@dataclass(frozen=True)
class News:
    """What a feed tells: the newest initiatives first, and what is gone, latest first."""

    items: tuple[Item, ...]
    gone: tuple[Change, ...]
    updated: datetime


def release_feeds(view: View, pieces: Pieces | None = None) -> Iterator[OutFile]:
    """Yield the feeds of a release, whose entries lead to its public pages; entries known are not made again."""
    up = "../" * FEEDS.count("/")
    pages = {one: up + page_path("initiatives", one) for one in LANGUAGES}
    files = _feeds(view, LANGUAGES, pages, pieces or Pieces())
    yield from (OutFile(FEEDS + file.path, file.chunks, file.records) for file in files)


def feed_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield the feeds for use elsewhere; entries lead to the pages that they were read from."""
    return _feeds(view, languages, {}, Pieces())


def newest(view: View, most: int = NEWEST) -> News:
    """Find what changed last; of the release, only the records found are read whole."""
    first: dict[str, Json] = {}
    last: dict[str, Json] = {}
    for change in plain(view.changes):
        if change["type"] == "initiative":
            first.setdefault(change["id"], change)
            last[change["id"]] = change
    ended = {"merged", "withdrawn"}
    alive = _latest((change for change in last.values() if change["change"] not in ended), most)
    gone = _latest((change for change in last.values() if change["change"] in ended), most)
    records = dict(_among(view.initiatives, frozenset(change.id for change in alive)))
    began = {one.id: Change.model_validate(first[one.id]).at for one in alive}
    items = [Item(records[one.id], began[one.id], one.at) for one in alive if one.id in records]
    moments = [*(item.updated for item in items), *(change.at for change in gone)]
    return News(tuple(items), tuple(gone), max(moments, default=view.as_of))


def _latest(changes: Iterable[Json], most: int) -> list[Change]:
    found = heapq.nsmallest(most, changes, key=lambda change: (-change["release"], change["id"]))
    return list(map(Change.model_validate, found))


def _among(initiatives: Iterable[Initiative], ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    if isinstance(initiatives, Lines):
        return initiatives.among(ids)
    return ((record.id, record.model_dump_json().encode()) for record in initiatives if record.id in ids)


def _feeds(
    view: View, languages: tuple[Language, ...], pages: dict[Language, str], pieces: Pieces
) -> Iterator[OutFile]:
    news = newest(view)
    for language in languages:
        page = pages.get(language)
        atom = list(_atom(view, news, language, page, pieces))
        yield OutFile(f"initiatives.{language}.atom", atom, len(news.items))
        told = _json(view, news, language, page, pieces)
        yield OutFile(f"initiatives.{language}.json", [written(told)], len(news.items))


def _atom(view: View, news: News, language: Language, page: str | None, pieces: Pieces) -> Iterator[bytes]:
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
        f"  <rights>{_xml(view.licence.name)}</rights>",
    ]
    yield _lines(head)
    for item in news.items:
        yield _lines([pieces.piece(("atom", language, *item.key), partial(_joined, item, language, page))])
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
    if summary and description:
        yield _element("summary", summary)
    yield _element("content", description or summary or name_in(record, language))
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


def _json(view: View, news: News, language: Language, page: str | None, pieces: Pieces) -> Json:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE[language],
        "description": _SUBTITLE[language],
        "language": language,
        "authors": [{"name": "Passerelle"}],
        "items": [
            pieces.piece(("json", language, *item.key), partial(_json_item, item, language, page))
            for item in news.items
        ],
        "_passerelle": without_gaps(
            {
                "about": "https://passerelle.example/feeds",
                "release": view.number,
                "licence": view.licence.spdx or view.licence.name,
                "deleted": [_json_tombstone(change) for change in news.gone],
            }
        ),
    }


def _json_item(item: Item, language: Language, page: str | None) -> Json:
    record = item.record
    name = name_in(record, language)
    summary = said(record, "summary", record.summary, language)
    description = said(record, "description", record.description, language)
    texts = {"title": name, "summary": summary, "content_text": description or summary or name}
    return without_gaps(
        {
            "id": urn_of(record.id),
            "url": page.format(id=record.id) if page else None,
            "external_url": next((uri for source in record.sources if (uri := uri_of(source.url))), None),
            "title": name.text,
            "summary": summary.text if summary and description else None,
            "content_text": texts["content_text"].text if texts["content_text"] else None,
            "date_published": moment(item.published),
            "date_modified": moment(item.updated),
            "tags": [label(*term, language) for term in dict.fromkeys(_terms(record))],
            "language": language,
            "_passerelle": {"id": record.id, "languages": {key: one.tag for key, one in texts.items() if one}},
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
