"""People quoted or named in an official role, with role and organisation where the page gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.passage import Passage
from extractors.recognizers.fold import Folded, fold
from extractors.recognizers.lexicon import FIRST_NAMES, FRENCH_HEADS, NOT_NAMES, TITLES, word_set
from extractors.recognizers.mentions import mentions_in
from extractors.recognizers.place_names import is_place_name
from extractors.recognizers.refused import Refused
from extractors.recognizers.tokens import Token, gap, shouting, tokens_of
from schemas.base import PageLanguage
from schemas.document import Block
from schemas.drafts import Evidence, Found, PersonMention

_PARTICLES = word_set("de du des d la le van von di del el ben bin da dos st saint")
_ARTICLES = word_set("le la les l the")
_NO_PERSON = NOT_NAMES | FRENCH_HEADS
_ROLE_WORD = (
    r"(?:directeur|directrice|directions?|coordonnat(?:eur|rice)|coordonateur|intervenante?|"
    r"travailleu(?:r|se)|agente?|chargee?|"
    r"presidente?|vice-presidente?|responsable|conseillere?|porte-parole|fondat(?:eur|rice)|"
    r"cofondat(?:eur|rice)|membre|"
    r"bibliothecaire|pharmacien(?:ne)?|entraineure?|facteur|factrice|juge|senat(?:eur|rice)|cure|prefete?|"
    r"psychologue|psychoeducat(?:eur|rice)|animat(?:eur|rice)|gestionnaire|chef(?:fe)?|adjointe?|benevole|"
    r"ministre|deputee?|maire|"
    r"mairesse|sergente?|lieutenante?|capitaine|inspect(?:eur|rice)|policiere?|enseignante?|professeure?|infirmiere?|"
    r"medecin|organisat(?:eur|rice)|secretaire|tresoriere?|participante?|mere|pere|etudiante?|"
    r"criminologue|sexologue|avocate?|"
    r"procureure?|chercheu(?:r|se)|technicien(?:ne)?|representante?|commissaire|prefete?|superviseure?|"
    r"educat(?:eur|rice)|"
    r"entrepreneure?|proprietaire|artiste|auteure?|paire?[- ]aidante?|"
    r"(?:executive |general |project |community |volunteer |youth |assistant |deputy |clinical |program |associate |"
    r"managing )*(?:director|"
    r"coordinator|manager)|"
    r"president|chair(?:person|woman|man)?|founder|co-founder|outreach worker|social worker|worker|"
    r"spokesperson|officer|head|"
    r"warden|reeve|councill?or|constable|detective|principal|pastor|senator|judge|paramedic|pharmacist|librarian|coach|"
    r"ceo|mayor|minister|sergeant|teacher|professor|nurse|doctor|psychologist|counsellor|counselor|"
    r"volunteer|supervisor|"
    r"facilitator|advis[eo]r|lawyer|researcher|educator|superintendent|chief|lead|member|youth worker|"
    r"case worker|liaison)"
)
_ROLE_AFTER = re.compile(
    rf"(?:,| \(| ?[-–—]) ?(?:(?:the|a|an|la|le|l'|une?|notre|aussi|alors|son|"
    rf"sa) ?)?(?P<role>\b{_ROLE_WORD}\b[^,.;:()»\"–—]{{0,120}})"
)
_ROLE_BEFORE = re.compile(
    rf"\b(?P<role>{_ROLE_WORD}(?: (?:[a-z'-]+)){{0,14}}?),? (?:(?:m|mme|dr|dre|me|mr|mrs|ms)\.? ?)?$"
)
_SAID = (
    r"(?:dit|a dit|affirme|a affirme|explique|a explique|ajoute|a ajoute|souligne|a souligne|mentionne|"
    r"a mentionne|indique|precise|"
    r"a precise|partage|a partage|conclut|raconte|temoigne|lance|soutient|estime|confie|resume|rappelle|"
    r"met en lumiere|"
    r"declare|a declare|fait valoir|note|observe|constate|insiste|rencherit|poursuit|commente|se rejouit|"
    r"fait remarquer|illustre|"
    r"said|says|explains?|explained|adds?|added|notes?|noted|recalls?|shared?|shares|stated?|states|"
    r"concludes?|concluded|"
    r"according to|selon|d'apres|comments?|commented|points out|told|believes)"
)
_SAID_BEFORE = re.compile(
    rf"\b{_SAID}(?:,)?(?: (?:d'emblee|fierement|avec fierte|pour sa part|de son cote|aussi|ensuite|"
    rf"egalement|a son tour|[a-z]+ment|"
    r"proudly|also))?,? ?(?:(?:la|le|l'|the)[^,.;«»\"]{0,60},? )?$"
)
_SAID_AFTER = re.compile(rf"(?:,[^.;]{{3,140}},)? ?(?:{_SAID})\b")
_SAID_LATER = re.compile(
    r"\"[^\"]*(?:\b[a-z]+-t-(?:il|elle|iel) |\b(?:dit|explique|ajoute|confie|raconte|lance|precise|conclut|affirme|"
    r"souligne)-"
    r"(?:t-)?(?:il|elle|iel)\b|,? (?:he|she|they) (?:said|says|adds?|added|explains?|explained|recalls?|told)\b)"
)
"""A quotation further down whose speaker is only called he or she: the one that the paragraph begins with."""
_ROLE_LATER = re.compile(
    rf"(?:, (?:qui|who)\b[^.;«»\"]{{3,120}}?,)? (?:agira|agit|agissait|siege|siegera|intervient|travaille|oeuvre|"
    rf"will act|acts?|serves?|will serve|works?) (?:aussi |egalement |also |now )?"
    rf"(?:a titre (?:de |d')|comme |en tant que |as )"
    rf"(?:(?:an?|the|la|le|une?) )?(?P<role>{_ROLE_WORD}\b[^,.;:()»\"–—]{{0,60}})"
)
"""A role further on in the sentence: "Name, qui …, agira à titre de …"."""
_ACCORDING = re.compile(r"\b(?:selon|d'apres|according to)\b[^,.;]{0,60}$")
_NO_TRADE = (
    r"(?:qui|que|qu'|dont|ou|en|a|au|aux|dans|lors|avec|pour|par|sur|tout|toute|toujours|et|mais|ainsi|hier|lui|elle|il|"
    r"selon|apres|avant|depuis|sans|soit|encore|aussi|les|des|l'une?|une?|who|whose|in|at|on|during|of|with|from|while|"
    r"when|after|before|and|but|as|to|for|he|she|his|her|by|now|one|[a-z]+ing)"
)
_APPOSITION = re.compile(
    rf", (?:(?:la|le|l'|une?|the|an?) ?)?(?P<role>(?!{_NO_TRADE}\b)[a-z][a-z' -]{{2,70}}?"
    r"[^,.;:!?()»\"–—]{0,40})(?=[,.;!?»\"–—]|$)"
)
"""Whatever follows the name of somebody quoted between commas: a trade that no list has."""
_ROLE_ENDS = re.compile(
    r"\s(?:qui|que|qu'|dont|lorsque|quand|afin|parce|depuis|pour (?:qui|que|[a-z]+er\b)|aupres de l'equipe|"
    r"et (?:qui|que|il|elle)|who|which|that|when|because|since|while|where|est|sont|etait|sera|"
    r"a (?:ete|dit|affirme|explique|ajoute)|ont|was|is|are|were|has|had|said|says|vit|habite|lives)(?=\s|$)"
)
"""Where a role stops being a noun phrase and a sentence goes on."""
ROLE_LENGTH = 90
"""Characters of the longest role; what is longer is a sentence."""
_AND = re.compile(r"\s(?:et|ainsi que|and|as well as)\s")
_OPEN_END = re.compile(r"(?:\s(?:de|du|des|d['’]?|la|le|les|l['’]?|à|au|aux|en|of|the|for|at|in|to|with))+$")
_NO_ROLE = re.compile(r"^(?:agee? |aged? )?(?:de |d')?\d|\b(?:vit|habite|lives|dort|sleeps)\b")
"""What stands where a role does and is none: an age, what somebody does."""
_DASH = re.compile(r" [–—|-] ")
_ORGANIZATION_LINK = re.compile(
    r"(?:,| (?:chez|a|au|a la|a l'|de|du|de la|de l'|des|d'|pour|aupres de|of|at|with|for|"
    r"from))? ?(?:(?:la|le|l'|les|the) ?)?$"
)
_SEAT = re.compile(r" (?:du|de la|de l['’]|des|of the|at the) ?(?P<organization>[A-ZÀ-Ý]{3,})$")
"""An organisation that a role ends with, known by its acronym alone: 'chef de service du CISSS'."""
_BYLINE_TITLE = re.compile(r"^(?P<role>[^–—|]{3,90}?)(?: ?[–—|] ?| - |, )(?P<organization>[^\W\d_][^–—|]{2,100})$")


@dataclass(frozen=True, slots=True)
class _Person:
    start: int
    end: int
    name: str
    role: str | None
    organization: str | None
    rule: str


def read_people(p: Passage) -> tuple[Found[PersonMention], ...]:
    """Give the people that the passage names in a role or quotes, in order, each once."""
    found: dict[str, tuple[PersonMention, list[Evidence]]] = {}
    blocks = list(p.blocks)
    met = [
        (position, person)
        for number, (position, block) in enumerate(blocks)
        for person in _people_in(block, blocks[number + 1][1] if number + 1 < len(blocks) else None)
    ]
    names = {_key(person.name): person.name for _, person in met}
    if any(len(name.split()) == 1 for name in names.values()):
        named = (
            block.text[start:end] for _, block in blocks for start, end, titled in _names(block.text) if not titled
        )
        names |= {key: name for name in named if (key := _key(name)) not in names}
    for position, person in met:
        key = _full(_key(person.name), names)
        known, evidence = found.setdefault(key, (PersonMention(name=names[key]), []))
        evidence.append(p.evidence(position, person.start, person.end, person.rule))
        better = {"role": known.role or person.role, "organization": known.organization or person.organization}
        found[key] = (known.model_copy(update=better), evidence)
    return tuple(Found(value=person, evidence=tuple(evidence[:5])) for person, evidence in found.values())


def refused_people(p: Passage) -> Iterator[Refused]:
    """Give the people that the passage names, neither quoted nor in a role."""
    taken = {(place.block, place.start) for found in read_people(p) for place in found.evidence}
    for position, block in p.blocks:
        for start, end, _ in () if shouting(block.text) else _names(block.text):
            if (position, start) not in taken:
                yield Refused(position, start, end, block.text[start:end], "no-role")


def _key(name: str) -> str:
    return " ".join(fold(name).text.replace("-", " ").split())


def _full(key: str, known: Mapping[str, str]) -> str:
    """Give the name of which a family name alone is the end: Mme Exemple-Modèle is Anne Exemple-Modèle."""
    alone = len(known[key].split()) == 1
    return next((full for full in known if alone and full.endswith(f" {key}")), key)


def _people_in(block: Block, following: Block | None) -> Iterator[_Person]:
    text = block.text
    if shouting(text):
        return
    folded = fold(text)
    for name_start, name_end, titled in _names(text):
        alone = _stands_alone(text, name_start, name_end)
        dashed = alone and bool(_DASH.search(text, name_end))
        person = None if dashed else _in_sentence(block, folded, name_start, name_end)
        if person is None and alone:
            person = _signature(text, name_start, name_end, following)
        if person is None and titled:
            person = _Person(name_start, name_end, text[name_start:name_end], None, None, "people.title")
        if person is not None:
            yield person


def _names(text: str) -> tuple[tuple[int, int, bool], ...]:
    """Find the names of people: a first name and one to three more words, or a title and a name."""
    tokens = tokens_of(text)
    names: list[tuple[int, int, bool]] = []
    after = 0
    for place, token in enumerate(tokens):
        if place < after or not (token.capital or token.folded in TITLES):  # most words
            continue
        titled = token.folded in TITLES and (token.capital or token.folded in ("dr", "dre"))
        first = place + 1 if titled else place
        end = _name_end(text, tokens, first, titled=titled)
        if end is not None:
            names.append((tokens[first].start, tokens[end - 1].end, titled))
            after = end
    return tuple(names)


def _name_end(text: str, tokens: Sequence[Token], first: int, *, titled: bool) -> int | None:
    if first >= len(tokens) or not _is_name_word(tokens[first]):
        return None
    if titled and gap(text, tokens[first - 1], tokens[first]).strip(". \u00a0"):
        return None
    known = tokens[first].folded.split("-")[0] in FIRST_NAMES
    place = first + 1
    while place < len(tokens) and place - first < 6:
        between = gap(text, tokens[place - 1], tokens[place])
        initial = len(tokens[place - 1].folded) == 1 and between.strip(" \u00a0") == "."
        if between.strip(" \u00a0") and not initial:
            break
        beyond = place
        while beyond < len(tokens) and beyond - place < 3 and tokens[beyond].folded in _PARTICLES:
            beyond += 1
        if beyond >= len(tokens) or not _is_name_word(tokens[beyond]):
            break
        place = beyond + 1
    length = place - first
    if titled:
        return place
    if tokens[first].folded in _ARTICLES:
        return None
    plausible = known or _is_plausible(text, tokens, first, place)
    return place if plausible and 2 <= length <= 6 else None


def _is_name_word(token: Token) -> bool:
    if not token.capital or token.acronym or token.folded in _NO_PERSON:
        return False
    return token.folded.replace("-", "").replace("'", "").isalpha()


def _is_plausible(text: str, tokens: Sequence[Token], first: int, after: int) -> bool:
    """Say whether two capitalised words without a known first name may be a person, no part of another name."""
    inside = first > 0 and tokens[first - 1].capital and gap(text, tokens[first - 1], tokens[first]) == " "
    return (
        after - first == 2
        and not (tokens[first].initial or inside)
        and not is_place_name(text[tokens[first].start : tokens[after - 1].end])
    )


def _in_sentence(block: Block, folded: Folded, start: int, end: int) -> _Person | None:
    text = folded.text
    low, high = folded.place(start), folded.place(end)
    before = text[max(0, low - 130) : low]
    name = block.text[start:end]
    after = _ROLE_AFTER.match(text, high)
    if after:
        role, organization = _split_role(block, *folded.span(*after.span("role")))
        return _Person(start, end, name, role, organization, "people.role-after")
    later = _ROLE_LATER.match(text, high)
    if later:
        role, organization = _split_role(block, *folded.span(*later.span("role")))
        return _Person(start, end, name, role, organization, "people.role-later")
    role_before = _ROLE_BEFORE.search(before)
    if role_before:
        offset = max(0, low - 130)
        span = folded.span(offset + role_before.start("role"), offset + role_before.end("role"))
        role, organization = _split_role(block, *span)
        return _Person(start, end, name, role, organization, "people.role-before")
    if _SAID_BEFORE.search(before) or (_SAID_AFTER.match(text, high) and not _known_place(name)):
        return _quoted(block, folded, start, end)
    if not before.strip(' "-') and _SAID_LATER.search(text, high):
        return _Person(start, end, name, None, None, "people.quoted-later")
    return None


def _quoted(block: Block, folded: Folded, start: int, end: int) -> _Person:
    """Give somebody quoted, with the trade that stands after the name."""
    name = block.text[start:end]
    told = _ACCORDING.search(folded.text[: folded.place(start)])
    said = None if told else _APPOSITION.match(folded.text, folded.place(end))
    if said and block.text[folded.offsets[said.start("role")]].islower():
        role, organization = _split_role(block, *folded.span(*said.span("role")))
        if role:
            return _Person(start, end, name, role, organization, "people.quoted-as")
    return _Person(start, end, name, None, None, "people.quoted")


def _known_place(name: str) -> bool:
    return is_place_name(name)


def _split_role(block: Block, start: int, end: int) -> tuple[str | None, str | None]:
    """Cut "directrice générale de X" into the role and the organisation."""
    for mention in mentions_in(block.text, _language(block)):
        if start < mention.start <= end and mention.rule != "project":
            lead = block.text[start : mention.start]
            cut = _ORGANIZATION_LINK.search(fold(lead).text)
            role = lead[: fold(lead).offsets[cut.start()]] if cut else lead
            return _tidy(role), block.text[mention.start : mention.end]
    seat = _SEAT.search(block.text, start, end)
    if seat and seat.end() == end:
        return _tidy(block.text[start : seat.start()]), seat["organization"]
    return _tidy(block.text[start:end]), None


def _language(block: Block) -> PageLanguage:
    return block.language


def _tidy(role: str) -> str | None:
    """Give a role as a short noun phrase; none where the words are an age or a sentence."""
    plain = fold(role)
    if _NO_ROLE.search(plain.text.strip()):
        return None
    ends = _ROLE_ENDS.search(plain.text, 3)
    said = role[: plain.offsets[ends.start()]] if ends else role
    said = said.strip(" \u00a0,;:–—-")
    if len(said) > ROLE_LENGTH:
        first, *more = _AND.split(said[: ROLE_LENGTH + 1])
        said = first if more else _OPEN_END.sub("", first.rpartition(" ")[0])
    return said or None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a name is a line of its own, as under a quotation: "— Name", "Name, Title – Organisation"."""
    before = text[:start].strip(" \u00a0-–—~•")
    return (
        not before
        and len(text) < 220
        and (end == len(text.rstrip()) or text[end : end + 3].strip(" \u00a0")[:1] in ",–—-|:(")
    )


def _signature(text: str, start: int, end: int, following: Block | None) -> _Person | None:
    rest = text[end:].strip(" \u00a0,–—-|:()")
    dashed = bool(text[:start].strip())
    if not rest and following is not None and len(following.text) < 200:
        rest = following.text.strip()
        if not re.search(rf"\b{_ROLE_WORD}\b", fold(rest).text):
            rest = ""
    if not rest:
        return _Person(start, end, text[start:end], None, None, "people.signature") if dashed else None
    match = _BYLINE_TITLE.match(rest)
    if match and (match["organization"][:1].isupper() or re.search(rf"\b{_ROLE_WORD}\b", fold(match["role"]).text)):
        return _Person(
            start, end, text[start:end], _tidy(match["role"]), match["organization"].strip(), "people.signature"
        )
    return _Person(start, end, text[start:end], _tidy(rest), None, "people.signature")
