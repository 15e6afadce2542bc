"""Writes what waits for a translator as XLIFF 2.1 (OASIS), and reads the translator's file back.

One document a direction, one ``file`` a record, one ``unit`` a text, one ``segment`` a block of it. Every segment goes
out as ``initial``, a machine's proposal in its target; what comes back as ``initial`` is no translation. What stands
between the blocks (list marks, blank lines) is never read from the file: the database has it. What people translated of
nearly the same blocks goes out as candidates (the standard's matches module).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from passerelle.translation.candidates import Candidate, Candidates
from passerelle.translation.checks import Pair, all_failures
from passerelle.translation.errors import ExchangeError
from passerelle.translation.exchange import (
    CODES,
    TOOL,
    XML_SPACE,
    Complaint,
    Element,
    children,
    language_of,
    read_xml,
    text_of,
    writable,
    write_xml,
)
from passerelle.translation.gaps import other
from passerelle.translation.memory import Memory
from passerelle.translation.reasons import origin_label, reason_label
from passerelle.translation.structure import put_together, take_apart
from passerelle.translation.typography import for_engine
from schemas.base import Language
from schemas.paths import language_maps
from schemas.records import Initiative, TextStatus, Translated
from schemas.texts import normal_form

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
FROM_FILE = "XLIFF"
"""How the reason of a decision that came from a file begins."""
_TAG = f"{{{NAMESPACE}}}"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_MATCH = f"{{{_MATCHES}}}"
STATES = ("initial", "translated", "reviewed", "final")
"""Of a segment, as the standard has them."""


@dataclass(frozen=True)
class Waiting:
    """A text that a translator should write or look at."""

    record: Translated
    path: str
    source: str
    proposal: str | None
    status: TextStatus


@dataclass(frozen=True)
class Translation:
    """A translator's text that fits the database."""

    record: str
    path: str
    source: str
    text: str
    before: str | None
    remarks: tuple[str, ...]
    """Checks that it does not pass; a person may know better."""
    line: int


@dataclass
class XliffImport:
    """What a translator's file holds."""

    translations: list[Translation] = field(default_factory=list)
    untouched: int = 0
    """Texts of which no block was translated."""
    still_initial: int = 0
    """Texts that somebody wrote and left in state initial: not taken, each with a complaint."""
    places: set[tuple[str, str]] = field(default_factory=set)
    """Record and path of every text of which the file holds a translation, taken or not."""
    known: int = 0
    """Texts that the records have already, word for word."""
    complaints: list[Complaint] = field(default_factory=list)


def waiting(records: Iterable[Translated], target: Language) -> Iterator[Waiting]:
    """Yield the texts that are missing in a language, that a machine made, or whose source has changed since."""
    for record in records:
        for path, texts in language_maps(record):
            status = record.text_status.get(f"{path}.{target}")
            source = texts.get(other(target))
            has_words = any(piece.translatable for piece in take_apart(source or ""))
            if source and has_words and status is not None and _waits(status):
                yield Waiting(record, path, source, texts.get(target), status)


def write_xliff(texts: Iterable[Waiting], target: Language, path: Path, memory: Memory | None = None) -> int:
    """Write a document of one direction, with candidates from the memory; give the number of texts."""
    root = etree.Element(
        f"{_TAG}xliff",
        nsmap={None: NAMESPACE, "mtc": _MATCHES},
        version="2.1",
        srcLang=CODES[other(target)],
        trgLang=CODES[target],
    )
    files: dict[str, Element] = {}
    texts = tuple(texts)
    near = Candidates(memory or Memory(), other(target), target)
    for text in texts:
        record = text.record
        if record.id not in files:
            files[record.id] = etree.SubElement(root, f"{_TAG}file", id=record.id, original=_known_as(record)[0])
        _write_unit(files[record.id], text, near)
    if not texts:  # a document must have a file with a unit
        msg = f"nothing waits for a translator into {CODES[target]}: no file was written"
        raise ExchangeError(msg, f"rien n’attend un traducteur vers {CODES[target]} : aucun fichier n’a été écrit")
    etree.indent(root)  # the words themselves stand in source and target, which have no children
    write_xml(root, path)
    return len(texts)


