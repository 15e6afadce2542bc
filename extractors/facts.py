"""Facts that a page states under a label, 'Organisme : Exemple': they count before what its sentences let guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.documents.labels import FactName
from extractors.fact_places import FactPlace, facts_on
from extractors.leads import Mention, Parts
from extractors.passage import Passage
from extractors.recognizers.ages import read_ages
from extractors.recognizers.dates import parse_date
from extractors.recognizers.fold import fold_text
from extractors.recognizers.offered import languages_in, read_languages
from extractors.recognizers.org_sectors import sector_of
from extractors.recognizers.place_names import is_place_name
from schemas.drafts import Evidence, Found, OrganizationMention

_SEPARATOR = re.compile(r"\s*[;•·]\s*|\s+[|/]\s+")
_COMMA = re.compile(r",\s+(?:et\s+|and\s+)?|\s+(?:et|and)\s+(?=(?:l[ea]s?\s|l[’'])?[A-ZÀ-ÖØ-Þ])")
_ACRONYM = re.compile(r"\s*\((?P<acronym>[A-ZÀ-Þ][A-Za-zÀ-ÿ.&0-9-]{1,11})\)$")
_NOTE = re.compile(r"\s*\([a-zà-ÿ][^()]*\)\s*$")
"""What a bracket in small letters says of a name: 'Exemple (prêt d'outils)'."""
_ARTICLE = re.compile(r"(?:l[ea]s?\s|l[’']|the\s)(?=[A-ZÀ-ÖØ-Þ])")
_NO_COST = re.compile(
    r"(?:entierement |completely )?(?:gratuit|free\b|aucun|sans frais|no (?:cost|charge|fee)|none|0 ?\$|\$ ?0\b)"
)
_SUM = re.compile(r"\d ?\$|\$ ?\d|\d dollars\b")
_BARE_RANGE = re.compile(r"(?P<low>\d{1,2}) ?(?:-|–|à|to|a|/) ?(?P<high>\d{1,2})\.?")
_NAME_TAIL = re.compile(
    r"[\s’'–-]*(?:[A-ZÀ-ÖØ-Þ][\w’'.–-]*|d[eu]s?|la|les?|l[’']|d[’']|en|of|in|for|and|the|[\s-])*(?:\s?(?:[ld][’'])?[a-zà-ÿ-]{3,}){0,2}"
)
"""What may go on after a name that a recognizer cut short: words of names, and a last one in small letters."""
_HEAD = re.compile(r"(?:L[ea]s?\s|L[’']|The\s)?")
"""An article in a capital that begins a name."""
_NOTHING = re.compile(
    r"(?:non |pas )?(?:precisee?|disponible|determinee?|connue?|specifiee?)|a (?:venir|confirmer|determiner|preciser)|"
    r"inconnue?|aucune?|neant|s\.?o\.?|n\.?/?[ad]\.?|sans objet|none|nil|unknown|tb[acd]|"
    r"to be (?:determined|confirmed|announced)|"
    r"not (?:specified|available|applicable|known)|various|divers(?:es)?|plusieurs"
)
"""What stands under a label where there is nothing to say."""
_COMMON_HEAD = re.compile(
    r"(?:[ée]coles?|paroisses?|biblioth[èe]ques?|poste de quartier|municipalit[ée]|ville|clinique|pharmacie|"
    r"caisse|club|centre|maison|c[ée]gep|universit[ée]|coll[èe]ge|comit[ée]|organisme|services? de police|"
    r"fabrique|garderie|coop[ée]rative|table|town of|city of|village of|"
    r"municipality of|parish of|school|library)(?= .*[A-ZÀ-Ý])"
)
"""Common words in small letters that begin the name of a body in a list of names."""
_MOST_WORDS = 14
"""Words from which what stands under a label is a sentence, not a name."""

Place = tuple[int, int, int]
"""A block's position, first character, character after the last."""


def stated(p: Passage, name: FactName) -> tuple[Place, ...]:
    """Give where a passage states a fact of this name: the characters of its value."""
    return tuple((fact.position, fact.start, fact.end) for fact in _facts(p) if fact.name == name)


def _facts(p: Passage) -> Iterator[FactPlace]:
    held = set(p.positions)
    return (fact for fact in facts_on(p.document).facts if fact.position in held)


def without_facts(p: Passage) -> Passage:
    """Give the blocks of a passage that are text, no labelled facts; all of them where nothing else is there."""
    whole = facts_on(p.document).whole
    kept = tuple(position for position in p.positions if position not in whole)
    return Passage(p.document, kept, p.language) if kept else p


def stated_ages(p: Passage) -> tuple[Found[int] | None, Found[int] | None]:
    """Read the ages that a passage states of its audience; there a range needs no unit."""
    places = stated(p, "audience")
    told = read_ages(Passage(p.document, tuple(place[0] for place in places), p.language))
    if any(told):
        return told
    for position, start, end in places:
        bare = _BARE_RANGE.fullmatch(p.document.blocks[position].text, start, end)
        if bare and int(bare["low"]) < int(bare["high"]):
            low, high = (p.found(int(bare[end]), position, *bare.span(end), "ages.label") for end in ("low", "high"))
            return low, high
    return None, None


def stated_start(p: Passage) -> Found[str] | None:
    """Read the date since when, where a passage states it."""
    for position, start, end in stated(p, "start"):
        day = parse_date(p.document.blocks[position].text[start:end], p.language)
        if day:
            return p.found(day, position, start, end, "dates.label")
    return None


