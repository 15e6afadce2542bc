"""Which part of a page holds its article: blocks weighed by their text outside links, and the container of most of it.

A container that the page marks as its article's body is believed first; else the smallest one that holds most of the
weight. The page's own title tells the article from others on the same page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile

from schemas.document import Block, Document

DESCEND_SHARE = 0.75
"""Share of the text that one container must hold for the search to go down into it."""

MARKED_SHARE = 0.5
"""Share of the text that a container marked as an article's body must hold to be believed."""

ALONE_SHARE = 0.2
"""The same for the only container of a page with a mark that articles alone bear."""

PART_SHARE = 0.1
"""Share of the text from which one of several parts with the same mark belongs to the body."""

LEAST_ARTICLE = 300
"""Characters from which the article around the page's title is believed to be the page's own."""

SENTENCE_LENGTH = 60
"""Characters from which a block counts as running text."""

TEASERS = 3
"""Announcements of other pages on one page from which they are a list of their own."""

TEASER_LENGTH = 700
"""Most characters of such an announcement."""

_ARTICLE_STEP = re.compile(r"article\b|main\b")
_WHOLE_PAGE = re.compile(r"div\.[\w-]*(?:main|page|single)[\w-]*$|\w+\.content$")
"""Marks that many pages give to all that is not their header and footer."""
_ONLY_ARTICLES = re.compile(r"\[itemprop|\.[\w-]*(?:article|entry|post|story)[-_]*(?:body|content|text|copy)$")


@dataclass(frozen=True)
class Layout:
    """What the search for the article found: its container's path, each block's weight, and the title's block."""

    container: str
    marked: bool
    weights: tuple[float, ...]
    teasers: frozenset[int | None]
    title: int | None


def layout_of(document: Document) -> Layout:
    """Weigh a document's blocks and find the container of its article."""
    blocks = document.blocks
    title = _title_position(document)
    teasers = _teasers(blocks)
    weights = tuple(0.0 if block.group in teasers else _weight(block) for block in blocks)
    container = _Search(blocks, weights, blocks[title].path if title is not None else "").container()
    return Layout(container, mark_of(container) is not None, weights, teasers, title)


def folded(text: str) -> str:
    """Give a text's words alone, without case, for comparisons."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def within(path: str, container: str) -> bool:
    """Say whether a path is a container or lies inside it."""
    return not container or path == container or path.startswith(container + " > ")


def is_link_only(block: Block) -> bool:
    """Say whether a block is all links."""
    return sum(len(link.text) for link in block.links) > 0.8 * len(block.text)


def mark_of(path: str) -> str | None:
    """Give the class or property that marks a container as a body."""
    step = path.rpartition(" > ")[2].partition(":")[0]
    return step if "." in step or "[" in step else None


def _title_position(document: Document) -> int | None:
    """Find the heading that says the page's title; of several, the highest."""
    title = folded(document.metadata.title or "")
    found = [
        (block.level or 6, position)
        for position, block in enumerate(document.blocks)
        if title and block.kind == "heading" and folded(block.text) == title
    ]
    return min(found)[1] if found else None


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
    linked = any(is_link_only(block) and len(block.text) >= 15 for block in entry[:2])
    return (
        linked and length <= TEASER_LENGTH and not any(block.kind == "heading" and block.level == 1 for block in entry)
    )


def _weight(block: Block) -> float:
    """Weigh a block: characters outside links, for running text only."""
    if block.kind in ("heading", "caption"):
        return 0.0
    own = len(block.text) - sum(len(link.text) for link in block.links)
    if len(block.text) < SENTENCE_LENGTH or own < 0.5 * len(block.text):
        return 0.1 * max(own, 0)
    return own * (0.5 if block.kind == "table_row" else 1.0)


class _Search:
    """The weights held by every container of a page."""

    def __init__(self, blocks: tuple[Block, ...], weights: tuple[float, ...], title: str) -> None:
        self.title = title
        self.total = sum(weights)
        self.sums: dict[str, float] = defaultdict(float)
        self.children: dict[str, list[str]] = defaultdict(list)
        parents: dict[str, float] = defaultdict(float)
        for block, weight in zip(blocks, weights, strict=True):
            if weight:
                parents[block.path.rpartition(" > ")[0]] += weight
        for path, weight in parents.items():
            self._add(path, weight)

    def _add(self, path: str, weight: float) -> None:
        while path:
            known = path in self.sums
            self.sums[path] += weight
            parent = path.rpartition(" > ")[0]
            if not known:
                self.children[parent].append(path)
            path = parent

    def container(self) -> str:
        """Find the path of the container that is the body."""
        marked = self._marked()
        if marked and not _WHOLE_PAGE.match(mark_of(marked) or ""):
            return marked
        here = marked or ""
        while self.children[here]:
            best = max(self.children[here], key=lambda path: (self.sums[path], path))
            if self.sums[best] < DESCEND_SHARE * (self.sums[here] if here else self.total):
                break
            here = best
        return self._article_inside(here)

    def _article_inside(self, container: str) -> str:
        """Narrow a container to the ``article`` or ``main`` element in it that holds the title or most of the text."""
        if any(_ARTICLE_STEP.match(step) for step in container.split(" > ")[1:]):
            return container
        inside = [
            path
            for path in self.sums
            if within(path, container) and _ARTICLE_STEP.match(path.rpartition(" > ")[2]) and self._is_large(path)
        ]
        return max(inside, key=len, default=container)

    def _is_large(self, path: str) -> bool:
        titled = bool(self.title) and within(self.title, path) and self.sums[path] >= LEAST_ARTICLE
        return titled or self.sums[path] >= MARKED_SHARE * self.total

    def _marked(self) -> str | None:
        """Find the innermost container marked as an article's body; parts with the same mark count together."""
        marks: dict[str, list[str]] = defaultdict(list)
        for path in self.sums:
            if mark := mark_of(path):
                marks[mark].append(path)
        found = [body for mark, paths in marks.items() if (body := self._body_of(mark, paths))]
        return max(found, key=lambda path: (path.count(" > "), path), default=None)

    def _body_of(self, mark: str, paths: list[str]) -> str | None:
        """Give the container that the parts with one mark make up, if they hold enough of the text."""
        outer = [path for path in paths if not any(path.startswith(other + " > ") for other in paths)]
        own = [path for path in outer if self.title and within(self.title, path) and self.sums[path] >= LEAST_ARTICLE]
        if len(own) == 1 and len(outer) > 1:
            return own[0]
        large = [path for path in outer if self.sums[path] >= PART_SHARE * self.total]
        held = sum(self.sums[part] for part in large)
        alone = len(outer) == 1 and _ONLY_ARTICLES.search(mark) is not None
        return _common(large) if held >= (ALONE_SHARE if alone else MARKED_SHARE) * self.total else None


def _common(paths: list[str]) -> str:
    """Give the container that several paths share."""
    steps = [path.split(" > ") for path in paths]
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*steps, strict=False))
    return " > ".join(parts[0] for parts in shared)
