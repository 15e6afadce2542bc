"""Writes the termbase as TBX-Basic (ISO 30042), the exchange format of terminology tools.

The form is that of the first edition (``martif``, ``termEntry``), which the tools at hand read; its data categories
are those of TBX-Basic: subject field, part of speech, administrative status, note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from passerelle.translation.termbase import Forms, Term
from schemas.base import LANGUAGES

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAGS = {"fr": "fr-CA", "en": "en-CA"}
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "avoid": "deprecatedTerm-admn-sts",
}
_PARTS = {"acronym": "noun"}
_DOCTYPE = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'


def to_tbx(terms: Iterable[Term]) -> str:
    """Write terms as one TBX document; the identifier of an entry is its subject and its place there."""
    root = ET.Element("martif", {"type": "TBX-Basic", _XML_LANG: "fr-CA"})
    description = ET.SubElement(ET.SubElement(root, "martifHeader"), "fileDesc")
    ET.SubElement(ET.SubElement(description, "sourceDesc"), "p").text = "Passerelle: community sector, Québec"
    encoding = ET.SubElement(root[0], "encodingDesc")
    ET.SubElement(encoding, "p", {"type": "XCSURI"}).text = "TBXBasicXCSV02.xcs"
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    places: dict[str, int] = {}
    for term in terms:
        places[term.subject] = places.get(term.subject, 0) + 1
        _entry(body, term, f"{term.subject}-{places[term.subject]}")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_DOCTYPE}\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(body: ET.Element, term: Term, identifier: str) -> None:
    entry = ET.SubElement(body, "termEntry", {"id": identifier})
    ET.SubElement(entry, "descrip", {"type": "subjectField"}).text = term.subject
    for language in LANGUAGES:
        side = ET.SubElement(entry, "langSet", {_XML_LANG: _TAGS[language]})
        note = term.note.get(language) if term.note else None
        if note:
            ET.SubElement(side, "note").text = note
        for form, status in _statuses(term.forms(language)):
            group = ET.SubElement(side, "tig")
            ET.SubElement(group, "term").text = form
            ET.SubElement(group, "termNote", {"type": "partOfSpeech"}).text = _PARTS.get(term.pos, term.pos)
            if term.pos == "acronym":
                ET.SubElement(group, "termNote", {"type": "termType"}).text = "acronym"
            ET.SubElement(group, "termNote", {"type": "administrativeStatus"}).text = _STATUS[status]


def _statuses(forms: Forms) -> Iterator[tuple[str, str]]:
    yield forms.preferred, "preferred"
    for form in (*forms.good[1:], *forms.inclusive):
        yield form, "admitted"
    for form in forms.avoid:
        yield form, "avoid"
