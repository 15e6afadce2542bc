"""Which pairs of drafts are worth comparing, so that the work grows with the drafts and not with their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from passerelle.matching.partition import Pair, pair
from passerelle.matching.profiles import Profile, page_name

CROWD = 200
"""More drafts than this under one organisation or word are compared only where their names share a word too."""

_LANGUAGE_STEPS = frozenset({"fr", "en", "fr-ca", "en-ca"})


def candidate_pairs(found: Mapping[str, Profile], links: Iterable[Pair]) -> list[Pair]:
    """Give the pairs that share an organisation, a telling word, a whole name, or a link between their pages.

    Pairs of one page are never among them.
    """
    buckets: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, profile in sorted(found.items()):
        for bucket in _buckets(profile):
            buckets[bucket].append(key)
    by_page: defaultdict[str, list[str]] = defaultdict(list)
    for key, profile in sorted(found.items()):
        by_page[profile.page].append(key)
    pairs = {pair(one, two) for left, right in links for one in by_page[left] for two in by_page[right]}
    for keys in buckets.values():
        for few in _crowded(keys, found):
            pairs.update(pair(one, two) for one, two in combinations(few, 2))
    return sorted((one, two) for one, two in pairs if found[one].page != found[two].page)


def _buckets(profile: Profile) -> Iterator[tuple[str, ...]]:
    if profile.lead:
        yield ("organization", profile.lead)
    for organization in sorted(profile.organizations - {profile.lead}):
        yield ("site and organization", profile.site, organization)
    for word in sorted(profile.tokens):
        yield ("word", word)
    for name in {" ".join(sorted(name)) for name in profile.names}:
        yield ("name", name)
    if any(profile.ages):
        yield ("site and ages", profile.site, *map(str, profile.ages))


def _crowded(keys: Sequence[str], found: Mapping[str, Profile]) -> Iterator[Sequence[str]]:
    if len(keys) <= CROWD:
        yield keys
        return
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        for name in {" ".join(sorted(name)) for name in found[key].names}:
            by_name[name].append(key)
    yield from (few[:CROWD] for few in by_name.values())


def page_links(found: Mapping[str, Profile]) -> set[Pair]:
    """Give the pairs of pages that are one page in two languages, by hreflang or by URLs that differ in /en/ alone.

    A page named by several pages of one language is none of theirs (all pages of some sites name the English home
    page), unless it names one of them back.
    """
    pages = {profile.page: profile for profile in found.values()}
    named = {(profile.page, target) for profile in pages.values() for target in profile.alternates if target in pages}
    named |= _url_twins(pages)
    either: defaultdict[str, set[str]] = defaultdict(set)
    for one, two in named:
        if pages[one].language != pages[two].language:
            either[one].add(two)
            either[two].add(one)
    kept = set()
    for one, two in named:
        both = (two, one) in named
        if two in either[one] and (both or len(either[one]) == len(either[two]) == 1):
            kept.add(pair(one, two))
    return kept


def _url_twins(pages: Mapping[str, Profile]) -> set[Pair]:
    plain: defaultdict[str, list[str]] = defaultdict(list)
    for page in sorted(pages):
        if urlsplit(page).hostname:
            steps = page_name(page).split("/")
            plain["/".join(step for step in steps if step.lower() not in _LANGUAGE_STEPS)].append(page)
    return {
        twin
        for group in plain.values()
        for one, two in combinations(group, 2)
        if pages[one].language != pages[two].language
        for twin in ((one, two), (two, one))
    }
