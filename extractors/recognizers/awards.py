"""Awards that an initiative received: their names, who gave them, and the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from extractors.recognizers.lexicon import word_set
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.refused import Refused
from schemas.document import Block
from schemas.drafts import DraftAward, Evidence, Found

_CAPITAL = r"[A-ZÀ-ÝŒ0-9]"
_WORDS = rf"{_CAPITAL}[^,.;:!?()«»“”\"]{{2,110}}"
_NAME = rf"(?:[«“\"] ?(?P<quoted>[^«»“”\"]{{3,110}}?) ?[»”\"]|(?P<plain>{_WORDS}))"
_FRENCH = re.compile(
    rf"\b(?:[Pp]rix|[Mm]ention|[Dd]istinction|[Mm]édaille|[Tt]rophée|"
    rf"[Ss]ceau)(?: d[eu’'] ?l?[’']?(?={_CAPITAL}))? ?{_NAME}"
)
_ENGLISH = re.compile(
    rf"(?P<plain>{_CAPITAL}[\w’'-]*(?: (?:{_CAPITAL}[\w’'-]*|of|for|the|and|in|to|&)){{0,8}} (?:Award|"
    rf"Prize|Medal))(?! (?:ceremony|Ceremony|gala|Gala|night))\b"
    rf"|\b(?:[Aa]ward|[Pp]rize) (?:for|called|named|entitled) (?:the )?[“\"«] ?(?P<quoted>[^«»“”\"]{{3,110}}?) ?[”\"»]"
)
_CEREMONY = re.compile(
    r"^d'excellence (?:du|de|des)|^(?:gala|soiree|ceremonie|edition)\b|^d'(?:entree|achat|abord)|^(?:et|"
    r"de (?:vente|l'|la))\b"
)
_CUT = re.compile(
    r"\s(?:décernée?|remise?|octroyée?|attribuée?|offerte?|reçue?|obtenue?|accordée?|lors|dans le cadre|"
    r"pour (?:son|sa|ses|leur|leurs|le|la|"
    r"les|l[’'])|qui|que|dont|à l[’']occasion|en (?:19|20)\d\d|au (?:projet|gala|programme)|aux? (?:Gala|"
    r"projet)|par|grâce|ainsi|également|"
    r"notamment|vient|souligne|récompense|a été|est|sont|et le prix|et la|from|given|presented|awarded|"
    r"at the|by|for (?:its|their|his|her)|"
    r"(?:19|20)\d\d\b|catégorie|remettait|vise|honore|permettra|démontre|remporté\w*|(?:du|de la|"
    r"des) (?:Gala|gala|réseau|cérémonie|CISSS|CIUSSS))"
)
_GIVEN_BY = re.compile(
    r"\b(?:decerne\w*|remis\w*|octroye\w*|attribue\w*|offert\w*|accorde\w*|given|presented|awarded)"
    r"(?: (?:annuellement|en \d{4}|cette annee|recemment))? (?:par|by) |\b(?:from|of) (?:the )?"
)
_GIVER_NAMED = re.compile(
    r" (?:de la|de l[’']|du|des|of the|from the) ?(?=(?i:fondation|association|conseil|chambre|ordre|regroupement|"
    r"ministère|fédération|federation|foundation|society|council|chamber)\b)"
)
"""Between an award's own name and a giver that begins with what it is."""
_OF = re.compile(r" (?:de la|de l[’']|du|des|of the|of) ?$")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d) ?$")
_WON = re.compile(
    r"\b(?:obtenu|obtient|obtention|recu|recoit|remport\w+|laureate?s?|recipiendaires?|gagn\w+|decern\w+|"
    r"remettre|remis\w*|"
    r"honor\w+|prim\w+|recompens\w+|finaliste|merite|s'est merite|recev\w+|reconnaissance|won|wins?|"
    r"winning|receiv\w+|recipient\w*|"
    r"awarded|presented|named|earned|honou?red|prix|award|prize)\b"
)
_SHORTEST = 3
"""Letters of the shortest name of a prize."""
_MARKS = ("«", "“", '"')
_PRIZES = ("prix", "mention", "distinction", "médaille", "trophée", "award", "prize", "medal", "sceau")
"""Words of which a block that names a prize holds one."""
_BEFORE = re.compile(
    r"^(?:(?:Won|Winner of|Winners of|Received|Recipient of|Awarded|Named|Finalist for|Earned) (?:the |"
    r"an? )?)?(?:(?:19|20)\d\d )?"
)
"""What a sentence says before an award's own name: 'Won the 2025 Example Award'."""
_OPENING = re.compile(r"^(?:The|A|An|Le|La) (?=\w)")
_SMALL = word_set("de du des d la le les l et à au aux en of for the and in to")


@dataclass(frozen=True, slots=True)
class _Award:
    start: int
    end: int
    name: str
    awarded_by: str | None
    year: int | None


