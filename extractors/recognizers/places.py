"""Places of Québec that a passage names: regions, municipalities, neighbourhoods.

A name counts where the words around it leave no doubt; a place missed is better than a place invented. Places inside
the names of organisations, and the territories of known bodies, only count where the passage names no place itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from extractors.passage import Passage
from extractors.recognizers.fold import MEMORY, fold
from extractors.recognizers.lexicon import FIRST_NAMES
from extractors.recognizers.mentions import Mention, mentions_in
from extractors.recognizers.place_context import (
    Around,
    follows_region_word,
    is_city,
    is_dateline,
    is_elsewhere,
    is_place_here,
    wanted_kinds,
)
from extractors.recognizers.place_names import (
    KIND_WORDS,
    Entry,
    demonym_of,
    doubtful,
    longest_place,
    may_be_demonym,
    may_begin_place,
    resolve,
    trusted,
    words_of,
)
from extractors.recognizers.refused import Refused
from extractors.recognizers.tokens import Token, tokens_of
from schemas.base import PageLanguage
from schemas.document import Block
from schemas.drafts import Evidence, Found

_BEFORE, _AFTER = 60, 30
"""Characters before and after a name that are looked at."""
_BETWEEN = frozenset(("", "et", "ou", "and", "or", "&", "et à", "à", "and in"))
"""What stands between the places of a list, commas and brackets aside."""
_QUARTERS = frozenset(
    ("grand", "vieux", "vieille", "haut", "haute", "bas", "basse", "nord", "sud", "est", "ouest", "centre", "ville")
)
"""What may stand before a place's name in one word with it."""
_TOWN_HALL = re.compile(r"(?:Ville|Municipalité|Village|City|Town) (?:de |d[’']|du |des |of )")
_SEAT = re.compile(r"\w \b(?:de|d'|of|in|a) ?$")
"""Before the town that ends an organisation's name."""
_RIVER = re.compile(r"\b(?:du|le|au) $")
"""Before a saint's name it makes a river of it: le Saint-Maurice, but la ville de Saint-Maurice."""
_MOST_REGIONS = 2
"""A body whose territory is wider than this says nothing of where an initiative takes place."""


@dataclass(frozen=True)
class PlacesFound:
    """Where an initiative takes place; regions are two-digit codes, the others names as the gazetteer writes them."""

    regions: tuple[Found[str], ...] = ()
    municipalities: tuple[Found[str], ...] = ()
    neighbourhoods: tuple[Found[str], ...] = ()


@dataclass(slots=True)
class _Tally:
    """Evidence by value, in order of appearance."""

    regions: dict[str, list[Evidence]] = field(default_factory=dict)
    municipalities: dict[str, list[Evidence]] = field(default_factory=dict)
    neighbourhoods: dict[str, list[Evidence]] = field(default_factory=dict)

    def add(self, entry: Entry, evidence: Evidence) -> None:
        for region in entry.regions if len(entry.regions) <= _MOST_REGIONS else ():
            self.regions.setdefault(region, []).append(evidence)
        if entry.municipality and entry.kind != "mrc":
            self.municipalities.setdefault(entry.municipality, []).append(evidence)
        if entry.kind in ("neighbourhood", "borough", "former-municipality"):
            self.neighbourhoods.setdefault(entry.name, []).append(evidence)


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    entries: tuple[Entry, ...]
    weak: bool
    rule: str
    wanted: tuple[str, ...] = ()
    """Kinds of place that the words before the name ask for."""
    home: bool = False
    """Where an organisation has its seat: the town that ends its name."""


def read_places(p: Passage) -> PlacesFound:
    """Give the places that the passage names, as far as their names leave no doubt."""
    direct, weak, home = _Tally(), _Tally(), _Tally()
    hits = [(position, hit) for position, block in p.blocks for hit in _hits(block)]
    known = tuple({region for _, hit in hits if len(hit.entries) == 1 for region in hit.entries[0].regions})
    for position, hit in hits:
        for entry in resolve(hit.entries, known, hit.wanted):
            evidence = p.evidence(position, hit.start, hit.end, hit.rule)
            (weak if hit.weak else direct).add(entry, evidence)
            if hit.home:
                home.add(entry, evidence)
    regions = direct.regions or home.regions or weak.regions
    municipalities = direct.municipalities or ({} if direct.regions else home.municipalities)
    return PlacesFound(_found(regions), _found(municipalities), _found(direct.neighbourhoods))


