"""Who is named in public, and which addresses are public: officials and contacts are, other people are not."""

from __future__ import annotations

import re

from passerelle.publishing.withholding.names import EMAIL, folded
from schemas.base import Language
from schemas.public_mail import is_public_mail

MAIL_MARKERS: dict[Language, str] = {"fr": "[courriel retiré]", "en": "[e-mail withheld]"}

_PRIVATE = re.compile(
    r"^(?:(?:l'une? des|un des|une des|one of (?:the|our)|premi(?:ere?|er)s?|first|derniers?|dernieres?|"
    r"une?|la|le|l'|sa|son|notre|the|an?|our|jeune|young|ancien(?:ne)?|former|ex-) ?)*"
    r"(?:participante?|mere|maman|pere|papa|parent|grand-mere|grand-pere|fille|fils|eleve|etudiante?|jeune|enfant|"
    r"victime|survivante?|usagere?|beneficiaire|residente?|citoyenne?|temoin|patiente?|cliente?|locataire|voisine?|"
    r"participant|mother|mom|father|dad|grandmother|grandfather|daughter|son|student|pupil|youth|child|"
    r"victim|survivor|user|beneficiary|resident|citizen|witness|patient|client|tenant|neighbou?r)s?\b"
)
_OFFICIAL = re.compile(
    r"\b(?:president|direct|porte-parole|spokes|fondat|founder|coord|maire|mayor|depute|minist|chair|manager|"
    r"gerante?s?\b|responsable|conseill|council|representant|representative|secretaire|secretary|tresori|treasurer)"
)
_PROFESSION = re.compile(
    r"\b(?:interven|travaill|enseign|entrepren|infirm|polici|agente? |agente?$|professeur|educat|avocat|medecin|psycho|"
    r"animat|worker|teacher|officer|nurse|lawyer|doctor|facilitator|chercheu|researcher|criminolog|sexolog|technicien|"
    r"organisat|organizer|chef|sergent|lieutenant|capitaine|gestionnaire|procureur|commissaire|pair[- ]aidant)"
)


def holds_office(piece: str) -> bool:
    """Tell whether a piece of a text names an office or a profession."""
    told = folded(piece)
    return bool(_OFFICIAL.search(told) or (_PROFESSION.search(told) and not _PRIVATE.match(told)))


def presented_as_private(piece: str) -> bool:
    """Tell whether a piece of a text presents a person as a participant, a victim, a parent … and in no office."""
    told = folded(piece).strip(" .-–—\"'«»*_")
    return bool(_PRIVATE.match(told)) and not (_OFFICIAL.search(told) or _PROFESSION.search(told))


def is_official(role: str | None, organization: str | None) -> bool:
    """Tell whether a page presents a person in a public role, or as speaking for an organisation."""
    told = (role or "").strip(" .-–—")
    return not presented_as_private(told) and bool(told or organization)


def without_private_mail(text: str, language: Language, public: str | None) -> str:
    """Give a text with a marker instead of e-mail addresses that the page does not present as contacts.

    Args:
        text: any text.
        language: of the marker.
        public: the address that the record publishes as its contact.
    """

    def cover(found: re.Match[str]) -> str:
        told = found[0].casefold() == (public or "").casefold()
        told = told or is_public_mail(found[0], text[: found.start()], text[found.end() :])
        return found[0] if told else MAIL_MARKERS[language]

    return EMAIL.sub(cover, text) if "@" in text else text
