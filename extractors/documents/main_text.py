"""The article on a page: which blocks are its own text, and a cascade that says how sure it is.

Steps of the cascade, in order: ``walker`` (this project's own reading), then ``trafilatura`` where the walker doubts
itself. Every doubt has a name, so that a reader of the result sees why another reader was asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from extractors.documents.asides import aside_rule
from extractors.documents.reading import read
from extractors.once import once_a_page
from schemas.base import PageLanguage
from schemas.capture import digest_of
from schemas.document import Block, Document

DESCEND_SHARE = 0.75
"""Share of the text that one container must hold for the search to go down into it."""

MARKED_SHARE = 0.5
"""Share of the text that a container marked as an article's body must hold to be believed."""

PART_SHARE = 0.1
"""Share of the text from which one of several parts with the same mark belongs to the body."""

SENTENCE_LENGTH = 60
"""Characters from which a block counts as running text."""

TEASERS = 3
"""Announcements of other pages on one page from which they are a list of their own."""

TEASER_LENGTH = 700
"""Most characters of such an announcement."""

STANDFIRST_REACH = 12
"""Blocks above the body in which its title and standfirst are looked for."""

STANDFIRST_LENGTH = 500
"""Most characters of a standfirst."""

DOUBT_LENGTH = 300
"""Characters of body below which the walker doubts itself: notices are short, but so are failures."""

_ARTICLE_STEP = re.compile(r"article\b|main\b")
_WHOLE_PAGE = re.compile(r"div\.[\w-]*(?:main|page|single)[\w-]*$|\w+\.content$")
"""Marks that many pages give to all that is not their header and footer."""
_SKIPPED_KINDS = frozenset({"caption"})
_BYLINE = re.compile(
    r"(?:by|par|written by|texte (?:de|par)|écrit par|photos? ?:|credit ?:|crédit(?: photo)? ?:)\s+\S.{0,70}",
    re.IGNORECASE,
)

DOUBT_KEPT = 0.5
"""Share of a page's running text that the body must hold for the walker to be sure."""


@dataclass(frozen=True)
class Article:
    """The article of a page, one block a line in ``text``."""

    title: str | None
    text: str
    authors: tuple[str, ...]
    published: str | None
    language: PageLanguage
    method: str
    doubts: tuple[str, ...] = ()


@once_a_page
def body_blocks(document: Document) -> tuple[int, ...]:
    """Give the positions of the blocks that are the article's own text.

    Title, byline, date line, captions and link lists are left out. Blocks are weighed by their text outside links;
    the smallest container that holds most of that weight is the body.
    """
    weights = _weights(document.blocks)
    container = _container(document.blocks, weights)
    inside = [position for position, block in enumerate(document.blocks) if _within(block.path, container)]
    kept = [position for position in inside if not _is_aside(document.blocks[position], document.metadata.title)]
    body = _trimmed(kept, document.blocks, weights, container)
    return tuple(_standfirst(body[0], document) + body) if body else ()


def _weights(blocks: tuple[Block, ...]) -> list[float]:
    teasers = _teasers(blocks)
    return [0.0 if block.group in teasers else _weight(block) for block in blocks]


def _teasers(blocks: tuple[Block, ...]) -> frozenset[int | None]:
    """Find the groups that only announce other pages: a linked heading and little text, several of them."""
    groups: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.group is not None:
            groups[block.group].append(block)
    found = [number for number, entry in groups.items() if _is_teaser(entry)]
    return frozenset(found if len(found) >= TEASERS else ())


def _is_teaser(entry: list[Block]) -> bool:
    length = sum(len(block.text) for block in entry)
    linked = any(_is_link_only(block) and len(block.text) >= 15 for block in entry)
    return linked and length <= TEASER_LENGTH


def _weight(block: Block) -> float:
    """Weigh a block: characters outside links, for running text only."""
    if block.kind in ("heading", "caption"):
        return 0.0
    own = len(block.text) - sum(len(link.text) for link in block.links)
    if len(block.text) < SENTENCE_LENGTH or own < 0.5 * len(block.text):
        return 0.1 * max(own, 0)
    return own * (0.5 if block.kind == "table_row" else 1.0)


