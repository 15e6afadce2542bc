"""Organisations that a passage names, each once, whatever forms of its name the page uses.

Known bodies come from the gazetteer; others are read from the shape of their names and the words around them. An
acronym defined once, or a shortened name, leads back to the same organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.once import once_a_passage
from extractors.passage import Passage
from extractors.recognizers.articles import with_article
from extractors.recognizers.bodies import acronym_key
from extractors.recognizers.fold import fold_word
from extractors.recognizers.lexicon import FRENCH_HEADS, PARTICLES
from extractors.recognizers.mentions import Mention, mentions_in
from extractors.recognizers.org_sectors import sector_of
from extractors.recognizers.place_names import is_place_name
from extractors.recognizers.tokens import tokens_of
from schemas.drafts import Evidence, Found, OrganizationMention
from schemas.gazetteer import Body

_SAME_NAME = 93
"""Likeness (0 to 100) from which two names on one page are spellings of one: one wrong letter in a name of ten."""
_SERVICE_HEADS = frozenset(("halte", "clinique", "camp", "equipe", "escale"))
"""What an organisation runs may bear its name: the halt of X is not X."""
_MOST = 200
"""Organisations read from one passage: a page that names more is a register, not about an initiative."""
_PRIZE = re.compile(r"\b(?:Award|Prize|Medal|Trophy) (?:of|from)\b")
"""A prize named with its giver is no organisation."""
_SAINTS = {"st": "saint", "ste": "sainte"}
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(slots=True)
class _Organization:
    written: str
    key: tuple[str, ...]
    body: Body | None = None
    acronym: str | None = None
    short: tuple[str, ...] | None = None
    """Key of a shorter name given in brackets after the full one."""
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class _Register:
    """The organisations met so far, in order."""

    known: list[_Organization] = field(default_factory=list)

    def place(self, mention: Mention, written: str, bracketed: _Organization | None) -> _Organization:
        """Give the organisation that a mention names; one in brackets right after another is the same."""
        key = name_key(written)
        if bracketed and not bracketed.body and not mention.body and len(key) < len(bracketed.key):
            bracketed.short = key
            return bracketed
        for organization in self.known:
            if _is_same(organization, mention, key, written):
                break
        else:
            organization = _Organization(written, key, mention.body)
            self.known.append(organization)
        if len(key) > len(organization.key) and not organization.body:
            organization.written, organization.key = written, key
        organization.acronym = organization.acronym or mention.acronym
        return organization


@once_a_passage
def read_organizations(p: Passage) -> tuple[Found[OrganizationMention], ...]:
    """Give the organisations that the passage names, in order of appearance, each once."""
    mentions = [
        (position, mention, mention.full or block.text[mention.start : mention.end])
        for position, block in p.blocks
        for mention in mentions_in(block.text, block.language)
    ]
    defined = {name_key(written) for _, mention, written in mentions if mention.rule == "organizations.definition"}
    initiatives = {name_key(written) for _, mention, written in mentions if mention.rule == "project"} - defined
    register = _Register()
    last: _Organization | None = None
    last_end = (-1, -1)
    for position, mention, written in mentions:
        if (
            mention.rule == "project"
            or _PRIZE.search(written)
            or (mention.body is None and name_key(written) in initiatives)
        ):
            continue
        if len(register.known) >= _MOST:
            break
        bracketed = last if last_end == (position, mention.start) else None
        organization = last = register.place(mention, written, bracketed)
        last_end = (position, _after_bracket(p, position, mention.end))
        organization.evidence.append(p.evidence(position, mention.start, mention.end, mention.rule))
    _add_acronyms(p, register)
    order = {position: place for place, position in enumerate(p.positions)}
    for organization in register.known:
        organization.evidence.sort(key=lambda evidence: (order[evidence.block], evidence.start))
    return tuple(
        Found(value=_value(p, organization), evidence=tuple(organization.evidence[:5]))
        for organization in register.known
    )


def _after_bracket(p: Passage, position: int, end: int) -> int:
    """Give the place after an opening bracket that follows a name, -1 where none does."""
    text = p.document.blocks[position].text
    return end + 2 if text[end : end + 2] == " (" else -1


def name_key(name: str) -> tuple[str, ...]:
    """Give the words that count when names are compared: folded, without particles."""
    dotted = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name)
    return tuple(_SAINTS.get(word, word) for word in _WORD.findall(fold_word(dotted)) if word not in PARTICLES)


def _is_same(organization: _Organization, mention: Mention, key: tuple[str, ...], written: str) -> bool:
    if mention.body is not None or organization.body is not None:
        return mention.body is organization.body
    if organization.acronym and acronym_key(organization.acronym) == acronym_key(written):
        return True
    if mention.acronym and acronym_key(mention.acronym) == acronym_key(organization.written):
        return True
    if key in (organization.key, organization.short):
        return True
    return (
        _is_short_form(key, organization.key)
        or _is_short_form(organization.key, key)
        or _is_misspelling(key, organization.key)
    )


def _is_short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Say whether a name is the beginning of another, or another without the words that say what it is."""
    if not short or len(short) >= len(full):
        return False
    telling = [word for word in short if word not in FRENCH_HEADS]
    if not telling or (len(short) == 1 and len(short[0]) < 4):
        return False
    own = full[-len(short) :] == short and not is_place_name(" ".join(short))
    headless = full[0] in FRENCH_HEADS and full[0] not in _SERVICE_HEADS and (full[1:] == short or own)
    return headless or (full[: len(short)] == short and len(short) > 1)


def _is_misspelling(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    written, known = " ".join(one), " ".join(other)
    if len(one) != len(other) or min(len(written), len(known)) < 10 or written[:1] != known[:1]:
        return False
    if any(word != match and min(len(word), len(match)) < 5 for word, match in zip(one, other, strict=True)):
        return False
    return fuzz.ratio(written, known) >= _SAME_NAME


def _add_acronyms(p: Passage, register: _Register) -> None:
    """Point to later uses of the acronyms that the passage defines."""
    wanted = {
        acronym_key(organization.acronym): organization
        for organization in register.known
        if organization.acronym and not organization.body
    }
    if not wanted:
        return
    for position, block in p.blocks:
        for token in tokens_of(block.text):
            organization = wanted.get(acronym_key(block.text[token.start : token.end])) if token.acronym else None
            if organization is None:
                continue
            inside = any(
                known.block == position and known.start <= token.start < known.end for known in organization.evidence
            )
            if not inside:
                organization.evidence.append(p.evidence(position, token.start, token.end, "organizations.acronym"))


def _value(p: Passage, organization: _Organization) -> OrganizationMention:
    body = organization.body
    if body is None:
        name = with_article(p, organization.written, organization.evidence)
        return OrganizationMention(
            name=name,
            written=name,
            acronym=organization.acronym,
            sector=sector_of(organization.written),
        )
    acronym = body.acronyms[0] if body.acronyms else organization.acronym
    return OrganizationMention(
        name=body.name.fr or organization.written,
        written=organization.written,
        acronym=acronym,
        sector=body.sector,
        gazetteer_id=body.id,
        municipality=body.municipality,
        regions=body.regions,
    )
