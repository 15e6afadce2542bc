"""Whom an initiative serves: genders and groups, as far as the passage makes them its audience.

A page that speaks of women workers does not serve women only, and one that serves girls and boys is meant for no
gender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.passage import Passage
from extractors.recognizers.fold import Folded, fold
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.refused import Refused
from extractors.recognizers.terms import denied_spans, hits_in, languages_of
from schemas.document import Block
from schemas.drafts import Evidence, Found

_SCHOOL_YEAR = "ages.school-year"
_STRONG, _WEAK = 3, 1
_SOLE = 2
"""Passing mentions of one gender alone that are taken for its audience."""
_SHORT = 2
"""Blocks of an entry so short that it speaks of its audience only."""

_SENIORS, _CHILDREN, _YOUTH = 60, 12, (11, 30)
"""Age from which people are seniors and up to which they are children, and the ages between which they are youth."""

_FEMALE = (
    r"(?:(?:jeunes |adolescentes et |petites )?(?:filles|femmes|adolescentes|meres|fillettes)|travailleuses du sexe|"
    r"(?:young |teenage |adolescent |teen )?(?:girls?|women|mothers|females)|woman)"
)
_MALE = (
    r"(?:(?:jeunes )?(?:garcons|hommes|adolescents masculins|peres|gars)|(?:young |teenage |adolescent |"
    r"teen )?(?:boys|men|fathers|"
    r"males))"
)
_ANYONE = (
    r"(?:jeunes|personnes|adolescents|enfants|adultes|gens|clientele|citoyens|youth|young people|people|"
    r"teens|teenagers|"
    r"adolescents|children|adults|individuals)"
)
_AGED = (
    r"(?: (?:[a-z'-]+ ){0,3}(?:agees?|aged|ages)| \(?(?:de|entre|between|from)? ?\d{1,2}(?: ?-| a| et| ans| and| to))"
)
_FOR = re.compile(
    r"(?:\b(?:pour|chez|aupres d|destinee?s? a|destinee?s? au|s'adress\w+ a|s'adress\w+ au|vis\w* l|"
    r"reserve\w* a|reserve\w* au|"
    r"concue? pour|accueill\w+|aid(?:e|er|ent)|accompagn\w+|soutenir|soutien\w+|heberg\w+|outiller|"
    r"autour d|entre|rejoi\w+|"
    r"permet\w* au|for|with|to|help\w*|support\w*|welcom\w+|shelter\w*|serv(?:es|ing)|empower\w*|"
    r"reach\w*|around|aimed at|invit\w*|call\w*)"
    r"(?:es|ux|e|'|a)?(?: (?:les|des|de|ces|the|of|these|a|aux|every|each|chaque))?(?: (?:toutes|"
    r"jeunes|vulnerable|at-risk|first nations|indigenous|inuit|immigrant|newcomer|isolated|single|older|pregnant|"
    r"new|local|racialized)){0,2}) $"
)
_OFFENDERS = re.compile(r"\b(?:violents?|agresseurs?|clients?|proxenetes?|pimps?|traffickers?)\b")
_PART = re.compile(
    r"\b(?:le dernier|la derniere|cet atelier|ce volet|ce theme|l'un d\w+|the last|one of|this workshop|"
    r"the latter)[^.;]{0,30}"
    r"(?:reserv\w+|for|destin\w+|adress\w+)[^.;)]{0,20}$"
)
_NOT_AUDIENCE = re.compile(
    r"\b(?:egalite (?:entre|des)|entre les|droits des|conseil du statut de la|condition|"
    r"journee internationale (?:des droits )?des|"
    r"equality between|women's rights|rights of|between|violences? (?:faites? aux|envers les)|"
    r"violence against)[^.;]{0,12}$|\b(?:egalite|parite|equality)\b[^.;]{0,50}$"
)


def read_genders(p: Passage) -> tuple[Found[str], ...]:
    """Give the genders that the initiative is meant for; nothing where it is open to all."""
    weight = {"female": 0, "male": 0, "anyone": 0}
    strong: set[str] = set()
    evidence: dict[str, list[Evidence]] = {"female": [], "male": []}
    for position, block in p.blocks:
        folded = fold(block.text)
        outside = _Outside(block, folded)
        for people in _people_in(folded.text):
            if not outside.allows(people.start):
                continue
            if people.told:
                strong.add(people.code)
            weight[people.code] += _STRONG if people.told else _WEAK
            if people.code != "anyone":
                place = folded.span(people.start, people.end)
                evidence[people.code].append(p.evidence(position, *place, f"genders.{people.code}"))
    codes = _decide(weight, strong, 1 if len(p.positions) <= _SHORT else _SOLE)
    return tuple(Found(value=code, evidence=tuple(evidence[code][:5])) for code in codes) + _others(p)


def read_groups(p: Passage) -> tuple[Found[str], ...]:
    """Give the groups that the initiative serves, strongest evidence first; names of organisations say nothing."""
    evidence: dict[str, list[Evidence]] = {}
    for position, block in p.blocks:
        folded = fold(block.text)
        outside = _Outside(block, folded)
        for hit in hits_in(block, languages_of(p, block), "groups"):
            if outside.allows(folded.place(hit.start)):
                evidence.setdefault(hit.code, []).append(p.evidence(position, hit.start, hit.end, "terms.groups"))
    genders = {found.value for found in read_genders(p)} if {"women", "men"} & evidence.keys() else set()
    for code, gender in (("women", "female"), ("men", "male")):
        if gender not in genders:
            evidence.pop(code, None)
    ranked = sorted(evidence, key=lambda code: -len(evidence[code]))
    return tuple(Found(value=code, evidence=tuple(evidence[code][:5])) for code in ranked)


def groups_of_ages(lowest: Found[int] | None, highest: Found[int] | None) -> tuple[Found[str], ...]:
    """Give the group whose ages are told where no word names it: youth, children or seniors."""
    code = None
    if highest is None:
        code = "seniors" if lowest is not None and lowest.value >= _SENIORS else None
    elif highest.value <= _CHILDREN:
        code = "children"
    elif lowest is not None and lowest.value >= _YOUTH[0] and highest.value <= _YOUTH[1]:
        code = "youth"
    found = lowest or highest
    return (Found(value=code, evidence=found.evidence),) if code and found else ()


def with_students(
    groups: tuple[Found[str], ...], lowest: Found[int] | None, highest: Found[int] | None
) -> tuple[Found[str], ...]:
    """Add students where the ages are those of school years and no school group is named."""
    place = next(
        (place for age in (lowest, highest) if age for place in age.evidence if place.rule == _SCHOOL_YEAR), None
    )
    if place is None or any(found.value == "students" for found in groups):
        return groups
    return (*groups, Found(value="students", evidence=(place,)))


def _decide(weight: dict[str, int], strong: set[str], sole: int) -> tuple[str, ...]:
    """Choose the gender that the passage is meant for, if it is meant for one; ``sole`` passing mentions are enough."""
    for one, other in (("female", "male"), ("male", "female")):
        if one in strong and other not in strong and ("anyone" not in strong or weight[one] > weight["anyone"]):
            return (one,)
        alone = weight[one] >= sole and not weight[other] and not strong - {one}
        if alone and weight[one] > weight["anyone"]:
            return (one,)
    return ()


def _others(p: Passage) -> tuple[Found[str], ...]:
    """Give trans and non-binary people where the passage serves them by name, outside the acronym LGBTQ+."""
    evidence: dict[str, list[Evidence]] = {}
    for position, block in p.blocks:
        folded = fold(block.text)
        outside = _Outside(block, folded)
        for hit in hits_in(block, languages_of(p, block), "genders"):
            if hit.code not in ("female", "male") and outside.allows(folded.place(hit.start)):
                evidence.setdefault(hit.code, []).append(p.evidence(position, hit.start, hit.end, "terms.genders"))
    return tuple(Found(value=code, evidence=tuple(places[:5])) for code, places in evidence.items())


_LISTED = re.compile(
    r",? ?(?:et|ou|and|or|&|/|comme|ainsi qu'|,)(?: (?:pour|for|aux?|les|des|the|jeunes|young|petits)){0,2} ?(?:l'|d')?"
)


@dataclass(frozen=True, slots=True)
class _Gendered:
    """People of one gender, or of any, met in a folded text."""

    code: str
    start: int
    end: int
    told: bool
    """The words around it make them the audience."""


_GENDERED = (
    (
        "female",
        re.compile(rf"\b{_FEMALE}\b"),
        ("fille", "femmes", "adolescentes", "meres", "sexe", "girl", "wom", "mothers", "females"),
    ),
    (
        "male",
        re.compile(rf"\b{_MALE}\b"),
        ("garcons", "hommes", "adolescents", "peres", "gars", "boys", "men", "fathers", "males"),
    ),
)
"""Code, who has that gender, and letters of which those words hold some."""
_AGED_AFTER = re.compile(_AGED)
_THEIRS = re.compile(r"\b(?:leurs?|their|his|her|ses|son) (?:(?:jeunes|young) )?$")
_THEIRS_REACH = 15
"""Words, and characters in which they stand, that make children those of the people served."""
_ANYONE_AGED = re.compile(rf"\b{_ANYONE}\b{_AGED}")


def refused_audience(p: Passage) -> Iterator[Refused]:
    """Give the people whom the passage names by gender or group and does not serve."""
    for position, block in p.blocks:
        folded = fold(block.text)
        spans = [
            *((start, end, "helpers") for start, end in (match.span() for match in _ACTORS.finditer(folded.text))),
            *((match.start(), match.end(), reason) for match, reason in _not_served(folded.text)),
        ]
        for low, high, reason in spans:
            start, end = folded.span(low, high)
            yield Refused(position, start, end, block.text[start:end], reason)


def _not_served(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Find people of one gender whom the words around them do not make the audience, each with why."""
    for _, pattern, hints in _GENDERED:
        for match in pattern.finditer(text) if any(map(text.__contains__, hints)) else ():
            if reason := _unserved(text, match):
                yield match, reason


