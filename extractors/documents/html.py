"""HTML to blocks: one walk over the tree that keeps structure and sets furniture aside.

The walk reads what a reader would see once every folded part is open: accordions, tabs and carousels are read,
pop-ups are not. Nothing is lost: what a rule takes away is kept as ``Dropped`` with the rule's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from extractors.documents import markup, tree
from extractors.documents.language import declared_language
from extractors.documents.lines import BREAK, Line, split_lines
from extractors.documents.tree import Element
from schemas.base import PageLanguage
from schemas.document import BlockKind, Dropped, Link

DOUBT_SHARE = 0.4
"""Share of a page's text above which a furniture rule doubts itself and the part is read after all."""

LINKS_SHARE = 0.6
"""Share of link text above which even a large part is a menu: a short page may hold less text than its menus."""

HIDDEN_SHARE = 0.15
"""The same for hidden parts: long articles hide their later pages."""

RUNNING_TEXT = 400
"""Characters of running text that a page must have for shares of it to mean anything."""

DEEPEST = 100
"""Elements around an element from which no more is asked of it: such depth is a mistake in the markup."""

MOST_LINKS = 1_000
"""Links read of one block: one with more is a mistake in the markup."""

ENTRY_TEXT = 30
"""Characters that an entry of a list has beyond its heading."""

_SAYS = re.compile(r"[^\W_]")
"""A letter or a digit."""
_FACT_BELOW = re.compile(rf"{BREAK}(?=\s*(?:\w[^:|{BREAK}]{{2,44}}\s:\s|\())")
"""A line break inside a cell before a label or a bracket: what follows is a cell of its own."""


@dataclass(slots=True)
class RawBlock:
    """A block while the page is being read."""

    kind: BlockKind
    text: str
    path: str
    level: int | None = None
    ordered: bool = False
    group: int | None = None
    declared: PageLanguage = "unknown"
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class Reading:
    """What a walk found."""

    blocks: list[RawBlock] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """What holds inside one block element."""

    element: Element
    path: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    ordered: bool = False
    quoted: bool = False
    row: bool = False
    depth: int = 0
    group: int | None = None
    declared: PageLanguage = "unknown"
    counts: dict[str, int] = field(default_factory=dict)
    signatures: Counter[tuple[str, str]] | None = None


def read_tree(root: Element, join: Callable[[str], str], most: int | None = None) -> Reading:
    """Walk a stripped tree; ``join`` makes a link's address absolute. The walk ends after ``most`` blocks."""
    return _Walk(root, join, most).run()


