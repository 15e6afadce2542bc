"""Who leads an initiative and who works with them, judged by the words around each organisation's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from schemas.drafts import Evidence, Found, OrganizationMention

Mention = Found[OrganizationMention]

SUBJECT_RULE = "directory.subject"
"""Evidence rule of an organisation read as the one who acts in an entry."""
_PUBLIC_LEAD = 3.4
"""Weight above which a public body leads: it takes part in many projects that others run."""
_OWNER = 3
"""Weight of the organisation whose site the page stands on: above a passing subject, below whoever is said to lead."""
_REACH = 90
"""Characters looked at on either side of a name."""

_ARTICLE = (
    r"(?:(?:l'|un |une |an? |the |notre |our )?(?:organisme|organisation|association|organi[sz]ation)"
    r"(?: communautaire)? |les? |la |l'|the |du |de la |de l'|des )?"
)
_INITIATIVE = (
    r"(?:projets?|initiatives?|programmes?|services?|demarches?|campagnes?|project|program|initiative|service)"
)
_LED = (
    r"(?:mis(?:e|es)? (?:en place|sur pied|en oeuvre|de l'avant)|portee?s?|menee?s?|pilotee?s?|"
    r"coordonnee?s?|dirigee?s?|initiee?s?|"
    r"developpee?s?|offerte?s?|animee?s?|proposee?s?|lancee?s?|chapeautee?s?|realisee?s?|creee?s?|"
    r"organisee?s?|dispensee?s?|"
    r"instauree?s?|implantee?s?|geree?s?|fondee?s?|concue?s?|imaginee?s?)"
)
_LED_EN = (
    r"(?:led|run|created|developed|coordinated|launched|offered|managed|initiated|founded|delivered|started|piloted|"
    r"implemented|set up|headed|spearheaded|designed|carried out|organi[sz]ed|established)"
)
_DOES = (
    r"(?:vise|vient en aide|viendra|offre|offrira|propose|assure|assurera|a mis|met|mettra|a lance|"
    r"lance|a cree|cree|coordonne|anime|"
    r"accompagne|s'est vu|souhaite|travaille|pilote|developpe|a developpe|intervient|oeuvre|cherche|"
    r"permet|deploie|rejoint|"
    r"soutient|a obtenu|a recu|recevra|obtiendra|est un|s'adresse|aims|offers|helps|provides|works|launched|runs|"
    r"created|coordinates|"
    r"set up|supports|has (?:set|launched|created|developed)|is an?|will|works|reaches|seeks|developed|brings)"
)

_BEFORE: tuple[tuple[int, str], ...] = (
    (
        6,
        rf"(?:(?:tout )?comme l'(?:a|ont) fait|c'est ce qu'(?:a|ont) fait|exactly what|what|just as|"
        rf"just like|as did) {_ARTICLE}",
    ),
    (
        4,
        rf"{_INITIATIVE}(?<!services)(?: (?!services)\w+)? (?:du |de la |de l'|"
        r"de |d'|des |of |by |from )(?:l'organisme |the )?",
    ),
    (4, rf"{_LED}(?: et {_LED}| \w+ment)? par {_ARTICLE}"),
    (4, rf"{_LED_EN}(?: and {_LED_EN})? by {_ARTICLE}"),
    (4, rf"(?:^|[,;:.)] )(?:par|by) {_ARTICLE}"),
    (
        4,
        rf"(?:\$|dollars)[^.;]{{0,12}} (?:va|vont|ira|iront|revient|permett\w+|vers\w+|accord\w+|remis\w*) (?:a|"
        rf"aux?) {_ARTICLE}",
    ),
    (4, rf"(?:^|[.;] )(?:responsable|porteur|promoteur|animation|lead) ?: {_ARTICLE}"),
    (
        8,
        rf"(?:partenariat|alliance|entente|collaboration|partnership|agreement|joint (?:effort|project|initiative)|"
        rf"projet commun|projet conjoint|effort) (?:entre|between|of|de|du) {_ARTICLE}",
    ),
    (
        3,
        r"(?:al'initiative|a l'initiative|sous l'egide|sous la responsabilite|sous la coordination|"
        r"par l'entremise) (?:du |de la |de l'|de |d'|des )",
    ),
    (
        2,
        r"(?:l'|un |cet |the |entre l'|between the )?(?:organisme|organisation|association|organi[sz]ation)"
        r"(?: communautaire| jeunesse)? ",
    ),
    (
        -4,
        rf"(?:avec|en (?:partenariat|collaboration|concertation)(?: etroite)? avec|aux cotes de|"
        rf"et son partenaire|with|alongside) {_ARTICLE}",
    ),
    (-4, rf"\b(?:avec|with|alongside) [^.;,]{{3,80}}(?: et| and|,) {_ARTICLE}"),
    (-4, r"(?:partenaires?|partners?|collaborat\w+)[^.]{0,30}"),
    (-2, rf"(?: et| and|,) {_ARTICLE}"),
    (-9, rf"(?:\$|dollars|\d (?:millions?|thousand)|\$ ?[\d,.]+) (?:du |de la |de l'|des |de |from ){_ARTICLE}"),
    (-9, rf"(?:inspir\w+|calque\w*|modelled|modeled) (?:de |du |des |d'|sur |by |on |after |from ){_ARTICLE}"),
    (
        -9,
        rf"(?:financ\w+|subvention\w*|soutien|soutenue?s?|appuyee?s?|appui|contribution|funded|funding|supported|support|"
        rf"grant)[^.]{{0,25}} (?:par|du|de|by|from|of) {_ARTICLE}",
    ),
)
_AFTER: tuple[tuple[int, str], ...] = (
    (4, r",? (?:est |is )?(?:une?|an?|l'|the) ?(?:\w+ )?(?:organisme|organisation|association|maison|fondation|"
        r"ressource|corporation|cooperative|entreprise|community|non-?profit|organi[sz]ation|charity|group|regroupement)\b"),
    (4, rf"'s? (?:\w+ ){{0,4}}{_INITIATIVE}"),
    (3, rf",? (?:qui )?{_DOES}(?:nt)?\b(?! (?:\w+ )?(?:par|by)\b)"),
)  # fmt: skip
_BEFORE_RULES = tuple((weight, re.compile(rf"(?:^|\b|(?<= )){pattern}[\"(]?$")) for weight, pattern in _BEFORE)
_AFTER_RULES = tuple((weight, re.compile(pattern)) for weight, pattern in _AFTER)
_AWARDED = re.compile(
    r"(?:decerne|remis|attribue|octroye|accorde|awarded)\w*[^.]{0,25} (?:par|by) (?:les? |la |l'|the )?$|"
    r"(?:award|prize|medal|trophy|prix)\b[^.]{0,60}\b(?:presented|given)[^.]{0,25} by (?:the )?$|"
    r"(?:prix|gala|trophee|award|merite)\w*[^.]{0,60} (?:du|de la|de l'|de|des|of|by|from) (?:the )?$"
)
_GRANTED = re.compile(
    r"(?:\$|dollars|\d (?:millions?|thousand)|\$ ?[\d,.]+) (?:du |de la |de l'|des |de |d'un |from (?:the )?)"
    r"(?:ministere )?$"
)
"""Words before whoever only gives a sum."""
_PAID_BY = re.compile(
    r"\b(?:financee?s?|subventionnee?s?|commanditee?s?|funded|sponsored|paid for)(?: [a-z-]+){0,2} (?:par|by) "
    r"(?:les? |la |l'|the )?$"
)
"""Words before whoever only pays."""
_PAYS = re.compile(
    r",?(?: [a-zà-ÿ-]+){0,2} (?:assure\w* le financement|finance(?:nt|ra)?\b|subventionne\w*|soutien\w+ financierement|"
    r"(?:offre|fournit|verse|accorde) (?:une aide financiere|le financement|les fonds)|funds\b|sponsors\b|"
    r"pays for\b(?! (?:\w+ ){0,2}(?:teachers?|workers?|nurses?|staff|coordinators?|tutors?|drivers?)\b)|"
    r"provides? (?:the )?funding|(?:remis|remet|remettait|decerne|decernait) [^.]{0,40}\b(?:prix|trophee|medaille)\b|"
    r"soutien\w+ (?:aussi|egalement)\b|also (?:funds|supports)\b|(?:lui|leur|nous) (?:accord|octroi|vers|remet)\w*|"
    r"(?:accord|octroi|vers|grant)\w* [^.]{0,30}(?:\d ?\$|\$ ?\d)|"
    r"(?:presented|awarded|gave) [^.]{0,60}\b(?:prize|award|medal)\b)"
)
"""Words after whoever only pays, or gives a prize."""
_IN_CHARGE = re.compile(r"\b(?:suivi|place|pris en charge|heberge)e?s? (?:par|a|de|chez) (?:la |le |l')?$")
"""Words before a body that only say in whose charge people are."""
_LIVED_IN = re.compile(
    r"\b(?:ecoles?|villages?|municipalites|population|residents?|citoyens?|familles?|aines?|jeunes|territoire|gens|"
    r"fermes|entreprises|commerces|commercants|businesses|farms|"
    r"schools|towns|residents|people|families)(?: [a-z-]+){0,4} (?:de|dans|of|in) (?:la |the )?$"
)
"""Words before a town or county that only say where people live."""
_WORKS_WITH = re.compile(
    r"grace a|aide d|soutien|help (?:from|of)|support|partena|collabor|concert|avec |conjoint|appui|"
    r"alli|partner|together|with |jointly|entre |between |entente|agreement|refer|uni(?:ssent|r|es?) |"
    r"main dans la main|"
    r"epaule|coup de (?:main|pouce)|mis(?:e|es)? sur pied|join|team|friends at|sans (?:le|la|l'|les|parler d|compter)|"
    r"without|reunit|reunissent|regroupe(?:nt)?\b|rassemble(?:nt)?\b|brings? together|bringing together|signe|comite|"
    r"de concert|cote a cote|side by side|hand in hand|aux cotes|accompagne|pret(?:e|ent) "
)
_OF_THE_PLACE = ("police", "health-social-services", "education", "municipal")
_FUNDS = re.compile(
    r"(?:financ\w+|subvention\w*|bourse|somme|enveloppe|contribution|commandit\w+|bailleurs? de fonds|provien\w+|don|"
    r"fund\w*|grant\w*|sponsor\w*|donat\w+|thanks to a)\b[^.]{0,70}$"
)
"""Words before whoever gives money."""
_ONLY_TOLD = re.compile(
    r"\b(?:selon|d'apres|according to|statistiques?|donnees|figures|rapport|report|ancienn?e?|former|retraitee?|"
    r"retired|"
    r"diplomee?|graduate|etudi\w+|studied|siege social|au conseil d'administration|on the board)\b[^.]{0,40}$"
)
"""Words before a body that is only cited, or where somebody was."""
_OF_SOMEONE = re.compile(
    r"(?:porte-parole|lieutenant\w*|sergent\w*|agente?s?|capitaine|inspect\w+|spokes\w+|officer|sergeant|constable|"
    r"mairesse?|mayor|conseill\w+|council\w+) (?:[a-z-]+ ){0,3}"
    r"(?:du|de la|de l'|des|de|of|of the|for|with|at) ?(?:the )?\|"
)
"""Words before a body that only say whose officer somebody is."""
_CONTRIBUTES = re.compile(
    r"\b(?:pour|a|au|dans|to|for|in) (?:le |la |l'|ce |cette |the |this )?(?:projet|programme|initiative|equipe|"
    r"project|program|team)\b|\b(?:fournit|fournira|prete|pretera|delegue|deleguera|a degage|"
    r"met a (?:la |sa )?disposition|contribue\w*|lends|provides|assigns|contributes|"
    r"envoie\w*|depeche\w*|met(?:tent)? l'epaule|donne(?:nt)? un coup de|participe\w*|prend part|prennent part|"
    r"collabor\w+|s'impliqu\w+|siege\w*|appuie\w*|epaule\w*|accueille\w*|ouvre\w*|nous (?:prete|refere|ouvre|fournit)|"
    r"offre(?:nt)? (?:la|sa|le|son|les|ses|une?|des) (?:salles?|loca(?:l|ux)|espaces?|gymnase|cuisine|cafeteria|"
    r"terrain|transport|autobus)|s'occupe(?:nt)? d|pretent|fournissent|deleguent|lend|provide|send|supply|host|"
    r"contribute|"
    r"avise(?:nt)?|alerte(?:nt)?|paient?|paye(?:nt)?|sends|supplies|hosts|trains|takes part|take part|pitches in|"
    r"pays for|does the|gives|feeds?|engineer)\b"
)
"""What an organisation gives to a project that others run."""
_PEOPLE_OF = re.compile(
    r"\b(?:students?|nurses|officers|teachers|staff|eleves|etudiante?s|infirmieres|policiers|enseignante?s|"
    r"employes|pompiers|firefighters) (?:from|of|at|de|du|d') ?(?:the |la |l')?$"
)
_THEY_ACT = re.compile(
    r" (?:teach|help|lead|visit|read|cook|build|run|serve|show|train|drive|accompany|join|come|take part|volunteer|"
    r"play|sing|make|[a-z]{3,}ent|ont)\b"
)
"""What people of a school or service do with others: it takes part."""
_KIND_OF_PLACE = (
    r"(?:ecole|cegep|college|universite|hopital|clinique|bibliotheque|municipalite|polyvalente|school|university|"
    r"hospital|clinic|library|municipality)"
)
_KINDS_OF_PLACE = re.compile(rf"\b{_KIND_OF_PLACE}\b")
_KIND_FIRST = re.compile(rf"(?:^|[.;:,] |\b(?:et|and|que|while) )(?:l'|la |le |the )(?P<kind>{_KIND_OF_PLACE}) ")
"""A body that a sentence only calls by its kind: 'L'école prête'."""
_OPENING = re.compile(
    r"(?:^|[.!?] )(?:a|au|aux|apres|after|face a|faced with|en|dans|depuis|chaque|sur|pour|avec|grace a|in|at|"
    r"since|on|every|for|across|with)\b"
    rf"[^.,;:!?]{{2,80}}, {_ARTICLE}$"
)
"""What a sentence may say of time and place before it names who acts."""
_ARTICLE_FIRST = re.compile(r"^(?:les? |la |l'|the )")
_ACTS = re.compile(r" (?:a|ont|has|have|is|est|sont|[a-z]{2,}(?:e|ent|it|s|nt))\b")
_OPENS = len("L’organisme ")
"""Characters before a name that still begins its sentence."""
_BRACKET = re.compile(r"^ ?\([^)]*\)")


