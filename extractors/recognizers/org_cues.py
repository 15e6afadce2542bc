"""What around a name says whether it is an organisation, or the initiative itself; all on folded text."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.documents.apart import folded_words

_ADJECTIVES = (
    r"(?: (?:communautaire|a but non lucratif|partenaire|porteur|porteuse|promoteur|local|locale|jeunesse|"
    r"public|non profit|"
    r"sans but lucratif|de bienfaisance|d'economie sociale|d'ici|du milieu|de la region|[a-z]+(?:ois|oise|"
    r"ien|ienne|ain|aine)))"
)
_ARTICLE = r"(?: ?(?:le|la|les|l'|du|des|de la|de l'|de|d'|au|aux|a la|a l'|the|of|of the))?"
_KIND = (
    r"(?:organismes?|organisations?|associations?|fondations?|osbl|obnl|obnls|ressources?|refuges?|"
    r"co-?op(?:erative)?s?|regroupements?|troupe(?: de [a-z]+)?|"
    r"comite (?:de (?:citoyens|parents|locataires|quartier)|citoyen)|"
    r"coalitions?|maison d'hebergement|maison (?:de|des) jeunes|maison de (?:quartier|repit|transition)|"
    r"organi[sz]ations?|agency|agence|non-?profits?|"
    r"charity|charities|ngo|"
    r"partenaires?|collaborateurs?|partners?|promoteur|fiduciaire|mandataire|hebergement jeunesse|entreprise)"
)
_ROLE = (
    r"(?:directeur|directrice|direction|coordonnateur|coordonnatrice|coordonateur|coordination|"
    r"intervenante?s?|travailleu(?:r|se)s?|"
    r"agente?s?|chargee?s? de projets?|presidente?|vice-presidente?|responsable|conseillere?|porte-parole|"
    r"fondat(?:eur|rice)|chauffeu(?:r|se)s?|"
    r"drivers?|mentors?|tutors?|counsell?ors?|nurses?|teachers?|mechanics?|"
    r"cofondat(?:eur|rice)|membres?|equipe|psychologue|animat(?:eur|rice)|gestionnaire|cheff?e|adjointe?|benevoles?|"
    r"director|coordinator|manager|president|chair|founder|worker|workers|spokesperson|officer|head|ceo|"
    r"team|staff|volunteers?)"
)
_BY = (
    r"(?:coordonne|offert|porte|pilote|mene|dirige|anime|mis(?:e|es)? sur pied|mis(?:e|es)? en place|cree|"
    r"developpe|lance|gere|"
    r"finance|soutenu|chapeaute|initie|assure|dispense|donne|organise|propose|deploye|realise|heberge|"
    r"elabore|fonde|supervise|"
    r"led|run|offered|managed|coordinated|funded|supported|created|founded|developed|delivered|operated|"
    r"provided|hosted|"
    r"organi[sz]ed|headed|launched|carried out|spearheaded)"
)
_BEFORE = re.compile(
    rf"\b(?:{_KIND}{_ADJECTIVES}{{0,3}}(?: (?:nommee?|appelee?|tels? que|comme|called|named|such as|"
    rf"suivante?s?))? ?:?{_ARTICLE}"
    rf"|(?:en |in )?(?:partenariat|collaboration|concertation|partnership|"
    rf"cooperation)s?(?: etroite?)? (?:avec|with|entre|between)"
    rf"(?: (?:notamment|entre autres|l'organisme))?{_ARTICLE}"
    rf"|(?:avec|grace a|with) (?:l'|le |la |the )?(?:appui|soutien|aide|participation|contribution|"
    rf"concours|support|help)"
    rf"(?: (?:financier|financiere|financial))?{_ARTICLE}"
    rf"|{_BY}(?:e|s|es)?(?: conjointement| jointly)? (?:par|by){_ARTICLE}"
    rf"|{_ROLE}(?:[ -][a-z'-]+){{0,5}}? (?:de|d'|du|des|de la|de l'|chez|a|au|a la|a l'|pour|aupres de|"
    rf"at|of|with|for|from)"
    rf"(?: (?:la|le|l'|the))?"
    rf"|{_ROLE},|(?:responsable|porteur|promoteur|animation|lead|led by|run by) ?: ?"
    rf"|chez|au sein d[eu']{_ARTICLE}|l'equipe d[eu']{_ARTICLE}|membres? d[eu']{_ARTICLE}"
    rf"|(?:projets?|initiatives?|services?|equipes?|programmes?|campagnes?|locaux|bureaux|"
    rf"travailleurs de rue) (?:d[eu']|de la|de l'|des)"
    rf"|(?:projects?|initiatives?|efforts?|programs?|campaigns?|ventures?) (?:of|between)(?: the)?"
    rf"|(?:par|avec|entre|chez) (?:la |notre )?maison"
    rf"|(?:va|vont|ira|iront|revient|permett\w+|verse\w*|accorde\w*) (?:a|au|aux)(?: (?:la|les?|l'))?"
    rf"|(?:par|by|via|entre|between|referee?s? (?:par|a|au|to))(?: (?:l'|le|la|les|the))?"
    r") ?[\"']? ?$"
)
_BEGINS = re.compile(
    rf"{_KIND}|{_ROLE}|co$|comite|hebergement|maison|non$|charge|porte|partenariat|collaboration|concertation|partnership|"
    r"cooperation|appui|soutien|aide|participation|contribution|concours|support|help|animation|lead|led$|run$|chez|"
    r"sein|equipe|membre|projet|initiative|service|programme|campagne|locaux|bureaux|project|effort|program|campaign|"
    r"venture|par|by|via|entre|between|referee?s?$|va$|vont$|ira$|iront$|revient|permett|verse|accorde"
)
"""Beginnings of words of which every cue before a name has one, for those are quick to look for."""
_WEAK = re.compile(
    r"\b(?:projets?|initiatives?|services?|programmes?|campagnes?|projects?|efforts?|programs?|campaigns?|ventures?|"
    r"locaux|bureaux|par(?! (?:la |notre )?maison)|by|via|entre|between|"
    r"equipe|chez)\b[^,]*$"
)
_PROJECT_BEFORE = re.compile(
    r"\b(?:(?:micro)?projets?(?: pilotes?)?|programmes?|programs?|projects?|initiatives?|services?|"
    r"volets?|ateliers?|workshops?|campagnes?|"
    r"formations?|prix|gala|evenements?|plateforme|plate-forme|outils?|application|sites?(?: web)?|journal|guide|"
    r"trousse|lois?|serie|documentaire|film|livre|rues?|boulevard|avenue|chemin|autoroute|parc|secteur|"
    r"quartier|region|ville|"
    r"municipalite|arrondissement|route|station|metro|lac|riviere|award|prize|grant|bourse|fonds|festival|"
    r"semaine|journee|concours|"
    r"strategie|plan d'action|entente|approche|methode|cafe-rencontre|demarche|espace|intitulee?s?|"
    r"nommee?s?|appelee?s?|called|"
    r"named|titled|surnommee?s?|baptisee?s?)(?: (?:jeunesse|communautaire|web|pilote|novateur|collectif|"
    r"intitule|nomme|appele))* "
    r"?(?:\" ?|' ?|: ?)?(?:le |la |les |l')?$"
)
_PROJECT_AFTER = re.compile(
    r" ?[\"']?(?: \([^)]{2,30}\))? (?:project|program|programme|initiative|workshops?|training|awards?|"
    r"prize|campaign|act|street|avenue|"
    r"service|pilot|app|platform|approach|model|toolkit|day|week)\b"
    r"|, (?:le|la|the) (?:[a-z-]+ )?(?:services?(?! (?:de (?:police|securite)|d'incendie|of police))|projets?|"
    r"programmes?|initiatives?|program|project|campagne|campaign) "
    r"(?:d[eu' ]|des |qu[ei']|pour |of |that |which |for )"
)
_SUBJECT = re.compile(
    r"(?: ?\([^)]{2,80}\))?(?!, (?:une?|an?|the|la|le) (?:[a-z-]+ ){0,3}(?:program(?:me)?|project|projet|service|"
    r"initiative|campaign|campagne|workshop|atelier)s?\b)"
    r"(?:, (?:en|in) (?:partenariat|collaboration|partnership)[^.;]{3,160},"
    r"|, (?:qui|dont|who|which|un|une|an?|situe|etabli|located|based|active?|"
    r"implante)[^.;,]{3,120},)? (?:ne |n'|se |s'|l'|y |also |now |has |"
    r"a (?:aussi |egalement |donc )?|ont |est (?!un pro)|was |is |vous |leur |lui |the ){0,2}"
    r"(?:vise\w*|offr\w+|offer\w*|propos\w+|vien(?:t|nent|dra) en aide|assur\w+|accueill\w+|accompagn\w+|"
    r"soutien\w*|soutenir|oeuvr\w+|"
    r"travaill\w+|interv(?:ient|enir|iendra)|aid(?:e|ent|era|er)\b|met(?:tra)? (?:en|sur|a)\b|mis (?:sur|"
    r"en)\b|organis\w+|coordonn\w+|souhait\w+|"
    r"esper\w+|sensibilis\w+|anim(?:e|ent|era)\b|heberg\w+|pour mission|lanc(?:e|era)\b|collabor\w+|"
    r"regroup\w+|rassembl\w+|developp\w+|"
    r"ger(?:e|ent)\b|recevr(?:a|ont)\b|obtiendr(?:a|ont)\b|touchera\b|port(?:e|era)\b|pilot\w+|cherch\w+|form(?:e|ent|era)\b|rejoint|rejoin\w+|recu|recoit|"
    r"remport\w+|vu remettre|obtenu|"
    r"cre[ea]\w*|deploi\w+|intervenir|contribu\w+|dispens\w+|agit|lutt\w+|defend\w*|un(?:e)? organism\w+|"
    r"une? (?:osbl|obnl|organis\w+)|"
    r"provid\w+|help\w*|support(?:s|ed|ing)\b|work(?:s|ed|ing)\b|run(?:s|ning)?\b|operat\w+|coordinat\w+|"
    r"welcom\w+|deliver\w*|launch\w*|distribu\w+|delegu\w+|recoi(?:t|vent)\b|visit(?:e|ent|s)\b|prepar(?:e|ent|es)\b|"
    r"an? (?:community|non-?profit|charit\w+|local) |receiv\w+|won\b|aims?\b|seeks?\b|reach\w+|hosts?\b|"
    r"assist\w*|accompan\w+|serv(?:es|ing)\b|"
    r"pair(?:s|ed)\b|connect(?:s|ed)\b|match(?:es|ed)\b|teach(?:es)?\b|brings?\b|gives?\b|opens?\b|feeds?\b|lends?\b|"
    r"takes?\b|cooks?\b|rais(?:es|ed)\b|builds?\b|sends?\b|invit(?:es?|ed|ent)\b|lends?\b|"
    r"enseign\w+|jumel\w+|pret(?:e|ent)\b|ouvr(?:e|ent|ira)\b|outill\w+|livr(?:e|ent)\b|uni\b|uniss\w+|"
    r"work in partnership|collaborat\w+|train(?:s|ed)\b|creat(?:es|ed)\b|gather\w*)"
)
_APPOSITION = re.compile(
    r"(?: ?\([^)]{1,60}\))?,? (?:est |is )?(?:(?:une?|an?|l'|the|notre|our|cet) ?)?(?:petite? |jeune )?(?:autre )?"
    r"(?:organismes?|organisations?|osbl|obnl|associations?|fondation|cooperative|ressource|refuge|"
    r"regroupement|maison d'hebergement|"
    r"groupe (?:populaire|communautaire|d'entraide|d'alphabetisation|de femmes|de parents|citoyen)|"
    r"(?:[a-z-]+ ){0,3}(?:organi[sz]ation|charity|non-?profit|agency|shelter|foundation|group)|"
    r"centre (?:communautaire|d'hebergement))\b"
    r"| (?:shelter|youth cent(?:re|er)|soup kitchen)\b"
    r"| house(?=,| \(| (?:runs?|ran|leads?|led|offer\w*|welcom\w+|provid\w+|work\w*|help\w*|opens?|reach\w*)\b)"
    r"|(?: [a-z' ]{3,40})? ?[:-] (?:l'|cet |the |this )(?:organisme|organisation|association|organi[sz]ation|"
    r"non-?profit|charity)\b"
)
_AGENT_AFTER = re.compile(r"(?: ?\([^)]{2,80}\))?,? (?:en|in) (?:etroite )?(?:partenariat|collaboration|partnership)\b")
_COORDINATION = re.compile(
    r"(?:\)|\")?(?: ?\([^)]{1,40}\))?(?:,|;| et| and| &|,? ainsi que?|,? as well as|,? et| ou|, and)"
    r"(?: (?:avec|par|with|by|de|d'|du|of|a|au))? ?(?:le|la|les|l'|the)? ?\"? ?"
)


def cue_before(text: str, place: int) -> str | None:
    """Name the kind of cue that ends at ``place``: ``project``, ``cue``, ``weak-cue`` or none."""
    before = text[max(0, place - 110) : place]
    last = before.rstrip(" \"'")[-1:]
    if not (last.isalpha() or last in (",", ":")):  # no cue ends so: many names begin a sentence or follow a bracket
        return None
    if _PROJECT_BEFORE.search(before):
        return "project"
    found = _BEFORE.search(before) if any(map(_may_cue, folded_words(before))) else None
    if found is None:
        return None
    return "weak-cue" if _WEAK.match(found[0]) else "cue"


@lru_cache(maxsize=32_768)
def _may_cue(word: str) -> bool:
    return _BEGINS.match(word) is not None


def cue_after(text: str, place: int) -> str | None:
    """Name the kind of cue that begins at ``place``: ``project``, ``apposition``, ``subject``, ``agent`` or none."""
    if not text.startswith((" ", ",", "(", '"', "'", ":", "-"), place):  # every cue begins with one of these
        return None
    if _PROJECT_AFTER.match(text, place):
        return "project"
    if _APPOSITION.match(text, place):
        return "apposition"
    if _AGENT_AFTER.match(text, place):
        return "agent"
    return "subject" if _SUBJECT.match(text, place) else None


def coordinated(between: str) -> bool:
    """Say whether the text between two names only lists them."""
    return len(between) < 60 and bool(_COORDINATION.fullmatch(between))
