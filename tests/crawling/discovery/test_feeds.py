import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.discovery import feeds
from passerelle.crawling.discovery.feeds import FeedEntry, read_feed

URL = "https://exemple.test/flux/"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RSS = b'<rss version="2.0"><channel>%s</channel></rss>'
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'


@pytest.mark.parametrize(
    ("body", "version", "entry"),
    [
        (
            RSS % b"<item><link>/a</link><pubDate>Fri, 20 Nov 2026 07:00:00 EST</pubDate></item>",
            "rss 2.0",
            FeedEntry("https://exemple.test/a", NOON),
        ),
        (b"<rss><channel><item><link>/a</link></item></channel></rss>", "rss", FeedEntry("https://exemple.test/a")),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            b' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://exemple.test/a">'
            b"<dc:date>2026-11-20T12:00:00Z</dc:date></item></rdf:RDF>",
            "rss 1.0",
            FeedEntry("https://exemple.test/a", NOON),
        ),
        (
            ATOM % b'<entry><link rel="self" href="x"/><link rel="alternate" type="application/pdf" href="b"/>'
            b'<link href="a"/><published>2020-01-01T00:00:00Z</published>'
            b'<updated>2026-11-20T12:00:00Z</updated></entry>',
            "atom",
            FeedEntry("https://exemple.test/flux/a", NOON),
        ),
        (
            ATOM.replace(b">", b' xml:base="https://ailleurs.test/x/">', 1)
            % b'<entry xml:base="y/"><link href="a"/></entry>',
            "atom",
            FeedEntry("https://ailleurs.test/x/y/a"),
        ),
        (RSS % b"<item><guid>https://exemple.test/a</guid></item>", "rss 2.0", FeedEntry("https://exemple.test/a")),
        (
            RSS % b"<item><link><![CDATA[ https://exemple.test/a ]]></link><pubDate>hier</pubDate></item>",
            "rss 2.0",
            FeedEntry("https://exemple.test/a"),
        ),
        (
            b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="self" href="/flux"/>'
            b"<item><atom:link href='/b'/><link>/a</link></item></channel></rss>",
            "rss 2.0",
            FeedEntry("https://exemple.test/a"),
        ),
    ],
)  # fmt: skip
def test_feeds_of_every_kind_are_read(body: bytes, version: str, entry: FeedEntry) -> None:
    result = read_feed(body, URL)
    assert result.entries == (entry,)
    assert result.version == version
    assert result.problems == ()


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf\n " + RSS % b"<item><link>/a</link></item>",
        b"Notice: PHP is unhappy\n" + RSS % b"<item><link>/a</link></item>",
        RSS % b"<item><title>A & B \xe9 \x0b &nbsp;</title><link>/a</link></item>",
        b'<rss version="2.0"><channel><item><link>/a</link></item><item><link>/a',
        b'<?xml version="1.0" encoding="klingon"?>' + RSS % b"<item><link>/a</link></item>",
        (b'<?xml version="1.0" encoding="utf-16"?>' + RSS % b"<item><link>/a</link></item>").decode().encode("utf-16"),
        b"<channel><item><link>/a</link></item></channel>",
    ],
)
def test_a_broken_feed_gives_what_can_be_read_of_it(body: bytes) -> None:
    result = read_feed(body, URL)
    assert [entry.url for entry in result.entries] == ["https://exemple.test/a"]
    assert result.usable


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"<!DOCTYPE html><html><body><article>404</article></body></html>",
        b"\n<html lang='fr'><item><link>/a</link></item></html>",
        b'{"error": 404}',
        b"<opml><body/></opml>",
        b"<urlset><url><loc>https://exemple.test/a</loc></url></urlset>",
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8bnot gzip",
    ],
)
def test_an_error_page_is_not_an_empty_feed(body: bytes) -> None:
    result = read_feed(body, URL)
    assert not result.usable
    assert result.problems


def test_an_empty_feed_is_a_feed() -> None:
    assert read_feed(RSS % b"", URL).usable
    assert read_feed(RSS % b"", URL).problems == ()