def _container(blocks: tuple[Block, ...], weights: list[float]) -> str:
    """Find the path of the container that is the body."""
    sums: dict[str, float] = defaultdict(float)
    children: dict[str, set[str]] = defaultdict(set)
    for block, weight in zip(blocks, weights, strict=True):
        if not weight:
            continue
        parent, end = "", block.path.find(" > ")
        while end >= 0:
            prefix = block.path[:end]
            sums[prefix] += weight
            children[parent].add(prefix)
            parent, end = prefix, block.path.find(" > ", end + 3)
    total = sum(weights)
    marked = _marked(sums, total)
    if marked and not _WHOLE_PAGE.match(_mark(marked) or ""):
        return marked
    here = marked or ""
    while children[here]:
        best = max(children[here], key=lambda path: (sums[path], path))
        if sums[best] < DESCEND_SHARE * (sums[here] if here else total):
            break
        here = best
    return _article_inside(here, sums, total)


def _article_inside(container: str, sums: dict[str, float], total: float) -> str:
    """Narrow a container to the one ``article`` or ``main`` element in it that holds most of the page's text."""
    if any(_ARTICLE_STEP.match(step) for step in container.split(" > ")):
        return container
    inside = [path for path, held in sums.items() if held >= MARKED_SHARE * total and _within(path, container)]
    return max((path for path in inside if _ARTICLE_STEP.match(path.rpartition(" > ")[2])), key=len, default=container)


def _marked(sums: dict[str, float], total: float) -> str | None:
    """Find the innermost container marked as an article's body; parts with the same mark count together."""
    marks: dict[str, list[str]] = defaultdict(list)
    for path in sums:
        if mark := _mark(path):
            marks[mark].append(path)
    found = []
    for paths in marks.values():
        outer = [path for path in paths if not any(path.startswith(other + " > ") for other in paths)]
        large = [path for path in outer if sums[path] >= PART_SHARE * total]
        path = _common(large)
        if path and sum(sums[part] for part in large) >= MARKED_SHARE * total:
            found.append(path)
    return max(found, key=lambda path: (path.count(" > "), path), default=None)


def _mark(path: str) -> str | None:
    """Give the class or property that marks a container as a body."""
    step = path.rpartition(" > ")[2].partition(":")[0]
    return step if "." in step or "[" in step else None


def _common(paths: list[str]) -> str:
    """Give the container that several paths share."""
    steps = [path.split(" > ") for path in paths]
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*steps, strict=False))
    return " > ".join(parts[0] for parts in shared)


def _within(path: str, container: str) -> bool:
    return not container or path == container or path.startswith(container + " > ")


def _is_aside(block: Block, title: str | None) -> bool:
    """Say whether a block of the body is not its text: title, caption, byline, date line."""
    if block.kind in _SKIPPED_KINDS:
        return True
    if block.kind == "heading" and title and _folded(block.text) == _folded(title):
        return True
    return aside_rule(block.text) is not None or (len(block.text) <= 100 and bool(_BYLINE.fullmatch(block.text)))


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _trimmed(positions: list[int], blocks: tuple[Block, ...], weights: list[float], container: str) -> list[int]:
    """Cut what stands before the first and after the last running text, and lists of links in between.

    Inside a container marked as the body, short lines at the start are the body's own. Short lines right beside
    running text, in the same element, belong to it: datelines, addresses, lists of dates.
    """
    running = [position for position in positions if weights[position] >= SENTENCE_LENGTH * 0.5]
    if not running:
        return positions
    positions = _below_title(positions, blocks, running[0])
    first = running[0] if not _mark(container) else positions[0]
    before = reversed(positions[: positions.index(running[0])])
    after = positions[positions.index(running[-1]) + 1 :]
    first = min(first, *_beside(before, blocks[running[0]], blocks), first)
    last = max(running[-1], *_beside(after, blocks[running[-1]], blocks), running[-1])
    return [position for position in positions if first <= position <= last and not _is_link_only(blocks[position])]


