"""What the drafts of one cluster say of one field, best page first, with the trail back to the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from passerelle.matching.gathering import Gathered
from passerelle.matching.profiles import site_of
from schemas.base import Language
from schemas.drafts import Evidence, Found, InitiativeDraft, NewsDraft
from schemas.records import FieldEvidence, Provenance
from schemas.vocabulary import vocabulary

T = TypeVar("T")

DETAIL, DIRECTORY, NEWS = 0, 1, 2
"""How much a page is about an initiative: its own page says it best, then a list of several, then an article."""


@dataclass(frozen=True)
class Member:
    """A draft in a cluster."""

    draft: InitiativeDraft | NewsDraft
    url: str | None
    rank: int
    site: str
    group: str = ""
    """Names the pages that matching takes for one with this; a record has several where a curator joined them."""

    @property
    def language(self) -> Language:
        """Language of the page."""
        return self.draft.language


@dataclass(frozen=True)
class Read(Generic[T]):
    """A value that one page says."""

    value: T
    member: Member
    evidence: tuple[Evidence, ...]


@dataclass
class Trail:
    """Where each value of a record was read."""

    fields: dict[str, list[FieldEvidence]] = field(default_factory=dict)

    def add(self, path: str, *reads: Read[Any]) -> None:
        """Say where the value at a path was read."""
        known = self.fields.setdefault(path, [])
        told = (_evidence(one, read.member) for read in reads for one in read.evidence)
        known.extend(evidence for evidence in told if evidence not in known)

    def provenance(self, record: str) -> Provenance:
        """Give the trail of a record, paths in order."""
        return Provenance(id=record, fields={path: tuple(self.fields[path]) for path in sorted(self.fields)})


def members(keys: Iterable[str], gathered: Gathered, groups: Mapping[str, str]) -> list[Member]:
    """Give the drafts of a cluster, best page first; ``groups`` names those that matching would make by itself."""
    made = [replace(_member(gathered.initiatives[key], gathered), group=groups.get(key, "")) for key in keys]
    return sorted(made, key=lambda m: (m.rank, -_richness(m.draft), m.draft.page, m.draft.key))


def news_members(keys: Iterable[str], gathered: Gathered) -> list[Member]:
    """Give the news drafts of one item, first page first."""
    return [_member(gathered.news[key], gathered) for key in sorted(keys)]


def _member(draft: InitiativeDraft | NewsDraft, gathered: Gathered) -> Member:
    state = gathered.by_page[draft.page]
    rank = DETAIL if len(state.extraction.initiatives) == 1 else DIRECTORY
    return Member(draft, state.url, NEWS if state.extraction.news else rank, site_of(draft.page, draft.source))


def _richness(draft: InitiativeDraft | NewsDraft) -> int:
    return sum(1 for name in type(draft).model_fields if getattr(draft, name))


def read(found: Iterable[Member], name: str) -> Iterator[Read[Any]]:
    """Give every value of one field, single or list, in the order of the members; empty texts are none."""
    for member in found:
        value = getattr(member.draft, name)
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None and one.value is not None and (not isinstance(one.value, str) or one.value.strip()):
                yield to_read(one, member)


def to_read(found: Found[T], member: Member) -> Read[T]:
    """Join a found value with the page that says it."""
    return Read(found.value, member, found.evidence)


def _evidence(evidence: Evidence, member: Member) -> FieldEvidence:
    return FieldEvidence(url=member.url, extractor=member.draft.extractor, **evidence.model_dump())


def in_language(reads: Iterable[Read[T]], language: Language) -> list[Read[T]]:
    """Keep what pages in one language say."""
    return [one for one in reads if one.member.language == language]


def of_best(reads: Sequence[Read[T]]) -> list[Read[T]]:
    """Keep what the first member that says anything says."""
    return [one for one in reads if one.member is reads[0].member]


def of_best_rank(reads: Sequence[Read[T]]) -> list[Read[T]]:
    """Keep what the best kind of page that says anything says."""
    return [one for one in reads if one.member.rank == reads[0].member.rank]


def first(reads: Iterable[Read[T]], path: str, trail: Trail) -> T | None:
    """Take the best page's value, with the evidence of all pages that say the same."""
    known = list(reads)
    if not known:
        return None
    value = known[0].value
    trail.add(path, *(one for one in known if one.value == value))
    return value


def union(reads: Iterable[Read[T]], path: str, trail: Trail, order: Callable[[T], Any] | None = None) -> tuple[T, ...]:
    """Take every value once, in the order given, else as they come."""
    by_value: dict[T, list[Read[T]]] = {}
    for one in reads:
        by_value.setdefault(one.value, []).append(one)
    values = sorted(by_value, key=order) if order else list(by_value)
    for position, value in enumerate(values):
        trail.add(f"{path}.{position}", *by_value[value])
    return tuple(values)


def vocabulary_order(name: str) -> Callable[[str], tuple[int, str]]:
    """Give the order of a vocabulary's codes; unknown codes come last."""
    places = {code: position for position, code in enumerate(vocabulary(name).codes)}
    return lambda code: (places.get(code, len(places)), code)
