"""How the public reaches an initiative: e-mail, telephone, web address."""

from __future__ import annotations

import re

from extractors.passage import Passage
from extractors.recognizers.fold import fold
from schemas.drafts import Found

_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63})@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_AT_SIGN = re.compile(r"[\[(] ?(?:at|arobase|a commercial|@) ?[\])]", re.IGNORECASE)
_HIDDEN_AT = re.compile(
    r"(?P<user>[A-Za-z0-9._%+-]{1,64}) ?[\[(] ?(?:at|arobase|a commercial|@) ?[\])] ?(?P<host>[A-Za-z0-9.-]{1,80}?)"
    r"(?: ?[\[(] ?(?:dot|point) ?[\])] ?|\.)(?P<top>[A-Za-z]{2,24})\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d/=-])(?:\+?1[ .-]?)?\(?(?P<area>[2-9]\d{2})\)?[ .-]{0,2}(?P<office>[2-9]\d{2})[ "
    r".-](?P<line>\d{4})(?![\d-])"
    r"(?:,? ?\(?(?:poste|ext\.?|extension|#|p\.) ?(?P<extension>\d{1,6})\)?)?"
)
_FAX = re.compile(r"(?:telec(?:opieur|\.)?|fax|telecopie)[ :.]{0,3}$")
_URL = re.compile(r"https?://[^\s<>\"»]+|(?<![@\w.])www\.[^\s<>\"»]+\.[^\s<>\"»]+")
_URL_END = ".,;:!?)]}'’…"


def read_email(p: Passage) -> Found[str] | None:
    """Give the first e-mail address, in lower case; ``name [at] example.org`` is read too."""
    for position, block in p.blocks:
        for link in block.links:
            if link.url.lower().startswith("mailto:") and (match := _EMAIL.search(link.url)):
                start = max(block.text.find(link.text), 0)
                return p.found(match[0].lower(), position, start, start + len(link.text), "contacts.email-link")
        if "@" in block.text and (match := _EMAIL.search(block.text)):
            return p.found(match[0].lower(), position, *match.span(), "contacts.email")
        if _AT_SIGN.search(block.text) and (hidden := _HIDDEN_AT.search(block.text)):
            address = f"{hidden['user']}@{hidden['host']}.{hidden['top']}".lower()
            return p.found(address, position, *hidden.span(), "contacts.email-hidden")
    return None


def read_phone(p: Passage) -> Found[str] | None:
    """Give the first telephone number that is no fax, as ``514-555-0100`` or ``514-555-0100, poste 12``."""
    for position, block in p.blocks:
        folded = fold(block.text)
        for match in _PHONE.finditer(folded.text):
            if _FAX.search(folded.text[max(0, match.start() - 20) : match.start()]):
                continue
            number = f"{match['area']}-{match['office']}-{match['line']}"
            if match["extension"]:
                number += (", poste " if p.language == "fr" else ", ext. ") + match["extension"]
            return p.found(number, position, *folded.span(*match.span()), "contacts.phone")
    return None


def read_url(p: Passage) -> Found[str] | None:
    """Give the first web address written out in the text, with its scheme."""
    for position, block in p.blocks:
        if match := _URL.search(block.text):
            written = match[0].rstrip(_URL_END)
            url = written if written.startswith("http") else f"https://{written}"
            return p.found(url, position, match.start(), match.start() + len(written), "contacts.url")
    return None
