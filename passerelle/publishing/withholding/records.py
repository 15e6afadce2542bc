"""Lay the rules of withholding over a record and its evidence; say what was withheld and why, never the value."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar, cast
from urllib.parse import unquote

from pydantic_core import from_json

from passerelle.publishing.withholding import persons
from passerelle.publishing.withholding.names import People
from passerelle.publishing.withholding.presented import Presented, may_present
from passerelle.publishing.withholding.private import without_private_mail
from passerelle.publishing.withholding.released import Released
from passerelle.publishing.withholding.texts import Json, Working
from schemas.base import Language
from schemas.issue import Issue
from schemas.records import FieldEvidence, Initiative, NewsItem, Organization, Provenance
from schemas.source import Source, WithheldField

R = TypeVar("R", bound=Initiative | NewsItem | Organization)

_WHY = {
    "withheld-by-source": "its source asks for it (withhold in sources/)",
    "withheld-minor": "the page presents the person as a minor",
    "withheld-private": "the page presents it neither as a public contact nor as an official's",
    "withheld-person": "a person asked not to be named",
}
_SAID: dict[str, Language] = {"message": "en", "message_fr": "fr", "detail": "en", "page": "en"}
"""Fields of an issue that may name people, and the language in which a name's place is taken."""


@dataclass(frozen=True)
class Rules:
    """What is withheld, besides what always is."""

    people: People = field(default_factory=People)
    fields: Mapping[str, tuple[WithheldField, ...]] = field(default_factory=dict)
    """Withheld fields by source."""
    released: Released = field(default_factory=Released)
    """What curators decided to publish."""

    @classmethod
    def of(cls, sources: Mapping[str, Source], people: People, released: Released | None = None) -> Rules:
        """Take them from the source files, the withdrawals in force and what curators decided to publish."""
        fields = {name: source.withhold for name, source in sources.items() if source.withhold}
        return cls(people, fields, released or Released())


class Trace(NamedTuple):
    """What was withheld from a record, and the code of why."""

    path: str
    code: str


@dataclass(frozen=True)
class Withheld(Generic[R]):
    """A record and its evidence as they may be published."""

    record: R
    evidence: Provenance | None
    traces: tuple[Trace, ...]
    written: str
    """The record as JSON."""
    proof: str | None
    """The evidence likewise."""


def withheld(record: R, evidence: Provenance | None, rules: Rules, beside: tuple[Presented, ...] = ()) -> Withheld[R]:
    """Give a record and its evidence as they may be published; the same objects where nothing is withheld.

    Args:
        record: the record.
        evidence: where it was read.
        rules: what is withheld besides what always is.
        beside: people whom other texts of the same page present as minors or private people.
    """
    written, proof = record.model_dump_json(), evidence.model_dump_json() if evidence else None
    whole = Withheld(record, evidence, (), written, proof)
    if not (beside or _concerned(record, written + (proof or ""), rules)):
        return whole
    language: Language = record.language if isinstance(record, NewsItem) else "fr"
    work = Working(from_json(written), from_json(proof)["fields"] if proof else None, language)
    traces = _told_apart(_steps(work, record, rules, beside))
    if not traces:
        return whole
    work.finish()
    fields = {path: tuple(map(FieldEvidence.model_validate, told)) for path, told in work.evidence.items()}
    kept = Provenance(id=record.id, fields=fields) if evidence else None
    done = cast("R", type(record).model_validate(work.record))
    return Withheld(done, kept, traces, done.model_dump_json(), kept.model_dump_json() if kept else None)


def issue_of(record: str, source: str | None, trace: Trace) -> Issue:
    """Make the line of the issue log that says what was withheld and why."""
    message = f"{trace.path} of {record} is not published, in whole or in part: {_WHY[trace.code]}"
    return Issue(
        stage="publish",
        severity="info",
        code=trace.code,
        message=message,
        source=source,
        record=record,
        detail=trace.path,
    )


def without_reason(line: bytes, people: People) -> bytes:
    """Give a line of changes.ndjson whose reason names none of the people withdrawn."""
    if not people.names or not people.may_be_in(line.decode()):
        return line
    told: Json = json.loads(line)
    told["reason"] = told["reason"] and people.taken_out(told["reason"], "fr", halves=False)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def without_people(issue: str, people: People) -> str:
    """Give a written line of the issue log that names none of the people withdrawn."""
    if not people.may_be_in(issue):
        return issue
    told: Json = json.loads(issue)
    for name, language in _SAID.items():
        if told[name]:
            told[name] = people.taken_out(unquote(told[name]), language, halves=False)
    return Issue.model_validate(told).model_dump_json()


def _told_apart(traces: Iterator[Trace]) -> tuple[Trace, ...]:
    """Number what was withheld from one place for one reason several times, so that each has a line of its own."""
    met: Counter[Trace] = Counter()
    done = []
    for trace in traces:
        met[trace] += 1
        done.append(trace if met[trace] == 1 else trace._replace(path=f"{trace.path} ({met[trace]})"))
    return tuple(done)


def _steps(
    work: Working, record: Initiative | NewsItem | Organization, rules: Rules, beside: tuple[Presented, ...]
) -> Iterator[Trace]:
    """Withhold step by step; yield the path and the code of whatever was withheld."""
    for name in _sources(record):
        for path in rules.fields.get(name, ()):
            if work.clear(path):
                yield Trace(path, "withheld-by-source")
    kept = rules.released.paths(record)
    if not isinstance(record, Organization):
        told = persons.private_people(work, kept, beside)
        yield from (Trace(*one) for one in told)
    public = (work.record.get("contact") or {}).get("email")
    before = set(work.changed)
    work.rewrite(lambda text, language: without_private_mail(text, language, public), kept)
    yield from (Trace(path, "withheld-private") for path in sorted(work.changed - before))
    yield from (Trace(path, "withheld-person") for path in persons.taken_out(work, rules.people))


def _concerned(record: Initiative | NewsItem | Organization, written: str, rules: Rules) -> bool:
    """Tell quickly whether anything may have to be withheld from a record, given with its evidence as JSON."""
    if any(name in rules.fields for name in _sources(record)):
        return True
    if (isinstance(record, Initiative) and record.testimonials) or (isinstance(record, NewsItem) and record.people):
        return True
    named = not isinstance(record, Organization) and may_present(written)
    return named or "@" in written or rules.people.may_be_in(written)


def _sources(record: Initiative | NewsItem | Organization) -> list[str]:
    references = () if isinstance(record, Organization) else record.sources
    return sorted({reference.source for reference in references if reference.source})
