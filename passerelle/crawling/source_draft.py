"""A first description of a site, written after a look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import yaml
from protego import Protego
from pydantic import ValidationError

from passerelle.crawling.discovery.feeds import read_feed
from passerelle.crawling.discovery.links import PageLinks, page_links, primary_language
from passerelle.crawling.discovery.pages import Element, Page, parse_page, tokens, words_of
from passerelle.crawling.discovery.sitemaps import read_sitemap
from passerelle.crawling.fetching.answers import Answer, Failure, Outcome
from passerelle.crawling.fetching.settings import PRODUCT
from schemas.base import LANGUAGES, LanguageMap
from schemas.source import Source
from schemas.urls import host_of, normal_url

Fetch = Callable[[str], Outcome]

SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
FEEDS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
"""Where sites have them when they do not say."""

_MOST = 3
"""Sitemaps and feeds looked at, of those that a site declares."""

PACE = 5.0
"""Seconds between two requests, until somebody knows how much the site can bear."""

_COMMENTS = re.compile(r"comment(?:s|aires)?\b", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s+[|–—·•]\s+|\s+-\s+")
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero)/(\d\.\d))")
_WELCOME = re.compile(r"accueil|home(?: ?page)?|bienvenue|welcome|page d[’']accueil", re.IGNORECASE)
_PROVINCES = frozenset({"qc", "on", "nb", "gc", "gouv"})
_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_HEADING = (
    "# Ébauche : relisez chaque champ, confirmez les conditions avec l’éditeur, puis mettez enabled à true.",
    "# Draft: read every field over, confirm the terms with the publisher, then set enabled to true.",
)
_FIELD = re.compile(r"( {0,2})([a-z_]+):")


class DraftError(Exception):
    """A site that cannot be described; the message says why, in both languages."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(f"{french} / {english}")
        self.said = LanguageMap(fr=french, en=english)


@dataclass(frozen=True)
class SourceDraft:
    """A source file to be read over by a person, and what was seen on the way."""

    name: str
    text: str
    notes: tuple[LanguageMap, ...]


def draft_source(url: str, fetch: Fetch, *, template: str, name: str | None = None) -> SourceDraft:
    """Look at a site's home page, robots.txt, sitemaps and feeds, and write its source file, disabled.

    Args:
        url: the site's home page.
        fetch: fetches one URL; asked about a dozen times at most.
        template: a source file whose comments the draft takes over: sources/exemple.yml.
        name: the source's name; made from the host when absent.

    Raises:
        DraftError: the home page cannot be fetched or is no page, or the name is none.
    """
    look = _Look(fetch)
    home = look.at_home(url if "://" in url else f"https://{url}")
    robots = look.at_robots(home.url)
    start = [*look.for_sitemaps(home.url, robots), *look.for_feeds(home), {"kind": "listing", "url": home.url}]
    values = _values(look, home, _name(home.url) if name is None else name, start, robots)
    text = write_source(template, values)
    try:
        Source.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        said = error.errors()[0]
        where = f"{'.'.join(map(str, said['loc']))}: {said['msg']}"
        raise DraftError(f"aucune source ne peut être décrite ainsi : {where}", f"no source is so: {where}") from error
    return SourceDraft(values["name"], text, tuple(look.notes))


@dataclass(frozen=True)
class _Home:
    url: str
    page: Page
    links: PageLinks


@dataclass
class _Look:
    fetch: Fetch
    notes: list[LanguageMap] = field(default_factory=list)

    def note(self, french: str, english: str) -> None:
        self.notes.append(LanguageMap(fr=french, en=english))

    def body(self, url: str) -> bytes | None:
        outcome = self.fetch(url)
        return outcome.body if isinstance(outcome, Answer) and 200 <= outcome.status < 300 else None

    def at_home(self, url: str) -> _Home:
        if normal_url(url) is None:
            raise DraftError(f"« {url} » n’est pas une adresse http ou https", f"“{url}” is no http or https URL")
        outcome = self.fetch(url)
        if not isinstance(outcome, Answer):
            why = outcome.message if isinstance(outcome, Failure) else "304"
            if isinstance(outcome, Failure) and outcome.kind == "refused-address":
                raise DraftError(
                    f"{url} ne peut pas être lue : {why}; si c’est un site de votre réseau, nommez HÔTE:PORT dans "
                    "PASSERELLE_ALLOW_HOSTS",
                    f"{url} cannot be read: {why}; if it is a site on your own network, name HOST:PORT in "
                    "PASSERELLE_ALLOW_HOSTS",
                )
            raise DraftError(f"{url} ne peut pas être lue : {why}", f"{url} cannot be read: {why}")
        page = parse_page(outcome.body, outcome.url) if outcome.media_type in _WEB_PAGES else None
        if page is None:
            raise DraftError(f"{url} n’est pas une page web", f"{url} is no web page")
        if normal_url(outcome.url) != normal_url(url):
            self.note(f"{url} mène à {outcome.url}", f"{url} leads to {outcome.url}")
        return _Home(outcome.url, page, page_links(outcome.body, outcome.url))

    def at_robots(self, home: str) -> Protego:
        body = self.body(urljoin(home, "/robots.txt"))
        robots = Protego.parse((body or b"").decode("utf-8-sig", "replace"))
        if body is None:
            self.note("pas de robots.txt lisible", "no readable robots.txt")
        if delay := robots.crawl_delay(PRODUCT):
            self.note(f"robots.txt demande {delay:g} s entre deux demandes", f"robots.txt asks for {delay:g} s a page")
        return robots

    def for_sitemaps(self, home: str, robots: Protego) -> list[dict[str, str]]:
        declared = [urljoin(home, url) for url in robots.sitemaps]
        found = []
        for url in declared[:_MOST] or [urljoin(home, path) for path in SITEMAPS]:
            body = self.body(url)
            sitemap = read_sitemap(body, url) if body else None
            if sitemap and (sitemap.pages or sitemap.children):
                pages, children = len(sitemap.pages), len(sitemap.children)
                self.note(
                    f"plan du site {url} : {pages} page(s), {children} autre(s) plan(s)",
                    f"sitemap {url}: pages {pages}, further sitemaps {children}",
                )
                found.append({"kind": "sitemap", "url": url})
        return found if declared else found[:1]

    def for_feeds(self, home: _Home) -> list[dict[str, str]]:
        declared = [url for url in home.links.feeds if not _COMMENTS.search(url)]
        found = []
        for url in declared[:_MOST] or [urljoin(home.url, path) for path in FEEDS]:
            body = self.body(url)
            feed = read_feed(body, url) if body else None
            if feed and feed.usable:
                self.note(
                    f"flux {url} ({feed.version}) : {len(feed.entries)} entrée(s)",
                    f"feed {url} ({feed.version}): entries {len(feed.entries)}",
                )
                found.append({"kind": "feed", "url": url})
        return found if declared else found[:1]


