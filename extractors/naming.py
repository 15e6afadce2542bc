"""Names of initiatives: how pages introduce them, and which one a passage is about.

A page says "le projet Exemple", "le programme « Exemple »", "the Example project" or "Laboratoire d'idées (LI)".
What follows "projet de" is not a name but what the project does, or whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from schemas.base import Language

_UPPER = r"A-ZÀ-ÖØ-Þ"
_WORD = rf"(?:[{_UPPER}](?:[\w’'·∙&.-]*\w)?\b(?!['’]))"
_DIGITS = r"(?:\d{1,3}|\d+[A-Z]+)\b(?![/:,%]|\s?(?:h|ans|%))"
_JOIN = r"(?:d[eu]s?\s|de la\s|de l[’']|d[’']|à la\s|à l[’']|à\s|aux?\s|en\s|of\s|of the\s|for\s|l[’'])"
_NAME = rf"{_WORD}(?:[\s ]+(?:{_JOIN})?(?:{_WORD}|{_DIGITS}))*"
_ACRONYM = rf"[{_UPPER}][{_UPPER}0-9&.-]{{1,9}}"
_QUOTED = r"[«“\"][\s ]*(?P<quoted>[^«»“”\"\n]{2,90}?)[\s ]*[»”\"]"

_FRENCH_KIND = (
    r"projets?[ -]pilotes?|projet|programme|initiative|service|campagne|démarche|plateforme|formation|parcours|escouade|"
    r"réseau|laboratoire|concertation|partenariat|ligne|clinique|caravane|halte"
)
_ENGLISH_KIND = r"pilot project|project|program(?:me)?|initiative|service|campaign|network|partnership|workshops?|clinic|helpline|lab"
_CALLED = (
    r"(?:[\s ](?:communautaire|collectif|collective|novateur|novatrice|intersectoriel|intersectorielle|jeunesse|pilote))?"
    r"(?:,?[\s ](?:intitulée?|nommée?|appelée?|baptisée?|dénommée?|surnommée?|du nom de|qui porte le nom de|"
    r"called|named|titled|entitled|known as)|[\s ]?:)?[\s ]"
)
_SAID = re.compile(
    rf"\b(?P<kind>{_FRENCH_KIND}|{_ENGLISH_KIND})(?:[\s ]\w+)?,?[\s ]"
    r"(?:intitulée?|nommée?|appelée?|baptisée?|du nom de|called|named|titled|entitled|known as)[\s ]"
    rf"(?P<said>[{_UPPER}](?:(?!\b(?:qui|est|a|vise|dont|permet|offre|is|was|which|that|aims|offers|has)\b)[^.,;:()«»“”\"\n]){{2,60}})"
    r"(?=[.,;:()]|[\s ](?:qui|est|a|vise|dont|permet|offre|is|was|which|that|aims|offers|has)\b|$)"
)
_FRENCH = re.compile(
    rf"\b(?P<kind>{_FRENCH_KIND}|(?i:{_FRENCH_KIND})(?<=[a-zé])){_CALLED}(?P<article>(?:les|le|la|l[’'])[\s ]?)?"
    rf"(?:{_QUOTED}|(?P<full>[{_UPPER}][^()\n.;:«»,]{{2,80}}?)[\s ]\((?P<acronym>{_ACRONYM})\)(?P<tail>(?:[\s ]{_WORD})*)|(?P<name>{_NAME}))"
)
_ENGLISH = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|[Nn]ew|[Aa]n?|[\w.]+[’']s?)[\s ](?:{_QUOTED}|(?P<name>{_NAME}))[\s ]"
    rf"(?:\((?P<acronym>{_ACRONYM})\)[\s ])?(?P<kind>{_ENGLISH_KIND})\b"
)
_ENGLISH_CALLED = re.compile(
    rf"\b(?P<kind>(?i:{_ENGLISH_KIND})){_CALLED}(?P<article>the[\s ])?(?:{_QUOTED}|(?P<name>{_NAME}))"
)
_PAREN = re.compile(rf"\((?P<acronym>{_ACRONYM})\)")
_NETWORK_HEADS = re.compile(
    r"laboratoires?|labo|lab|tables?|communaut[ée]s?|r[ée]seaux?|comit[ée]s?|concertations?|alliances?|cercles?|forums?|chantiers?|"
    r"coalitions?|projets?|programmes?|initiatives?|services?|escouades?|[ée]quipes?|unit[ée]s?|cellules?|parcours|d[ée]marches?|"
    r"plateformes?|campagnes?|partenariats?|entente|collaborations?|strat[ée]gies?|plans?|community|network|project|program|"
    r"partnership|committee|round|volets?|ateliers?|mesures?|approches?|clinique",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"(?P<name>(?:communautés? de pratique|tables? de (?:concertation|quartier)|comités? (?:intersectoriel|de concertation)|"
    r"laboratoire|projet collectif|community of practice|round table)\b[^.,;:()«»\n]{0,90})",
    re.IGNORECASE,
)
_INTRODUCTION = len("Le projet pilote collectif « ")
_TOKEN = re.compile(r"[\w-]+")
_SMALL = frozenset(
    [
        "de",
        "d",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "a",
        "au",
        "aux",
        "en",
        "et",
        "pour",
        "sur",
        "par",
        "sans",
        "dans",
        "avec",
        "un",
        "une",
        "of",
        "the",
        "and",
        "for",
        "to",
        "in",
        "on",
        "with",
        "by",
        "at",
    ]
)
_NOT_NAMES = frozenset(
    [
        "facebook",
        "instagram",
        "twitter",
        "linkedin",
        "tiktok",
        "youtube",
        "zoom",
        "teams",
        "google",
        "messenger",
        "whatsapp",
        "snapchat",
        "canada",
        "internet",
        "web",
    ]
)


@dataclass(frozen=True)
class NameHit:
    """One place where a passage introduces an initiative by name."""

    name: str
    position: int
    start: int
    end: int
    kind_word: str
    strength: int
    """3: quoted or spelled out with its acronym; 2: capitalised after its kind; 1: only described."""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Naming:
    """An initiative as a passage names it."""

    name: NameHit
    others: tuple[str, ...]
    mentions: int
    first: int
    """Position of the block that names it first."""


def name_hits(p: Passage) -> list[NameHit]:
    """Find every introduced name, in reading order."""
    hits: list[NameHit] = []
    for position, block in p.blocks:
        found = [*_introduced(position, block.text, p.language), *_with_acronym(position, block.text)]
        hits.extend(_without_overlaps(found))
    return hits


def namings(p: Passage) -> list[Naming]:
    """Group the names of a passage into initiatives, the most mentioned first."""
    groups: list[list[NameHit]] = []
    for hit in name_hits(p):
        group = next((group for group in groups if any(_same(hit, other) for other in group)), None)
        if group is None:
            groups.append([hit])
        else:
            group.append(hit)
    text = f" {' '.join(_words(p.text))} "
    made = [_naming(group, text) for group in groups]
    return sorted(made, key=lambda naming: (-naming.mentions, naming.first))


def described_name(p: Passage) -> NameHit | None:
    """Find the strongest phrase for an initiative that has no name of its own: its fullest description."""
    hits = [
        NameHit(_capitalised(match["name"].strip()), position, match.start(), match.end(), "", 1)
        for position, block in p.blocks
        for match in _UNNAMED.finditer(block.text)
    ]
    usable = [hit for hit in hits if 2 <= len(hit.name.split()) <= 14]
    return max(usable, key=lambda hit: (len(hit.name.split()) > 3, -hit.position), default=None)


def split_acronym(text: str) -> tuple[str, str | None]:
    """Split 'Projet Exemple Québec (PEQ)' into the name and its acronym, where the acronym ends the text."""
    match = re.fullmatch(rf"(?P<name>.+?)[\s ]*\((?P<acronym>{_ACRONYM})\)", text.strip())
    return (match["name"], match["acronym"]) if match else (text.strip(), None)


def is_named(text: str, language: Language) -> bool:
    """Say whether a heading is itself a name: 'Projet Exemple', 'Programme « Exemple »', 'The Example project'."""
    bare = text.strip()
    hits = [*_introduced(0, bare, language), *_with_acronym(0, bare)]
    return any(hit.strength >= 2 and hit.start <= _INTRODUCTION for hit in hits)


def _without_overlaps(hits: Sequence[NameHit]) -> list[NameHit]:
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _introduced(position: int, text: str, language: Language) -> Iterator[NameHit]:
    for pattern in (_FRENCH, _SAID) if language == "fr" else (_ENGLISH, _ENGLISH_CALLED, _FRENCH, _SAID):
        for match in pattern.finditer(text):
            hit = _hit(position, match)
            if hit is not None:
                yield hit


def _hit(position: int, match: re.Match[str]) -> NameHit | None:
    groups = match.groupdict()
    kind = groups["kind"]
    if groups.get("full") and groups["acronym"]:
        return _spelled_out(position, match)
    which = next(group for group in ("quoted", "said", "name") if groups.get(group))
    name = groups[which].strip(" .")
    if fold_text(name) in _NOT_NAMES or (which == "quoted" and not re.match(rf"[{_UPPER}0-9]", name)):
        return None
    lone = len(name.split()) == 1 and which == "name" and not groups.get("article")
    others = tuple(filter(None, (groups.get("acronym"),)))
    shown = _with_kind(name, kind, match) if lone else name
    others += (name,) if shown != name else ()
    return NameHit(shown, position, *match.span(which), kind, 2 if which == "name" else 3, others)


def _with_kind(name: str, kind: str, match: re.Match[str]) -> str:
    """Keep the kind beside a name of one word, which would say little alone: Projet Exemple, Example Project."""
    if match.re is _ENGLISH:
        return f"{name} {kind}"
    return f"{kind[:1].upper()}{kind[1:]} {name}"


def _spelled_out(position: int, match: re.Match[str]) -> NameHit | None:
    """Read 'Volet exemple jeunesse (VEJ) Nord': the full form, and the short one with the acronym in its place."""
    full, acronym, tail = match["full"], match["acronym"], (match["tail"] or "").strip()
    if not _initials_fit(full, acronym):
        return None
    if not tail:
        return NameHit(full, position, match.start("full"), match.end("full"), match["kind"], 3, (acronym,))
    end = match.end("tail")
    short = f"{acronym} {tail}"
    return NameHit(f"{full} ({acronym}) {tail}", position, match.start("full"), end, match["kind"], 3, (short, acronym))


def _with_acronym(position: int, text: str) -> Iterator[NameHit]:
    """Find names followed by their acronym, whose first word says what they are: Laboratoire d'idées (LI)."""
    for match in _PAREN.finditer(text):
        start = expansion_start(text[: match.start()], match["acronym"])
        if start is None:
            continue
        name = text[start : match.start()].strip()
        head = _TOKEN.match(name)
        if head and _NETWORK_HEADS.fullmatch(head[0]):
            end = start + len(name)
            yield NameHit(_capitalised(name), position, start, end, head[0], 3, (match["acronym"],))


