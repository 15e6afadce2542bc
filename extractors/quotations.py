"""Testimonials: a quotation, and the line or words that say who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from schemas.document import Block
from schemas.drafts import DraftTestimonial, Evidence, Found

ATTRIBUTION_LENGTH = 160
"""Longest text after a quotation that is still taken for its attribution."""

_OPENING, _CLOSING = '«“„"', '»”"'
_DASHES = "—–-~―"
_QUOTED_THEN_SAID = re.compile(r"^[«“„\"]\s*(?P<quote>.{20,}?)\s*[»”\"]\s*(?P<said>[^«»“”\"]*)$", re.DOTALL)
_TOLD = re.compile(
    r"^\W*(?:t[ée]moignage|testimonial|t[ée]moigne|mot)\b"
    r"(?:\s+(?:d[’'](?:une?\s+)?|de\s+(?:la\s+|l[’'])?|du\s+|from\s+|of\s+(?:an?\s+)?))?\W*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s+[—–―|-]\s+|\s*[,;|]\s+|\s*\n\s*")
_NAME_PART = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\.?)"
_PERSON = re.compile(rf"{_NAME_PART}(?:\s+(?:(?:de|du|des|van|von|le|la|De|Le|La|St-)\s+)?{_NAME_PART}){{0,4}}")
_RANKED = re.compile(rf"(?P<role>[\w-]+) (?P<author>{_NAME_PART}(?:\s+{_NAME_PART}){{1,3}})")
"""A rank before a name: 'Sergente Exemple Nom'."""
_ROLE_OF = re.compile(
    r"(?P<role>.+?)\s+(?:de\s+la|de\s+l[’']|du|des|de|d[’']|chez|à\s+la|à\s+l[’']|au|at|of\s+the|"
    r"of|for|with)\s*(?P<organization>[A-ZÀ-ÖØ-Þ].+)"
)
_ROLE_WORDS = re.compile(
    r"\b(?:coordo\w+|direct\w+|interven\w+|travail\w+|agente?s?|membre|participant\w*|polici\w+|sergent\w*|enqueteu\w+|"
    r"responsable|conseill\w+|charge\w*|educat\w+|psycho\w+|infirmi\w+|president\w*|benevole|jeune|"
    r"parent|mere|pere|chef\w*|"
    r"gestionnaire|animat\w+|fondat\w+|manager|worker|officer|member|coordinator|director|youth|"
    r"teacher|volunteer|nurse|"
    r"counsel\w+|lead|head|staff|advisor|criminolog\w+|technicien\w*|stagiaire|usager\w*|resident\w*|"
    r"partenaire|partner)\b"
)
_YOUNG = re.compile(
    r"(?:age(?:e|d)? (?:de )?)?\d{1,2}(?: ?ans\b|[ -]years?[ -]old|$)|(?:une? |an? )?(?:jeune |young )?(?:eleve|"
    r"ecoli\w+|etudiante?|finissante?|ado(?:lescente?)?|enfant|fille|garcon|survivante?|victime|locataire|"
    r"citoyenne?|maman|papa|(?:high school |grade \d+ )?(?:student|pupil)|teen(?:ager)?|girl|boy|survivor|victim|"
    r"mother|father|mom|dad|"
    r"tenant|participant|resident|citizen)\b|"
    r"(?:en )?(?:secondaire|grade|sec\.) \d|\d(?:re|e|eme) (?:annee|secondaire)\b"
)
"""Words that present whoever signs without an office: an age, a school year, a participant."""
_GLUED = re.compile(
    rf"(?<=[.!?…»”\"])(?P<gap>\s*)(?P<dash>[—–―-]\s*)?(?P<said>{_PERSON.pattern}(?P<more>\s*[,(–—|]\s*[^.!?«»“”]{{2,90}})?)$"
)
"""A signature inside the element of the quotation, as ``cite`` gives it: "… chez nous.Name, role"."""
_FEWEST_WORDS = 4
"""Words of a quotation that stands without quotation marks; what is shorter is a signature or a label."""
_SIGNATURE_WORDS = 10


@dataclass(frozen=True)
class Speaker:
    """Who a quotation is from."""

    author: str | None = None
    role: str | None = None
    organization: str | None = None


def read_testimonials(p: Passage, *, section: bool = False) -> tuple[Found[DraftTestimonial], ...]:
    """Read the testimonials of a passage.

    In a testimonials ``section`` every quotation counts, quotation marks or not; elsewhere only one that stands as a
    block of its own and is attributed to somebody.
    """
    found: list[Found[DraftTestimonial]] = []
    blocks = [(position, block) for position, block in p.blocks if block.kind != "heading" or is_attribution(block)]
    place = 0
    while place < len(blocks):
        quote, said, used = _one(blocks, place, section=section)
        if quote and (section or said):
            speaker = read_speaker(said)
            evidence = tuple(_evidence(p, *entry) for entry in blocks[place : place + used])
            value = DraftTestimonial(
                quote=quote, author=speaker.author, role=speaker.role, organization=speaker.organization
            )
            found.append(Found(value=value, evidence=evidence))
        place += used
    return tuple(found)


def _evidence(p: Passage, position: int, block: Block) -> Evidence:
    return p.evidence(position, 0, len(block.text), "testimonials.quotation")


def _one(blocks: list[tuple[int, Block]], place: int, *, section: bool) -> tuple[str, str, int]:
    """Read a quotation at ``place``: its words, its attribution, and how many blocks both take."""
    block = blocks[place][1]
    match = _QUOTED_THEN_SAID.match(block.text)
    if match and match["said"].strip(" .") and len(match["said"]) <= ATTRIBUTION_LENGTH:
        told = bool(_TOLD.match(match["said"])) or match["said"].lstrip()[:1] in _DASHES
        if told or section:
            return match["quote"], match["said"], 1
    quoted = block.kind == "quotation" or _signed_below(blocks, place)
    if not (section or quoted) or (section and _is_signature(block)):
        return "", "", 1
    used = 1
    texts = [block.text]
    open_marks = block.text[:1] in _OPENING and not _closes(block.text)
    while open_marks and place + used < len(blocks):
        texts.append(blocks[place + used][1].text)
        used += 1
        open_marks = not _closes(texts[-1])
    said, lines = _attribution(blocks, place + used)
    quote = " ".join(texts)
    glued = None if said else _glued(quote)
    if glued:
        quote, said = quote[: glued.start()], glued["said"]
    return _unquoted(quote), said, used + lines


def _signed_below(blocks: list[tuple[int, Block]], place: int) -> bool:
    """Say whether a paragraph in quotation marks has a signature with a dash below it."""
    text = blocks[place][1].text
    if text[:1] not in _OPENING or not _closes(text) or place + 1 >= len(blocks):
        return False
    below = blocks[place + 1][1]
    return below.text[:1] in _DASHES and len(below.text.split()) <= _SIGNATURE_WORDS + 6 and is_attribution(below)


def _is_signature(block: Block) -> bool:
    """Say whether a block of a testimonials section only says who speaks, and is no quotation."""
    short = len(block.text.split()) < _FEWEST_WORDS and block.text[:1] not in _OPENING and block.kind != "quotation"
    return short or is_attribution(block)


def _glued(quote: str) -> re.Match[str] | None:
    """Find the signature that ends a quotation's own text."""
    found = _GLUED.search(quote)
    if found is None or found.start() < _FEWEST_WORDS * 4:
        return None
    sure = not found["gap"] or found["dash"]
    role = found["more"] and _says_role(found["more"].strip(" ,(–—|)"))
    return found if sure or role else None


