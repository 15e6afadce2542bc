"""What a page says of itself outside its text: JSON-LD, OpenGraph, meta and link elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from extractors.documents.container import folded
from extractors.documents.language import declared_language
from extractors.documents.published import read_days
from schemas.document import PageMetadata

Element: TypeAlias = Any
"""An lxml element; lxml has no type stubs."""

_ARTICLE = re.compile(r"Article|Posting|Report|Review|Event|Project|Service|Organization|NGO|WebPage$|CreativeWork")
_STORIES = re.compile(r"Article|BlogPosting|Posting|Report")
_SEPARATOR = re.compile(r"\s+[|–—·»•:/-]+\s+|\s*\|\s*|\s+::\s+")
_URL = re.compile(r"https?://|www\.|^/|facebook\.com", re.IGNORECASE)
TITLE_WORDS = 4
"""Words from which the only main heading of a page is its title, whatever search engines and networks are told."""

JSON_LD_LIMIT = 200_000
"""Characters of one JSON-LD block; longer ones are product lists, not descriptions of the page."""


def read_metadata(root: Element, join: Callable[[str], str], url: str = "", latest: str | None = None) -> PageMetadata:
    """Read a page's metadata from its unstripped tree.

    ``join`` makes addresses absolute; ``latest`` is the day on which the page was fetched, after which no date counts.
    """
    meta = _meta(root)
    items = tuple(_json_ld(root))
    story = _main_item(items)
    dated = (story, *items)
    heads = [(_text(heading), _names_site(heading)) for heading in root.iter("h1")]
    site = meta.get("og:site_name") or _site_name(items) or next((text for text, own in heads if own and text), None)
    canonical, alternates = _links(root, join)
    locale = meta.get("og:locale") or meta.get("content-language")
    declared = [declared_language(tag) for tag in (root.get("lang") or root.get("{*}lang"), locale)]
    published, modified = read_days(root, dated, meta, url, latest)
    title = _title(root, meta, story, [text for text, own in heads if text and not own], site)
    site = site or _site_after(title, next((_text(found) for found in root.iter("title")), ""))
    return PageMetadata(
        title=title,
        site_name=site,
        description=meta.get("og:description") or meta.get("description") or meta.get("twitter:description"),
        language=next((language for language in declared if language != "unknown"), "unknown"),
        canonical_url=canonical,
        alternates=alternates,
        published=published,
        modified=modified,
        authors=_authors(root, meta, story, site),
        kind=_kind(story) or meta.get("og:type"),
        generator=meta.get("generator"),
        json_ld=items,
    )


_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


# ---- JSON-LD


def _json_ld(root: Element) -> Iterator[dict[str, object]]:
    """Read each JSON-LD block by itself: a broken one costs only itself."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) <= JSON_LD_LIMIT:
            yield from _items(_decode(script.text))


_DAYS = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]*)"')
_STORY_KIND = re.compile(r'"@type"\s*:\s*"(\w*Article|\w*Posting|Report)"')


