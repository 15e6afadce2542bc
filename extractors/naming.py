"""Names of initiatives: which ones a passage introduces, and which one it is about.

A page says "le projet Exemple", "le programme « Exemple »", "the Example project" or "Laboratoire d'idées (LI)".
What follows "projet de" is not a name but what the project does, or whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors import name_patterns as patterns
from extractors.documents.apart import folded_words
from extractors.once import once_a_passage
from extractors.passage import Passage
from extractors.recognizers.fold import MEMORY, fold_text
from extractors.recognizers.lexicon import FIRST_NAMES
from extractors.recognizers.place_names import is_place_name
from schemas.base import Language
from schemas.document import Document
from schemas.drafts import Found

_TOKEN = re.compile(r"[\w-]+")
_NEXT_WORDS = re.compile(r"(?:[\s ](?:[dl][’'])?[\w’'-]+){1,5}")
_INTRODUCTION = len("Le projet pilote collectif « ")
"""Characters before a name that still leave a heading a name."""

_MOST_HITS = 300
"""Introduced names read of one passage: a page that has more is a register, not about an initiative."""
_BEFORE = 40
"""Characters before a name among which the last word of its sentence stands, if any."""
_ASIDE_REACH = 80
"""Characters before a name among which words make it another initiative."""
_APPOSITION = 40
"""Characters after a name in which an apposition says what it is: 'Exemple, une concertation de …'."""
_IS_A = re.compile(r" (?:est|is|was) (?:une?|an?|le|la|the)\b")
_THE_SERVICE = re.compile(
    r"(?:^|[.!?,] )(?:le|ce|the|this) (?P<kind>service)(?: [a-z]+){0,2} (?:ne |n'|est\b|s'adresse|vise|permet|epaule|"
    r"aide|accompagne|offre|accueille|soutient|roule|existe|fonctionne|"
    r"is\b|was\b|offers\b|helps\b|runs\b|does\b|serves\b)"
)
"""What an initiative is, said by a sentence about it: 'Le service est gratuit'."""
_ABOUT_ORGANIZATION = re.compile(
    r"(?:\s*\([^)]*\))?,? (?:est )?(?:une?|l')\s?(?:organisme|organisation|association|maison|fondation)\b"
)

_AGENT = re.compile(r"\b(?:par|by)[\s\u00a0](?:(?:le|la|the)[\s\u00a0]|l[’'])?$")
"""Words before whoever acts: 'coordonné par le Réseau Exemple'."""

Span = tuple[int, int, int]
"""A block's position, and the characters between which something stands in it."""


@dataclass(frozen=True)
class NameHit:
    """One place where a passage introduces an initiative by name."""

    name: str
    position: int
    start: int
    end: int
    kind_word: str
    strength: int
    """3: quoted or spelled out with its acronym; 2: capitalised after its kind; 1: only subject or description."""
    others: tuple[str, ...] = ()
    owned: bool = False
    """Said to be an organisation's, so no organisation itself, whatever it looks like."""


@dataclass(frozen=True)
class Naming:
    """An initiative as a passage names it."""

    name: NameHit
    others: tuple[str, ...]
    mentions: int
    first: int
    """Position of the block that names it first."""
    kind_words: tuple[str, ...] = ()
    """The words that introduce it, most telling first: projet, réseau …"""


def name_hits(p: Passage, taken: Iterable[Span] = ()) -> list[NameHit]:
    """Find every introduced name, in reading order; ``taken`` are the places of organisations' names."""
    spans = tuple(taken)
    hits: list[NameHit] = []
    for position, block in p.blocks:
        if len(hits) >= _MOST_HITS:
            break
        found = [replace(hit, position=position) for hit in _hits_in(block.text, p.language)[:_MOST_HITS]]
        free = [hit for hit in found if not _is_taken(hit, spans, block.text) and not _is_aside(hit, block.text)]
        hits.extend(_without_overlaps(free))
    return [_extended(hit, p.document) for hit in hits]


@lru_cache(maxsize=MEMORY)
def _hits_in(text: str, language: Language) -> tuple[NameHit, ...]:
    """Find the names that a text introduces; an article is read whole and by paragraph, its texts once."""
    return (*_introduced(0, text, language), *_with_acronym(0, text))