def signature_positions(p: Passage) -> frozenset[int]:
    """Give the positions of the lines that say who speaks, below a quotation: they say nothing of the initiative."""
    blocks = list(p.blocks)
    found: set[int] = set()
    for place, (_, block) in enumerate(blocks):
        if block.kind == "quotation" or block.text[:1] in _OPENING:
            lines = _attribution(blocks, place + 1)[1]
            found.update(position for position, _ in blocks[place + 1 : place + 1 + lines])
    return frozenset(found)


def _closes(text: str) -> bool:
    return text.rstrip(" .")[-1:] in _CLOSING


def _unquoted(text: str) -> str:
    stripped = text.strip()
    if stripped[:1] in _OPENING and _closes(stripped):
        return stripped.rstrip(" .")[1:-1].strip()
    return stripped


def _attribution(blocks: list[tuple[int, Block]], place: int) -> tuple[str, int]:
    """Give the attribution that starts at ``place``: up to two short lines after the one that names the speaker."""
    lines: list[str] = []
    for _, block in blocks[place : place + 3]:
        dashed = block.text[:1] in _DASHES
        below = len(lines) == 1 and lines[0][:1] in _DASHES and _may_be_role(lines[0], block)
        quoted = not lines and place > 0 and blocks[place - 1][1].kind == "quotation"
        name = quoted and (_is_bare_name(block) or _ends_quotation(block))
        if (lines and dashed) or not (is_attribution(block) or below or name):
            break
        lines.append(block.text)
    return "\n".join(lines), len(lines)


def without_signatures(p: Passage) -> Passage:
    """Give a passage without the lines that say who speaks."""
    signed = signature_positions(p)
    return Passage(p.document, tuple(one for one in p.positions if one not in signed), p.language) if signed else p