def read_xliff(
    path: Path,
    records: Iterable[Translated],
    redirects: Mapping[str, str],
    own: Collection[tuple[str, str]] = (),
) -> XliffImport:
    """Read a translator's file and hold it against the records; nothing is saved.

    Args:
        path: the file.
        records: with all their texts, as they were exported.
        redirects: merged id → id that lives on.
        own: record and path of the texts that this translator's files gave before, which this one may correct.

    Raises:
        ExchangeError: it is no XLIFF 2 file between our languages.
    """
    root = read_xml(path, "xliff")
    source, target = language_of(root.get("srcLang")), language_of(root.get("trgLang"))
    if not (root.get("version") or "").startswith("2.") or source is None or target is None or source == target:
        msg = f"{path}: not XLIFF 2 from French to English or back; export it again as XLIFF 2.1"
        raise ExchangeError(
            msg, f"{path} : pas un XLIFF 2 du français à l’anglais ou l’inverse; exportez-le de nouveau en XLIFF 2.1"
        )
    known = {record.id: record for record in records}
    done = XliffImport()
    for file in children(root, "file"):
        record = known.get(redirects.get(file.get("id", ""), file.get("id", "")))
        for unit in file.iter(f"{_TAG}unit"):
            _read_unit(unit, record, target, own, done)
    return done


def _waits(status: TextStatus) -> bool:
    made = status.origin in {"pending", "machine"} or (status.origin == "memory" and status.reason is not None)
    return (made and not status.reviewed) or not status.fresh


def _write_unit(file: Element, text: Waiting, near: Candidates) -> None:
    unit = etree.SubElement(file, f"{_TAG}unit", id=text.path, canResegment="no")
    unit.set(XML_SPACE, "preserve")
    notes = etree.SubElement(unit, f"{_TAG}notes")
    said = _status(text)
    for category, words in (("record", _known_as(text.record)[1]), ("status", said)):
        etree.SubElement(notes, f"{_TAG}note", category=category).text = writable(words)
    pieces = take_apart(text.source)
    proposed = [piece.words for piece in take_apart(text.proposal or "") if piece.translatable]
    fitting = len(proposed) == sum(piece.translatable for piece in pieces)
    proposals = iter(proposed if fitting else ())
    gap = ""
    for number, piece in enumerate(pieces, 1):
        if not piece.translatable:
            gap += piece.lead + piece.words + piece.trail
            continue
        _write_gap(unit, gap + piece.lead)
        segment = etree.SubElement(unit, f"{_TAG}segment", id=f"s{number}", state="initial")
        etree.SubElement(segment, f"{_TAG}source").text = writable(piece.words)
        _write_candidates(unit, f"s{number}", near.of(piece.words))
        proposal = next(proposals, None)
        if proposal:
            segment.set("subState", f"passerelle:{text.status.origin}")
            etree.SubElement(segment, f"{_TAG}target").text = writable(proposal)
        gap = piece.trail
    _write_gap(unit, gap)


def _status(text: Waiting) -> str:
    """Say in words of the language to translate into where a text stands, and why."""
    status, language = text.status, other(text.status.source_language or "fr")
    told = dict.fromkeys((*filter(None, (status.reason,)), *status.checks))
    why = [reason_label(code, language) for code in told] + ([] if status.fresh else [reason_label("stale", language)])
    return " · ".join((origin_label(status.origin, language), *filter(None, (status.engine,)), *why))


def _write_candidates(unit: Element, segment: str, candidates: Iterable[Candidate]) -> None:
    """Add candidates to the unit's matches, which the standard wants before all else."""
    matches = unit.find(f"{_MATCH}matches")
    for candidate in candidates:
        if matches is None:
            matches = etree.Element(f"{_MATCH}matches")
            unit.insert(0, matches)
        told = {"similarity": f"{candidate.similarity:.1f}", "type": "tm", "origin": TOOL}
        match = etree.SubElement(matches, f"{_MATCH}match", attrib={"ref": f"#{segment}", **told})
        etree.SubElement(match, f"{_TAG}source").text = writable(candidate.source)
        etree.SubElement(match, f"{_TAG}target").text = writable(candidate.target)


def _write_gap(unit: Element, between: str) -> None:
    if between:
        etree.SubElement(etree.SubElement(unit, f"{_TAG}ignorable"), f"{_TAG}source").text = writable(between)


