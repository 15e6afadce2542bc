"""Which names stand for one organisation, and the record that each organisation gets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, combinations

from passerelle.matching.gathering import Gathered, Mention
from passerelle.matching.identities import SourceKey, leading_key, organization_key
from passerelle.matching.names import (
    SHORT_FORM,
    compact,
    gazetteer_body,
    name_key,
    name_words,
    page_short_forms,
    short_forms,
)
from passerelle.matching.partition import Pair, Partition
from passerelle.matching.text import same_word, weight, words
from schemas.drafts import OrganizationMention
from schemas.gazetteer import places
from schemas.working import Verdict

_ARTICLE = re.compile(r"(?:L[ae]s?|The) |L['’]")
CROWD = 200
"""Names that share all words but one are compared up to this number; a larger crowd is a chain's branches."""


class OrganizationBook:
    """Every organisation that pages name; groups go by the source key of their first name."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._shorts: dict[str, dict[str, str]] = {}
        self._known_keys: dict[tuple[str, OrganizationMention], str] = {}
        self._mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        by_page: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in gathered.mentions:
            by_page[mention.page.page].append(mention)
        for page, mentions in by_page.items():
            self._shorts[page] = page_short_forms(mentions)
            for mention in mentions:
                self._mentions[self._key(page, mention.organization)].append(mention)
        self.first_seen = {
            key: min(gathered.first_seen(mention.page.page) for mention in mentions)
            for key, mentions in self._mentions.items()
        }
        self._leaders: dict[str, str] = {key: key for key in self._mentions}
        self._groups: dict[str, list[str]] = {key: [key] for key in self._mentions}

    @property
    def source_keys(self) -> tuple[SourceKey, ...]:
        """Keys of all names with the first time that each was seen."""
        return tuple(SourceKey(key, "organization", seen) for key, seen in sorted(self.first_seen.items()))

    def unify(self, verdicts: Mapping[Pair, Verdict]) -> None:
        """Find the groups: what curators said, then gazetteer, spelling, acronyms and slips of the pen."""
        apart = [place for place, verdict in verdicts.items() if verdict == "different"]
        partition = Partition(self._mentions, apart)
        for (one, two), verdict in verdicts.items():
            if verdict == "same" and one in self._mentions and two in self._mentions:
                partition.join(one, two)
        for one, two in self._same_body():
            partition.join(one, two)
        for one, two in chain(self._same_spelling(), self._slips(), self._declared(partition), self._cut_short()):
            if len(self._bodies(partition, one) | self._bodies(partition, two)) < 2:
                partition.join(one, two)
        for group in partition.groups():
            leader = leading_key(group, self.first_seen)
            self._groups[leader] = group
            self._leaders.update(dict.fromkeys(group, leader))

    def group_of(self, page: str, organization: OrganizationMention) -> str:
        """Give the source key that leads the group of an organisation named on a page."""
        return self._leaders[self._key(page, organization)]

    def leader(self, key: str) -> str:
        """Give the source key that leads a key's group."""
        return self._leaders[key]

    def keys(self, leader: str) -> list[str]:
        """Give the source keys of a group."""
        return self._groups[leader]

    def mentions(self, leader: str) -> list[Mention]:
        """Give everything that pages say of one organisation, in the order of pages."""
        return [mention for key in self._groups[leader] for mention in self._mentions[key]]

    def seen(self, leader: str) -> tuple[datetime, datetime]:
        """Give the first and the last time that a page naming this organisation was seen."""
        pages = {mention.page.page for mention in self.mentions(leader)}
        return min(map(self._gathered.first_seen, pages)), max(map(self._gathered.last_seen, pages))

    def _key(self, page: str, organization: OrganizationMention) -> str:
        asked = (page, organization)
        if asked not in self._known_keys:
            key = name_key(organization)
            self._known_keys[asked] = organization_key(self._shorts[page].get(key, key))
        return self._known_keys[asked]

    def _bodies(self, partition: Partition, key: str) -> set[str]:
        mentions = (mention for member in partition.members(key) for mention in self._mentions[member])
        return {m.organization.gazetteer_id for m in mentions if m.organization.gazetteer_id}

    def _same_body(self) -> Iterator[Pair]:
        first: dict[str, str] = {}
        for key, mentions in sorted(self._mentions.items()):
            for body in sorted({m.organization.gazetteer_id for m in mentions if m.organization.gazetteer_id}):
                yield first.setdefault(body, key), key

    def _same_spelling(self) -> Iterator[Pair]:
        first: dict[str, str] = {}
        for key in sorted(self._mentions):
            yield first.setdefault(compact(key), key), key

    def _declared(self, partition: Partition) -> Iterator[Pair]:
        """Join a bare acronym with the one organisation that declares it; one claimed by two stays alone."""
        bare = {compact(key.split("|", 1)[1]): key for key in sorted(self._mentions)}
        claims: defaultdict[str, set[str]] = defaultdict(set)
        for key, mentions in self._mentions.items():
            for form in {form for mention in mentions for form in short_forms(mention.organization)} & bare.keys():
                claims[form].add(partition.find(key))
        for form, groups in sorted(claims.items()):
            others = groups - {partition.find(bare[form])}
            if len(others) == 1:
                yield others.pop(), bare[form]

    def _cut_short(self) -> Iterator[Pair]:
        """Join a name with the one longer name it begins, where pages name both beside the same third organisation."""
        beside: defaultdict[str, set[str]] = defaultdict(set)
        for key, mentions in self._mentions.items():
            beside[compact(key)] |= {mention.page.page for mention in mentions}
        on_page: defaultdict[str, set[str]] = defaultdict(set)
        for name, pages in beside.items():
            for page in pages:
                on_page[page].add(name)
        for short, longer in sorted(self._begun().items()):
            if short in self._mentions and len({compact(full) for full in longer}) == 1:
                here, there = (
                    {name for page in beside[compact(key)] for name in on_page[page]} for key in (short, longer[0])
                )
                if (here & there) - {compact(short), compact(longer[0])}:
                    yield longer[0], short

    def _begun(self) -> dict[str, list[str]]:
        """Give the keys that begin with the words of another key: two words or more, and not only common ones."""
        begun: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._mentions):
            found = key.split("|", 1)[1].split("@")[0].split("-")
            for length in range(2, len(found)):
                if sum(map(weight, found[:length])) >= SHORT_FORM:
                    begun[organization_key("-".join(found[:length]))].append(key)
        return begun

    def _slips(self) -> Iterator[Pair]:
        """Join names that are equal but for one letter of one long word, which is not a place."""
        crowds: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for key in sorted(self._mentions):
            found = key.split("|", 1)[1].split("-")
            for position, word in enumerate(found):
                rest = (*found[:position], "", *found[position + 1 :])
                if len(found) > 1:
                    crowds[rest].append((word, key))
        for crowd in crowds.values():
            if 1 < len(crowd) <= CROWD:
                for (word, key), (other, other_key) in combinations(crowd, 2):
                    if same_word(word, other) and not (_is_place(word) and _is_place(other)):
                        yield key, other_key


@cache
def _place_words() -> frozenset[str]:
    return frozenset(word for place in places() for name in (place.name, *place.other_names) for word in words(name))


def _is_place(word: str) -> bool:
    return word in _place_words()


def best_name(mentions: Sequence[Mention]) -> str:
    """Choose an organisation's name: the gazetteer's, else the fullest form, else the one on most pages."""
    for mention in mentions:
        if mention.organization.gazetteer_id:
            body = gazetteer_body(mention.organization.gazetteer_id)
            return (body and (body.name.fr or body.name.en)) or mention.organization.name
    pages = Counter(name for name, _ in {(m.organization.name.strip(), m.page.page) for m in mentions})
    return min(
        pages, key=lambda name: (-len(name_words(name)), name.isupper(), -pages[name], not _ARTICLE.match(name), name)
    )


def most_said(values: Iterable[str | None]) -> str | None:
    """Give the value said most often; of several, the first in the alphabet."""
    count = Counter(value for value in values if value)
    return min(count, key=lambda value: (-count[value], value)) if count else None
