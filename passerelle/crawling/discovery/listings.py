"""Pages that list pages: their entries, their next page, and a bounded walk from one to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from passerelle.crawling.discovery.links import MAX_LINKS, is_followed
from passerelle.crawling.discovery.pages import Element, Page, parse_page, tokens, words_of
from schemas.source import StartPoint
from schemas.urls import normal_url

MAX_PAGES = 200
"""Pages of one listing."""
PATIENCE = 2
"""Pages in a row that list nothing new before a walk ends."""

_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "dialog", "script", "style", "template", "noscript"})
_ASIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"})
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|pied|sidebar|widget|breadcrumbs?|ariane|share|sharing|partage"
    r"|social|cookies?|consent|newsletter|infolettre|comments?|commentaires|pagination|pager|page-numbers|skip-link"
    r"|lang(?:uage)?-(?:switcher|chooser))(?=$|[\s_-])",
    re.IGNORECASE,
)
_PAGER_NAME = re.compile(r"(?:^|[\s_-])(?:pagination|pager|paging|page-numbers|nav-links|pages)(?=$|[\s_-])", re.I)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|suivant|suivante)(?=$|[\s_-])", re.I)
_NEXT_WORDS = re.compile(
    r"(?:(?:page|articles?|résultats?|nouvelles?)\s+)?(?:suivant|précédents?\s+articles)(?:e|s|es)?(?:\s+page)?"
    r"|(?:articles?|nouvelles|publications|entrées)\s+(?:plus\s+ancien|précédent)(?:ne)?s"
    r"|plus\s+ancien(?:ne)?s|next(?:\s+(?:page|results|posts))?|older(?:\s+(?:posts|entries|articles|news))?"
    r"|previous\s+(?:posts|entries)|page\s+suivante",
    re.IGNORECASE,
)
_ARROWS = frozenset({"›", "»", "→", ">", ">>", "❯", "⟩", "▶"})
_DECORATION = " \u00a0\u202f›»→>❯⟩▶‹«←<❮…."
_DIGITS = re.compile(r"\d+")
_PAGE_PLACE = re.compile(
    r"(?:/(?:page|pages|p)/|[?&](?:page|paged|pg|p|pagenum|numero|debut_\w+|_page|query-\d+-page)=|[/-]page-?)(\d{1,5})(?=$|[/&?.])"
)


@dataclass(frozen=True)
class Listing:
    """The pages that one page lists, in its order, and the next page of the listing."""

    links: tuple[str, ...] = ()
    next: str | None = None
    problems: tuple[str, ...] = ()


def read_listing(html: bytes | str, url: str, start: StartPoint | None = None) -> Listing:
    """Read a listing found at a URL.

    The start point's CSS selectors say which links are entries (``links``) and which leads on (``next``). Without them
    entries are the links of the main content, and the next page is what ``rel=next``, words such as « Suivant » or
    "Older posts", or the page after this one in a row of numbers lead to. The next page stays on this host.
    """
    page = parse_page(html, url)
    if page is None:
        return Listing(problems=("an empty page",))
    problems: list[str] = []
    soup = _Soup(html) if start and (start.links or start.next) else None
    following = _next_page(page)
    if soup and start and start.next:
        following = next(iter(soup.targets(page, start.next, problems)), None)
    if soup and start and start.links:
        found = soup.targets(page, start.links, problems)
        if not found and not problems:
            problems.append(f"the selector {start.links!r} finds no link")
    else:
        found = _main_links(page)
    own = {normal_url(url), normal_url(following) if following else None}
    links = tuple(link for link in found if normal_url(link) not in own)
    on = following if following and _same_host(following, url) and normal_url(following) != normal_url(url) else None
    return Listing(links, on, tuple(problems))


class _Soup:
    """The page again, for CSS selectors."""

    def __init__(self, html: bytes | str) -> None:
        self._soup = BeautifulSoup(html, "lxml")

    def targets(self, page: Page, selector: str, problems: list[str]) -> list[str]:
        """Give the absolute URLs of the links that a selector finds, or that stand in what it finds."""
        try:
            found = self._soup.select(selector, limit=MAX_LINKS)
        except (SelectorSyntaxError, NotImplementedError) as error:
            problems.append(f"{selector!r} is no CSS selector: {str(error).splitlines()[0]}")
            return []
        anchors = (anchor for one in found for anchor in ([one] if one.get("href") else one.select("a[href]")))
        return _once(page.resolve(_href(anchor)) for anchor in anchors)


def _href(anchor: Tag) -> str | None:
    value = anchor.get("href")
    return value if isinstance(value, str) else None


def _once(urls: Iterator[str | None]) -> list[str]:
    found: dict[str, str] = {}
    for url in urls:
        if url and len(found) < MAX_LINKS:
            found.setdefault(normal_url(url) or url, url)
    return list(found.values())


def _main_links(page: Page) -> list[str]:
    root = page.root
    mains = [one for one in root.iter() if one.tag == "main" or (one.get("role") or "").strip().lower() == "main"]
    top = mains[0] if len(mains) == 1 else root
    anchors: list[Element] = []
    _collect(top, anchors)
    return _once(page.resolve(anchor.get("href")) for anchor in anchors if is_followed(anchor))


def _collect(top: Element, anchors: list[Element]) -> None:
    """Gather the links of a tree outside its furniture; without recursion, since pages nest as deep as they like."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element is not top and _is_aside(element):
            continue
        if element.tag == "a":
            anchors.append(element)
        waiting.extend(reversed([child for child in element if isinstance(child.tag, str)]))


