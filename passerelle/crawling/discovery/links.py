"""The links of a page, its versions in other languages, and what it says of its own address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from passerelle.crawling.discovery.pages import Element, Page, is_filled_by_script, parse_page, tokens, words_of
from schemas.urls import normal_url

MAX_LINKS = 5_000
"""Links of one page."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_TONGUE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SWITCHES = {
    "fr": frozenset({"fr", "fra", "français", "francais", "french", "version française", "page en français"}),
    "en": frozenset({"en", "eng", "english", "anglais", "english version", "page in english"}),
}
"""What a link to the same page in another language says."""


@dataclass(frozen=True)
class Partner:
    """The same page in another language."""

    language: str
    """Two letters, without the country; ``x-default`` as it is."""
    url: str


@dataclass(frozen=True)
class PageLinks:
    """What the links of a page say; all URLs are absolute, without fragment, each once."""

    links: tuple[str, ...] = ()
    """Pages linked and not marked ``nofollow``, in the order of the page; none where the page itself asks for none."""
    partners: tuple[Partner, ...] = ()
    """Versions in other languages: declared ones (``hreflang``) first, then those that a language switch leads to."""
    canonical: str | None = None
    """The address that the page would rather have, where it is on the same site: a hint."""
    refresh: str | None = None
    """Where a ``<meta http-equiv=refresh>`` leads."""
    feeds: tuple[str, ...] = ()
    nofollow: bool = False
    """Whether the page asks that none of its links be followed."""
    truncated: bool = False
    """Whether there were more links than are read."""
    scripted: bool = False
    """Whether a script is to fill the page."""

    def partners_in(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Give the URLs of the partners in some languages."""
        wanted = frozenset(languages)
        return tuple(dict.fromkeys(partner.url for partner in self.partners if partner.language in wanted))


def page_links(html: bytes | str, url: str) -> PageLinks:
    """Read the links of a page found at a URL; never fails, whatever the bytes."""
    page = parse_page(html, url)
    if page is None:
        return PageLinks()
    nofollow = _asks_nofollow(page.root)
    links, truncated = ((), False) if nofollow else _links(page)
    return PageLinks(
        links=links,
        partners=_partners(page),
        canonical=_canonical(page),
        refresh=_refresh(page),
        feeds=_feeds(page),
        nofollow=nofollow,
        truncated=truncated,
        scripted=is_filled_by_script(html, page),
    )


def page_key(url: str, canonical: str | None) -> str | None:
    """Give the normal URL that a page is known by, given what it says of its own address.

    The canonical address is believed where it differs in scheme, ``www.``, query, letter case or trailing slash only.
    Where it names another path, as on sites whose every page claims to be the home page, it is not.
    """
    own, hinted = normal_url(url), normal_url(canonical) if canonical else None
    if own is None or hinted is None:
        return own
    return hinted if _bare(own) == _bare(hinted) else own


def _bare(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/").casefold()


def _links(page: Page) -> tuple[tuple[str, ...], bool]:
    found: dict[str, str] = {}
    for anchor in page.root.iter("a", "area"):
        if is_followed(anchor) and (target := page.resolve(anchor.get("href"))):
            if len(found) == MAX_LINKS:
                return tuple(found.values()), True
            found.setdefault(normal_url(target) or target, target)
    found.pop(normal_url(page.url) or page.url, None)
    return tuple(found.values()), False


def is_followed(anchor: Element) -> bool:
    """Say whether a link may be followed: it leads somewhere, and the page does not ask to leave it."""
    reference = (anchor.get("href") or "").strip()
    return bool(reference) and not reference.startswith("#") and "nofollow" not in tokens(anchor.get("rel"))


def _asks_nofollow(root: Element) -> bool:
    for meta in root.iter("meta"):
        asked = tokens((meta.get("content") or "").replace(",", " "))
        if (meta.get("name") or "").strip().lower() in {"robots", "passerelle"} and asked & {"nofollow", "none"}:
            return True
    return False


def _partners(page: Page) -> tuple[Partner, ...]:
    declared = (
        (link.get("hreflang"), link.get("href"))
        for link in page.root.iter("link")
        if "alternate" in tokens(link.get("rel")) and link.get("hreflang")
    )
    found: dict[tuple[str, str], Partner] = {}
    own = normal_url(page.url)
    for said in (declared, _switches(page)):
        known = {language for language, _ in found}  # a declared version is surer than where a switch leads
        for tongue, reference in said:
            language, target = primary_language(tongue), page.resolve(reference)
            if language and target and language not in known and normal_url(target) != own:
                found.setdefault((language, normal_url(target) or target), Partner(language, target))
    return tuple(found.values())


def _switches(page: Page) -> Iterable[tuple[str, str | None]]:
    """Yield the links whose whole text is the name of a language; other links may lead to texts in that language."""
    for anchor in page.root.iter("a"):
        text = words_of(anchor) if len(anchor) < 5 else ""
        if 2 <= len(text) <= 20:
            said = text.casefold()
            yield from ((tongue, anchor.get("href")) for tongue, names in _SWITCHES.items() if said in names)


def primary_language(tag: str | None) -> str | None:
    """Give the two letters of a language tag (``fr-CA`` → ``fr``), or ``x-default``; ``None`` for what is no tag."""
    said = (tag or "").strip().lower()
    if said == "x-default":
        return said
    match = _TONGUE.fullmatch(said)
    return match[1] if match else None


def _canonical(page: Page) -> str | None:
    for link in page.root.iter("link"):
        if "canonical" in tokens(link.get("rel")) and (target := page.resolve(link.get("href"))):
            return target if _same_site(target, page.url) else None
    return None


def _same_site(one: str, other: str) -> bool:
    hosts = [(urlsplit(url).hostname or "").lower().removeprefix("www.") for url in (one, other)]
    return hosts[0] == hosts[1]


def _refresh(page: Page) -> str | None:
    for meta in page.root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.match((meta.get("content") or "")[:4096])
            return page.resolve(match[1]) if match else None
    return None


def _feeds(page: Page) -> tuple[str, ...]:
    links = (
        page.resolve(link.get("href"))
        for link in page.root.iter("link")
        if "alternate" in tokens(link.get("rel")) and (link.get("type") or "").strip().lower() in _FEED_TYPES
    )
    return tuple(dict.fromkeys(url for url in links if url))
