"""One cluster of drafts becomes one record; what pages disagree on goes by the best page and into the issue log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from passerelle.matching import alignment
from passerelle.matching.alignment import Entry
from passerelle.matching.gathering import Gathered
from passerelle.matching.organizations import OrganizationBook
from passerelle.matching.reads import (
    Member,
    Read,
    Trail,
    first,
    in_language,
    of_best,
    of_best_rank,
    read,
    union,
    vocabulary_order,
)
from passerelle.matching.uniting import Align, houses, united
from schemas.base import LANGUAGES, LanguageMap
from schemas.drafts import OrganizationMention
from schemas.issue import Issue
from schemas.records import (
    Audience,
    Contact,
    Initiative,
    LeadRef,
    Organization,
    OrganizationRef,
    SourceRef,
    Territory,
)
from schemas.settled import disputed

T = TypeVar("T")

DEFAULT_KIND = "project"
"""What an initiative is called when no page says: the field's commonest word, and every record needs one."""


@dataclass(frozen=True)
class Merged:
    """A record with its trail and what pages disagreed on."""

    record: Initiative
    trail: Trail
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class Life:
    """When the pages of a record were seen, and which they are."""

    sources: tuple[SourceRef, ...]
    first_seen: datetime
    last_seen: datetime
    last_changed: datetime


def life(found: Sequence[Member], gathered: Gathered) -> Life:
    """Work out the life of a record from the sightings of its pages."""
    pages = {member.draft.page for member in found}
    refs = {gathered.source_ref(member.draft).model_dump_json(): gathered.source_ref(member.draft) for member in found}
    order = sorted(refs.values(), key=lambda ref: (ref.url or "", ref.digest, ref.language, ref.extractor))
    return Life(
        sources=tuple(order),
        first_seen=min(map(gathered.first_seen, pages)),
        last_seen=max(map(gathered.last_seen, pages)),
        last_changed=max(map(gathered.last_changed, pages)),
    )


def merge(
    record_id: str,
    found: Sequence[Member],
    when: Life,
    book: OrganizationBook,
    organizations: Mapping[str, Organization],
) -> Merged:
    """Make the record of one cluster.

    Args:
        record_id: id that the record keeps.
        found: its drafts, best page first.
        when: its life.
        book: names of organisations.
        organizations: records of organisations by the source key that leads their group; one that a curator
            rejected is not among them and is left out.
    """
    trail, issues = Trail(), _Conflicts(record_id)
    name = _text(found, "name", trail)
    lead, partners = _organizations(found, book, organizations, trail, issues)
    record = Initiative(
        id=record_id,
        slug="",
        kind=first(read(found, "kind"), "kind", trail) or DEFAULT_KIND,
        name=name or LanguageMap(),
        summary=_text(found, "summary", trail),
        description=_text(found, "description", trail),
        conclusion=_text(found, "conclusion", trail),
        lead_organization=lead,
        partners=partners,
        audience=_audience(found, trail, issues),
        territory=_territory(found, trail),
        awards=alignment.awards(list(read(found, "awards")), trail),
        start=_start(found, trail, issues),
        contact=Contact(
            **{field: first(read(found, field), f"contact.{field}", trail) for field in Contact.model_fields}
        ),
        links=union(read(found, "links"), "links", trail),
        sources=when.sources,
        first_seen=when.first_seen,
        last_seen=when.last_seen,
        last_changed=when.last_changed,
        **_codes(found, trail),
        **_lists(found, trail),
    )
    return Merged(record, trail, tuple(issues.issues))


class _Conflicts:
    """What pages disagree on, one line each."""

    def __init__(self, record: str) -> None:
        self._record = record
        self.issues: list[Issue] = []

    def note(self, path: str, kept: object, others: Sequence[object]) -> None:
        different = sorted({str(other) for other in others} - {str(kept)})
        if different:
            message = f"Pages disagree on {path}; the page that says most about the initiative is followed. Check it."
            detail = disputed(path, kept, different)
            self.issues.append(
                Issue(
                    stage="match", severity="info", code="conflict", message=message, record=self._record, detail=detail
                )
            )


def _text(found: Sequence[Member], field: str, trail: Trail) -> LanguageMap | None:
    reads = list(read(found, field))
    sides = {
        language: first(in_language(reads, language), f"{field}.{language}", trail)
        for language in LANGUAGES
        if in_language(reads, language)
    }
    return LanguageMap(**{language: text.strip() for language, text in sides.items() if text}) if sides else None


def _codes(found: Sequence[Member], trail: Trail) -> dict[str, tuple[str, ...]]:
    codes = {
        field: union(read(found, field), field, trail, vocabulary_order(field))
        for field in ("sectors", "collaboration", "themes", "activities")
    }
    ours: Callable[[str], tuple[bool, str]] = lambda code: (code not in LANGUAGES, "" if code == "fr" else code)  # noqa: E731
    return codes | {"languages_offered": union(read(found, "languages_offered"), "languages_offered", trail, ours)}