@dataclass(frozen=True)
class Parts:
    """The organisations of an initiative."""

    lead: Mention | None
    partners: tuple[Mention, ...]


def divide(
    p: Passage, mentions: Sequence[Mention], *, strict: bool = False, name: str = "", owner: Mention | None = None
) -> Parts:
    """Choose the lead among the organisations of a passage; the others are partners, award givers apart.

    ``strict`` keeps as partners only those that a sentence about working together names: a news article also names
    organisations that have no part in the initiative. ``name`` is the initiative's: its own organisation may bear it.
    ``owner`` is the organisation whose site the page stands on: it may lead unnamed.
    """
    owned = owner.value.name if owner and not bears(owner, name) else ""
    unnamed = owner if owned and not any(bears(mention, owned) for mention in mentions) else None
    named = (*mentions, *((unnamed,) if unnamed else ()))
    ranked = [(lead_score(p, mention, name, owned), -place, mention) for place, mention in enumerate(named)]
    ranked = [entry for entry in ranked if not _takes_no_part(p, entry[2])]
    if any(_community(entry[2]) and not bears(entry[2], name) for entry in ranked):
        ranked = [entry for entry in ranked if not bears(entry[2], name)]
    best = max(ranked, default=None, key=lambda entry: entry[:2])
    lead = best[2] if best and best[0] > (0 if _community(best[2]) else _PUBLIC_LEAD) else None
    rest = [one for _, _, one in ranked if one not in (lead, unnamed) and not bears(one, name)]
    if strict:
        rest = [
            mention
            for mention in rest
            if any(_in_shared_sentence(p, place, name) or _acts(p, place, mention) for place in mention.evidence)
            or _acts_as_kind(p, mention, mentions)
        ]
    return Parts(lead, tuple(mention for mention in rest if lead is None or not _alike(mention, lead)))