def refused_places(p: Passage) -> Iterator[Refused]:
    """Give the names of places that the passage writes and that do not say where the initiative takes place."""
    read = [
        (position, reader, list(reader.read()))
        for position, block in p.blocks
        for reader in [_Reader(block.text, block.language)]
    ]
    named = any(not hit.weak for _, _, hits in read for hit in hits)
    for position, reader, hits in read:
        refused = list(reader.refused)
        for hit in hits:
            if len(hit.entries) > 1 and not resolve(hit.entries, (), hit.wanted):
                refused.append((hit.start, hit.end, "several-places"))
            elif hit.weak and named:
                refused.append((hit.start, hit.end, "aside"))
        for start, end, reason in refused:
            yield Refused(position, start, end, p.document.blocks[position].text[start:end], reason)


def _found(values: dict[str, list[Evidence]]) -> tuple[Found[str], ...]:
    return tuple(Found(value=value, evidence=tuple(evidence[:5])) for value, evidence in values.items())


@lru_cache(maxsize=32_768)
def _told_by(word: str) -> Literal["adjective", "name"] | None:
    """Say what tells a place at a folded word: it is an adjective of place, or names begin with it, if any does."""
    if may_be_demonym(word):
        return "adjective"
    return "name" if may_begin_place(word) else None


def _hits(block: Block) -> tuple[_Hit, ...]:
    return _hits_in(block.text, block.language)


@lru_cache(maxsize=MEMORY)
def _hits_in(text: str, language: PageLanguage) -> tuple[_Hit, ...]:
    """Read the places of a block, once for the several passages that it is in."""
    return tuple(_Reader(text, language).read()) if tokens_of(text) else ()