def expansion_start(before: str, acronym: str) -> int | None:
    """Find where the words that an acronym stands for begin, in the text before its bracket."""
    letters = [letter for letter in fold_text(acronym) if letter.isalnum()]
    words = list(_TOKEN.finditer(before))[-3 * len(letters) :]
    place = len(words)
    for letter in reversed(letters):
        place -= 1
        while place >= 0 and fold_text(words[place][0])[:1] != letter and fold_text(words[place][0]) in _SMALL:
            place -= 1
        if place < 0 or fold_text(words[place][0])[:1] != letter:
            return None
    return words[place].start() if letters else None


def _initials_fit(full: str, acronym: str) -> bool:
    start = expansion_start(full, acronym)
    return start is not None and start <= 2


def _same(one: NameHit, other: NameHit) -> bool:
    """Say whether two hits name one thing: equal forms, or one form that begins the other."""
    for left in _forms(one):
        for right in _forms(other):
            short, long = sorted((left, right), key=len)
            if long[: len(short)] == short:
                return True
    return False


def _forms(hit: NameHit) -> list[list[str]]:
    return [words for form in (hit.name, *hit.others) if (words := _words(form))]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold_text(text))


def _naming(group: Sequence[NameHit], text: str) -> Naming:
    counts = {hit: sum(other.name == hit.name for other in group) for hit in group}
    name = max(group, key=lambda hit: (hit.strength, counts[hit], len(hit.name), -hit.position))
    forms = dict.fromkeys(form for hit in group for form in (hit.name, *hit.others) if form != name.name)
    spans = {" ".join(words) for hit in group for words in _forms(hit)}
    shortest = {span for span in spans if not any(other != span and f" {other} " in f" {span} " for other in spans)}
    mentions = sum(text.count(f" {span} ") for span in shortest)
    return Naming(name, tuple(forms), max(mentions, len(group)), min(hit.position for hit in group))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