def lead_score(p: Passage, mention: Mention, name: str = "", owner: str = "") -> float:
    """Weigh how much a passage presents an organisation as the one that leads."""
    scores = [_context_score(p, place) for place in mention.evidence if place.block >= 0]
    score = max(scores, default=0.0) + 0.5 * min(len(scores), 3)
    if _community(mention):
        score += 1.5
    if bears(mention, name):
        score += 1
    return score + _OWNER * bears(mention, owner)


def _community(mention: Mention) -> bool:
    return mention.value.sector in (None, "community")


def bears(mention: Mention, name: str) -> bool:
    """Say whether an organisation has a name, whatever its article."""
    return bool(name) and _ARTICLE_FIRST.sub("", fold_text(mention.value.name)) == _ARTICLE_FIRST.sub(
        "", fold_text(name)
    )


def _context_score(p: Passage, place: Evidence) -> float:
    if place.rule == SUBJECT_RULE:
        return 4.0
    before, after = _around(p, place)
    score = float(max((weight for weight, rule in _BEFORE_RULES if weight > 0 and rule.search(before)), default=0))
    if _OPENING.search(before):
        score += 2
    else:
        score += min((weight for weight, rule in _BEFORE_RULES if weight < 0 and rule.search(before)), default=0)
    score += max((weight for weight, rule in _AFTER_RULES if rule.match(after)), default=0)
    first = next((position for position, block in p.blocks if block.kind != "heading"), None)
    opens = place.start <= _OPENS and _ACTS.match(after)
    return score + (0.5 + 1.5 * bool(opens) if place.block == first else 0)