def _lists(found: Sequence[Member], trail: Trail) -> dict[str, object]:
    def sides(members: Sequence[Member], field: str) -> tuple[list[Read], list[Read]]:  # type: ignore[type-arg]
        reads = list(read(members, field))
        french, english = in_language(reads, "fr"), in_language(reads, "en")
        return french, english

    def best(field: str, align: Align[T]) -> list[list[Entry[T]]]:
        several = (sides(house, field) for house in houses(found))
        return [align(of_best(french), of_best(english)) for french, english in several]

    pair, match = alignment.benefit_entries, alignment.impact_entries
    benefits = united(best("benefits", pair), pair, lambda benefit: benefit.text)
    return {
        "benefits": alignment.benefits(benefits, trail),
        "impacts": alignment.impacts(united(best("impacts", match), match, lambda text: text), trail),
        "testimonials": alignment.testimonials(*sides(found, "testimonials"), trail),
        "cost": first(read(found, "cost"), "cost", trail),
    }


def _audience(found: Sequence[Member], trail: Trail, conflicts: _Conflicts) -> Audience:
    told = [member for member in found if list(read([member], "min_age")) or list(read([member], "max_age"))]
    # Of the best kind of page, the one that gives both ends of the range.
    best = min(
        told, key=lambda m: (m.rank, -sum(1 for f in ("min_age", "max_age") if list(read([m], f)))), default=None
    )
    ages: dict[str, int | None] = {}
    for field in ("min_age", "max_age"):
        reads = list(read(found, field))
        mine = [one for one in reads if one.member is best]
        rest = [one for one in reads if one.member is not best]
        ages[field] = first([*mine, *rest] if mine else [], f"audience.{field}", trail)
        if mine:
            conflicts.note(f"audience.{field}", ages[field], [one.value for one in rest])
    return Audience(
        min_age=ages["min_age"],
        max_age=ages["max_age"],
        genders=union(read(found, "genders"), "audience.genders", trail, vocabulary_order("genders")),
        groups=union(read(found, "groups"), "audience.groups", trail, vocabulary_order("groups")),
    )


def _territory(found: Sequence[Member], trail: Trail) -> Territory:
    def places(field: str, order: Callable[[str], str] | None = None) -> tuple[str, ...]:
        told = (one for house in houses(found) for one in of_best_rank(list(read(house, field))))
        return union(told, f"territory.{field}", trail, order)

    return Territory(
        regions=places("regions", str),
        municipalities=places("municipalities"),
        neighbourhoods=places("neighbourhoods"),
    )


def _start(found: Sequence[Member], trail: Trail, conflicts: _Conflicts) -> str | None:
    """Take the best page's date, as precise as any page that agrees with it gives it."""
    reads = list(read(found, "start"))
    if not reads:
        return None
    agreeing = [one for one in reads if one.value.startswith(reads[0].value) or reads[0].value.startswith(one.value)]
    kept = max(agreeing, key=lambda one: len(one.value)).value
    conflicts.note("start", kept, [one.value for one in reads if one not in agreeing])
    return first([one for one in agreeing if one.value == kept], "start", trail)


def _organizations(
    found: Sequence[Member],
    book: OrganizationBook,
    organizations: Mapping[str, Organization],
    trail: Trail,
    conflicts: _Conflicts,
) -> tuple[LeadRef | None, tuple[OrganizationRef, ...]]:
    """Name the lead of the best page, and as partners everybody else that any page names."""

    def known(field: str) -> list[tuple[str, Read[OrganizationMention]]]:
        reads = ((book.group_of(one.member.draft.page, one.value), one) for one in read(found, field) if one.value.name)
        return [(group, one) for group, one in reads if group in organizations]

    # Where equally good pages differ, the community organisation leads and the public body takes part.
    leads = sorted(
        known("lead_organization"), key=lambda found: (found[1].member.rank, bool(found[1].value.gazetteer_id))
    )
    lead = leads[0][0] if leads else None
    if lead:
        trail.add("lead_organization", *(one for group, one in leads if group == lead))
        names = [organizations[group].name for group, _ in leads]
        conflicts.note("lead_organization", names[0], names)
    others: dict[str, list[Read[OrganizationMention]]] = {}
    for group, one in (*leads, *known("partners")):
        if group != lead:
            others.setdefault(group, []).append(one)
    partners = []
    for position, (group, reads) in enumerate(others.items()):
        trail.add(f"partners.{position}", *reads)
        role = next((one.value.role for one in reads if one.value.role), None)
        other = organizations[group]
        partners.append(OrganizationRef(id=other.id, name=other.name, sector=other.sector, role=role))
    first_lead = LeadRef(id=organizations[lead].id, name=organizations[lead].name) if lead else None
    return first_lead, tuple(partners)