def read_awards(p: Passage) -> tuple[Found[DraftAward], ...]:
    """Give the awards that the passage names, each once."""
    found: dict[str, tuple[DraftAward, list[Evidence]]] = {}
    for position, block in p.blocks:
        for award in _awards_in(block):
            key = _known_key(fold_text(award.name).replace("-", " "), found)
            known, evidence = found.setdefault(key, (DraftAward(name=award.name), []))
            evidence.append(p.evidence(position, award.start, award.end, "awards.named"))
            better = {"awarded_by": known.awarded_by or award.awarded_by, "year": known.year or award.year}
            found[key] = (known.model_copy(update=better), evidence)
    return tuple(Found(value=award, evidence=tuple(evidence[:5])) for award, evidence in found.values())


def refused_awards(p: Passage) -> Iterator[Refused]:
    """Give what the passage writes like a prize: a ceremony, or one of which it does not say that it was won."""
    for position, block in p.blocks:
        for start, end, name, reason in _prizes_in(block):
            if reason:
                yield Refused(position, start, end, name, reason)


def _known_key(key: str, found: dict[str, tuple[DraftAward, list[Evidence]]]) -> str:
    """Give the key of the same award, written shorter or longer before."""
    return next((known for known in found if known.startswith(key) or key.startswith(known)), key)


def _awards_in(block: Block) -> Iterator[_Award]:
    text = block.text
    for start, end, name, reason in _prizes_in(block):
        if reason:
            continue
        giver = None if text[start - 2 : start].strip() in _MARKS else _giver_inside(block, start, end)
        if giver is not None:
            own, given_by = giver
            yield _Award(start, own, text[start:own], given_by, _year(text, start, own))
        else:
            yield _Award(start, end, name, _giver(block, end), _year(text, start, end))


def _prizes_in(block: Block) -> Iterator[tuple[int, int, str, str | None]]:
    """Find what a block writes like a prize: its characters, its name, and why it is none that was won, if so."""
    text = block.text
    lowered = text.lower()
    if not any(map(lowered.__contains__, _PRIZES)):
        return
    for pattern in (_FRENCH, _ENGLISH):
        for match in pattern.finditer(text):
            group = "quoted" if match["quoted"] else "plain"
            start, end = match.span(group)
            told = match[group] if match["quoted"] else _BEFORE.sub("", match[group])
            name = told if match["quoted"] else _trim(told)
            name = _OPENING.sub("", name)
            start = text.find(name, start)
            end = start + len(name)
            if len(name) >= _SHORTEST:
                ceremony = "ceremony" if _CEREMONY.match(fold_text(name)) else None
                yield start, end, name, ceremony or (None if _won(text, match.start(), end) else "not-won")


def _giver_inside(block: Block, start: int, end: int) -> tuple[int, str] | None:
    """Give where an award's own name ends, and the foundation that follows it: 'Exemple de la Fondation X'."""
    for mention in mentions_in(block.text, block.language):
        link = _OF.search(block.text, start, mention.start)
        if (
            start < mention.start
            and mention.end >= end
            and link
            and link.end() == mention.start
            and start < link.start() <= end
        ):
            return link.start(), block.text[mention.start : mention.end]
    named = _GIVER_NAMED.search(block.text, start + 1, end)
    return (named.start(), block.text[named.end() : end]) if named else None


def _trim(name: str) -> str:
    """End a name before the clause that follows it, and before a small word left at its end."""
    cut = _CUT.search(name)
    words = (name[: cut.start()] if cut else name).split()
    while words and (words[-1].lower() in _SMALL or words[-1].endswith(("’", "'"))):
        words.pop()
    return " ".join(words)


def _won(text: str, start: int, end: int) -> bool:
    return bool(_WON.search(fold_text(text[max(0, start - 160) : end + 80])))


def _giver(block: Block, end: int) -> str | None:
    """Give the organisation named right after "décerné par" or "from"."""
    window = block.text[end : end + 90]
    cue = _GIVEN_BY.search(fold_text(window))
    if cue is None or "." in window[: cue.start()]:
        return None
    for mention in mentions_in(block.text, block.language):
        if 0 <= mention.start - (end + cue.end()) <= 8 and mention.rule != "project":
            return block.text[mention.start : mention.end]
    written = re.match(r" ?(?:l[’']|la |le |les |the )?(" + _WORDS + ")", window[cue.end() :])
    return _trim(written[1]) if written and "decern" in fold_text(window) else None


def _year(text: str, start: int, end: int) -> int | None:
    sentence = re.split(r"[.!?] ", text[end : end + 120])[0]
    year = _YEAR.search(sentence) or _YEAR_BEFORE.search(text, max(0, start - len("2024 ")), start)
    return int(year[1]) if year else None