def _around(p: Passage, place: Evidence) -> tuple[str, str]:
    text = p.document.blocks[place.block].text
    before = fold_text(text[max(0, place.start - _REACH) : place.start])
    after = fold_text(text[place.end : place.end + _REACH])
    return before, _BRACKET.sub("", after)


def _takes_no_part(p: Passage, mention: Mention) -> bool:
    return why_no_part(p, mention) is not None


def why_no_part(p: Passage, mention: Mention) -> str | None:
    """Say why an organisation has no part: it gives a prize or a sum, has people in charge, or is where they live."""
    places = [place for place in mention.evidence if place.block >= 0]
    if places and all(_PAYS.match(_around(p, place)[1]) for place in places):
        return "payer"
    town = mention.value.sector == "municipal"
    rules = (("prize-giver", _AWARDED), ("payer", _GRANTED), ("payer", _PAID_BY), ("carer", _IN_CHARGE))
    homes = (("home", _LIVED_IN),) if town else ()
    return next((reason for reason, rule in (*rules, *homes) if _only(rule, p, mention)), None)


def _only(rule: re.Pattern[str], p: Passage, mention: Mention) -> bool:
    """Say whether an organisation is named only after certain words, such as those for the giver of a prize."""
    places = [place for place in mention.evidence if place.block >= 0]
    return bool(places) and all(rule.search(_around(p, place)[0]) for place in places)


