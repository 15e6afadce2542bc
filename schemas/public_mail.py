"""Which e-mail addresses of a text are public: those that it presents as contacts of an organisation.

Extractors ask it of the address that they give as a contact, publishing of every address in a text.
"""

from __future__ import annotations

import re

from schemas.texts import without_accents

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
    r"\b(?:mere|maman|pere|papa|parent|grand-mere|grand-pere|fille|fils|victime|survivante?|eleve|participante?|usagere?|"
    r"residente?|temoin|locataire|voisine?|conjointe?|mari|epou[sx]e?|tante|oncle|mother|mom|father|dad|daughter|son|victim|"
    r"survivor|pupil|participant|resident|witness|tenant|neighbou?r|wife|husband|aunt|uncle|"
    r"agee? de \d{1,2} ans|(?<=, )\d{1,2} ans|years? old)\b"
)
_OWN = re.compile(r"\b(?:moi|me|mon|ma|mes|my|son|sa|ses|his|her)\b")
"""An address that somebody gives as their own."""
_CLAUSE = re.compile(r"[.!?…]\s|[;\n]|\b(?:ou|or|mais|but|tandis que|while)\b|@\S+")
_NEAR = 80
"""Characters before an address in which it may be presented as a contact; no other address stands between."""
_BESIDE = 160
"""Characters around an address in which a private person may stand."""


def _folded(text: str) -> str:
    return without_accents(text.replace("’", "'")).casefold()


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
    near = _CLAUSE.split(_folded(before[-_NEAR:]))[-1]
    free = bool(_FREE_HOST.search(plain))
    beside = _folded(before[-_BESIDE:]).rpartition("\n")[2] + " " + _folded(after[:_BESIDE]).partition("\n")[0]
    if free and _PRIVATE_NEAR.search(beside):
        return False
    if _PRIVATE_NEAR.search(near) or (free and _OWN.search(near)):
        return False
    return bool(_CONTACT_CUE.search(near)) or (not free and bool(_ROLE_ADDRESS.match(plain.partition("@")[0])))


def has_private_person(text: str) -> bool:
    """Tell whether a text speaks of a private person: a parent, a victim, a participant, somebody's age."""
    return bool(_PRIVATE_NEAR.search(_folded(text)))