def _ends_quotation(block: Block) -> bool:
    """Say whether a short line inside the element of a quotation, below its words, says who speaks."""
    short = len(block.text.split()) <= _SIGNATURE_WORDS and block.text[-1:] not in '.!?…»”"'
    return block.kind == "quotation" and short and block.text[:1] not in _OPENING


def _is_bare_name(block: Block) -> bool:
    """Say whether a block is a name and nothing else; a first name alone will do."""
    return block.kind in ("paragraph", "caption") and bool(_PERSON.fullmatch(block.text.strip()))


def _says_role(text: str) -> bool:
    """Say whether words give the role of whoever speaks, an age or a school year included."""
    plain = fold_text(text)
    return bool(_ROLE_WORDS.search(plain) or _YOUNG.match(plain))


def _begins_as_role(text: str) -> bool:
    """Say whether words begin as a role does, and not as the name of an organisation."""
    return bool(_ROLE_WORDS.search(fold_text(text.split(maxsplit=1)[0])) or _YOUNG.match(fold_text(text)))


def _may_be_role(name: str, block: Block) -> bool:
    """Say whether a short line below "— Name" goes on saying who that is."""
    bare = name.strip(_DASHES + " ")
    text = block.text.strip()
    short = len(text.split()) <= 12 and text[-1:] not in ".!?…" and text[:1] not in _OPENING
    return short and block.kind == "paragraph" and bool(_PERSON.fullmatch(bare))


def is_attribution(block: Block) -> bool:
    """Say whether a block may be the line that says who speaks, even where a dump makes it look like a heading."""
    text = block.text.strip()
    if block.kind == "list_item" or len(text) > ATTRIBUTION_LENGTH or text[:1] in _OPENING:
        return False
    person = _PERSON.match(text.lstrip(_DASHES + " "))
    named = bool(person and len(person[0].split()) > 1)
    role = bool(_ROLE_WORDS.search(fold_text(text))) or _is_young_signature(text)
    if block.kind == "heading":
        return named and role and bool(_SPLIT.search(text))
    if text[:1] in _DASHES:
        return True
    sentence = text[-1:] in ".!?…" and len(text.split()) > 8
    return not sentence and (named or role)


def _is_young_signature(text: str) -> bool:
    """Say whether a line is an age, a school year or the like, alone or after a first name: "Name, 15 ans"."""
    parts = [part for part in _SPLIT.split(text.strip(_DASHES + " ")) if part]
    if text[-1:] in ".!?…" or len(text.split()) > _SIGNATURE_WORDS or not parts:
        return False
    told = parts[1:] if len(parts) > 1 and _PERSON.fullmatch(parts[0]) else parts[:1]
    return bool(told) and bool(_YOUNG.match(fold_text(told[0])))


def stray_attribution(p: Passage) -> tuple[str, tuple[int, ...]]:
    """Find an attribution that stands apart from its quotation, as in dumps: '— Name' and the line after it."""
    blocks = list(p.blocks)
    for (position, block), (after, following) in pairwise(blocks):
        name = block.text.strip(_DASHES + " ")
        alone = len(name.split()) > 1 and _PERSON.fullmatch(name) and block.kind != "heading"
        role = len(following.text) <= ATTRIBUTION_LENGTH and _ROLE_WORDS.search(fold_text(following.text))
        if alone and role:
            return f"{name}\n{following.text}", (position, after)
    return "", ()


def read_speaker(said: str) -> Speaker:
    """Read 'Name, role – organisation', on one line or several; parts that are not there stay empty."""
    text = _TOLD.sub("", said.strip().strip(_DASHES + " ").strip(), count=1).strip(" .()\n" + _DASHES)
    parts = [part.strip(" .()") for part in _SPLIT.split(text) if part.strip(" .()")]
    if not parts:
        return Speaker()
    ranked = _RANKED.fullmatch(parts[0])
    if ranked and _ROLE_WORDS.search(fold_text(ranked["role"])):
        role, organization = _role_and_organization(parts[1:])
        return Speaker(ranked["author"], f"{ranked['role']}, {role}" if role else ranked["role"], organization)
    author = parts.pop(0) if _PERSON.fullmatch(parts[0]) and not _says_role(parts[0]) else None
    return Speaker(author, *_role_and_organization(parts))


def _role_and_organization(parts: list[str]) -> tuple[str | None, str | None]:
    if not parts:
        return None, None
    last = parts[-1]
    if len(parts) > 1 and last[:1].isupper() and not _begins_as_role(last):
        return ", ".join(parts[:-1]), last
    if len(parts) == 1 and not _says_role(last):
        return (None, last) if last[:1].isupper() else (last, None)
    match = _ROLE_OF.fullmatch(last)
    if match and _ROLE_WORDS.search(fold_text(match["role"])):
        return ", ".join([*parts[:-1], match["role"]]), match["organization"]
    return ", ".join(parts), None
