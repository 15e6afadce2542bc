"""Small words that end the name of an organisation: Rive verte, Comptoir des cultures, Maison L'Arbre plein.

French names go on in small letters, and so do sentences: a tail counts only up to a mark or word that ends the name,
after a name that a cue or a common noun such as Maison makes an organisation's.
"""

from __future__ import annotations

import re

_NO_TAIL = (
    r"(?:\w+(?:ment|ante?s?|ée?s?|er|ir|ent|ait|era|ront|is|us|ues?|ies?)|hier|demain|aujourd\S*|chaque|ensemble|"
    r"aussi|"
    r"ici|pour|dans|avec|sur|sous|par|depuis|pendant|lors|dès|afin|qui|que|dont|où|mais|est|sont|ont|gratuite?s?|"
    r"ouverte?s?|offerte?s?|offre|propose|anime|organise|invite|aide|locale?s?|partenaires?|entre|chez|selon|après|"
    r"avant|vers|sans|cette|ces|cet|leur|leurs|son|ses|notre|nos|plus|moins|tous|toute?s?|membres?|soit|ainsi|région|"
    r"inc|travaille|collabore|soutient|accompagne|intervient|rejoint|accueille|mobilise|coordonne|gère|porte|mène|"
    r"reste|"
    r"reçoit|développe|quartier|ville|secteur|semaine|mois|année|territoire|province|place|projet|programme|milieu|"
    r"municipalité|and|the)"
)
_END = (
    r"(?=[\s\u00a0]*(?:[.,;:)|\]»”]|$)|\s(?:avec|depuis|qui|dont|est|sont|a|ont|sera|en (?:partenariat|"
    r"collaboration)|et (?:par|la?|les?|"
    r"du|"
    r"l['’]))\b)"
)
_BARE = rf"[ \u00a0](?!{_NO_TAIL}\b)[a-zà-ÿœ][a-zà-ÿœ-]{{2,}}"
_TIED = (
    rf"[ \u00a0](?:(?:des|du|de la|de|aux?|en|sans) |de l['’]|d['’]|à l['’])(?!{_NO_TAIL}\b)[a-zà-ÿœ][a-zà-ÿœ-]{{2,}}"
)
_OF_PLACE = r" (?:de la |de l['’]|d['’]|du |des |de )(?:La |Le |Les |L['’])?[A-ZÀ-Ý][\w-]+(?![\w’'])"
_AFTER_NAME = re.compile(rf"{_BARE}(?:{_OF_PLACE}|(?: [A-ZÀ-Ý][\w-]+)?{_END})")
_AFTER_WORD = re.compile(rf"{_TIED}(?:{_TIED}|{_BARE})?{_END}")
_AFTER_PARTICLE = re.compile(rf"{_BARE}(?:{_TIED})?{_END}")
_BEFORE_VERB = re.compile(
    rf"{_BARE}(?= (?!\w+ment\b)[a-zà-ÿ]{{3,}}(?:e|ent|it|ise) (?:des|les?|une?|la|aux?|à|d[eu]|l['’]))"
)
_OWN_ARTICLE = re.compile(r"^(?:L[ae]s? |L['’])")
_PARTICLE = re.compile(r"(?:^|\s)(?:Au|Aux|À|En|Sur|Sans|Entre|Pour)$")
_AGENT = re.compile(
    r"(?:\b(?:par|organismes?|associations?|entreprise(?: d'economie sociale)?|cooperative|troupe|comite(?: de \w+)?|"
    r"groupe|collectif|"
    r"maison d'hebergement|maison (?:de|des) jeunes|refuge|ressource)|"
    r"(?:porteur|porteuse|animation|responsable|promoteur) ?:) ?(?:la |les? |l')?$"
)
"""What stands before the name of whoever acts, in folded words."""


def tail_end(text: str, before: str, name: str, end: int, *, headed: bool, initial: bool) -> int:
    """Give where a name ends, small words included; ``end`` where none follows.

    ``before`` are the folded words before the name, which is ``headed`` where it begins with a noun such as Maison,
    and ``initial`` where it begins a sentence, so that its capital says nothing.
    """
    agent = bool(_AGENT.search(before))
    if not agent and (not headed or initial):
        return end
    if _PARTICLE.search(name):
        pattern = _AFTER_PARTICLE
    else:
        bare = _OWN_ARTICLE.sub("", name)
        pattern = _AFTER_WORD if " " not in bare and "’" not in bare and "'" not in bare else _AFTER_NAME
    match = pattern.match(text, end)
    if match is None and pattern is _AFTER_WORD and not headed:
        match = _AFTER_NAME.match(text, end)
    if match is None and before.endswith("organisme "):
        match = _BEFORE_VERB.match(text, end)
    return match.end() if match else end
