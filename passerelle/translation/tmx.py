"""Reads and writes the translation memory as TMX 1.4b (LISA), which every translator's tool knows.

A pair has one ``tu`` with one ``tuv`` a language; the field that it comes from stands in ``prop`` of type
``x-passerelle:context``. Native codes of inline elements (bpt, ept, it, ph, ut) are no words and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from passerelle.translation.align import both_ways
from passerelle.translation.checks import Failure, Pair, all_failures
from passerelle.translation.exchange import (
    CODES,
    TOOL,
    XML_LANG,
    Complaint,
    Element,
    children,
    language_of,
    read_xml,
    text_of,
    tool_version,
    writable,
    write_xml,
)
from passerelle.translation.memory import Memory
from passerelle.translation.typography import for_engine
from schemas.base import Language
from schemas.texts import normal_form
from schemas.working import MemoryEntry

CONTEXT = "x-passerelle:context"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


@dataclass(frozen=True)
class TmxImport:
    """What a file holds, compared with the memory."""

    new: tuple[MemoryEntry, ...]
    changed: tuple[tuple[MemoryEntry, MemoryEntry], ...]
    """The memory's entry and the file's, of one source, which disagree; the file's would take its place, or stand
    beside it where they are of different fields."""
    known: int
    complaints: tuple[Complaint, ...]
    remarks: tuple[tuple[MemoryEntry, tuple[Failure, ...]], ...] = ()
    """New and changed entries that fail checks, from French, with what they fail; a person may know better."""

    @property
    def entries(self) -> tuple[MemoryEntry, ...]:
        """What is to be saved."""
        return (*self.new, *(theirs for _, theirs in self.changed))


def write_tmx(entries: Iterable[MemoryEntry], path: Path) -> int:
    """Write what people translated, one unit a pair and field, sorted; give how many."""
    pairs = sorted({_pair(entry) for entry in entries if entry.origin == "human"})
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        creationtool=TOOL,
        creationtoolversion=tool_version(),
        segtype="block",
        adminlang="en-CA",
        srclang="*all*",
        datatype="plaintext",
        attrib={"o-tmf": TOOL},
    )
    body = etree.SubElement(root, "body")
    for french, english, context in pairs:
        unit = etree.SubElement(body, "tu")
        if context:
            etree.SubElement(unit, "prop", type=CONTEXT).text = context
        sides: dict[Language, str] = {"fr": french, "en": english}
        for language, text in sides.items():
            variant = etree.SubElement(unit, "tuv", attrib={XML_LANG: CODES[language]})
            etree.SubElement(variant, "seg").text = writable(text)
    etree.indent(root)
    write_xml(root, path)
    return len(pairs)


def read_tmx(path: Path, memory: Memory) -> TmxImport:
    """Read a file and compare it with the memory; nothing is saved.

    Raises:
        ExchangeError: it is no TMX file.
    """
    found: dict[tuple[str, ...], MemoryEntry] = {}
    complaints: list[Complaint] = []
    for unit in read_xml(path, "tmx").iter("{*}tu"):
        read = _unit(unit)
        if isinstance(read, Complaint):
            complaints.append(read)
            continue
        for entry in both_ways(*read):
            found[entry.source_language, entry.source_hash, entry.context or ""] = entry
    new, changed, known = [], [], 0
    for entry in found.values():
        ours = memory.human(entry.source, entry.source_language, entry.target_language, entry.context)
        if ours is None:
            new.append(entry)
        elif normal_form(ours.target) == normal_form(entry.target):
            known += 1
        else:
            changed.append((ours, entry))
    taken = (*new, *(theirs for _, theirs in changed))
    remarks = ((entry, failures) for entry in taken if (failures := _failures(entry)))
    return TmxImport(tuple(new), tuple(changed), known, tuple(complaints), tuple(remarks))


def _failures(entry: MemoryEntry) -> tuple[Failure, ...]:
    """Name the checks that a pair fails, one of its two directions being enough."""
    if entry.source_language != "fr":
        return ()
    return tuple(all_failures(Pair(for_engine(entry.source), for_engine(entry.target), "fr", "en")))


def _pair(entry: MemoryEntry) -> tuple[str, str, str]:
    sides = (entry.source, entry.target) if entry.source_language == "fr" else (entry.target, entry.source)
    return (*sides, entry.context or "")


def _unit(unit: Element) -> tuple[str, str, str | None] | Complaint:
    texts: dict[Language, str] = {}
    for variant in children(unit, "tuv"):
        language = language_of(variant.get(XML_LANG) or variant.get("lang"))
        for segment in children(variant, "seg"):
            if language:
                texts.setdefault(language, text_of(segment, without=_CODES).strip())
    context = next((prop.text for prop in children(unit, "prop") if prop.get("type") == CONTEXT), None)
    if not all(texts.get(language) for language in CODES):
        return Complaint(
            unit.sourceline or 0,
            unit.get("tuid") or "tu",
            "n’a pas un texte français et un texte anglais",
            "does not have a French and an English text",
        )
    return texts["fr"], texts["en"], context
