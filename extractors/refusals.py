"""Pages that are neither an initiative nor news, and what they are, so that the issue can say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter

from extractors.recognizers.fold import fold_text
from schemas.document import Document


@dataclass(frozen=True)
class _Kind:
    """A kind of page: how its title says it, which marks its text shows, and how many of them suffice alone.

    The marks share one start of a line and one start of a word: most places of a page are thus seen at once to be none.
    """

    label: str
    title: str
    marks: str
    least: int
    types: tuple[str, ...] = ()


_TITLED = 98
"""Marks that no page shows: a kind that its title tells together with two marks."""

_KINDS = (
    _Kind(
        "a job offer",
        r"\boffres? d'emplois?\b|\bposte a (?:pourvoir|combler)\b|\bnous (?:recrutons|embauchons)\b|"
        r"\bon (?:recrute|embauche)\b|\brecherche\b.*\b(?:un|une)\b.*"
        r"\b(?:intervenant|coordonnat|directeur|directrice|agent)|\bjob (?:offer|posting|opening)s?\b|"
        r"\b(?:now|we're|we are) hiring\b|\bcarrieres?\b|\bcareers?\b|\bemplois?$",
        r"\b(?:salaire|remuneration|salary|wage|(?:exigences|qualifications? requises|requirements|"
        r"qualifications)\b|postule[zr]|apply (?:now|by)|"
        r"curriculum vitae\b|(?:cv|resume) (?:et|and|a l|to)|(?:entree en fonction|start date)\b|"
        r"date limite\b.*\bcandidature|heures? (?:par|/) semaine\b|hours per week\b|"
        r"(?:titre du poste|type de poste|job title)\b|assurances? collectives?\b|avantages sociaux\b|"
        r"temps (?:plein|partiel)\b|(?:full|part)[- ]time\b)",
        3,
        ("JobPosting",),
    ),
    _Kind(
        "an event",
        r"\b(?:evenements?|calendrier|agenda|souper|brunch|5 a 7|cinq a sept|webinaire|colloque|"
        r"conference|assemblee generale|portes ouvertes|spectacle|"
        r"events?|calendar|webinar|open house|annual general meeting|fundraiser)\b",
        r"^(?:(?:date|quand|when)\b ?:|(?:heures?|time|horaire)\b ?:|(?:lieu|endroit|ou|where|location|"
        r"venue)\b ?:)|\b(?:billets?\b|tickets?\b|billet(?:t?erie|s)\b|rsvp\b|"
        r"inscri(?:ption|vez)|regist(?:er|ration)\b|ajouter (?:a mon|au) calendrier\b|add to calendar\b|"
        r"de \d{1,2} ?h ?\d{0,2} a \d{1,2} ?h)",
        3,
        ("Event",),
    ),
    _Kind(
        "opening hours",
        r"^(?:nos |notre |our )?(?:horaires?|heures d'ouverture|(?:opening|business|holiday) hours|"
        r"hours(?: of operation)?)\b",
        r"\b(?:fermee?s?|ouverte?s?|closed|open|retour le|back on|sauf les?)\b|\b\d{1,2} ?h\b",
        _TITLED,
    ),
    _Kind(
        "rooms for rent",
        r"\b(?:locations? de (?:salles?|locaux)|(?:salles?|locaux) (?:a louer|en location)|rooms? (?:for rent|"
        r"rentals?)|"
        r"(?:hall|space|venue) rentals?)\b",
        r"(?!)",
        99,
    ),
    _Kind(
        "a list of people",
        r"^(?:le |notre |the |our )?(?:conseil d'administration|equipe(?: de travail)?|personnel|"
        r"board(?: of directors)?|"
        r"team|staff|direction)\b(?! mobile)",
        r"(?!)",
        99,
    ),
    _Kind(
        "answers to questions",
        r"^(?:foire aux questions|faq|questions? (?:frequentes|frequemment posees)|frequently asked)\b",
        r"(?!)",
        99,
    ),
    _Kind(
        "a list of publications",
        r"^(?:(?:nos|les|our|the) )?(?:publications?|rapports? (?:annuels?|de recherche)|"
        r"etudes et (?:rapports|recherches)|memoires(?: et avis)?|annual reports?|reports?|"
        r"research(?: (?:papers|reports))?|studies|bulletins?|revue de presse|documents?|documentation|"
        r"centre de documentation)\b(?! d[eu'])",
        r"\b(?:pdf\b|\d+ p(?:ages|\.)|(?:rapport annuel|annual report|research note|note de recherche)\b|"
        r"(?:telecharge[rz]|download)\b|isbn\b|[mk]o\b|mb\b)",
        4,
    ),
    _Kind(
        "a page that was not found",
        r"\b(?:page (?:introuvable|non trouvee)|not found|erreur 404|404 error|cette page n'existe)\b|^404\b",
        r"(?!)",
        99,
    ),
    _Kind(
        "a legal notice",
        r"\b(?:politique de (?:confidentialite|cookies)|conditions (?:d'utilisation|generales)|"
        r"mentions legales|privacy policy|terms (?:of (?:use|service)|and conditions))\b",
        r"(?!)",
        99,
    ),
    _Kind("a shopping cart", r"^(?:panier|votre panier|commande|boutique|cart|your cart|checkout|"
                             r"shop)$", r"(?!)", 99),
)  # fmt: skip

_BY_TITLE = 99
"""Marks that no page shows: the kinds that only a title tells."""

TITLE_WORDS = 14
"""A longer first block is no title."""


def refused_as(document: Document) -> str | None:
    """Say what a page is, where it is one of the kinds that hold no initiative and no news."""
    title = fold_text(document.metadata.title or "") or _first_title(document)
    text = "\n".join(fold_text(block.text) for block in document.blocks)
    for kind in _KINDS:
        if document.metadata.kind in kind.types:
            return kind.label
        marks = set(map(itemgetter(0), re.finditer(kind.marks, text, re.MULTILINE))) if kind.least != _BY_TITLE else ()
        titled = bool(re.search(kind.title, title))
        if (titled and (kind.least == 99 or len(marks) >= 2)) or len(marks) >= kind.least + 1:
            return kind.label
    return None


def _first_title(document: Document) -> str:
    first = document.blocks[0] if document.blocks else None
    return fold_text(first.text) if first and len(first.text.split()) <= TITLE_WORDS else ""