def _unserved(text: str, match: re.Match[str]) -> str | None:
    before = text[max(0, match.start() - 70) : match.start()]
    if _PART.search(before):
        return "part-only"
    if _NOT_AUDIENCE.search(before):
        return "no-audience"
    return "offenders" if _OFFENDERS.match(text, match.end() + 1) else None


def _people_in(text: str) -> list[_Gendered]:
    found = []
    for code, pattern, hints in _GENDERED:
        for match in pattern.finditer(text) if any(map(text.__contains__, hints)) else ():
            if _unserved(text, match):
                continue
            before = text[max(0, match.start() - 70) : match.start()]
            told = bool(_FOR.search(before) or _AGED_AFTER.match(text, match.end()))
            found.append(_Gendered(code, *match.span(), told=told))
    for match in _ANYONE_AGED.finditer(text):
        theirs = _THEIRS.search(text, max(0, match.start() - _THEIRS_REACH), match.start())
        if not theirs and not any(match.start() <= people.start < match.end() for people in found):
            found.append(_Gendered("anyone", *match.span(), told=True))
    return _share(text, sorted(found, key=lambda people: people.start))


def _share(text: str, found: list[_Gendered]) -> list[_Gendered]:
    """Let those who are listed together (girls and boys) share what the words around one of them say."""
    for place in range(len(found) - 1):
        one, other = found[place], found[place + 1]
        if one.told != other.told and _LISTED.fullmatch(text[one.end : other.start]):
            found[place], found[place + 1] = replace(one, told=True), replace(other, told=True)
    return found