def stated_cost(p: Passage) -> Found[str] | None:
    """Read what taking part costs, where a passage states it: free, or a sum."""
    for position, start, end in stated(p, "cost"):
        value = fold_text(p.document.blocks[position].text[start:end])
        code = "free" if _NO_COST.match(value) else "paid" if _SUM.search(value) else None
        if code:
            return p.found(code, position, start, end, "cost.label")
    return None


def told_languages(p: Passage) -> tuple[Found[str], ...]:
    """Give the languages that a passage states under a label, else those that its sentences tell."""
    found: dict[str, Found[str]] = {}
    for position, start, end in stated(p, "languages"):
        for code in languages_in(p.document.blocks[position].text[start:end]):
            found.setdefault(code, p.found(code, position, start, end, "languages.label"))
    return tuple(found[code] for code in sorted(found)) or read_languages(p)


def with_stated(p: Passage, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Add the organisations that labels state and nothing else told, and drop what was read out of a label."""
    territory = stated(p, "territory")
    mentions = [one for one in mentions if not all(_inside(territory, place) for place in one.evidence)]
    values = [*stated(p, "lead"), *stated(p, "partners")]
    if not values:
        return tuple(mentions)
    labels = [(fact.position, fact.label, fact.start) for fact in _facts(p)]
    read = (mention for mention in mentions if not _is_nothing(mention.value.written))
    kept = [mention for mention in read if not all(_inside(labels, place) for place in mention.evidence)]
    taken = [place for mention in kept for place in mention.evidence]
    pieces = [piece for value in values for piece in _pieces(p, value, taken)]
    added = [_organization(p, piece) for piece in pieces if not any(_overlap(piece, place) for place in taken)]
    return (*(_whole(p, mention, pieces) for mention in kept), *added)


def stated_parts(p: Passage, mentions: Iterable[Mention], parts: Parts) -> Parts:
    """Put the lead and the partners that labels state before those that the sentences make likely."""
    mentions = tuple(mentions)
    leads, named = (
        [mention for mention in mentions if any(_inside(values, place) for place in mention.evidence)]
        for values in (stated(p, "lead"), stated(p, "partners"))
    )
    if not leads and not named:
        return parts
    lead = leads[0] if leads else parts.lead if parts.lead not in named else None
    rest = [*leads[1:], *named]
    if leads and not named:
        rest += [mention for mention in (parts.lead, *parts.partners) if mention]
    return Parts(lead, tuple(mention for place, mention in enumerate(rest) if mention not in (lead, *rest[:place])))


def _pieces(p: Passage, value: Place, taken: list[Evidence]) -> Iterator[Place]:
    """Cut a list of names at its semicolons, else at its commas; a comma inside a name that was read stays."""
    position, start, end = value
    text = p.document.blocks[position].text
    separator = _SEPARATOR if _SEPARATOR.search(text, start, end) else _COMMA
    cuts = [
        match
        for match in separator.finditer(text, start, end)
        if not any(place.block == position and place.start < match.start() < place.end for place in taken)
    ]
    begins = [start, *(match.end() for match in cuts)]
    for low, high in zip(begins, [*(match.start() for match in cuts), end], strict=True):
        article = _ARTICLE.match(text, low, high)
        first = article.end() if article and article[0][0].islower() else low
        noted = _NOTE.search(text, first, high)
        written = text[first : noted.start() if noted else high].rstrip(" .\u00a0")
        if low > start and is_place_name(written):  # where the one before is: 'Maison Exemple, Matane'
            continue
        named = written[:1].isupper() or _COMMON_HEAD.match(written)
        if len(written) > 2 and named and len(written.split()) <= _MOST_WORDS and not _is_nothing(written):
            yield position, first, first + len(written)


def _is_nothing(written: str) -> bool:
    return bool(_NOTHING.fullmatch(fold_text(written)))


def _whole(p: Passage, mention: Mention, pieces: Iterable[Place]) -> Mention:
    """Lengthen a name to all that stands under its label, where that only goes on with words of a name."""
    if mention.value.gazetteer_id and mention.value.sector != "community":
        return mention
    for piece in pieces:
        position, start, end = piece
        text = p.document.blocks[position].text
        for place in mention.evidence:
            tail = _NAME_TAIL.fullmatch(text, place.end, end)
            head = text[start : place.start]
            longer = place.end < end if mention.value.gazetteer_id else place.end < end or head
            if _overlap(piece, place) and _HEAD.fullmatch(head) and tail and longer:
                name = text[start:end]
                value = mention.value.model_copy(
                    update={"name": name, "written": name, "sector": sector_of(name), "gazetteer_id": None}
                )
                return mention.model_copy(update={"value": value})
    return mention


def _organization(p: Passage, piece: Place) -> Mention:
    position, start, end = piece
    written = p.document.blocks[position].text[start:end]
    bracket = _ACRONYM.search(written)
    name = written[: bracket.start()] if bracket else written
    acronym = bracket["acronym"] if bracket else None
    value = OrganizationMention(name=name, written=name, acronym=acronym, sector=sector_of(name))
    return p.found(value, position, start, start + len(name), "organizations.label")


def _overlap(piece: Place, place: Evidence) -> bool:
    return place.block == piece[0] and place.start < piece[2] and piece[1] < place.end


def _inside(values: Iterable[Place], place: Evidence) -> bool:
    return any(_overlap(value, place) for value in values)