def _below_title(positions: list[int], blocks: tuple[Block, ...], text: int) -> list[int]:
    """Leave out the page's main headings above the text, and what stands above them."""
    titles = [place for place in positions if place < text and blocks[place].kind == "heading" and blocks[place].level == 1]
    return [place for place in positions if not titles or place > titles[-1]]


def _beside(positions: Iterable[int], beside: Block, blocks: tuple[Block, ...]) -> Iterator[int]:
    """Give the positions, from the text outwards, of the short lines and lists in the same element as a text."""
    home = beside.path.rpartition(" > ")[0]
    for position in positions:
        block = blocks[position]
        if _is_link_only(block) or not _within(block.path, home):
            return
        if block.path.rpartition(" > ")[0] == home or block.kind in ("list_item", "table_row", "quotation"):
            yield position


def _standfirst(start: int, document: Document) -> list[int]:
    """Find the standfirst: running text right under the page's title, before the body."""
    heads = [
        position
        for position in range(max(start - STANDFIRST_REACH, 0), start)
        if document.blocks[position].kind == "heading" and document.blocks[position].level == 1
    ]
    if not heads:
        return []
    under = range(heads[-1] + 1, min(heads[-1] + 3, start))
    told = _folded(document.metadata.description or "")
    return [position for position in under if _is_standfirst(document.blocks[position], told)]


def _is_standfirst(block: Block, told: str) -> bool:
    """Say whether a text under the title is the standfirst: the page's own description says the same."""
    if block.kind not in ("paragraph", "heading") or not SENTENCE_LENGTH <= len(block.text) <= STANDFIRST_LENGTH:
        return False
    return bool(told) and _folded(block.text)[:SENTENCE_LENGTH] == told[:SENTENCE_LENGTH]


def _is_link_only(block: Block) -> bool:
    return sum(len(link.text) for link in block.links) > 0.8 * len(block.text)


def read_article(
    body: bytes, *, url: str | None = None, media_type: str = "text/html", charset_header: str | None = None
) -> Article:
    """Read the article of a page; raises ``UnreadablePage`` like ``read``."""
    digest = digest_of(body)
    document = read(
        body,
        page=url or f"urn:{digest}",
        url=url,
        digest=digest,
        source="page",
        media_type=media_type,
        charset_header=charset_header,
    )
    return article_of(document, body)


def article_of(document: Document, body: bytes | None = None) -> Article:
    """Put the article together; with the page's ``body`` at hand, trafilatura is asked where the walker doubts."""
    positions = body_blocks(document)
    text, method = "\n".join(document.blocks[position].text for position in positions), "walker"
    doubts = _doubts(document, positions, text)
    if (
        doubts
        and body is not None
        and "html" in document.media_type
        and (other := _ask_trafilatura(body, document.url))
    ):
        text, method = other, "trafilatura"
    meta = document.metadata
    return Article(
        title=meta.title,
        text=text,
        authors=meta.authors,
        published=meta.published,
        language=document.language,
        method=method,
        doubts=doubts,
    )


def _doubts(document: Document, positions: tuple[int, ...], text: str) -> tuple[str, ...]:
    """Name what makes the walker doubt its reading of an article."""
    found = []
    if len(text) < DOUBT_LENGTH:
        found.append("short-body")
    weights = _weights(document.blocks)
    share = sum(weights[position] for position in positions) / max(sum(weights), 1.0)
    if share < DOUBT_KEPT:
        found.append("text-left-out")
    if _container(document.blocks, weights) in ("", "html", "body", "html > body"):
        found.append("no-container")
    return tuple(found)


def _ask_trafilatura(body: bytes, url: str | None) -> str | None:
    # Imported on first use: it takes a second to load, and most pages never need it.
    from trafilatura import extract  # noqa: PLC0415

    return extract(body, url=url, include_comments=False)