_ACTORS = re.compile(
    r"\b(?:lends?|prete(?:nt)?|delegue(?:nt)?) (?:(?:des|les|ses|its|some|the|volunteer) )*"
    r"(?:students?|eleves|etudiante?s|youth|jeunes)\b|"
    r"\b(?:students?|eleves|etudiante?s) (?:from|of|at|de|du|d') ?(?:the |la |l')?[^.,;:]{3,60}? "
    r"(?:teach|help|lead|visit|read|serve|show|train|drive|enseignent|aident|montrent|visitent|accompagnent|animent)\b|"
    r"\b(?:law|nursing|medical|pharmacy|social work) students?\b|\bstagiaires?\b|\bplus proches?\b(?! aidant)"
)
"""Those who give a hand, and are not served; and what is only near."""
_ACTOR_WORDS = ("student", "eleves", "etudiant", "lend", "prete", "delegue", "stagiaire", "plus proche")
"""Letters without which a text has none of them."""


class _Outside:
    """Knows the stretches of a block that say nothing of the audience: names of organisations, denials, helpers."""

    def __init__(self, block: Block, folded: Folded) -> None:
        named = [mention for mention in mentions_in(block.text, block.language) if mention.rule != "project"]
        acted = any(map(folded.text.__contains__, _ACTOR_WORDS))
        acting = [match.span() for match in _ACTORS.finditer(folded.text)] if acted else []
        self._spans = [*denied_spans(folded.text), *acting] + [
            (folded.place(mention.start), folded.place(mention.end)) for mention in named
        ]

    def allows(self, place: int) -> bool:
        return not any(start <= place < end for start, end in self._spans)
