"""Lay the rules of withholding over a record and its evidence; say what was withheld and why, never the value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar, cast
from urllib.parse import unquote

from passerelle.publishing.withholding.minors import speaks_as_minor
from passerelle.publishing.withholding.names import MARKERS, People
from passerelle.publishing.withholding.private import is_official, without_private_mail
from passerelle.publishing.withholding.texts import Json, Working, is_name, without_quote, without_word
from schemas.base import Language
from schemas.issue import Issue
from schemas.records import FieldEvidence, Initiative, NewsItem, Organization, Provenance, Testimonial
from schemas.source import Source, WithheldField

R = TypeVar("R", bound=Initiative | NewsItem | Organization)

_WHY = {
    "withheld-by-source": "its source asks for it (withhold in sources/)",
    "withheld-minor": "the speaker is presented as a minor",
    "withheld-private": "the page presents it neither as a public contact nor as an official's",
    "withheld-person": "a person asked not to be named",
}
_NAME_END = re.compile(r"[,;:()–—|\n]|\s-\s")


@dataclass(frozen=True)
class Rules:
    """What is withheld, besides what always is."""

    people: People = field(default_factory=People)
    fields: Mapping[str, tuple[WithheldField, ...]] = field(default_factory=dict)
    """Withheld fields by source."""

    @classmethod
    def of(cls, sources: Mapping[str, Source], people: People) -> Rules:
        """Take them from the source files and from the withdrawals in force."""
        return cls(people, {name: source.withhold for name, source in sources.items() if source.withhold})


class Trace(NamedTuple):
    """What was withheld from a record, and the code of why."""

    path: str
    code: str


@dataclass(frozen=True)
class Withheld(Generic[R]):
    """A record and its evidence as they may be published."""

    record: R
    evidence: Provenance | None
    traces: tuple[Trace, ...] = ()


def withheld(record: R, evidence: Provenance | None, rules: Rules) -> Withheld[R]:
    """Give a record and its evidence as they may be published; the same objects where nothing is withheld."""
    if not _concerned(record, evidence, rules):
        return Withheld(record, evidence)
    proof = evidence.model_dump(mode="json")["fields"] if evidence else None
    language: Language = record.language if isinstance(record, NewsItem) else "fr"
    work = Working(record.model_dump(mode="json"), proof, language)
    traces = tuple(dict.fromkeys(_steps(work, record, rules)))
    if not traces:
        return Withheld(record, evidence)
    work.finish()
    fields = {path: tuple(map(FieldEvidence.model_validate, told)) for path, told in work.evidence.items()}
    kept = Provenance(id=record.id, fields=fields) if evidence else None
    done = cast("R", type(record).model_validate(work.record))
    return Withheld(done, kept, traces)


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
    for name in ("message", "detail", "page"):
        if told[name]:
            told[name] = people.taken_out(unquote(told[name]), "en", halves=False)
    return Issue.model_validate(told).model_dump_json()


def _steps(work: Working, record: Initiative | NewsItem | Organization, rules: Rules) -> Iterator[Trace]:
    """Withhold step by step; yield the path and the code of whatever was withheld."""
    for name in _sources(record):
        for path in rules.fields.get(name, ()):
            if work.clear(path):
                yield Trace(path, "withheld-by-source")
    if isinstance(record, Initiative):
        yield from _testimonials(work)
    if isinstance(record, NewsItem):
        yield from _quoted(work)
    public = (work.record.get("contact") or {}).get("email")
    before = set(work.changed)
    work.rewrite(lambda text, language: without_private_mail(text, language, public))
    yield from (Trace(path, "withheld-private") for path in sorted(work.changed - before))
    yield from (Trace(path, "withheld-person") for path in _people(work, rules.people))


def _testimonials(work: Working) -> Iterator[Trace]:
    """Take out the testimonials of minors, and the names of speakers whom the page gives no public standing."""
    told = [Testimonial.model_validate(one) for one in work.record["testimonials"]]
    minors = {place for place, one in enumerate(told) if speaks_as_minor(one)}
    organizations = {one["name"] for one in (work.record["lead_organization"], *work.record["partners"]) if one}
    work.drop("testimonials", minors)
    for one in (told[place] for place in minors):
        for quote in filter(None, (one.quote.fr, one.quote.en)):
            work.rewrite(without_quote(quote))
        _forget_name(work, one.author, single=True)
    yield from (Trace(f"testimonials.{place}", "withheld-minor") for place in sorted(minors))
    for place, item in enumerate(work.record["testimonials"]):
        role = next(filter(None, (item["role"] or {}).values()), None)
        if item["author"] and item["author"] not in organizations and not is_official(role, item["organization"]):
            _forget_name(work, item["author"])
            item["author"] = None
            work.evidence.pop(f"testimonials.{place}.author", None)
            yield Trace(f"testimonials.{place}.author", "withheld-private")


def _quoted(work: Working) -> Iterator[Trace]:
    """Take out people whom the page presents as private, from the text too.

    One whom an article quotes by full name without saying in what role stays: the article's text names them anyway,
    and a role may have been missed.
    """
    people = work.record["people"]
    private = {
        place for place, one in enumerate(people) if one["role"] and not is_official(one["role"], one["organization"])
    }
    for place in private:
        _forget_name(work, people[place]["name"])
    work.drop("people", private)
    yield from (Trace(f"people.{place}", "withheld-private") for place in sorted(private))


def _forget_name(work: Working, author: str | None, *, single: bool = False) -> None:
    """Take a name out of the texts of its record; a first name alone only where that is asked for."""
    name = _NAME_END.split(author or "")[0].strip()
    if len(name.split()) > 1:
        people = People.of([name])
        work.rewrite(lambda text, language: people.taken_out(text, language, halves=True))
    elif single and is_name(name):
        work.rewrite(without_word(name, MARKERS))


def _people(work: Working, people: People) -> Iterator[str]:
    """Take the people withdrawn out of everything; yield the paths where they stood."""
    here = people.among(_strings([work.record, work.evidence]))
    if not here.names:
        return
    for path in ("people", "authors", "links"):
        items = work.record.get(path, [])
        names = [one["name"] if path == "people" else one for one in items]
        gone = {place for place, name in enumerate(names) if here.named_in(name) or here.is_part(name)}
        work.drop(path, gone) if gone else None
        yield from (f"{path}.{place}" for place in sorted(gone))
    before = set(work.changed)
    work.rewrite(lambda text, language: here.taken_out(text, language, halves=True))
    yield from sorted(work.changed - before)
    yield from _values(work.record, here, work.language)
    list(_values(work.evidence, here, work.language))


def _values(value: Any, people: People, language: Language, path: str = "") -> Iterator[str]:
    """Take people out of every other value: addresses become null, names are marked, a slug gives way to the id."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in list(items):
        here = f"{path}.{key}" if path else str(key)
        if isinstance(one, str) and people.named_in(one):
            if key == "slug":
                value[key] = value["id"]
            elif key in {"url", "email", "author"}:
                value[key] = None
            else:
                value[key] = people.taken_out(unquote(one), language, halves=False)
            yield here
        else:
            yield from _values(one, people, language, here)


def _concerned(record: Initiative | NewsItem | Organization, evidence: Provenance | None, rules: Rules) -> bool:
    """Tell quickly whether anything may have to be withheld from a record."""
    if any(name in rules.fields for name in _sources(record)):
        return True
    if (isinstance(record, Initiative) and record.testimonials) or (isinstance(record, NewsItem) and record.people):
        return True
    written = record.model_dump_json() + (evidence.model_dump_json() if evidence else "")
    return "@" in written or rules.people.may_be_in(written)


def _sources(record: Initiative | NewsItem | Organization) -> list[str]:
    references = () if isinstance(record, Organization) else record.sources
    return sorted({reference.source for reference in references if reference.source})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