def _read_unit(
    unit: Element, record: Translated | None, target: Language, own: Collection[tuple[str, str]], done: XliffImport
) -> None:
    """Take a unit in, count it as untouched, or complain."""
    place = unit.get("id", "")

    def complain(fr: str, en: str, line: int = 0) -> None:
        named = (record.id if record else unit.getparent().get("id"), f"{place}.{target}" if place else "")
        done.complaints.append(Complaint(line or unit.sourceline or 0, " ".join(filter(None, named)) or "unit", fr, en))

    segments = list(children(unit, "segment"))
    touched = [segment for segment in segments if segment.get("state", "initial") != "initial"]
    texts = dict(language_maps(record)).get(place) if record else None
    if not touched:
        done.untouched += 1
        if _is_written(segments, (texts.get(target) if texts else None) or ""):
            done.still_initial += 1
            complain(*_STILL_INITIAL)
        return
    if record is None or texts is None:
        complain("n’est plus dans les fiches", "is no longer in the records")
        return
    spot = (record.id, f"{place}.{target}")
    done.places.add(spot)
    if refusal := _refusal(segments, touched, texts.get(other(target)) or ""):
        complain(*refusal)
        return
    status, before = record.text_status.get(f"{place}.{target}"), texts.get(target)
    if before and status is None:
        complain("une page donne maintenant ce texte; il reste", "a page gives this text now; it stays")
        return
    source = texts.get(other(target)) or ""
    text = _assembled(source, segments)
    if text is None:
        complain("a une cible vide", "has an empty target")
    elif status is not None and status.origin == "human" and status.fresh and before == text:
        done.known += 1
    elif status is not None and status.origin == "human" and status.fresh and spot not in own:
        complain(*_WRITTEN)
    else:
        pair = Pair(for_engine(source), for_engine(text), other(target), target)
        remarks = tuple(all_failures(pair))
        done.translations.append(Translation(*spot, source, text, before, remarks, unit.sourceline or 0))


def _refusal(segments: list[Element], touched: list[Element], source: str) -> tuple[str, str, int] | None:
    """Say why a unit does not fit the text that the database has now, or is not as the standard has it."""
    for segment in segments:
        if (state := segment.get("state", "initial")) not in STATES:
            known = ", ".join(STATES)
            return (
                f'a l’état "{state}", qu’XLIFF ne connaît pas; mettez l’un de : {known}',
                f'has the state "{state}", which XLIFF does not know; set one of: {known}',
                segment.sourceline or 0,
            )
    blocks = [piece.words for piece in take_apart(source) if piece.translatable]
    read = [text_of(one) for segment in segments for one in children(segment, "source")]
    for segment, ours, theirs in zip(segments, blocks, read, strict=False):
        if normal_form(writable(ours)) != normal_form(theirs):
            return *_OTHER_SOURCE, segment.sourceline or 0
    if len(read) != len(blocks):
        return *_OTHER_SOURCE, 0
    if len(touched) < len(segments):
        left = next(segment for segment in segments if segment not in touched)
        count = f"{len(touched)}/{len(segments)}"
        return (
            f"n’est traduit qu’en partie ({count}; les autres sont à l’état initial)",
            f"is translated in part only ({count}; the others are in state initial)",
            left.sourceline or 0,
        )
    return None


def _is_written(segments: list[Element], proposed: str) -> bool:
    """Tell whether a target holds other words than the proposal that went out with it."""
    ours = {normal_form(writable(piece.words)) for piece in take_apart(proposed)}
    targets = (normal_form(text_of(one)) for segment in segments for one in children(segment, "target"))
    return any(text and text not in ours for text in targets)


def _known_as(record: Translated) -> tuple[str, str]:
    """Give a record's short name and its whole one, for a translator to know it by."""
    if isinstance(record, Initiative):
        return record.slug, record.name.fr or record.name.en or ""
    return record.id, record.title


_STILL_INITIAL = (
    'est traduit, mais encore à l’état initial; mettez state="translated" pour qu’il soit pris',
    'is translated, but still in state initial; set state="translated" to have it taken',
)
_WRITTEN = (
    "quelqu’un d’autre l’a écrit depuis; son texte reste (si c’est vous, importez avec le même --by)",
    "somebody else wrote it since; that text stays (if it was you, import with the same --by)",
)
_OTHER_SOURCE = (
    "le texte source du fichier n’est pas celui de la fiche : l’un des deux a changé depuis l’exportation; "
    "exportez de nouveau",
    "the source text in the file is not the record’s: one of them has changed since the export; export again",
)


def _assembled(source: str, segments: list[Element]) -> str | None:
    """Put the targets in the place of the database's blocks; ``None`` where one is empty."""
    written = (" ".join(map(text_of, children(one, "target"))) for one in segments)
    targets = iter([re.sub("[ \t\r\n]+", " ", text).strip(" ") for text in written])  # no-break spaces stay
    pieces = []
    for piece in take_apart(source):
        words = next(targets, "") if piece.translatable else piece.words
        if piece.translatable and not words:
            return None
        pieces.append(piece.with_words(words))
    return put_together(tuple(pieces))
