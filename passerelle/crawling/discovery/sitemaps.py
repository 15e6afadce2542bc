"""Sitemaps (sitemaps.org): XML, plain text or a feed, alone or under an index, and a bounded walk through them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped]

from passerelle.crawling.discovery.addresses import resolve
from passerelle.crawling.discovery.feeds import read_feed
from passerelle.crawling.discovery.xml import (
    PARSER_OPTIONS,
    WIDE_BOMS,
    Element,
    clean,
    is_cut,
    is_web_page,
    local_name,
    read_moment,
    unpack,
)
from schemas.urls import normal_url

MAX_BYTES = 50_000_000
"""Decoded bytes of one file; sitemaps.org allows 50 MB."""
MAX_URLS = 50_000
"""URLs of one file, by sitemaps.org, and pages of one walk."""
MAX_DEPTH = 3
"""Indexes above a sitemap."""
MAX_FILES = 1_000
"""Files of one walk."""


@dataclass(frozen=True)
class SitemapEntry:
    """A page or a child sitemap; ``partners`` are its versions in other languages, as (language, URL)."""

    url: str
    changed: datetime | None = None
    partners: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SitemapResult:
    """What one file gave."""

    pages: tuple[SitemapEntry, ...] = ()
    children: tuple[SitemapEntry, ...] = ()
    problems: tuple[str, ...] = ()


def read_sitemap(body: bytes, url: str) -> SitemapResult:
    """Read a sitemap, an index of sitemaps, a list of URLs in plain text, or a feed, found at a URL.

    Broken files give what can be read of them, and a problem in words.
    """
    unpacked, problem = unpack(body, MAX_BYTES)
    problems = (problem,) if problem else ()
    if is_web_page(unpacked):
        return SitemapResult(problems=(*problems, "a web page, not a sitemap"))
    bare = clean(unpacked)
    read = _read_xml if bare.startswith((b"<", *WIDE_BOMS)) else _read_text
    result = read(bare, url)
    if not result.pages and not result.children:
        feed = read_feed(unpacked, url)
        pages = tuple(SitemapEntry(entry.url, entry.changed) for entry in feed.entries[:MAX_URLS])
        said = () if pages else (*result.problems, "no sitemap, or one without URLs")
        return SitemapResult(pages, (), (*problems, *said))
    cut = () if problem or result.problems or not is_cut(unpacked) else ("it stops before its end",)
    return SitemapResult(result.pages, result.children, (*problems, *result.problems, *cut))


def _read_text(body: bytes, url: str) -> SitemapResult:
    found: dict[str, SitemapEntry] = {}
    for line in body.decode("utf-8-sig", "replace").splitlines():
        said = line.strip()
        if said.startswith(("http://", "https://")) and (target := resolve(url, said)):
            if len(found) == MAX_URLS:
                return SitemapResult(tuple(found.values()), (), (_too_many(),))
            found.setdefault(target, SitemapEntry(target))
    return SitemapResult(tuple(found.values()), ())


def _read_xml(body: bytes, url: str) -> SitemapResult:
    found: dict[str, dict[str, SitemapEntry]] = {"url": {}, "sitemap": {}}
    problems: list[str] = []
    for element in _closed(body, problems):
        if entry := _entry(element, url):
            if len(found["url"]) + len(found["sitemap"]) == MAX_URLS:
                problems.append(_too_many())
                break
            found[local_name(element)].setdefault(entry.url, entry)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    pages, children = (tuple(found[name].values()) for name in ("url", "sitemap"))
    return SitemapResult(pages, children, tuple(problems))


def _closed(body: bytes, problems: list[str]) -> Iterator[Element]:
    """Yield the entries as they close, so that a large file is never a large tree."""
    try:
        for _, element in etree.iterparse(BytesIO(body), tag=("{*}url", "{*}sitemap"), **PARSER_OPTIONS):
            yield element
    except (etree.XMLSyntaxError, ValueError) as error:
        problems.append(f"broken XML ({str(error)[:120]})")


def _entry(element: Element, base: str) -> SitemapEntry | None:
    target = resolve(base, element.findtext("{*}loc"))
    if target is None:
        return None
    links = element.iterfind("{http://www.w3.org/1999/xhtml}link[@hreflang]")
    partners = ((link.get("hreflang").lower(), resolve(base, link.get("href"))) for link in links)
    return SitemapEntry(
        target,
        read_moment(element.findtext("{*}lastmod")),
        tuple((tongue, other) for tongue, other in partners if other),
    )


def _too_many() -> str:
    return f"more than {MAX_URLS} URLs; the rest was left"


@dataclass
class SitemapWalk:
    """A walk from some sitemaps down to all pages: each file once, bounded in depth, files and pages.

    The caller fetches: ``for url in walk: walk.add(url, body)``. A file that could not be fetched is passed over by
    adding nothing.
    """

    roots: Iterable[str]
    reaches: Callable[[str], bool] = lambda _url: True
    """Says whether a child sitemap may be fetched."""
    max_urls: int = MAX_URLS
    max_files: int = MAX_FILES
    max_depth: int = MAX_DEPTH
    pages: dict[str, SitemapEntry] = field(default_factory=dict, init=False)
    """Pages found, by normal URL, in the order of the files."""
    problems: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._waiting: deque[tuple[str, int]] = deque()
        self._seen: dict[str, int] = {}
        for root in self.roots:
            self._enter(root, 0)

    def __iter__(self) -> Iterator[str]:
        """Yield the next file to fetch until all are read or a bound is reached."""
        fetched = 0
        while self._waiting and len(self.pages) < self.max_urls:
            if fetched == self.max_files:
                self.problems.append(f"more than {self.max_files} sitemaps; the rest was left")
                return
            fetched += 1
            yield self._waiting.popleft()[0]

    def add(self, url: str, body: bytes) -> SitemapResult:
        """Take in a file that was fetched."""
        result = read_sitemap(body, url)
        self.problems += [f"{url}: {problem}" for problem in result.problems]
        depth = self._seen.get(normal_url(url) or url, 0)
        for child in result.children:
            if depth == self.max_depth:
                self.problems.append(f"{url}: sitemaps more than {self.max_depth} deep; the rest was left")
                break
            if self.reaches(child.url):
                self._enter(child.url, depth + 1)
        for page in result.pages:
            if len(self.pages) == self.max_urls:
                self.problems.append(f"{url}: {self.max_urls} pages reached; the rest was left")
                break
            self.pages.setdefault(normal_url(page.url) or page.url, page)
        return result

    def _enter(self, url: str, depth: int) -> None:
        key = normal_url(url) or url
        if key not in self._seen:
            self._seen[key] = depth
            self._waiting.append((url, depth))