def test_entries_that_lead_nowhere_are_left_out_and_doubles_are_one() -> None:
    body = RSS % (
        b"<item><link>mailto:a@exemple.test</link></item><item><guid isPermaLink='false'>https://exemple.test/x</guid></item>"
        b"<item><link>/a#1</link></item><item><link>/a#2</link></item>"
    )
    assert [entry.url for entry in read_feed(body, URL).entries] == ["https://exemple.test/a"]


def test_the_next_page_of_a_feed_is_found() -> None:
    atom = ATOM % b'<link rel="next" href="?page=2"/>'
    link = b'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="/p2"/>'
    assert read_feed(atom, URL).next == "https://exemple.test/flux/?page=2"
    assert read_feed(RSS % link, URL).next == "https://exemple.test/p2"


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://exemple.test/secret")
    body = (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "%s"><!ENTITY y "https://exemple.test/y">]>' % secret.as_uri().encode()
        + RSS % b"<item><link>&x;</link></item><item><link>&y;</link></item><item><link>/a</link></item>"
    )
    assert [entry.url for entry in read_feed(body, URL).entries] == ["https://exemple.test/a"]


def test_an_entity_bomb_stays_small() -> None:
    lines = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    body = (
        b'<!DOCTYPE r [<!ENTITY e0 "bombe">%s]>' % lines
        + RSS % b"<item><link>/a&e11;</link><title>&e11;</title></item>"
    )
    result = read_feed(body, URL)
    assert len(result.entries) <= 1
    assert all(len(entry.url) < 100 for entry in result.entries)


def test_a_feed_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 3)
    result = read_feed(RSS % b"".join(b"<item><link>/%d</link></item>" % n for n in range(5)), URL)
    assert len(result.entries) == 3
    assert "more than 3" in result.problems[0]


def json_feed(*items: object, **more: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Relais", "items": items, **more}
    ).encode()


def test_a_json_feed_is_a_feed_like_any_other() -> None:
    items = (
        {"id": "1", "url": "/a", "date_published": "2026-11-18T08:00:00-05:00"},
        {"id": "2", "url": "/b", "date_published": "2026-11-01T00:00:00Z", "date_modified": "2026-11-20T12:30:00Z"},
        {"id": "https://exemple.test/c", "external_url": "https://ailleurs.test/x", "date_published": "hier"},
        {"id": "4", "external_url": "https://ailleurs.test/y"},
        {"id": "5", "url": "/a"},
        "no item",
        {"url": 7},
    )
    result = read_feed(b"\xef\xbb\xbf " + json_feed(*items, next_url="?page=2"), URL)
    assert result.entries == (
        FeedEntry("https://exemple.test/a", datetime(2026, 11, 18, 13, tzinfo=UTC)),
        FeedEntry("https://exemple.test/b", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        FeedEntry("https://exemple.test/c"),
    )
    assert (result.version, result.next, result.problems) == ("json 1.1", urljoin(URL, "?page=2"), ())


@pytest.mark.parametrize("body", [b"{", b'{"items": []}', b'{"version": 2}', b'{"a":' * 3000, b'{"version": "1"} x'])
def test_other_json_is_no_feed(body: bytes) -> None:
    result = read_feed(body, URL)
    assert not result.usable
    assert "not a feed" in result.problems[0]


def test_an_empty_json_feed_is_a_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": null}', URL).usable
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 2)
    cut = read_feed(json_feed(*({"url": f"/{n}"} for n in range(4))), URL)
    assert len(cut.entries) == 2
    assert "more than 2" in cut.problems[0]


PIECES = st.sampled_from(
    [b"<rss>", b"<channel>", b"<item>", b"<link>", b"</link>", b"</item>", b"<entry>", b"<link href='", b"'/>", b"/a",
     b"https://", b"&x;", b"<![CDATA[", b"]]>", b"<!DOCTYPE", b"<?xml", b"\xff", b"\0", b"<updated>", b"2026-11-20",
     b"<date>", b"</date>", b"<guid>", b"9999-12-31T23:59:59-23:59", b'{"version": "https://jsonfeed.org/version/1",',
     b'"items": [', b'{"url": "/a",', b'"id": [', b"}", b"]"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(b"".join)))
def test_any_bytes_give_a_result(body: bytes) -> None:
    result = read_feed(body, URL)
    assert result.usable or result.problems
    assert all(entry.url.startswith(("http://", "https://")) for entry in result.entries)