def _decode(text: str) -> Any:
    """Decode a block; one that is broken still tells the days of a single story."""
    cleaned = (
        re.sub(r"^\s*(<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(-->|//\s*\]\]>|\]\]>)\s*$", "", text.strip())
        .strip()
        .rstrip(";")
    )
    for candidate in (cleaned, re.sub(r",\s*([}\]])", r"\1", cleaned)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    kinds, days = _STORY_KIND.findall(cleaned), dict(_DAYS.findall(cleaned))
    return {"@type": kinds[0], **days} if days and len(kinds) == 1 else None


def _items(value: Any) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for inner in value:
            yield from _items(inner)
    elif isinstance(value, dict):
        graph = value.get("@graph")
        if isinstance(graph, list):
            yield from _items(graph)
        else:
            yield value


def _kind(item: dict[str, object]) -> str | None:
    kind = item.get("@type")
    if isinstance(kind, list):
        kind = next((one for one in kind if isinstance(one, str)), None)
    return kind if isinstance(kind, str) else None


def _main_item(items: tuple[dict[str, object], ...]) -> dict[str, object]:
    """Choose the item that describes the page: an article before anything else of interest."""
    for wanted in (_STORIES, _ARTICLE):
        for item in items:
            if wanted.search(_kind(item) or ""):
                return item
    return {}


def _site_name(items: tuple[dict[str, object], ...]) -> str | None:
    for item in items:
        if _kind(item) == "WebSite" and (name := _string(item.get("name"))):
            return name
    return None


def _string(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    text = " ".join(html.unescape(value).split()) if isinstance(value, str) else ""
    return text or None


# ---- links


def _links(root: Element, join: Callable[[str], str]) -> tuple[str | None, dict[str, str]]:
    canonical: str | None = None
    alternates: dict[str, str] = {}
    for element in root.iter("link"):
        rel, href = (element.get("rel") or "").lower().split(), (element.get("href") or "").strip()
        if not href:
            continue
        if "canonical" in rel:
            canonical = canonical or join(href)
        elif "alternate" in rel and (language := element.get("hreflang")):
            alternates.setdefault(language.lower(), join(href))
    return canonical, alternates


# ---- title


_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|(?:fr|en)/?)?$")
_SITE_MARK = re.compile(r"(?:^|[-_\s])(?:site-?(?:title|name|logo)|logo|brand|blog-?title|custom-logo)(?=$|[-_\s])")


def _names_site(heading: Element) -> bool:
    """Say whether a main heading is the site's name: it is named so, or all of it leads to the home page."""
    holder = heading.getparent()
    marks = " ".join(
        (element.get("class") or "") + " " + (element.get("id") or "")
        for element in (heading, holder)
        if element is not None
    ).lower()
    if _SITE_MARK.search(marks):
        return True
    link = heading.find(".//a[@href]")
    return link is not None and bool(_HOME.match(link.get("href").strip())) and _text(link) == _text(heading)


def _title(
    root: Element, meta: dict[str, str], story: dict[str, object], heads: list[str], site: str | None
) -> str | None:
    """Choose the title: what two sources agree on, without the site's name."""
    headline = _string(story.get("headline")) if _STORIES.search(_kind(story) or "") else None
    social = meta.get("og:title") or meta.get("twitter:title") or meta.get("dc.title")
    element = next((text for found in root.iter("title") if (text := _text(found))), None)
    named = [text for text in (headline, social) if text] or [text for text in (element,) if text]
    lower = [] if heads else [_text(heading) for heading in root.iter("h2")]
    for head in (*heads, *lower):
        agreed = len(head) > 3 and any(folded(head) and folded(head) in folded(text) for text in named)
        if agreed and folded(head) != folded(site or ""):
            return head
    if len(heads) == 1 and len(heads[0].split()) >= TITLE_WORDS and folded(heads[0]) != folded(site or ""):
        return _without_rubric(heads[0], [without_site(text, site) for text in named])
    if headline:
        return headline
    if social:
        return without_site(social, site)
    if len(heads) == 1 and not element:
        return heads[0]
    return without_site(element, site) if element else (heads[0] if heads else None)


def _site_after(title: str | None, element: str) -> str | None:
    """Give what follows the page's own title in the title element: 'Exemple | Maison Exemple'."""
    parts = [part for part in _SEPARATOR.split(element) if part]
    own = title is not None and len(parts) > 1 and folded(parts[0]) == folded(title)
    last = parts[-1] if parts else ""
    apart = len(parts) == 2 or (len(parts) == 3 and element.rpartition(last)[0].rstrip().endswith("|"))
    return last if own and apart else None


def _without_rubric(head: str, named: list[str]) -> str:
    """Give the title that a heading ends with after its rubric: "Actualités | Titre"."""
    ends = (text for text in named if len(text.split()) >= TITLE_WORDS and folded(head).endswith(folded(text)))
    return next(ends, head)


def without_site(title: str, site: str | None) -> str:
    """Take the site's name off a title's end or start."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    if site:
        kept = [part for part in parts if folded(part) != folded(site)]
        if kept and len(kept) < len(parts):
            start = title.find(kept[0])
            return title[start : title.rfind(kept[-1]) + len(kept[-1])]
    last = _SEPARATOR.split(title)[-1]
    head = title[: title.rfind(last)]
    head = re.sub(r"[\s|–—·»•:/-]+$", "", head)
    return head if len(last.split()) <= 5 and len(head) > len(last) else title


# ---- authors


def _authors(root: Element, meta: dict[str, str], story: dict[str, object], site: str | None) -> tuple[str, ...]:
    """Read the authors: JSON-LD, then meta, then bylines; a site that names itself has named nobody.

    The account that published the page counts only where no byline has a name.
    """
    account: tuple[str, ...] = ()
    told = story.get("author")
    by_meta = next((meta[name] for name in _AUTHOR if name in meta), None)
    for names in ([_string(one) for one in (told if isinstance(told, list) else [told])], [by_meta], _bylines(root)):
        clean = (clean_author(name) for name in names if name)
        found = tuple(dict.fromkeys(name for name in clean if name and folded(name) != folded(site or "")))
        if found and not all(map(is_account, found)) and (not account or all(map(_PROPER.fullmatch, found))):
            return found
        account = account or found
    return account


_BYLINE = re.compile(r"(?:^|[-_\s])(?:author|byline|auteur|by-author|author-name|signature)(?=$|[-_\s])")


_BYLINE_LENGTH = 120
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'.-]+(?: (?!\w+day\b)[A-ZÀ-ÖØ-Þ][\w’'.-]+){1,3}"
_PROPER = re.compile(_NAME)
_SEVERAL = re.compile(
    rf"(?:(?:[Bb]y|[Pp]ar|[Tt]extes?(?: de)?)\s*:?\s+)?({_NAME}),? (?:and|et|&) ({_NAME})(?=,|$| [|–—-])"
)
"""A byline of two people: 'By Anne Example and Luc Example, The Paper'."""


@lru_cache(maxsize=8192)
def _is_byline_mark(marks: str) -> bool:
    """Say whether relation, property or class name an element after an author; most come again and again on a page."""
    return _BYLINE.search(marks) is not None


def _bylines(root: Element) -> Iterator[str]:
    for element in root.iter("a", "span", "p", "div", "address"):
        marks = " ".join((element.get("rel") or "", element.get("itemprop") or "", element.get("class") or "")).lower()
        if _is_byline_mark(marks):
            text = _text(element)
            if (several := _SEVERAL.match(text)) and len(text) <= _BYLINE_LENGTH:
                yield from several.groups()
                return
            if 0 < len(text) <= _BYLINE_LENGTH // 2:
                yield text
                return


_NOT_A_NAME = frozenset(
    (
        "admin",
        "site admin",
        "web admin",
        "administrator",
        "administrateur",
        "webmaster",
        "editor",
        "no author",
        "anonymous",
        "anonyme",
        "webdesk",
        "web desk",
        "newsroom",
        "news desk",
        "rédaction",
        "la rédaction",
    )
)
_ACCOUNT = re.compile(r"[a-z][a-z0-9._-]+")


def is_account(name: str) -> bool:
    """Say whether a name is that of an account which published the page: one word in small letters."""
    return _ACCOUNT.fullmatch(name) is not None


_BEFORE_NAME = re.compile(
    r"(?:(?:posted|published|publié)\b.{0,40}?\b)?(?:by|par|written by|écrit par|textes? de|"
    r"textes?(?=\s*:?\s+[A-ZÀ-Ý])|propos recueillis par)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s*[|,–-]\s*(?:staff|journaliste|reporter|rédact.*|@.*)$"
    r"|\s+(?:on\s+|le\s+)?(?:\d{1,2}\s+)?\w{3,10}\.?\s+(?:\d{1,2},?\s+)?"
    r"(?:19|20)\d\d\b.*$",
    re.IGNORECASE,
)


def clean_author(name: str) -> str | None:
    """Take "By", "Par", dates and the like off a name; nothing for an address or an account."""
    name = _BEFORE_NAME.sub("", name.strip(), count=1) if _BEFORE_NAME.match(name.strip()) else name.strip()
    name = _AFTER_NAME.sub("", name).strip(" ,;|-–")
    if not name or _URL.search(name) or len(name) > 80 or name.lower() in _NOT_A_NAME:
        return None
    return name
