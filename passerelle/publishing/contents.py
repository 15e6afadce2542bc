"""What a release says of each record, and what counts as a change: ``CONTENT_APART`` lists what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from passerelle.publishing.assemble import apply_fillings
from passerelle.publishing.streams import Json
from passerelle.publishing.withholding.persons import presented_in
from passerelle.publishing.withholding.presented import Presented
from passerelle.publishing.withholding.records import Rules as Withholding
from passerelle.publishing.withholding.records import Trace, withheld
from passerelle.publishing.withholding.released import Released
from passerelle.publishing.withholding.withdrawals import Withdrawals
from passerelle.store.records import StoredRecord
from schemas.records import Initiative, NewsItem, Organization, Provenance
from schemas.source import Source
from schemas.working import PREFIXES, Filling, RecordType

Record = Initiative | Organization | NewsItem

SHAPES: dict[RecordType, type[Record]] = {
    "initiative": Initiative,
    "news": NewsItem,
    "organization": Organization,
}

CONTENT_APART = frozenset({"first_seen", "last_seen", "last_changed", "version"})
"""Fields of a record that say when it was seen, not what it says."""
SOURCE_APART = frozenset({"captured_at", "digest", "extractor"})
"""Fields of a page reference that every new capture or extractor version moves."""
EVIDENCE_APART = frozenset({"digest", "extractor", "block"})
"""Fields of a piece of evidence that a page moves when something else on it changes."""

_TYPES = {prefix: type_ for type_, prefix in PREFIXES.items()}


@dataclass(frozen=True)
class Rules:
    """What a record as published depends on besides what the stations left of it."""

    sources: Mapping[str, Source]
    machine_texts: bool = True
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    released: Released = field(default_factory=Released)
    """What curators wrote themselves, and publish though a rule would withhold it."""

    @cached_property
    def withholding(self) -> Withholding:
        """What is withheld from records."""
        return Withholding.of(self.sources, self.withdrawals.people, self.released)

    @cached_property
    def hosts(self) -> dict[str, str]:
        """The source of each host name."""
        return {host.casefold(): name for name, source in sorted(self.sources.items()) for host in source.hosts}


@dataclass(frozen=True)
class Gathered:
    """A record as it will be published, save its version, and its evidence."""

    record: Record
    provenance: Provenance | None
    withheld: tuple[Trace, ...]
    written: str
    """The record as JSON."""
    proof: str | None
    """The evidence likewise."""


def gather(
    stored: StoredRecord, type_: RecordType, rules: Rules, news: Callable[[str], str | None] = lambda _: None
) -> Gathered:
    """Put together what a release says of one record; this depends on nothing but what is given.

    Args:
        stored: the record as the stations left it.
        type_: of the record.
        rules: what else its publication depends on.
        news: gives a news item by id, as JSON.

    Raises:
        pydantic.ValidationError: the record does not fit its shape.
    """
    record = SHAPES[type_].model_validate_json(stored.payload)
    if not isinstance(record, Organization):
        fillings = [Filling.model_validate_json(payload) for payload in stored.fillings]
        (record,) = apply_fillings([record], fillings, machine_texts=rules.machine_texts)
    provenance = Provenance.model_validate_json(stored.provenance) if stored.provenance else None
    if provenance:
        provenance = provenance.model_copy(update={"fields": dict(sorted(provenance.fields.items()))})
    beside = _named_beside(record, rules, news) if isinstance(record, Initiative) else ()
    done = withheld(record, provenance, rules.withholding, beside)
    return Gathered(done.record, done.evidence, done.traces, done.written, done.proof)


def _named_beside(record: Initiative, rules: Rules, news: Callable[[str], str | None]) -> tuple[Presented, ...]:
    """Give the people whom news read on the same page presents as minors or in private: other words name them too."""
    pages = {reference.digest for reference in record.sources}
    written = [payload for id_ in record.mentions if (payload := news(id_))]
    items = [NewsItem.model_validate_json(payload) for payload in written]
    same = [item for item in items if any(reference.digest in pages for reference in item.sources)]
    return tuple(one for item in same for one in presented_in(item, rules.released.paths(item)))


def sources_of(references: Iterable[tuple[str | None, str | None]], hosts: Mapping[str, str]) -> set[str]:
    """Name the sources of a record from its page references, each a source name and a URL, either may be missing."""
    found = (source or hosts.get((urlsplit(url or "").hostname or "").casefold()) for source, url in references)
    return {name for name in found if name}


def record_type(record: str) -> RecordType | None:
    """Tell a record's type from its id."""
    return _TYPES.get("".join(record.partition("-")[:2]))


def content_of(record: Json) -> Json:
    """Give the part of a written record that decides whether it changed."""
    content = {name: value for name, value in record.items() if name not in CONTENT_APART}
    if "sources" in content:
        content["sources"] = [_without(reference, SOURCE_APART) for reference in content["sources"]]
    return content


def changed_fields(old: Json, new: Json) -> tuple[str, ...]:
    """Name the top-level fields whose content differs between two written records, in the order of the model."""
    left, right = content_of(old), content_of(new)
    return tuple(name for name in {**right, **left} if left.get(name) != right.get(name))


def content_of_evidence(provenance: Json) -> Json:
    """Give the part of written evidence that decides whether it changed."""
    fields: Json = provenance["fields"]
    return {path: [_without(one, EVIDENCE_APART) for one in fields[path]] for path in fields}


def _without(fields: Json, apart: frozenset[str]) -> Json:
    return {name: value for name, value in fields.items() if name not in apart}
