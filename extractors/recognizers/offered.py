"""How an initiative is offered: in which languages, and at what cost."""

from __future__ import annotations

import re

from extractors.documents.apart import folded_words
from extractors.passage import Passage
from extractors.recognizers.fold import fold
from extractors.recognizers.sentences import sentence_after, sentence_before
from extractors.recognizers.terms import denied_spans, hits_in, languages_of
from schemas.drafts import Evidence, Found

_SERVICE = (
    r"(?:offert\w*|offr\w+|disponible\w*|donne\w*|dispense\w*|propose\w*|anime\w*|presente\w*|contenus?|"
    r"services?|ateliers?|rides?|meals?|visits?|repas|transport|"
    r"seances?|formations?|rencontres?|activites?|accompagnement|interventions?|ligne|programmes?|projet|accueil\w*|"
    r"soutien|ecoute|se deroule\w*|offered|available|delivered|given|provided|sessions?|workshops?|activities|"
    r"training|"
    r"(?:benevoles?|volunteers?|equipe|team|personnel|staff|intervenante?s?|workers?)[^.]{0,40} "
    r"(?:s'expriment?|parlent?|speaks?)|support|helpline|program|project|"
    r"hours|groups?|groupes?|languages?(?: of service)?|langues?(?: (?:de|des) services?)?|taught|held|"
    r"runs?|takes? place|a lieu|ont lieu|se tient|se tiennent)"
)
_TEXT_ONLY = re.compile(
    r"\b(?:textes?|documents?|articles?|pages?|versions?|rapports?|videos?|sites?|communiques?|"
    r"formulaires?|text|report|press release|"
    r"website|pdf|traduction|translation|lire|read|cliquez|click|sous-titr\w+|subtitle\w*)\b"
)
_CODES = {
    name: code
    for code, names in {
        "fr": "francais french", "en": "anglais english", "es": "espagnol spanish", "ar": "arabe arabic",
        "pt": "portugais portuguese", "it": "italien italian", "zh": "chinois mandarin cantonais chinese cantonese",
        "ht": "creole|creole haitien|haitian creole", "uk": "ukrainien ukrainian", "ru": "russe russian",
        "fa": "farsi persan dari persian", "ur": "ourdou urdu", "pa": "pendjabi punjabi", "hi": "hindi",
        "bn": "bengali", "ta": "tamoul tamil", "vi": "vietnamien vietnamese", "pl": "polonais polish",
        "ro": "roumain romanian", "tr": "turc turkish", "so": "somali", "sw": "swahili", "iu": "inuktitut",
        "cr": "cri cree", "moh": "mohawk kanien'keha", "moe": "innu innu-aimun", "atj": "atikamekw",
    }.items()
    for name in (names.split("|") if "|" in names else names.split())
}  # fmt: skip
"""Folded name of a language → its code, of two letters where ISO 639-1 has one, else ISO 639-3."""
_LANGUAGE = rf"(?:{'|'.join(sorted(_CODES, key=len, reverse=True))})"
_EACH = re.compile(rf"\b{_LANGUAGE}\b")
_PAIR = re.compile(
    rf"(?:\b(?:en |in |le |l')?{_LANGUAGE}\b(?: ?(?:, ?(?:et|ou|and|or|puis)?|/|&|et/ou|and/or|et|ou|and|or|"
    rf"ainsi qu'|ainsi que|as well as|comme|-) ?(?:aussi |also |en |in |qu'en |l'|le )*{_LANGUAGE}\b)+)"
    r"|\bdans les deux langues(?: officielles)?\b|\bin both (?:official )?languages\b|\bbilingu(?:es?|al)\b"
)
_ONE = re.compile(rf"\b(?:en|in) (?P<name>{_LANGUAGE})\b|\b(?P<name_2>{_LANGUAGE})(?:-language|[- ]speaking)\b")
_TELLING = frozenset(folded_words(" ".join(_CODES))) | {"langues", "languages", "bilingue", "bilingues", "bilingual"}
"""Words of which a text holds one that names languages."""
_MOST_EVIDENCE = 5
_FEW = 4
"""Words beside "bilingual" in a note that only tells how something is offered: 'Bilingual and free.'."""
_NAMED = re.compile(rf"\b{_SERVICE}\b")
_FREE = re.compile(
    r"\bgratuit(?:es?|s|ement|e?s?)?\b|\bsans (?:aucuns? )?(?:frais|cout)s?\b|\baucuns? (?:frais|"
    r"cout)s?\b|\bfree of (?:charge|cost)\b|"
    r"\bat no (?:cost|charge)\b|\bno(?:-| )(?:cost|charge|fees?)\b|\bcost-free\b|\bwithout charge\b|"
    r"\bcosts? nothing\b|\bne coutent? rien\b|"
    r"\brien a (?:debourser|payer)\b|\bsans rien (?:debourser|payer)\b|\bnothing to pay\b|\bpays? nothing\b|"
    r"\bdoesn't cost (?:a thing|"
    r"anything)\b|"
    r"(?:^|[.|;:] )(?:entree |admission )(?:libre|gratuite)\b|(?:^|[.|;] )free(?=[.,;|]| \||$)|"
    r"\b(?:bilingual|confidential|anonymous|safe|voluntary) and free\b|"
    r"\b(?:is|are|offered|for|entirely|completely|totally) free\b(?! (?:of(?! charge| cost)|from|to|time|will))|"
    r"\bfree (?:(?!of\b|from\b|to\b|time\b)[a-z]+ ){0,2}(?:services?|helplines?|lines?|circles?|hours?|visits?|"
    r"lessons?|tickets?|"
    r"transport|courses?|rides?|workshops?|activit\w+|sessions?|support|program\w*|training|"
    r"admission|meals?|suppers?|lunch(?:es)?|breakfasts?|dinners?|consultations?|"
    r"and confidential|,? confidential|counsel\w+|help|classes|for (?:all|everyone|youth|families|women|schools|"
    r"members|participants|students|seniors|residents|parents))\b"
)
_PAID = re.compile(
    r"\b(?:frais|cout|tarif|prix|cotisation|inscription|participation|fees?|cost|price|registration)s?"
    r"(?: (?:d'inscription|de participation|d'adhesion|annuelle?|est|sont|de|d'|of|is|are|fee|a|par \w+))*"
    r" ?:? ?(?P<sum>\$ ?\d[\d ,.]*|\d[\d ,.]* ?(?:\$|dollars\b))"
    r"|\b\d\d? (?:cents|¢) (?:per|a|par|du|le|/) ?(?:km|kilomet(?:re|er)|mile|minute)\b"
    r"|\b\d+(?:[.,]\d\d)? ?\$ (?:du|par|le|/) ?(?:kilometre|km|jour|soir|billet|panier|plat)\b"
    r"|\b\d+(?:[.,]\d\d)? ?\$ (?:par|la|l'|de l'|/) ?(?:seances?|personnes?|ateliers?|heures?|mois|semaines?|session|"
    r"deplacements?|"
    r"repas|familles?|enfants?|cours|activites?|rencontres?|passages?|trajets?)\b"
    r"|\$ ?\d+(?:\.\d\d)? (?:per|a|an|each) (?:session|person|workshop|hour|month|week|ride|trip|visit|"
    r"meal|child|family|class)\b"
)
_FREE_HINTS = ("gratuit", "rien ", "nothing", "sans ", "aucun", "free", "cost", "charge", "no ", "no-", "cout", "libre")
_PAID_HINTS = ("$", "dollar", "cents", "¢")
"""What every text holds that says one or the other: the patterns may begin at any word."""
_NOT_THE_COST = re.compile(r"\bligne sans frais\b|\bsans frais ?:? ?(?=1|\()|\bnumero sans frais\b|\btoll[- ]free\b")