def namings(p: Passage, taken: Iterable[Span] = ()) -> list[Naming]:
    """Group the names of a passage into initiatives, the most mentioned first."""
    return list(_namings(p, tuple(taken)))


@once_a_passage
def _namings(p: Passage, taken: tuple[Span, ...]) -> list[Naming]:
    groups: list[list[NameHit]] = []
    for hit in name_hits(p, taken):
        group = next((group for group in groups if any(same_name(hit, other) for other in group)), None)
        if group is None:
            groups.append([hit])
        else:
            group.append(hit)
    if not groups:
        return []
    text = f" {' '.join(_words(p.text))} "
    made = [_naming(group, text) for group in groups]
    return sorted(made, key=lambda naming: (naming.name.strength < 2, -naming.mentions, naming.first))


def described_name(p: Passage) -> NameHit | None:
    """Find the strongest phrase for an initiative that has no name of its own: its fullest description."""
    hits = [
        NameHit(_capitalised(match["name"].strip()), position, match.start(), match.end(), "", 1)
        for position, block in p.blocks
        for match in patterns.UNNAMED.finditer(block.text)
    ]
    usable = [hit for hit in hits if 2 <= len(hit.name.split()) <= 14]
    return max(usable, key=lambda hit: (len(hit.name.split()) > 3, -hit.position), default=None)


def said_after(p: Passage, name: Found[str]) -> Iterator[str]:
    """Give what an apposition or 'is a' says right after a name, else what a sentence says that the passage means."""
    place = name.evidence[0]
    texts = [p.document.blocks[place.block].text[place.end :]]
    texts += [text for _, block in p.blocks for text in block.text.split(name.value)[1:]]
    for after in (text[:_APPOSITION] for text in texts):
        if after.startswith((",", " (")) or _IS_A.match(after):
            yield after.partition(".")[0]
    meant = next(filter(None, (_THE_SERVICE.search(fold_text(block.text)) for _, block in p.blocks)), None)
    if meant:
        yield meant["kind"]


def split_acronym(text: str) -> tuple[str, str | None]:
    """Split 'Projet Exemple Québec (PEQ)' into the name and its acronym, where the acronym ends the text."""
    match = re.fullmatch(rf"(?P<name>.+?)[\s ]*\((?P<acronym>{patterns.ACRONYM})\)", text.strip())
    return (match["name"], match["acronym"]) if match else (text.strip(), None)


def is_named(text: str, language: Language) -> bool:
    """Say whether a heading is itself a name: 'Projet Exemple', 'Programme « Exemple »', 'The Example project'."""
    bare = text.strip()
    return any(hit.strength >= 2 and hit.start <= _INTRODUCTION for hit in _hits_in(bare, language))


def expansion_start(before: str, acronym: str) -> int | None:
    """Find where the words that an acronym stands for begin, in the text before its bracket."""
    letters = [letter for letter in fold_text(acronym) if letter.isalnum()]
    words = list(_TOKEN.finditer(before))[-3 * len(letters) :]
    place = len(words)
    for letter in reversed(letters):
        place -= 1
        while place >= 0 and not fold_text(words[place][0]).startswith(letter) and _is_small(words[place][0]):
            place -= 1
        if place < 0 or not fold_text(words[place][0]).startswith(letter):
            return None
    return words[place].start() if letters else None


_RUN_BY = re.compile(r", (?:run|led|offered|delivered)(?: (?:in|at|across)(?: [A-ZÀ-Ý][\w’'-]+){1,3})? by ")
"""What an organisation does with an initiative, whatever that is called: 'Example Clinic, run by'."""
_SAID_APART = (patterns.APPOSED, patterns.BARE_APPOSED, patterns.INTRODUCED)
"""Patterns that say beside a name, between commas, what it names."""
_ARTICLE = len("the ")
_ARTICLE_FIRST = re.compile(r"^(?:les? |la |l'|the )")
_WHEN = re.compile(
    r"an|annee|mois|semaine|hiver|ete|automne|printemps|jour|journee|soir|nuit|year|month|week|summer|winter"
)
"""A first word, its article apart, with which a sentence tells when: 'L'an dernier, l'équipe'."""


# ---- finding


