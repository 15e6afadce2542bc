"""Lines that state one fact under its label, 'Organisme : Exemple', as cards, tables and fact boxes write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from extractors.recognizers.fold import fold_text

FactName = Literal["lead", "partners", "audience", "territory", "languages", "cost", "start", "contact", "other"]

_OF = r"(?: (?:du|de la|of the) (?:projet|initiative|project|program|programme))?"
_FACTS: tuple[tuple[FactName, str], ...] = (
    (
        "lead",
        r"(?:organismes?|organisations?|organi[sz]ations?|association|institution|etablissement)"
        r"(?: (?:porteu(?:r|se)s?|animat(?:eur|rice)|responsables?|promoteu(?:r|rs)|mandataire|fiduciaire|"
        r"coordonnateur|coordonnatrice|"
        r"principale?|communautaire|lead|en charge|hote))?|porteur|promoteur|mandataire|fiduciaire|lead|animation|"
        r"coordination|"
        r"(?:porte|offert|mene|coordonne|realise|pilote|propose) par|(?:lead|host|responsible|sponsoring|"
        r"coordinating) "
        r"(?:organi[sz]ation|agency|partner)|(?:led|offered|run|delivered|coordinated|hosted) by",
    ),
    (
        "partners",
        r"(?:(?:principaux|autres|organismes|key|main|other|community) )?(?:partenaires?|partners?|"
        r"collaborat(?:eurs?|"
        r"ion|ors?))(?: (?:principaux|impliques|associes|involved))?|"
        r"(?:avec|with) (?:la |the )?(?:collaboration|participation|complicite|contribution|help|support) (?:de|of)|"
        r"(?:en |in )?(?:partenariat|collaboration|partnership) (?:avec|with)|avec qui|with whom|avec|with",
    ),
    (
        "audience",
        r"clienteles?(?: (?:visees?|ciblees?|cibles?|desservies?))?|(?:public|population|groupe)s?"
        r"(?: (?:cibles?|vises?|visees?|desservies?|d'age))?|pour qui|"
        r"a qui(?: (?:s'adresse|(?:ca|cela) s'adresse)(?: (?:le|la|l'|ce|cette) ?\w+)?)?|(?:ca |"
        r"cela )?s'adresse a(?: qui)?|"
        r"participants?|ages?|tranches? d'age|age groups?|age range|"
        r"(?:target )?(?:audience|clientele|group|population)|"
        r"pour|(?:a )?qui est-ce(?: que c'est pour)?|c'est pour qui|qui peut (?:participer|s'inscrire|venir)|"
        r"personnes? (?:visees?|admissibles?|rejointes?)|(?:eligibility|admissibilite|who can come|open to)|"
        r"for|for whom|who (?:it is|it's|is it) for|who can (?:join|take part)|serves",
    ),
    (
        "territory",
        r"(?:territoire|region|secteur|ville|municipalite|mrc|localite|endroit)s?(?: (?:desservie?s?|couverte?s?|"
        r"administratives?|vise))?|lieux?|ou(?: (?:ca|cela) se passe)?|"
        r"(?:territory|territories|region|area|city|town|location|place)s?"
        r"(?: served)?|where",
    ),
    ("languages", r"langues?(?: (?:de service|parlees?|offertes?|d'intervention|des services))?|"
                  r"(?:service )?languages?(?: (?:spoken|offered|of service))?|offert en|offered in|"
                  r"(?:en |dans )?quelles? langues?|(?:in )?(?:what|which) languages?"),
    ("cost", r"couts?|tarifs?|prix|combien(?: (?:ca|cela) coute)?|a quel (?:prix|cout)|"
             r"how much(?: (?:is it|does it cost))?|"
             r"frais(?: d'inscription)?|costs?|fees?|price"),
    (
        "start",
        rf"depuis(?: quand)?|since when|debut{_OF}|"
        rf"date de debut|date de creation|annee de (?:creation|debut|fondation)|lancement{_OF}|"
        r"mise? (?:en place|sur pied)|since|"
        r"(?:en (?:cours|marche|place|route|action|activite|fonction)|active?|existe|offerte?) depuis|start(?:ed|s)?|"
        r"start date|launch(?:ed)?|"
        r"running since|active since|year (?:started|launched|created)|date de lancement",
    ),
    (
        "contact",
        r"contact|personne[- ]ressource|telephone|tel|courriel|site(?: web| internet)?|adresse|responsable|"
        r"(?:pour )?(?:plus d')?(?:renseignements|informations?|infos?)|(?:contact )?person|phone|e-?mail|website|"
        r"address|contact us",
    ),
    (
        "other",
        r"themes?|thematiques?|problematiques?|enjeux?|activites?|objectifs?|secteurs d'activite|horaire|duree|"
        r"financement|bailleurs? de fonds|statut|topics?|issues?|activit(?:y|ies)|goals?|objectives?|schedule|"
        r"duration|"
        r"funding|funders?|status|mots[- ]cles|keywords|categories?|type(?: de projet| of project)?|volets?",
    ),
)  # fmt: skip
_LABELS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _FACTS))
"""One expression, a group for each fact: most texts are no label, and are asked once."""
_LINE = re.compile(r"^(?P<label>[^:|?]{2,45}?)\s*(?:\?\s*:?|:(?!//)|\s\|)\s*(?P<value>\S.*)$", re.DOTALL)
_LONGEST = 300
"""Characters from which what stands after a label is text, not a fact."""


@dataclass(frozen=True, slots=True)
class LabelledFact:
    """A fact's name, and the characters of the line between which its value stands."""

    name: FactName
    start: int
    end: int


def labelled_fact(text: str) -> LabelledFact | None:
    """Read 'Label : value' or 'Label | value', where the label is one that fact boxes use; else ``None``."""
    if not (":" in text or "|" in text or "?" in text):  # most texts
        return None
    match = _LINE.match(text)
    if match is None or len(match["value"]) > _LONGEST:
        return None
    name = fact_label(match["label"])
    return LabelledFact(name, *match.span("value")) if name else None


def fact_label(text: str) -> FactName | None:
    """Name the fact whose label a text is, colon or not; ``None`` for any other text."""
    label = fold_text(text).strip(' -*•·():?"\u00a0\u202f')
    match = _LABELS.fullmatch(label)
    return cast("FactName", match.lastgroup) if match else None