_NOTHING = re.compile(r"\b0 ?\$|\$ ?0\b")


def read_languages(p: Passage) -> tuple[Found[str], ...]:
    """Give the languages, as codes, in which the initiative is offered, where the passage says so."""
    evidence: dict[str, list[Evidence]] = {}
    for position, block in p.blocks:
        folded = fold(block.text)
        if _TELLING.isdisjoint(folded_words(folded.text)):  # most blocks
            continue
        for match in _PAIR.finditer(folded.text):
            if _about_service(folded.text, match):
                place = p.evidence(position, *folded.span(*match.span()), "languages.both")
                for code in [_CODES[name] for name in _EACH.findall(match[0])] or ["en", "fr"]:
                    evidence.setdefault(code, []).append(place)
        for match in _ONE.finditer(folded.text):
            if _about_service(folded.text, match, near=True):
                place = p.evidence(position, *folded.span(*match.span()), "languages.one")
                evidence.setdefault(_CODES[match["name"] or match["name_2"]], []).append(place)
    return tuple(Found(value=code, evidence=tuple(evidence[code][:_MOST_EVIDENCE])) for code in sorted(evidence))


def languages_in(text: str) -> tuple[str, ...]:
    """Give the codes of the languages that a text names, in the order of the codes."""
    return tuple(sorted({_CODES[name] for name in _EACH.findall(fold(text).text)}))


def read_cost(p: Passage) -> Found[str] | None:
    """Give what taking part costs, as a code of the cost vocabulary; the first place that says so counts."""
    for position, block in p.blocks:
        folded = fold(block.text)
        for code, hints, pattern in (("free", _FREE_HINTS, _FREE), ("paid", _PAID_HINTS, _PAID)):
            for match in pattern.finditer(folded.text) if any(map(folded.text.__contains__, hints)) else ():
                if not _is_no_cost(folded.text, match.start()) and not (code == "paid" and _NOTHING.search(match[0])):
                    return p.found(code, position, *folded.span(*match.span()), f"cost.{code}")
        for hit in hits_in(block, languages_of(p, block), "cost"):
            if hit.code not in ("free", "paid"):
                return p.found(hit.code, position, hit.start, hit.end, f"cost.{hit.code}")
    return None


def _is_no_cost(text: str, place: int) -> bool:
    """Say whether words at ``place`` are denied, or part of a toll-free number."""
    free_line = (match.span() for match in _NOT_THE_COST.finditer(text))
    return any(low <= place < high for low, high in (*denied_spans(text), *free_line))


def _about_service(text: str, match: re.Match[str], *, near: bool = False) -> bool:
    """Say whether a sentence speaks of the service in this language, not of a text, a course or a person."""
    before = sentence_before(text, match.start(), 60 if near else 160)
    after = sentence_after(text, match.end(), 80)
    if _TEXT_ONLY.search(before[-40:]) or _TEXT_ONLY.match(after.strip()):
        return False
    alone = match[0].startswith("bilingu") and len(f"{before}{after}".split()) <= _FEW
    return bool(alone or _NAMED.search(before) or (not near and _NAMED.search(after)))