def _in_shared_sentence(p: Passage, place: Evidence, name: str) -> bool:
    if place.block < 0:
        return False
    text = p.document.blocks[place.block].text
    start = max(text.rfind(mark, 0, place.start) for mark in ".!?") + 1
    before = fold_text(text[start : place.start])
    if _WORKS_WITH.search(before) or (_PEOPLE_OF.search(before) and _THEY_ACT.match(fold_text(text[place.end :]))):
        return True
    end = min((found for mark in ".!?" if (found := text.find(f"{mark} ", place.end)) >= 0), default=len(text))
    after = fold_text(text[place.end : end])
    opens = place.start - start <= _OPENS + 1
    return bool(_CONTRIBUTES.search(after)) or (
        opens and bool(name) and _ARTICLE_FIRST.sub("", fold_text(name)) in after
    )


def _acts(p: Passage, place: Evidence, mention: Mention) -> bool:
    """Say whether a known body of the place takes part by what a sentence says, whatever its words.

    A police service, health body, school body or town is seldom named in such an item unless it does something in it;
    ministries are, as are bodies in what people say.
    """
    if place.block < 0 or not mention.value.gazetteer_id or mention.value.sector not in _OF_THE_PLACE:
        return False
    block = p.document.blocks[place.block]
    before, _ = _around(p, place)
    spoken = block.kind == "quotation" or block.text[:1] in "«“"
    only_told = _ONLY_TOLD.search(before) or _OF_SOMEONE.search(f"{before}|")
    return not (spoken or only_told or _FUNDS.search(before))


def _acts_as_kind(p: Passage, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Say whether a sentence tells by its kind alone what the one school or library of the passage does."""
    kinds = _KINDS_OF_PLACE.findall(fold_text(mention.value.name))
    others = [fold_text(one.value.name) for one in mentions if one is not mention]
    if not kinds or any(kind in name for name in others for kind in kinds):
        return False
    return any(
        match["kind"] in kinds and _CONTRIBUTES.match(folded, match.end())
        for _, block in p.blocks
        for folded in (fold_text(block.text),)
        for match in _KIND_FIRST.finditer(folded)
    )


def _alike(one: Mention, other: Mention) -> bool:
    """Say whether two mentions are one organisation, by gazetteer key or by name."""
    if one.value.gazetteer_id or other.value.gazetteer_id:
        return one.value.gazetteer_id == other.value.gazetteer_id
    left, right = (re.sub(r"[^a-z0-9]+", " ", fold_text(mention.value.name)).split() for mention in (one, other))
    return left == right


def sectors_of(mentions: Iterable[Mention]) -> dict[str, list[Evidence]]:
    """Give the sectors of organisations, each with where they are named."""
    sectors: dict[str, list[Evidence]] = {}
    for mention in mentions:
        if mention.value.sector:
            sectors.setdefault(mention.value.sector, []).extend(mention.evidence[:1])
    return sectors


def spans_of(mentions: Iterable[Mention]) -> tuple[tuple[int, int, int], ...]:
    """Give where organisations are named: block, first character, character after the last."""
    return tuple((place.block, place.start, place.end) for mention in mentions for place in mention.evidence)
