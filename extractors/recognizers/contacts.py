"""How the public reaches an initiative: e-mail, telephone, web address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.passage import Passage
from extractors.recognizers.fold import fold, fold_text
from schemas.document import Block
from schemas.drafts import Found
from schemas.public_mail import has_private_person, is_public_mail

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
_LINE_NUMBER = re.compile(r"\d{4}")
"""What each ends with: quick to look for."""
_FAX = re.compile(r"(?:telec(?:opieur|\.)?|fax|telecopie)[ :.]{0,3}$")
_URL = re.compile(r"https?://[^\s<>\"»]+|(?<![@\w.])www\.[^\s<>\"»]+\.[^\s<>\"»]+")
_IN_CELL = re.compile(r"\|[^|@]{0,25}$")
"""What stands before an address that is all of its cell, a telephone number apart."""
_ALONE = 12
"""Words beside an address that is nearly all of its block: a line of an address card."""
_URL_END = ".,;:!?)]}'’…"


def read_email(p: Passage, names: Iterable[str] = ()) -> Found[str] | None:
    """Give the first e-mail address presented as a contact, in lower case; ``name [at] example.org`` is read too.

    One that stands in a sentence as somebody's own is no contact; one that is nearly all of its block is, and one
    that bears one of the initiative's ``names``.
    """
    own = {_letters(name) for name in names}
    for position, block in p.blocks:
        for address, start, end, rule in _addresses(block):
            if _letters(address.partition("@")[0]) in own or _is_contact(block, address, start, end):
                return p.found(address.lower(), position, start, end, rule)
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold_text(text)))


def _addresses(block: Block) -> Iterator[tuple[str, int, int, str]]:
    """Yield the addresses of a block with their place, links first, and the rule that found each."""
    for link in block.links:
        if link.url.lower().startswith("mailto:") and (match := _EMAIL.search(link.url)):
            start = max(block.text.find(link.text), 0)
            yield match[0], start, start + len(link.text), "contacts.email-link"
    if "@" in block.text:
        yield from ((match[0], *match.span(), "contacts.email") for match in _EMAIL.finditer(block.text))
    if _AT_SIGN.search(block.text):
        for match in _HIDDEN_AT.finditer(block.text):
            yield f"{match['user']}@{match['host']}.{match['top']}", *match.span(), "contacts.email-hidden"


def _is_contact(block: Block, address: str, start: int, end: int) -> bool:
    before, after = block.text[:start], block.text[end:]
    shown = "" if "@" in block.text[start:end] else block.text[start:end]
    if is_public_mail(address, before, after) or (shown and is_public_mail(address, f"{before}{shown} ", after)):
        return True
    if _IN_CELL.search(before) and (not after.strip() or after.lstrip().startswith("|")):
        return True
    card = not before.strip(" (<:-–—") or not after.strip(" .)>;-–—")
    return card and len(f"{before} {after}".split()) <= _ALONE and not has_private_person(f"{before} {after}")


def read_phone(p: Passage) -> Found[str] | None:
    """Give the first telephone number that is no fax, as ``514-555-0100`` or ``514-555-0100, poste 12``."""
    for position, block in p.blocks:
        folded = fold(block.text)
        for match in _PHONE.finditer(folded.text) if _LINE_NUMBER.search(folded.text) else ():
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