class _Walk:
    def __init__(self, root: Element, join: Callable[[str], str], most: int | None = None) -> None:
        self.root = root
        self.most = most
        self.join = join
        self.reading = Reading()
        self.frames = [_Frame(element=root, path="")]
        self.words: list[str] = []
        self.links: list[Link] = []
        self.link: tuple[str, int] | None = None
        self.bold = 0
        self.groups = 0
        self.outline_level = 1  # of the last heading that HTML marks as one: folded titles and terms stand one below
        self.total = tree.text_length(root)
        self.running = tree.running(root)
        self.tabs = tree.tab_titles(root)
        self.row: tuple[Element | None, frozenset[tuple[str, str]]] = (None, frozenset())
        """The parent asked about last, and what its children that show are."""
        self.bare: Element | None = None
        """The element found last that has too little text for an entry."""

    def run(self) -> Reading:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walk:
            if self.most is not None and len(self.reading.blocks) > self.most:
                break
            if event == "start":
                if self._is_furniture(element):
                    walk.skip_subtree()
                    skipped = element
                    continue
                self._open(element)
                if element.text:
                    self.words.append(element.text)
            else:
                if skipped is element:
                    skipped = None
                else:
                    self._close(element)
                if element.tail and element is not self.root:
                    self.words.append(element.tail)
        self._flush()
        return self.reading

    # ---- furniture

    def _is_furniture(self, element: Element) -> bool:
        tag = element.tag
        if tag in ("html", "body", "main", "br") or not isinstance(tag, str):
            return False
        get = element.get
        rule = markup.furniture_rule(tag, get("role"), get("class"), get("id")) or self._by_place(element)
        if rule is None or len(self.frames) > DEEPEST or self._doubts(element, rule):
            return False
        return self._set_aside(element, rule)

    def _by_place(self, element: Element) -> str | None:
        """Rules that need to know where an element stands."""
        tag = element.tag
        if tag in ("header", "footer", "aside"):
            around = ("article", "main") if tag == "aside" else ("article", "main", "section", "blockquote", "figure")
            if not self._inside(*around):
                return "sidebar" if tag == "aside" else str(tag)
        if not element.keys() and tag != "button":
            return None
        if tree.is_hidden(element) and not self._is_slide(element):
            return "hidden"
        if tag == "button" and self.frames[-1].kind != "heading":
            folds = element.get("aria-expanded") or element.get("aria-controls") or element.get("data-toggle")
            return None if folds else "control"
        if element.get("role") == "tablist" and self.tabs:
            return "tab-titles"
        return None

    def _is_slide(self, element: Element) -> bool:
        """Say whether a hidden element is one of a row made alike, of which the page shows another."""
        parent = element.getparent()
        if parent is not self.row[0]:
            self.row = parent, tree.shown_kinds(parent)
        return bool(element.get("style")) and tree.signature(element) in self.row[1]

    def _inside(self, *tags: str) -> bool:
        return any(frame.element.tag in tags for frame in self.frames)

    def _doubts(self, element: Element, rule: str) -> bool:
        """Say whether a rule would take away what the page is about."""
        if rule == "screen-reader":
            return element.tag in markup.HEADINGS
        if rule in ("carousel-clone", "tab-titles", "control"):
            return False
        if rule == "share-buttons" and next(element.iter("blockquote"), None) is not None:
            return True  # a post of a social network, quoted
        share = HIDDEN_SHARE if rule == "hidden" else DOUBT_SHARE
        if self.running >= RUNNING_TEXT and tree.running(element) > share * self.running:
            return True
        length = tree.text_length(element)
        if rule in ("header", "footer", "advertisement", "post-details") and next(element.iter("h1"), None) is not None:
            return tree.link_share(element, length) < LINKS_SHARE
        return length > DOUBT_SHARE * self.total and tree.link_share(element, length) < LINKS_SHARE

    def _set_aside(self, element: Element, rule: str) -> bool:
        text = " ".join(" ".join(element.itertext()).split())
        if text:
            parent = self.frames[-1]
            self.reading.dropped.append(
                Dropped(text=text, path=f"{parent.path} > {element.tag}".lstrip(" >"), rule=rule)
            )
        if element.tag in markup.BLOCKS:
            self._flush()
        return True

    # ---- blocks

    def _open(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            self.words.append(BREAK)
        elif tag == "a":
            self.link = (element.get("href") or "", len(self.words))
            if markup.is_folded_title(tag, element.get("role"), element.get("class")):
                self._push(element)
        elif tag in ("td", "th"):
            if self.frames[-1].row:
                self.words.append(" | " if any(word.strip() for word in self.words) else " ")
            else:
                self._push(element)
        elif tag in markup.BLOCKS or tag == "button":
            if not self.frames[-1].row:
                self._push(element)
            else:
                self.words.append(" ")

    def _close(self, element: Element) -> None:
        if element.tag == "a" and self.link is not None:
            href, start = self.link
            self.link = None
            text = " ".join("".join(self.words[start:]).split())
            self._add_link(href, text)
        if self.frames[-1].element is element and len(self.frames) > 1:
            self._flush()
            self.frames.pop()

    def _add_link(self, href: str, text: str) -> None:
        if text and href and len(self.links) < MOST_LINKS and not href.startswith(("#", "javascript:")):
            self.links.append(Link(text=text, url=self.join(href)))

    def _push(self, element: Element) -> None:
        self._flush()
        parent, tag = self.frames[-1], str(element.tag)
        number = parent.counts.get(tag, 0) + 1
        parent.counts[tag] = number
        classes = element.get("class")
        frame = _Frame(
            element=element,
            path=tree.step(parent.path, element, number) if len(self.frames) <= DEEPEST else parent.path,
            kind=parent.kind,
            level=parent.level,
            ordered=parent.ordered,
            quoted=parent.quoted,
            depth=parent.depth,
            group=parent.group,
            declared=declared_language(element.get("lang")) if element.get("lang") else parent.declared,
        )
        self.frames.append(frame)
        if tag in ("div", "article", "section", "li", "details", "tr", "dl", "td") and self._is_entry(element, parent):
            self.groups += 1
            frame.group = self.groups
        self._set_kind(frame, tag, classes)
        if title := self.tabs.get(element.get("id") or ""):
            self._emit("heading", title, frame, level=min(self.outline_level + 1, 6))

    def _set_kind(self, frame: _Frame, tag: str, classes: str | None) -> None:
        """Set what a text directly inside an element is."""
        if tag in markup.HEADINGS:
            frame.kind, frame.level = "heading", markup.HEADINGS[tag]
            self.outline_level = markup.HEADINGS[tag]
        elif tag in ("summary", "dt") or markup.is_folded_title(tag, frame.element.get("role"), classes):
            if frame.kind != "heading" and next(frame.element.iter(*markup.HEADINGS), None) is None:
                frame.kind, frame.level = "heading", min(self.outline_level + 1, 6)
        elif tag in ("ul", "ol", "menu"):
            frame.depth += 1
            frame.ordered = tag == "ol"
        elif tag == "li":
            frame.kind, frame.level = (
                ("quotation", None) if frame.quoted else ("list_item", min(max(frame.depth, 1), 6))
            )
        elif tag == "blockquote" or markup.is_quotation(classes):
            frame.quoted = True
            frame.kind, frame.level = "quotation", None
        elif tag in ("figcaption", "caption") or (markup.is_caption(classes) and tree.is_short(frame.element)):
            frame.kind, frame.level = "caption", None
        elif tag == "tr" and not tree.is_layout(frame.element):
            frame.row, frame.kind, frame.level = True, "table_row", None
        elif tag in ("dd", "td", "details"):
            frame.kind, frame.level = ("quotation" if frame.quoted else "paragraph"), None

    def _is_entry(self, element: Element, parent: _Frame) -> bool:
        """Say whether an element is one entry among others, or a part of the page with its own heading."""
        tag = element.tag
        if len(self.frames) > DEEPEST:
            return False
        if tag in ("article", "section", "details"):
            return True
        if tag in ("tr", "dl", "td"):
            return tag != "td" or tree.has_heading(element)
        repeated = len(parent.element) > 1 and self._signatures(parent)[tree.signature(element)] > 1
        if not repeated and not markup.is_card(element.get("class")):
            return False
        return tree.has_heading(element) and self._has_text(element)

    def _signatures(self, parent: _Frame) -> Counter[tuple[str, str]]:
        """Count the children of an element that are made alike."""
        if parent.signatures is None:
            parent.signatures = Counter(map(tree.signature, parent.element))
        return parent.signatures

    def _has_text(self, element: Element) -> bool:
        """Say whether there is enough text beyond the headings; what stands inside an element without has none."""
        if self.bare is not None and any(frame.element is self.bare for frame in self.frames):
            return False
        if tree.has_text_beyond_heading(element, ENTRY_TEXT):
            return True
        self.bare = element
        return False

    # ---- text

    def _flush(self) -> None:
        """End the block being read, if it has any text."""
        if not self.words:
            return
        if self.link is not None:  # a link around whole blocks belongs to each of them
            href, start = self.link
            self._add_link(href, " ".join("".join(self.words[start:]).replace(BREAK, " ").split()))
        text, links = "".join(self.words), tuple(self.links)
        self.words.clear()
        self.links.clear()
        if self.link is not None:
            self.link = (self.link[0], 0)
        if not text or text.isspace():  # what stands between most elements
            return
        frame = self.frames[-1]
        if BREAK not in text or frame.kind in ("heading", "table_row"):
            if frame.kind == "table_row":
                text = _FACT_BELOW.sub(" | ", text)
            self._emit(frame.kind, text.replace(BREAK, " "), frame, links=links)
            return
        for line in split_lines(text):
            kept = tuple(link for link in links if link.text in line.text)
            self._emit(line.kind or frame.kind, line.text, frame, links=kept, line=line)

    def _emit(
        self, kind: BlockKind, text: str, frame: _Frame, *, level: int | None = None, links: tuple[Link, ...] = (),
        line: Line | None = None,
    ) -> None:  # fmt: skip
        text = " ".join(text.split())
        if not (text[:1].isalnum() or _SAYS.search(text)):
            return
        self.reading.blocks.append(
            RawBlock(
                kind=kind,
                text=text,
                path=frame.path,
                level=level or frame.level or (1 if line and line.kind == "list_item" else None),
                ordered=(line.ordered if line and line.kind else frame.ordered) and kind == "list_item",
                group=frame.group,
                declared=frame.declared,
                links=links,
            )
        )
