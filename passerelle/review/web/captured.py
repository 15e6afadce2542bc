"""The captured page, made harmless: no scripts, no styles, no requests; with the words that a field came from marked.

What a page links to is told, never followed: an address becomes a title on plain text. nh3 has the last word, on what
is handed to the browser, so nothing that this module does to the tree can bring markup back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nh3
from bs4 import BeautifulSoup, Tag, UnicodeDammit
from bs4.element import NavigableString, PreformattedString

_SHOWN = """
    abbr address article aside b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q s samp section small span
    strong sub summary sup table tbody td tfoot th thead time tr u ul var
"""
_SILENT = """
    applet audio base button canvas datalist embed frame frameset iframe input link math meta noembed noframes noscript
    object option optgroup plaintext portal script select style svg template textarea title video xmp
"""
TAGS = frozenset(_SHOWN.split())
SILENT = frozenset(_SILENT.split())
"""Elements that go with all that is in them."""
ATTRIBUTES = {"*": {"lang", "dir", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
OURS = {"mark": {"evidence"}, "span": {"link", "image"}}
"""Classes that this module gives; a page's own are taken away first."""
ANCHOR = "evidence"
"""Id of the first mark: the address of the page ends in ``#evidence``."""
LONGEST = 2_000_000
"""Characters, or bytes, of a page that are shown."""


@dataclass(frozen=True)
class Quote:
    """Words to find on a page: those of the field, inside those of the block that they stand in."""

    words: str
    block: str = ""
    """Text of the whole block, where it is known."""
    start: int = 0
    """First character of the words in the block."""


def clean_page(html: str | bytes, quotes: Sequence[Quote] = ()) -> tuple[str, int]:
    """Give the inside of a harmless page with the quotes marked, and how many of the quotes were found."""
    soup = BeautifulSoup(_readable(html), "lxml")
    _strip(soup)
    found = _mark(soup, quotes)
    cleaned = nh3.clean(
        str(soup.body or soup),
        tags=set(TAGS),
        clean_content_tags=set(SILENT),
        attributes=ATTRIBUTES,
        allowed_classes=OURS,
        tag_attribute_values={"mark": {"id": {ANCHOR}}},
        url_schemes=set(),
        link_rel=None,
    )
    return cleaned, found


def plain_page(text: str | bytes, quotes: Sequence[Quote] = ()) -> tuple[str, int]:
    """Do the same for a page that is plain text."""
    soup = BeautifulSoup("<pre></pre>", "lxml")
    if soup.pre is not None:
        soup.pre.string = _readable(text)
    return clean_page(str(soup), quotes)


def _readable(said: str | bytes) -> str:
    """Decode what was captured as its byte order mark or its head says, else by trial."""
    if isinstance(said, bytes):
        return UnicodeDammit(said[:LONGEST], is_html=True).unicode_markup or said[:LONGEST].decode("utf-8", "replace")
    return said[:LONGEST].encode("utf-8", errors="replace").decode()


def _strip(soup: BeautifulSoup) -> None:
    """Take away what is silent, and what could pass for a mark of ours; say what links and pictures were."""
    for text in soup.find_all(string=lambda said: isinstance(said, PreformattedString)):
        text.extract()  # comments, declarations, CDATA
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        if tag.name in SILENT:
            tag.decompose()
            continue
        address, words = tag.get("href"), tag.get("alt")
        title = tag.get("title")
        tag.attrs = {name: tag[name] for name in ("lang", "dir", "colspan", "rowspan", "scope") if name in tag.attrs}
        if title:
            tag["title"] = title
        if tag.name == "mark":
            tag.name = "span"
        elif tag.name == "a":
            tag.name = "span"
            tag.attrs = {"class": "link", "title": str(address)} if address else {}
        elif tag.name == "img":
            tag.name = "span"
            tag.attrs = {"class": "image"}
            tag.string = str(words or "")


def _mark(soup: BeautifulSoup, quotes: Sequence[Quote]) -> int:
    letters = "".join(letter for node in _texts(soup) for letter in node if not letter.isspace())
    spans = sorted({span for quote in quotes if (span := _find(letters, quote))})
    position, first = 0, True
    for node in list(_texts(soup)):
        places = [place for place, letter in enumerate(node) if not letter.isspace()]
        here = [(max(start - position, 0), min(end - position, len(places))) for start, end in spans]
        position += len(places)
        cuts = [(places[start], places[end - 1] + 1) for start, end in here if start < end]
        if cuts:
            _cut(soup, node, cuts, first=first)
            first = False
    return len(spans)


def _find(letters: str, quote: Quote) -> tuple[int, int] | None:
    """Find a quote among the letters of the page, white space left out of both: browsers collapse it, extractors too.

    The words alone may stand in many places; inside their block they stand in one.
    """
    words, block = _tight(quote.words), _tight(quote.block)
    place = letters.find(block) if block else -1
    if place >= 0:
        before = len(_tight(quote.block[: quote.start]))
        return (place + before, place + before + len(words)) if words else None
    place = letters.find(words) if words else -1
    return (place, place + len(words)) if place >= 0 else None


def _tight(text: str) -> str:
    return "".join(text.split())


def _texts(soup: BeautifulSoup) -> Iterator[NavigableString]:
    root = soup.body or soup
    return (node for node in root.descendants if isinstance(node, NavigableString))


def _cut(soup: BeautifulSoup, node: NavigableString, cuts: Sequence[tuple[int, int]], *, first: bool) -> None:
    text, pieces, done = str(node), list[NavigableString | Tag](), 0
    for start, end in cuts:
        if start < done:
            continue
        mark = soup.new_tag("mark", attrs={"class": "evidence"})
        if first:
            mark["id"], first = ANCHOR, False
        mark.string = text[start:end]
        pieces += [NavigableString(text[done:start]), mark]
        done = end
    pieces.append(NavigableString(text[done:]))
    node.replace_with(*pieces)
