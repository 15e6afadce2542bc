"""The gazetteer's names of places, ready for look-up by words, and how far each name can be trusted alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extractors.recognizers.fold import fold_word
from extractors.recognizers.lexicon import FIRST_NAMES, word_set
from schemas.gazetteer import Place, places, regions

WORD = re.compile(r"[a-z0-9]+")
_ARTICLES = frozenset(("le", "la", "les", "l"))
_ABBREVIATED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
KIND_WORDS = ("arrondissement", "region")
"""Words in small letters with which a place's name may begin."""
_LARGE = 20_000
"""Inhabitants from which a municipality's name is trusted without a preposition before it."""
_DEMONYM_LEAST = 4_000
"""Inhabitants from which an adjective names its municipality: those of villages are too often other words."""
_MUCH_LARGER = 10
"""Of two namesakes, the one that is this many times more populous is meant."""

_AMBIGUOUS = word_set(
    "mercier lorraine chelsea rigaud hampstead chandler shannon charlemagne richelieu waterloo hudson "
    "orford windsor warwick ",
    "sutton stanstead danville dunham portneuf bedford richmond compton stoke beaumont clermont scott "
    "labelle bonaventure maria ",
    "gore brigham upton champlain austin frontenac nouvelle ripon price larouche lyster amherst "
    "cleveland franklin racine nantes ",
    "labrecque bury montpellier plaisance bristol melbourne charette stratford entrelacs low desbiens "
    "brebeuf lantier harrington ",
    "dupuy lefebvre taschereau irlande begin chesterville honfleur manseau marston bearn bouchette mayo "
    "bowman newport audet ",
    "wentworth bonsecours montcalm namur colombier lawrenceville hope berry lemieux auclair boileau "
    "elgin warden dundee bethanie ",
    "milan guerin picard lejeune moffet belcourt launay hampden linton delson kirkland prevost amos "
    "contrecoeur lery lambton ",
    "weedon shefford crabtree caplan vanier sullivan cadillac dorion iberville ascot deauville moisie "
    "auteuil courville duvernay ",
    "vimont touraine lauzon lafleche anjou montmorency giffard lairet snowdon chinatown norgate "
    "roussillon argenteuil suroit ",
    "laval outremont verdun duhamel thorne laforce gallichan maricourt authier godbout villeroy lamarche "
    "carignan henryville ",
    "evain rollet delisle dolbeau bellefeuille farnham hatley potton marieville pontiac grenville "
    "inverness howick dixville ",
    "ogden arundel doncaster mingan yamaska roquemaure macamic tourville villeray rosemont hochelaga maizerets",
)
"""Names of places that are surnames, words, other cities or streets more often than places of Québec."""
_COMMON_WORDS = word_set(
    "hope price low gore bury nouvelle plaisance irlande milan nantes montpellier stoke compton begin "
    "waterloo melbourne ",
    "bristol entrelacs lorraine charlemagne richelieu champlain bonaventure richmond windsor begin mayo",
)
"""Of these, the ones that need words such as "ville de" before them: "in Hope", "à Nantes" may be anything."""
_TRUSTED = word_set("rosemont hochelaga villeray maizerets outremont yamaska macamic marieville farnham evain")
_NOT_DEMONYMS = word_set(
    "valois marien michelois namurois milanois montois bearnais nantais malouin alexandrin cayen marcien "
    "louisien charlois ",
    "antonien andreen laurentien paulois martinois stephanois berthelais",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one name may stand for: a region, or a place of the gazetteer."""

    name: str
    kind: str
    regions: tuple[str, ...]
    municipality: str | None
    population: int


@dataclass(slots=True)
class _Node:
    entries: list[Entry] = field(default_factory=list)
    next: dict[str, _Node] = field(default_factory=dict)


@lru_cache(maxsize=32_768)
def words_of(text: str) -> tuple[str, ...]:
    """Cut a name into folded words; St and Ste are Saint and Sainte."""
    return tuple(_ABBREVIATED.get(word, word) for word in WORD.findall(fold_word(text)))


def longest_place(words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]] | None:
    """Give the index after the longest place name that begins at ``start``, and what it may stand for."""
    node, best = _names(), None
    for place in range(start, len(words)):
        following = node.next.get(words[place])
        if following is None:
            break
        node = following
        if node.entries:
            best = (place + 1, tuple(node.entries))
    return best


@lru_cache(maxsize=4096)
def is_place_name(text: str) -> bool:
    """Say whether a text is nothing but the name of a place."""
    return bool(place_entries(text))


def place_entries(text: str) -> tuple[Entry, ...]:
    """Give what a text may stand for that is nothing but the name of a place."""
    words = words_of(text)
    found = longest_place(words, 0)
    return found[1] if found and found[0] == len(words) else ()


def demonym_of(word: str) -> Entry | None:
    """Give what an adjective of place (maskoutain, montréalaises) stands for; ``word`` is folded."""
    return _demonyms().get(word)


@lru_cache(maxsize=32_768)
def may_begin_place(word: str) -> bool:
    """Say whether names of places begin with a folded word, or with a part of it."""
    return any(part in _names().next for part in words_of(word))


@lru_cache(maxsize=32_768)
def may_be_demonym(word: str) -> bool:
    """Say whether a folded word is an adjective of place, or ends in one after a hyphen."""
    return demonym_of(word) is not None or demonym_of(word.rpartition("-")[2]) is not None


def trusted(words: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Say whether a name is a place wherever it stands, or needs words around it that say so."""
    if any(entry.kind == "region" for entry in entries) and list(words) != ["laval"]:
        return True
    if len(words) == 1:
        word = words[0]
        if word in _TRUSTED:
            return True
        if doubtful(words):
            return False
        return max(entry.population for entry in entries) >= _LARGE or (word.endswith("ville") and len(word) > 7)
    if words[0] in _ARTICLES:
        return len(words) > 3
    return len(words) >= 3 or words[0] not in ("saint", "sainte", "val", "mont", "lac", "notre")


def doubtful(words: Sequence[str]) -> bool:
    """Say whether a name is more often a person's, or a common word."""
    return len(words) == 1 and (words[0] in _AMBIGUOUS or words[0] in FIRST_NAMES) and words[0] not in _TRUSTED


def needs_naming(words: Sequence[str]) -> bool:
    """Say whether a name is only a place's where the page says so: "la municipalité de Maria"."""
    return len(words) == 1 and (words[0] in _COMMON_WORDS or words[0] in FIRST_NAMES)


@cache
def _names() -> _Node:
    root = _Node()
    for region in regions():
        entry = Entry(region.name.fr or "", "region", (region.code,), None, 0)
        for name in dict.fromkeys((region.name.fr, region.name.en, *region.other_names)):
            _insert(root, words_of(name or ""), entry)
    for place in places():
        entry = _entry(place)
        for name in (place.name, *place.other_names):
            words = words_of(name)
            _insert(root, words, entry)
            if words[0] in _ARTICLES and len(words) > 3:
                _insert(root, words[1:], entry)
            if words[0] in ("arrondissement", "secteur") and len(words) > 3:
                _insert(root, ("arrondissement" if words[0] == "secteur" else "secteur", *words[1:]), entry)
    return root


def _insert(root: _Node, words: Sequence[str], entry: Entry) -> None:
    node = root
    for word in words:
        node = node.next.setdefault(word, _Node())
    if node is not root and entry not in node.entries:
        node.entries.append(entry)


def _entry(place: Place) -> Entry:
    municipality = place.municipality or (_home(place) if place.kind == "area" else None)
    return Entry(place.name, place.kind, place.regions, municipality, place.population or 0)


def _home(area: Place) -> str | None:
    """Give the municipality that an area is named after: Montréal for Île de Montréal, in its own region only."""
    named = re.search(r" de (\w[\w-]*)$", area.name)
    return named[1] if named and area.regions in _towns().get(named[1], ()) else None


@cache
def _towns() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for place in places():
        if place.kind == "municipality":
            found.setdefault(place.name, []).append(tuple(place.regions))
    return found


@cache
def _demonyms() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    rows = [(entry_words, _entry(place)) for place in places() for entry_words in [place.demonyms]]
    for demonyms, entry in rows:
        if entry.kind == "municipality" and entry.population < _DEMONYM_LEAST:
            continue
        for demonym in demonyms:
            word = fold_word(demonym)
            rival = found.get(word)
            if word in _NOT_DEMONYMS or word.startswith("quebecois"):
                continue
            if rival is None or entry.population >= _MUCH_LARGER * rival.population > 0:
                found[word] = entry
    return found | _region_demonyms()


def _region_demonyms() -> dict[str, Entry]:
    return {
        fold_word(demonym): Entry(region.name.fr or "", "region", (region.code,), None, 0)
        for region in regions()
        for demonym in getattr(region, "demonyms", ())
        if fold_word(demonym) not in _NOT_DEMONYMS and not fold_word(demonym).startswith("outaouais")
    }


def resolve(
    entries: Sequence[Entry], known_regions: Sequence[str] = (), wanted: Sequence[str] = ()
) -> tuple[Entry, ...]:
    """Choose among what a name may stand for.

    ``wanted`` are the kinds that the words before it ask for ("quartier"), ``known_regions`` those that the passage
    names otherwise. Else the far larger namesake counts, or what all namesakes share; none where it stays open.
    """
    regional = tuple(entry for entry in entries if entry.kind == "region")
    local = [entry for entry in entries if entry.kind != "region"]
    local = [entry for entry in local if entry.kind in wanted] or local
    if len(local) > 1:
        local = [entry for entry in local if set(entry.regions) & set(known_regions)] or local
    local.sort(key=lambda entry: (entry.kind != "municipality", -entry.population))
    if len(local) < 2:
        return (*regional, *local)
    first, second = local[0], local[1]
    if first.municipality == second.municipality is not None or first.population >= max(
        _LARGE, _MUCH_LARGER * second.population
    ):
        return (*regional, first)
    if first.kind == second.kind == "municipality" and first.population >= _MUCH_LARGER * second.population > 0:
        return (*regional, first)
    shared = set(first.regions).intersection(*(entry.regions for entry in local))
    if not shared:
        return regional
    return (*regional, Entry(first.name, "region", tuple(sorted(shared)), None, 0))
