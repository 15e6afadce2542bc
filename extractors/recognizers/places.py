"""Places of Québec that a passage names: regions, municipalities, neighbourhoods.

A name counts where the words around it leave no doubt; a place missed is better than a place invented. Places inside
the names of organisations, and the territories of known bodies, only count where the passage names no place itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.passage import Passage
from extractors.recognizers.fold import Folded, fold
from extractors.recognizers.lexicon import FIRST_NAMES
from extractors.recognizers.mentions import Mention, mentions_in
from extractors.recognizers.place_names import (
    Entry,
    demonym_of,
    doubtful,
    longest_place,
    needs_naming,
    resolve,
    trusted,
    words_of,
)
from extractors.recognizers.tokens import Token, shouting, tokens_of
from schemas.document import Block
from schemas.drafts import Evidence, Found

_MOST_REGIONS = 2
"""A body whose territory is wider than this says nothing of where an initiative takes place."""

_STREET = re.compile(
    r"\b(?:rues?|boulevard|boul\.?|avenue|av\.?|chemin|ch\.|autoroute|route|rang|place|pont|station|metro|parc|hopital|"
    r"universite|university|street|st\.|road|eglise|lac|lake|fleuve|riviere|mont|famille|journal|gare|aeroport|"
    r"\d{1,5},?|m\.|mme|dr|dre|me|monsieur|madame|saint|sainte|campus|cegep|college|ecole|prix|fonds|fondation|bourse)"
    r"(?: (?:de la|de l'|de|du|des|d'|l'|la|le|sir|wilfrid))? ?$"
)
_LOCATIVE = re.compile(
    r"(?:\b(?:a|dans|vers|en|pres de|a proximite de|autour de|hors de|au coeur de|a travers|cote de|in|near|around|across|"
    r"at|from|pour|et|entre|and|to|of|de|d'|du|des)"
    r"(?: (?:le|la|les|l'|the))?|[(,:/–-]|\b(?:l'|la|le|les)) ?$"
)
_SURE = re.compile(
    r"(?:\b(?:villes?|villages?|municipalites?|paroisse|agglomeration|arrondissements?|quartiers?|secteurs?|mrc|regions?|"
    r"territoires?|comte|canton|communaute|environs|centre-ville|city|town|village|municipality|borough|district|area|"
    r"neighbou?rhoods?|grand|grande region)"
    r"(?: (?:maritime|metropolitaine|regionale?|rurale?))?(?: (?:de la|de l'|de|du|des|d'|of|l'))?"
    r"|\b(?:situee?s?|etablie?s?|basee?s?|implantee?s?|installee?s?|habit\w+|viv\w+|demeurant|residant|resid\w+|bureaux?|locaux|"
    r"located|based|living|lives|live|residing|offices?|rendez-vous|communautaire|tenu\w*|jeunes|personnes) (?:a|in|de)) ?$"
)
_AT = re.compile(r"\b(?:a|in) ?$")
_AFTER_SURE = re.compile(r" ?(?:\(quebec\)|, ?(?:quebec|qc)\b|\(qc\))")
_REGION_WORD = re.compile(r"\b(?:regions?|territoires?|mrc|sol|grande region|area)\s?(?:de |d'|du |of )?$")
_QUARTER = re.compile(
    r"\b(?:quartiers?|secteurs?|arrondissements?|neighbou?rhoods?|borough)(?: (?:de la|de l'|de|du|des|d'|of))? ?$"
)
_TOWN = re.compile(r"\b(?:villes?|villages?|municipalites?|paroisse|city|town|village|municipality) (?:de |d'|of )?$")
_CITY = re.compile(
    r"(?:\b(?:ville|agglomeration|city|regions?|centre-ville|rive-sud|banlieue|communaute metropolitaine|port|gens|"
    r"jeunes|organismes?|police|habitants|citoyens|quartiers?|rues|vieux|secteur|basse-ville|haute-ville)"
    r"(?: [a-z-]+){0,2} (?:de|of)|\b(?:a|de)) ?$"
)
_PROVINCE = re.compile(
    r"\b(?:gouvernement|province|ministere|assemblee nationale|government|lois?|reseau|fonds)\b[^,.;]{0,25}$"
)


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


def read_places(p: Passage) -> PlacesFound:
    """Give the places that the passage names, as far as their names leave no doubt."""
    direct, weak = _Tally(), _Tally()
    hits = [(position, hit) for position, block in p.blocks for hit in _hits(block)]
    known = tuple({region for _, hit in hits if len(hit.entries) == 1 for region in hit.entries[0].regions})
    for position, hit in hits:
        for entry in resolve(hit.entries, known, hit.wanted):
            (weak if hit.weak else direct).add(entry, p.evidence(position, hit.start, hit.end, hit.rule))
    regions = direct.regions or weak.regions
    return PlacesFound(_found(regions), _found(direct.municipalities), _found(direct.neighbourhoods))


def _found(values: dict[str, list[Evidence]]) -> tuple[Found[str], ...]:
    return tuple(Found(value=value, evidence=tuple(evidence[:5])) for value, evidence in values.items())


def _hits(block: Block) -> Iterator[_Hit]:
    text = block.text
    tokens = tokens_of(text)
    if not tokens:
        return
    folded = fold(text)
    mentions = [mention for mention in mentions_in(text, block.language) if mention.rule != "project"]
    yield from _body_territories(mentions)
    words = [(word, place) for place, token in enumerate(tokens) for word in words_of(token.folded)]
    spelled = [word for word, _ in words]
    index, accepted_until = 0, -1
    while index < len(words):
        place = words[index][1]
        token = tokens[place]
        found = longest_place(spelled, index) if token.capital or token.folded in ("arrondissement", "region") else None
        if found is None or not _tight(text, tokens, place, words[found[0] - 1][1]):
            yield from _demonym(token, folded)
            index += 1
            continue
        end_token = tokens[words[found[0] - 1][1]]
        hit = _judge(
            text, folded, tokens, place, end_token, spelled[index : found[0]], found[1], mentions, accepted_until
        )
        if hit is None:
            index += 1
            continue
        yield hit
        accepted_until = hit.end
        index = found[0]


def _tight(text: str, tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Say whether a name stands without punctuation inside, and its last word is capitalised."""
    gaps = all(len(text[tokens[n].end : tokens[n + 1].start].strip(" \u00a0-–/!'’")) == 0 for n in range(first, last))
    return gaps and (first == last or tokens[last].capital or "-" in text[tokens[first].start : tokens[last].end])


