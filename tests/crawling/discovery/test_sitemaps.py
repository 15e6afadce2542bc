import gzip
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.discovery import sitemaps
from passerelle.crawling.discovery.sitemaps import SitemapEntry, SitemapWalk, read_sitemap

SITE = "https://exemple.test"
URL = f"{SITE}/sitemap.xml"
XMLNS = b' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def urlset(*paths: str) -> bytes:
    return b"<urlset%s>%s</urlset>" % (XMLNS, "".join(f"<url><loc>{SITE}{path}</loc></url>" for path in paths).encode())


def index(*paths: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{SITE}{path}</loc></sitemap>" for path in paths)
    return b"<sitemapindex%s>%s</sitemapindex>" % (XMLNS, entries.encode())


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T07:00-05:00", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20T12:00:00.123Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026", None),
        ("hier", None),
        ("", None),
    ],
)
def test_pages_come_with_their_last_change(said: str, moment: datetime | None) -> None:
    body = f"<urlset><url><loc> {SITE}/a </loc><lastmod> {said} </lastmod></url></urlset>".encode()
    assert read_sitemap(body, URL).pages == (SitemapEntry(f"{SITE}/a", moment),)


@pytest.mark.parametrize(
    "body",
    [
        urlset("/a", "/b"),
        gzip.compress(urlset("/a", "/b"), mtime=0),
        gzip.compress(gzip.compress(urlset("/a", "/b"), mtime=0), mtime=0),
        gzip.compress(urlset("/a", "/b"), mtime=0)[:-4],
        b"\xef\xbb\xbf\n" + urlset("/a", "/b"),
        urlset("/a", "/b").replace(XMLNS, b""),
        urlset("/a", "/b").replace(XMLNS, b' xmlns="http://www.google.com/schemas/sitemap/0.84"'),
        urlset("/a", "/b")[:-20],
        urlset("/a", "/b").replace(b"</url>", b"<x>&</x></url>", 1),
        urlset("/a", "/b").decode().encode("utf-16"),
        f"{SITE}/a\r\n# une remarque\n\n{SITE}/b\n".encode(),
        f"\ufeff{SITE}/a\n{SITE}/b".encode(),
        f"<rss><item><link>{SITE}/a</link></item><item><link>{SITE}/b</link></item></rss>".encode(),
    ],
)
def test_sitemaps_of_every_kind_are_read_by_what_is_in_them(body: bytes) -> None:
    assert [page.url for page in read_sitemap(body, f"{SITE}/plan.aspx").pages] == [f"{SITE}/a", f"{SITE}/b"]


def test_an_index_gives_its_children() -> None:
    result = read_sitemap(index("/1.xml", "/2.xml.gz"), URL)
    assert [child.url for child in result.children] == [f"{SITE}/1.xml", f"{SITE}/2.xml.gz"]
    assert (result.pages, result.problems) == ((), ())


def test_versions_in_other_languages_come_with_a_page() -> None:
    link = f'<xhtml:link rel="alternate" hreflang="en-CA" href="{SITE}/en/a"/></url>'.encode()
    pages = read_sitemap(urlset("/a").replace(b"</url>", link), URL).pages
    assert pages[0].partners == (("en-ca", f"{SITE}/en/a"),)


@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html><p>404", b"<html>", b"{}", b"\x1f\x8b\0", urlset(), b"\xff\xfe"]
)
def test_what_is_no_sitemap_is_a_problem_in_words(body: bytes) -> None:
    result = read_sitemap(body, URL)
    assert (result.pages, result.children) == ((), ())
    assert result.problems


def test_a_file_of_too_many_urls_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_URLS", 3)
    for body in (urlset("/1", "/2", "/3", "/4"), "\n".join(f"{SITE}/{n}" for n in range(4)).encode()):
        result = read_sitemap(body, URL)
        assert len(result.pages) == 3
        assert "more than 3 URLs" in result.problems[0]


@pytest.mark.parametrize("filling", [b"\0", b" ", b"a", b"<a>", b"<url/>"])
def test_a_gzip_bomb_stays_small(filling: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 1_000_000)
    bomb = gzip.compress(b"<urlset>" + filling * (50_000_000 // len(filling)))
    tracemalloc.start()
    try:
        result = read_sitemap(bomb, URL)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert result.problems
    assert peak < 10_000_000


def test_an_entity_bomb_stays_small() -> None:
    lines = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    body = b'<!DOCTYPE r [<!ENTITY e0 "bombe">%s]>' % lines + urlset("/a&e11;", "/b")
    assert all(len(page.url) < 100 for page in read_sitemap(body, URL).pages)


def walk_through(walk: SitemapWalk, files: dict[str, bytes]) -> list[str]:
    fetched = []
    for url in walk:
        fetched.append(url.removeprefix(SITE))
        if url.removeprefix(SITE) in files:
            walk.add(url, files[url.removeprefix(SITE)])
    return fetched


def test_a_walk_goes_through_each_file_once() -> None:
    files = {
        "/sitemap.xml": index("/1.xml", "/2.xml", "/missing.xml", "/sitemap.xml"),
        "/1.xml": urlset("/a", "/b", "/a?utm_source=x"),
        "/2.xml": index("/1.xml", "/3.xml"),
        "/3.xml": urlset("/b", "/c"),
    }
    walk = SitemapWalk([URL, f"{SITE}:443/sitemap.xml"])
    assert walk_through(walk, files) == ["/sitemap.xml", "/1.xml", "/2.xml", "/missing.xml", "/3.xml"]
    assert list(walk.pages) == [f"{SITE}/a", f"{SITE}/b", f"{SITE}/c"]
    assert walk.problems == []


def test_a_walk_stays_where_it_may_go() -> None:
    walk = SitemapWalk([URL], lambda url: "/private" not in url)
    assert walk_through(walk, {"/sitemap.xml": index("/private.xml", "/1.xml")}) == ["/sitemap.xml", "/1.xml"]


def test_sitemaps_under_sitemaps_without_end_are_left_after_three_levels() -> None:
    walk = SitemapWalk([URL])
    fetched = []
    for number, url in enumerate(walk):
        fetched.append(url)
        walk.add(url, index(f"/{number}.xml"))
    assert len(fetched) == 4
    assert "deep" in walk.problems[0]


def test_a_walk_ends_after_so_many_files_and_pages() -> None:
    many = SitemapWalk([URL], max_files=5)
    assert len(walk_through(many, {"/sitemap.xml": index(*(f"/{n}.xml" for n in range(50)))})) == 5
    assert "more than 5 sitemaps" in many.problems[0]
    long = SitemapWalk([URL, f"{SITE}/other.xml"], max_urls=2)
    assert walk_through(long, {"/sitemap.xml": urlset("/a", "/b", "/c")}) == ["/sitemap.xml"]
    assert len(long.pages) == 2


PIECES = st.sampled_from(
    [b"<urlset>", b"<url>", b"<loc>", f"{SITE}/a".encode(), b"</loc>", b"</url>", b"<sitemap>", b"</sitemap>", b"\0",
     b"<lastmod>", b"0001-01-01T00:00:00+23:59", b"</lastmod>", b"&a;", b"\xff", b"<!--", b"<![CDATA[", b"]]>", b"\n"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(b"".join)), st.booleans())
def test_any_bytes_give_a_result(body: bytes, packed: bool) -> None:
    result = read_sitemap(gzip.compress(body) if packed else body, URL)
    assert result.pages or result.children or result.problems
    assert all(page.url.startswith(("http://", "https://")) for page in result.pages)