def _is_aside(element: Element) -> bool:
    if element.tag in _ASIDE_TAGS or (element.get("role") or "").strip().lower() in _ASIDE_ROLES:
        return True
    if element.tag == "header":  # the site's own; an article's holds the link to it
        return not any(parent.tag in {"article", "main", "section", "li"} for parent in element.iterancestors())
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag != "body" and len(name) > 1 and bool(_ASIDE_NAME.search(name))


def _next_page(page: Page) -> str | None:
    """Find the next page: what is declared, what is said in words, then numbers."""
    anchors = [(anchor, anchor.get("href")) for anchor in page.root.iter("a") if (anchor.get("href") or "").strip()]
    declared = [
        *(link.get("href") for link in page.root.iter("link") if "next" in tokens(link.get("rel"))),
        *(href for anchor, href in anchors if "next" in tokens(anchor.get("rel"))),
        *(href for anchor, href in anchors if _says_next(anchor)),
        *(href for anchor, href in anchors if _in_pager(anchor) and _points_on(anchor)),
    ]
    found = (page.resolve(href) for href in declared)
    on = next((url for url in found if url and _same_host(url, page.url)), None)
    return on or _next_number(page, [(words_of(anchor), page.resolve(href)) for anchor, href in anchors])


def _says_next(anchor: Element) -> bool:
    said = (words_of(anchor), anchor.get("aria-label"), anchor.get("title"))
    return any(text and _NEXT_WORDS.fullmatch(text.strip(_DECORATION)) for text in said if text and len(text) < 60)


def _points_on(anchor: Element) -> bool:
    names = f"{anchor.get('class') or ''} {_parent(anchor).get('class') or ''}"
    return words_of(anchor) in _ARROWS or bool(_NEXT_CLASS.search(names))


def _in_pager(anchor: Element) -> bool:
    for depth, element in enumerate((anchor, *anchor.iterancestors())):
        if depth > 5:
            return False
        name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"
        if _PAGER_NAME.search(name):
            return True
    return False


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _next_number(page: Page, anchors: list[tuple[str, str | None]]) -> str | None:
    """Find the page after this one: a link named by its number whose URL has that number where pages have it."""
    current = page_number(page.url)
    for text, url in anchors:
        if text == str(current + 1) and url and page_number(url) == current + 1 and _same_host(url, page.url):
            return url
    return None


def page_number(url: str) -> int:
    """Read which page of a listing a URL names; the first where it names none."""
    parts = urlsplit(url)
    match = _PAGE_PLACE.search(unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path))
    return int(match[1]) if match else 1


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()


def shape_of(url: str) -> str:
    """Give what URLs made by one pattern share: the URL with its numbers taken out."""
    return _DIGITS.sub("0", normal_url(url) or url)


@dataclass
class ListingWalk:
    """A walk through the pages of one listing; ends at the last page, or where a listing never ends.

    The caller fetches: ``for url in walk: walk.add(url, html)``. It ends by itself when a page was seen before, when
    ``PATIENCE`` pages in a row list nothing new, and after ``max_pages``.
    """

    start: StartPoint
    reaches: Callable[[str], bool] = lambda _url: True
    """Says whether the next page may be fetched."""
    max_pages: int = MAX_PAGES
    links: dict[str, str] = field(default_factory=dict, init=False)
    """Pages listed: URL by normal URL, in the order of the listing."""
    problems: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._next: str | None = self.start.url
        self._seen: set[str] = set()
        self._idle = 0

    def __iter__(self) -> Iterator[str]:
        """Yield the next page to fetch until the listing ends."""
        while self._next and (normal_url(self._next) or self._next) not in self._seen:
            if len(self._seen) == self.max_pages:
                self.problems.append(f"{self.start.url}: more than {self.max_pages} pages; the rest was left")
                return
            url, self._next = self._next, None
            self._seen.add(normal_url(url) or url)
            yield url

    def add(self, url: str, html: bytes | str) -> Listing:
        """Take in a page that was fetched."""
        listing = read_listing(html, url, self.start)
        self._seen.add(normal_url(url) or url)
        self.problems += [f"{url}: {problem}" for problem in listing.problems]
        before = len(self.links)
        for link in listing.links:
            self.links.setdefault(normal_url(link) or link, link)
        self._idle = 0 if len(self.links) > before else self._idle + 1
        if self._idle < PATIENCE and listing.next and self.reaches(listing.next):
            self._next = listing.next
        elif self._idle >= PATIENCE and listing.next:
            self.problems.append(f"{url}: {PATIENCE} pages in a row list nothing new; the walk ends")
        return listing