def _introduced(position: int, text: str, language: Language) -> Iterator[NameHit]:
    for pattern in patterns.worth_trying(text, language):
        for match in pattern.finditer(text):
            hit = _hit(position, match)
            if hit is not None and not _ABOUT_ORGANIZATION.match(fold_text(text[hit.end : hit.end + 60])):
                yield hit


_STRENGTHS = {patterns.SUBJECT: 1, patterns.OWNED: 2, patterns.FUNDED: 3}
"""How sure the patterns are that give a name without the word for what it names."""


def _hit(position: int, match: re.Match[str]) -> NameHit | None:
    groups = match.groupdict()
    if groups.get("full") and groups["acronym"]:
        return _spelled_out(position, match)
    which = next(group for group in ("quoted", "said", "name") if groups.get(group))
    dated = patterns.DATED.match(groups[which])
    name = groups[which][dated.end() if dated else 0 :].strip(" .")
    if _is_no_name(name, match):
        return None
    kind = groups.get("kind") or ""
    start, end = match.start(which) + (dated.end() if dated else 0), match.end(which)
    others = tuple(filter(None, (groups.get("acronym"),)))
    if match.re is patterns.NETWORK:
        return NameHit(
            _capitalised(text_between(match, "kind", which)), position, match.start("kind"), end, kind, 2, others
        )
    if match.re in _STRENGTHS:
        return NameHit(name, position, start, end, "", _STRENGTHS[match.re], owned=match.re is patterns.OWNED)
    introduced = kind and match.re not in (*_SAID_APART, patterns.DEFINED)
    if introduced and which == "name" and len(name.split()) == 1 and not groups.get("article"):
        whole = f"{name} {kind}" if match.re is patterns.ENGLISH else f"{_capitalised(kind)} {name}"
        return NameHit(whole, position, start, end, kind, 2, (*others, name))
    return NameHit(name, position, start, end, kind, 2 if which == "name" else 3, others)


def _is_no_name(name: str, match: re.Match[str]) -> bool:
    """Say whether what a pattern caught is no name: a month, a network, small letters, or what stands by chance."""
    if patterns.NOT_NAMES.fullmatch(fold_text(name)) or not re.match(rf"[{patterns.UPPER}0-9]", name):
        return True
    if match.re in (patterns.LED, patterns.FUNDED, patterns.BORN, patterns.RUN) and is_place_name(name):
        return True
    return match.re in _SAID_APART and _opens_or_locates(name, match)


def _opens_or_locates(name: str, match: re.Match[str]) -> bool:
    """Say whether what stands before an apposition is a place, a person, or only the beginning of the sentence."""
    words = _ARTICLE_FIRST.sub("", fold_text(name)).split() or [""]
    if _WHEN.fullmatch(words[0]):
        return True
    before = match.string[max(0, match.start() - _BEFORE) : match.start()].rstrip()
    opening = not before or not (before[-1].isalnum() or before[-1] == "_")
    if patterns.OPENINGS.fullmatch(words[0]) or words[0] in FIRST_NAMES or is_place_name(name):
        return True
    return opening and len(words) == 1


def text_between(match: re.Match[str], first: str, last: str) -> str:
    """Give the text from the start of one group to the end of another."""
    return match.string[match.start(first) : match.end(last)]


def _spelled_out(position: int, match: re.Match[str]) -> NameHit | None:
    """Read 'Volet exemple jeunesse (VEJ) Nord': the full form, and the short one with the acronym in its place."""
    full, acronym, tail = match["full"], match["acronym"], (match["tail"] or "").strip()
    start = expansion_start(full, acronym)
    if start is None or start > 2:
        return None
    if not tail:
        return NameHit(full, position, match.start("full"), match.end("full"), match["kind"], 3, (acronym,))
    name = f"{full} ({acronym}) {tail}"
    return NameHit(
        name, position, match.start("full"), match.end("tail"), match["kind"], 3, (f"{acronym} {tail}", acronym)
    )


def _with_acronym(position: int, text: str) -> Iterator[NameHit]:
    """Find names followed by their acronym, whose first word says what they are: Laboratoire d'idées (LI)."""
    for match in patterns.PAREN.finditer(text):
        start = expansion_start(text[: match.start()], match["acronym"])
        if start is None:
            continue
        name = text[start : match.start()].strip()
        head = _TOKEN.match(name)
        if head and patterns.SPELLED_OUT_HEADS.fullmatch(head[0]):
            end = start + len(name)
            yield NameHit(_capitalised(name), position, start, end, head[0], 3, (match["acronym"],))