class _Reader:
    """Reads the places of one block; remembers where the last one ended, for lists of places."""

    def __init__(self, text: str, language: PageLanguage) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self._folded = fold(text)
        self._mentions = [mention for mention in mentions_in(text, language) if mention.rule != "project"]
        telling = {
            n
            for n, token in enumerate(self._tokens)
            if (told := _told_by(token.folded)) and (told == "adjective" or token.capital or token.folded in KIND_WORDS)
        }
        tokens = enumerate(self._tokens) if telling else ()
        self._words = [(word, n) for n, token in tokens for word in words_of(token.folded)]
        self._telling = [index for index, (_, n) in enumerate(self._words) if n in telling]
        """Places of the words at which a place may be read: most blocks have none."""
        self._spelled = [word for word, _ in self._words]
        self._reached = -1
        self.refused: list[tuple[int, int, str]] = []
        """Names of places that are none here: characters and reason."""

    def read(self) -> Iterator[_Hit]:
        yield from self._body_territories()
        after = 0
        for index in self._telling:
            if index >= after:
                after, hit = self._at(index)
                if hit is not None:
                    yield hit

    def _at(self, index: int) -> tuple[int, _Hit | None]:
        """Read what stands at a word: the index to go on from, and the place if there is one."""
        token = self._tokens[self._words[index][1]]
        begins = (token.capital or token.folded in KIND_WORDS) and self._may_begin(index)
        found = longest_place(self._spelled, index) if begins else None
        if found is None or not self._holds_together(index, found[0]):
            return index + 1, None if token.acronym else self._demonym(token)
        hit = self._judge(index, *found)
        if isinstance(hit, str):
            tokens = (self._tokens[self._words[place][1]] for place in (index, found[0] - 1))
            self.refused.append((next(tokens).start, next(tokens).end, hit))
            return index + 1, None
        self._reached = hit.end
        return found[0], hit

    def _may_begin(self, index: int) -> bool:
        """Say whether a name may begin at a word: not inside Pont-Levis, but inside Vieux-Longueuil."""
        first = index == 0 or self._words[index - 1][1] != self._words[index][1]
        return first or self._spelled[index - 1] in _QUARTERS

    def _holds_together(self, index: int, after: int) -> bool:
        """Say whether a name stands without punctuation inside, and its last word is capitalised."""
        first, last = self._words[index][1], self._words[after - 1][1]
        tokens = self._tokens
        gaps = (self._text[tokens[n].end : tokens[n + 1].start] for n in range(first, last))
        if any(between.strip(" \u00a0-–/!'’") for between in gaps):
            return False
        return first == last or tokens[last].capital or "-" in self._text[tokens[first].start : tokens[last].end]

    def _judge(self, index: int, after: int, entries: tuple[Entry, ...]) -> _Hit | str:
        """Give the place that a name stands for, or why it stands for none."""
        first, last = self._words[index][1], self._words[after - 1][1]
        start, end = self._tokens[first].start, self._tokens[last].end
        around = self._around(first, last)
        words = self._spelled[index:after]
        if words == ["quebec"]:
            if not is_city(around):
                return "province"
            entries = tuple(entry for entry in entries if entry.kind == "municipality")
        container = _container(self._mentions, start, end, self._text)
        weak = container is not None or is_dateline(around)
        if words[0] == "saint" and _RIVER.search(around.before):
            return "river"
        seated = container and end == container.end and _SEAT.search(around.before) and not doubtful(words)
        if container and (container.body or not (seated or trusted(words, entries))):
            return "in-a-name"
        if is_elsewhere(around):
            return "elsewhere"
        if not weak and not is_place_here(around, words, entries):
            return "no-place"
        regional = tuple(entry for entry in entries if entry.kind == "region")
        if regional and follows_region_word(around.before):
            entries = regional
        rule = "places.aside" if weak else "places.name"
        home = bool(container and end == container.end and _SEAT.search(around.before))
        return _Hit(start, end, entries, weak, rule, wanted_kinds(around), home)

    def _around(self, first: int, last: int) -> Around:
        tokens = self._tokens
        start, end = self._place(tokens[first].start), self._place(tokens[last].end)
        previous = tokens[first - 1] if first and tokens[first].start - tokens[first - 1].end <= 1 else None
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        return Around(
            before=self._folded.text[max(0, start - _BEFORE) : start],
            after=self._folded.text[end : end + _AFTER],
            after_first_name=bool(previous and previous.capital and previous.folded.split("-")[0] in FIRST_NAMES),
            before_capital=bool(following and following.capital and following.start - tokens[last].end <= 1),
            listed=self._reached >= 0
            and self._text[self._reached : tokens[first].start].strip(" \u00a0,()/") in _BETWEEN,
        )

    def _demonym(self, token: Token) -> _Hit | None:
        entry = demonym_of(token.folded)
        if entry is None and "-" in token.folded:
            entry = demonym_of(token.folded.rpartition("-")[2])
        if entry is None:
            return None
        place = self._place(token.start)
        if follows_region_word(self._folded.text[max(0, place - _BEFORE) : place]):
            entry = Entry(entry.name, "region", entry.regions, None, 0)
        return _Hit(token.start, token.end, (entry,), False, "places.demonym")

    def _body_territories(self) -> Iterator[_Hit]:
        for mention in self._mentions:
            if mention.body and 0 < len(mention.body.regions) <= _MOST_REGIONS:
                entry = Entry(mention.body.id, "region", mention.body.regions, None, 0)
                yield _Hit(mention.start, mention.end, (entry,), True, "places.body")

    def _place(self, original: int) -> int:
        return self._folded.place(original)


def _container(mentions: Iterable[Mention], start: int, end: int, text: str) -> Mention | None:
    """Give the organisation whose name the characters lie in; a town's own administration is the place itself."""
    return next(
        (
            mention
            for mention in mentions
            if mention.start <= start
            and end <= mention.end
            and not (mention.body and mention.body.id.startswith("ville-de-"))
            and not _TOWN_HALL.match(text, mention.start)
        ),
        None,
    )
