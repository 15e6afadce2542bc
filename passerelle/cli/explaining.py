"""What ``passerelle explain`` tells: for each value its rule, page and sentence, and what was read but not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from extractors.explaining import refusals, sentence_at
from extractors.passage import Passage
from passerelle.cli.desk import Desk
from passerelle.cli.messages import field_label
from passerelle.cli.search import Record, names_of
from passerelle.reviewing import helper
from passerelle.workplace import Workplace
from schemas.document import Document
from schemas.paths import value_at
from schemas.records import FieldEvidence, Initiative, Provenance

_PLACES = 3
"""Places told of one value: the rest say the same."""


def explained(workplace: Workplace, record: Record, provenance: Provenance | None) -> dict[str, Any]:
    """Give every value of a record with where and how it was read, and what its pages say that it does not hold."""
    fields = provenance.fields if provenance else {}
    documents = _documents(workplace, [place for places in fields.values() for place in places])
    values = {
        path: {"value": _written(record, path), "read": [_told(place, documents) for place in places[:_PLACES]]}
        for path, places in fields.items()
    }
    return {
        "id": record.id,
        "name": names_of(record)[0],
        "values": values,
        "refused": _refused(record, fields, documents) if isinstance(record, Initiative) else [],
    }


def _documents(workplace: Workplace, places: list[FieldEvidence]) -> dict[str, Document]:
    """Read the pages again, as the extractors saw them."""
    desk = helper(workplace)
    pages = {digest: desk.page(digest) for digest in dict.fromkeys(place.digest for place in places)}
    return {digest: page.document for digest, page in pages.items() if page is not None and page.document is not None}


def _told(place: FieldEvidence, documents: dict[str, Document]) -> dict[str, Any]:
    document = documents.get(place.digest)
    sentence = sentence_at(document, place.block, place.start) if document else ""
    return {
        "rule": place.rule,
        "page": place.url or place.digest,
        "quote": place.quote,
        "sentence": sentence or place.quote,
    }


def _refused(record: Initiative, fields: Any, documents: dict[str, Document]) -> list[dict[str, str]]:
    lead = [record.lead_organization.name] if record.lead_organization else []
    kept: dict[str, Iterable[str]] = {
        "themes": record.themes,
        "activities": record.activities,
        "groups": record.audience.groups,
        "start": filter(None, (record.start,)),
        "territory": [*record.territory.municipalities, *record.territory.neighbourhoods],
        "name": filter(None, (record.name.fr, record.name.en)),
        "awards": [name for award in record.awards for name in (award.name.fr, award.name.en) if name],
        "people": [said.author for said in record.testimonials if said.author],
        "organizations": [*lead, *(partner.name for partner in record.partners), *filter(None, (record.name.fr,))],
    }
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for digest, document in documents.items():
        blocks = [place.block for places in fields.values() for place in places if place.digest == digest]
        read = [block for block in blocks if block >= 0]
        if not read or document.language == "unknown":
            continue
        passage = Passage(document, tuple(range(min(read), max(read) + 1)), document.language)
        for refusal in map(asdict, refusals(passage, kept)):
            found.setdefault((refusal["field"], refusal["value"], refusal["reason"]), refusal)
    return list(found.values())


def _written(record: Record, path: str) -> str:
    try:
        value = value_at(record, path)
    except (KeyError, IndexError, AttributeError, ValueError):
        return ""
    text = str(getattr(value, "name", None) or value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def as_lines(desk: Desk, found: dict[str, Any]) -> Iterator[str]:
    """Write what was explained for a reader, a line each."""
    yield desk.text("explain.record", name=found["name"], id=found["id"])
    if not found["values"]:
        yield desk.text("explain.no-evidence")
        return
    for path, told in found["values"].items():
        yield field_label(path, desk.language)
        for place in told["read"]:
            yield desk.text("explain.value", value=told["value"] or place["quote"], rule=place["rule"])
            yield desk.text("explain.sentence", sentence=place["sentence"])
            yield desk.text("explain.page", page=place["page"])
    yield ""
    yield desk.text("explain.refused" if found["refused"] else "explain.nothing-refused")
    for refusal in found["refused"]:
        reason = desk.text(f"explain.{refusal['reason']}")
        label = field_label(refusal["field"], desk.language)
        yield f"  {label} – {refusal['value']} – {reason}"
        yield desk.text("explain.sentence", sentence=refusal["sentence"])