def _is_taken(hit: NameHit, spans: Iterable[Span], text: str) -> bool:
    """Say whether a name is only an organisation's: one stands over all of it, and the name tells no kind itself."""
    led = _RUN_BY.match(text, hit.end) if hit.strength > 1 and hit.name.split()[0] not in ("Centre", "Maison") else None
    if led and any(position == hit.position and 0 <= start - led.end() <= _ARTICLE for position, start, _ in spans):
        return False
    joint = hit.kind_word and patterns.JOINT_KIND.match(hit.name) and not _AGENT.search(text, 0, hit.start)
    if hit.owned or joint:
        return False
    return any(position == hit.position and start <= hit.start + 2 and hit.end <= end for position, start, end in spans)


def _is_aside(hit: NameHit, text: str) -> bool:
    """Say whether words before a name make it another initiative, and none after it present it."""
    if not patterns.ASIDE.search(fold_text(text[max(0, hit.start - _ASIDE_REACH) : hit.start])):
        return False
    return not patterns.EXPLAINED.match(fold_text(text[hit.end : hit.end + 80]))


def _without_overlaps(hits: Sequence[NameHit]) -> list[NameHit]:
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.strength < 2, hit.start - hit.end, hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _extended(hit: NameHit, document: Document) -> NameHit:
    """Lengthen a name by the lower-case words that the page repeats after it: Exemple → Exemple et suite."""
    text = document.blocks[hit.position].text
    lone = hit.others and hit.others[-1] == text[hit.start : hit.end]
    tail = patterns.TAIL.match(text, hit.end) or (patterns.LONE_TAIL.match(text, hit.end) if lone else None)
    if tail and hit.strength == 2:
        return _lengthened(hit, text, tail.end())
    following = _NEXT_WORDS.match(text, hit.end)
    if hit.strength == 3 or following is None:
        return hit
    whole = fold_text(document.text)
    base, words = fold_text(text[hit.start : hit.end]), following[0].split()
    least = max(2, round(0.6 * whole.count(base)))
    for count in range(len(words), 0, -1):
        end = hit.end + sum(len(word) + 1 for word in words[:count])
        longer = text[hit.start : end]
        stopped = any(re.fullmatch(patterns.VERBS, word) for word in words[:count])
        if stopped or _is_small(words[count - 1]) or whole.count(fold_text(longer)) < least:
            continue
        return _lengthened(hit, text, end)
    return hit


def _lengthened(hit: NameHit, text: str, end: int) -> NameHit:
    """Give a hit with the words up to ``end``; a kind that stood beside a lone word is needed no more."""
    lone = hit.others and hit.others[-1] == text[hit.start : hit.end]
    name = text[hit.start : end] if lone else hit.name + text[hit.end : end]
    return replace(hit, name=name, end=end, others=())


# ---- grouping


def same_name(one: NameHit, other: NameHit) -> bool:
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
    return folded_words(fold_text(text))


def _naming(group: Sequence[NameHit], text: str) -> Naming:
    counts = {hit: sum(other.name == hit.name for other in group) for hit in group}
    name = max(group, key=lambda hit: (hit.strength, counts[hit], len(hit.name), -hit.position))
    forms = dict.fromkeys(form for hit in group for form in (hit.name, *hit.others) if form != name.name)
    plain = {hit.others[-1] for hit in group if hit.others and hit.kind_word and hit.others[-1] in hit.name}
    kept = tuple(form for form in forms if not any(form != short and form.endswith(short) for short in plain))
    spans = {" ".join(words) for hit in group for words in _forms(hit)}
    shortest = {span for span in spans if not any(other != span and f" {other} " in f" {span} " for other in spans)}
    mentions = sum(text.count(f" {span} ") for span in shortest)
    kinds = dict.fromkeys(hit.kind_word.lower() for hit in (name, *group) if hit.kind_word)
    return Naming(name, kept, max(mentions, len(group)), min(hit.position for hit in group), tuple(kinds))


def _is_small(word: str) -> bool:
    return bool(patterns.SMALL.fullmatch(fold_text(word)))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