def _body_territories(mentions: Iterable[Mention]) -> Iterator[_Hit]:
    for mention in mentions:
        if mention.body and 0 < len(mention.body.regions) <= _MOST_REGIONS:
            entry = Entry(mention.body.id, "region", mention.body.regions, None, 0)
            yield _Hit(mention.start, mention.end, (entry,), True, "places.body")


def _demonym(token: Token, folded: Folded) -> Iterator[_Hit]:
    for word in dict.fromkeys((token.folded, *token.folded.split("-")[-1:])):
        entry = demonym_of(word)
        if entry is None:
            continue
        place = bisect_left(folded.offsets, token.start)
        if _REGION_WORD.search(folded.text[max(0, place - 20) : place]):
            entry = Entry(entry.name, "region", entry.regions, None, 0)
        yield _Hit(token.start, token.end, (entry,), False, "places.demonym")
        return


def _judge(
    text: str,
    folded: Folded,
    tokens: tuple[Token, ...],
    first: int,
    last: Token,
    words: list[str],
    entries: tuple[Entry, ...],
    mentions: list[Mention],
    accepted_until: int,
) -> _Hit | None:
    start, end = tokens[first].start, last.end
    before = folded.text[max(0, bisect_left(folded.offsets, start) - 60) : bisect_left(folded.offsets, start)]
    after = folded.text[bisect_left(folded.offsets, end) :][:30]
    if words == ["quebec"]:
        if not _is_city(before, after):
            return None
        entries = tuple(entry for entry in entries if entry.kind == "municipality")
    container = _container(mentions, start, end)
    if container and container.body:
        return None
    weak = container is not None
    listed = accepted_until >= 0 and len(text[accepted_until:start].strip(" \u00a0,()/")) <= 2
    if not weak and not _accepted(before, after, words, entries, tokens, first, listed):
        return None
    if weak and not trusted(words, entries):
        return None
    regional = tuple(entry for entry in entries if entry.kind == "region")
    if regional and _REGION_WORD.search(before):
        entries = regional
    return _Hit(start, end, entries, weak, "places.organization-name" if weak else "places.name", _wanted(before))


def _wanted(before: str) -> tuple[str, ...]:
    """Give the kinds of place that the words before a name ask for."""
    if _QUARTER.search(before):
        return ("neighbourhood", "borough", "former-municipality")
    if _TOWN.search(before):
        return ("municipality",)
    return ("mrc", "area") if _REGION_WORD.search(before) else ()


def _container(mentions: Iterable[Mention], start: int, end: int) -> Mention | None:
    """Give the organisation whose name the characters lie in; a town's own administration is the place itself."""
    return next(
        (
            mention
            for mention in mentions
            if mention.start <= start
            and end <= mention.end
            and not (mention.body and mention.body.id.startswith("ville-de-"))
        ),
        None,
    )


def _is_city(before: str, after: str) -> bool:
    if after.lstrip().startswith("city"):
        return True
    return bool(_CITY.search(before)) and not _PROVINCE.search(before)


def _accepted(
    before: str,
    after: str,
    words: list[str],
    entries: tuple[Entry, ...],
    tokens: tuple[Token, ...],
    first: int,
    listed: bool,
) -> bool:
    if _AFTER_SURE.match(after) or _SURE.search(before):
        return True
    if _STREET.search(before) and not listed:
        return False
    previous = tokens[first - 1] if first else None
    close = previous is not None and tokens[first].start - previous.end <= 1
    if close and previous is not None and previous.capital and previous.folded.split("-")[0] in FIRST_NAMES:
        return False
    following = tokens[first + 1] if first + 1 < len(tokens) else None
    if doubtful(words):
        return (
            not needs_naming(words)
            and bool(_AT.search(before))
            and not (following and following.capital and after[:1] == " ")
        )
    return listed or trusted(words, entries) or bool(_LOCATIVE.search(before))
