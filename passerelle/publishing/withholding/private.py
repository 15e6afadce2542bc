"""Who is named in public, and which addresses are public: officials and contacts are, other people are not."""

from __future__ import annotations

import re

from passerelle.publishing.withholding.names import EMAIL, folded
from schemas.base import Language

MAIL_MARKERS: dict[Language, str] = {"fr": "[courriel retiré]", "en": "[e-mail withheld]"}

_PRIVATE = re.compile(
    r"^(?:(?:une?|la|le|l'|sa|son|notre|the|an?|our|jeune|young|ancienne?|former|ex-) ?)*"
    r"(?:participante?|mere|maman|pere|papa|parent|grand-mere|grand-pere|fille|fils|eleve|etudiante?|jeune|enfant|"
    r"victime|survivante?|usagere?|beneficiaire|residente?|citoyenne?|temoin|patiente?|cliente?|locataire|voisine?|"
    r"participant|mother|mom|father|dad|grandmother|grandfather|daughter|son|student|pupil|youth|child|"
    r"victim|survivor|user|beneficiary|resident|citizen|witness|patient|client|tenant|neighbou?r)s?\b"
)
_OFFICIAL = re.compile(
    r"\b(?:president|direct|porte-parole|spokes|fondat|founder|coord|maire|mayor|depute|minist|chair|manager|"
    r"responsable|conseill|council|representant|representative|secretaire|secretary|tresori|treasurer)"
)
_CONTACT_CUES = re.compile(
    r"contact|joindre|joignez|rejoi|ecri[rvt]|courriel|e-?mail|mailto|renseign|inform|inscri|communiqu|reserv|medias?\b|"
    r"source|write|reach|regist|rsvp|sign up|tel[. :]|phone|poste \d|ext\. ?\d"
)
_NEAR = 160
"""Characters before an address in which it may be presented as a contact."""


def is_official(role: str | None, organization: str | None) -> bool:
    """Tell whether a page presents a person in a public role, or as speaking for an organisation."""
    told = folded(role or "").strip(" .-–—")
    private = bool(_PRIVATE.match(told)) and not _OFFICIAL.search(told)
    return not private and bool(told or organization)


def without_private_mail(text: str, language: Language, public: str | None) -> str:
    """Give a text with a marker instead of e-mail addresses that the page does not present as contacts.

    Args:
        text: any text.
        language: of the marker.
        public: the address that the record publishes as its contact.
    """

    def cover(found: re.Match[str]) -> str:
        before = folded(text[max(0, found.start() - _NEAR) : found.start()])
        told = found[0].casefold() == (public or "").casefold() or _CONTACT_CUES.search(before)
        return found[0] if told else MAIL_MARKERS[language]

    return EMAIL.sub(cover, text) if "@" in text else text
