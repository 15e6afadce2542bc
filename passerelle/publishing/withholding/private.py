"""Who is named in public, and which addresses are public: officials and contacts are, other people are not."""

from __future__ import annotations

import re

from passerelle.publishing.withholding.names import EMAIL, folded
from schemas.base import Language

MAIL_MARKERS: dict[Language, str] = {"fr": "[courriel retiré]", "en": "[e-mail withheld]"}

_PRIVATE = re.compile(
    r"^(?:(?:une?|la|le|l'|sa|son|notre|the|an?|our|jeune|young|ancien(?:ne)?|former|ex-) ?)*"
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
_CONTACT_CUE = re.compile(
    r"\b(?:contact\w*|joindre|joignez|rejoign\w+|rejoindre|ecri[rvt]\w*|courriels?|e-?mails?|mailto|renseign\w+|"
    r"inform\w+|inscri\w+|communiqu\w+|reserv\w+|medias?|source|write|writing|reach\w*|regist\w+|rsvp|"
    r"sign up|tel|telephone|phone|poste|ext|coordonnees|adresse|address|envo[iy]\w+|send|questions?|details?)\b"
)
_ROLE_ADDRESS = re.compile(
    r"^(?:info\w*|contact|accueil|reception|direction|coordination|coordo|administration|admin|secretariat|communications?|"
    r"medias?|presse?|media|redaction|bonjour|hello|inscriptions?|reservations?|benevol\w+|office|general|support|aide|"
    r"soutien|programmes?|projets?|projects?|service\w*|equipe|team|dons?|donations?)\b"
)
_FREE_HOST = re.compile(
    r"@(?:[\w-]+\.)*(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|mail|proton|protonmail|"
    r"videotron|sympatico|bell|cgocable|cogeco|rogers|globetrotter|tlb|xplornet|oricom)\.[a-z.]+$"
)
_PRIVATE_NEAR = re.compile(
    r"\b(?:mere|maman|pere|papa|parents?|grand-mere|grand-pere|fille|fils|victime|survivante?|eleve|participante?|usagere?|"
    r"residente?|temoin|locataire|voisine?|conjointe?|mari|epou[sx]e?|tante|oncle|mother|mom|father|dad|daughter|son|victim|"
    r"survivor|pupil|participant|resident|witness|tenant|neighbou?r|wife|husband|aunt|uncle|\d{1,2} ans|years? old)\b"
)
_CLAUSE = re.compile(r"[.!?…]\s|[;\n]|\b(?:ou|or|mais|but|tandis que|while)\b|@\S+")
_NEAR = 80
"""Characters before an address in which it may be presented as a contact; no other address stands between."""
_BESIDE = 160
"""Characters around an address in which a private person may stand."""


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


def is_public_mail(address: str, before: str, after: str) -> bool:
    """Tell whether the words right before an address present it as a contact of an organisation.

    One of an organisation's own office (info@, direction@) needs no such words; one of a free mail host beside a
    private person is never public.

    Args:
        address: the address.
        before: the text before it.
        after: the text after it.
    """
    plain = address.casefold()
    near = _CLAUSE.split(folded(before[-_NEAR:]))[-1]
    free = bool(_FREE_HOST.search(plain))
    beside = folded(before[-_BESIDE:]).rpartition("\n")[2] + " " + folded(after[:_BESIDE]).partition("\n")[0]
    if free and _PRIVATE_NEAR.search(beside):
        return False
    if _PRIVATE_NEAR.search(near):
        return False
    return bool(_CONTACT_CUE.search(near)) or (not free and bool(_ROLE_ADDRESS.match(plain.partition("@")[0])))


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