def _values(look: _Look, home: _Home, name: str, start: list[dict[str, str]], robots: Protego) -> dict[str, Any]:
    root = home.page.root
    title = _title(root) or host_of(home.url) or name
    languages = _languages(look, home)
    generator = _meta(root, "generator")
    deny = [r"[?&](s|replytocom|share|print)="]
    if generator:
        look.note(f"le site est fait avec {generator}", f"the site is made with {generator}")
        deny += [r"/wp-(admin|login|json)"] if "wordpress" in generator.lower() else []
    host = host_of(home.url) or ""
    return {
        "name": name,
        "title": {language: title if language in languages else None for language in LANGUAGES},
        "home": home.url,
        "publisher": title,
        "hosts": _hosts(host),
        "licence": _licence(look, home),
        "languages": languages,
        "family": "auto",
        "enabled": False,
        "demonstration": False,
        "regions": [],
        "min_initiatives": 0,
        "drop_blocks": [],
        "withhold": [],
        "contact": None,
        "crawl": {
            "start": start,
            "allow": [],
            "deny": deny,
            "depth": 1,
            "max_pages": 200,
            "pace": max(PACE, min(robots.crawl_delay(PRODUCT) or 0.0, 3600.0)),
            "schedule": {"cron": "30 4 * * 1", "timezone": "America/Toronto"},
        },
    }


def _hosts(host: str) -> list[str]:
    """Give a host's two usual names; an IP address has one."""
    plain = host.removeprefix("www.")
    return [plain, f"www.{plain}"] if "." in host and not host.rpartition(".")[2].isdecimal() else [host]


def _name(url: str) -> str:
    labels = (host_of(url) or "").removeprefix("www.").split(".")
    if len(labels) > 1 and not labels[-1].isdecimal():
        labels = labels[:-1]
    if len(labels) > 1 and labels[-1] in _PROVINCES:
        labels = labels[:-1]
    return re.sub(r"[^a-z0-9]+", "-", "-".join(labels)).strip("-")[:63]


def _meta(root: Element, *names: str) -> str:
    for meta in root.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").strip().lower() in names:
            return " ".join((meta.get("content") or "").split())[:200]
    return ""


def _title(root: Element) -> str:
    if named := _meta(root, "og:site_name", "application-name"):
        return named
    parts = [part for title in root.iter("title") for part in _TITLE_PARTS.split(words_of(title)) if part]
    return next((part for part in parts if not _WELCOME.fullmatch(part)), "")[:200]


def _languages(look: _Look, home: _Home) -> list[str]:
    declared = {primary_language(home.page.root.get("lang")), *(partner.language for partner in home.links.partners)}
    found: list[str] = [language for language in LANGUAGES if language in declared]
    if not found:
        look.note("la page ne dit pas sa langue; « fr » est supposé", "the page says no language; fr is a guess")
    return found or ["fr"]


def _licence(look: _Look, home: _Home) -> dict[str, str | None]:
    for link in home.page.root.iter("a", "link"):
        if "license" in tokens(link.get("rel")) and (url := home.page.resolve(link.get("href"))):
            spdx = _spdx(url)
            look.note(f"licence déclarée : {url}", f"licence declared: {url}")
            return {"name": spdx or url, "spdx": spdx, "url": url, "attribution": None}
    return {
        "name": "All rights reserved / Tous droits réservés — terms to be confirmed with the publisher",
        "spdx": None,
        "url": None,
        "attribution": None,
    }


def _spdx(url: str) -> str | None:
    match = _CREATIVE_COMMONS.search(url)
    if match is None:
        return None
    return f"CC-{match[1].upper()}-{match[2]}" if match[1] else f"CC0-{match[4]}"


def write_source(template: str, values: dict[str, Any]) -> str:
    """Write a source file with the comments of another, apart from its heading, and values of its own."""
    _, _, body = template.partition("\n\n")
    lines = [f"# {values['title']['fr'] or values['title']['en']}", *_HEADING, ""]
    in_crawl = False
    for line in body.splitlines():
        match = _FIELD.match(line)
        if not line.strip() or line.lstrip().startswith("#"):
            lines.append(line)
        elif match and not match[1]:
            in_crawl = match[2] == "crawl"
            lines += ["crawl:"] if in_crawl else _dump(match[2], values[match[2]])
        elif match and in_crawl and len(match[1]) == len("  "):
            lines += [f"  {row}" for row in _dump(match[2], values["crawl"][match[2]])]
    return "\n".join(lines) + "\n"


def _dump(key: str, value: object) -> list[str]:
    return str(yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=1000)).splitlines()
