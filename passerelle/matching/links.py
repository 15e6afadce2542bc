"""Links between records: initiatives of one house, likely duplicates, and the news that speak of an initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypeVar

from passerelle.matching.partition import Pair
from schemas.records import Initiative, LeadRef, NewsItem, Organization, OrganizationRef, Related

R = TypeVar("R", Initiative, NewsItem)
Ref = TypeVar("Ref", LeadRef, OrganizationRef)


def settle(
    initiatives: Sequence[Initiative], organizations: Iterable[Organization], redirects: Mapping[str, str]
) -> tuple[tuple[Initiative, ...], tuple[Organization, ...]]:
    """Make every organisation that initiatives refer to a record, and keep only those.

    A curator's edit may name an organisation that merged since, or one that no page names.
    """
    known = {one.id: one for one in organizations}
    named: dict[str, Organization] = {}

    def settled(ref: Ref, record: Initiative) -> Ref:
        target = redirects.get(ref.id, ref.id)
        sector = ref.sector if isinstance(ref, OrganizationRef) else None
        own = Organization(
            id=target, name=ref.name, sector=sector, first_seen=record.first_seen, last_seen=record.last_seen
        )
        named[target] = known.setdefault(target, own)
        return ref if target == ref.id else ref.model_copy(update={"id": target, "name": named[target].name})

    done = []
    for one in initiatives:
        lead = settled(one.lead_organization, one) if one.lead_organization else None
        partners = tuple(settled(ref, one) for ref in one.partners)
        done.append(one.model_copy(update={"lead_organization": lead, "partners": partners}))
    return tuple(done), tuple(named.values())


def relate(initiatives: Sequence[Initiative], proposed: Iterable[Pair]) -> tuple[Initiative, ...]:
    """Link initiatives of one lead organisation, and pairs of ids that may be one initiative."""
    related: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    houses: defaultdict[str, list[str]] = defaultdict(list)
    for initiative in initiatives:
        if initiative.lead_organization:
            houses[initiative.lead_organization.id].append(initiative.id)
    for house in houses.values():
        for one in house:
            related[one].update((two, "same-organization") for two in house if two != one)
    known = {initiative.id for initiative in initiatives}
    for one, two in proposed:
        if one in known and two in known:
            related[one].add((two, "possible-duplicate"))
            related[two].add((one, "possible-duplicate"))
    return tuple(
        initiative.model_copy(update={"related": tuple(_link(*pair) for pair in sorted(related[initiative.id]))})
        for initiative in initiatives
    )


def mention(
    initiatives: Sequence[Initiative], news: Sequence[NewsItem], spoken: Mapping[str, Iterable[str]]
) -> tuple[tuple[Initiative, ...], tuple[NewsItem, ...]]:
    """Write down, on both sides, which news item speaks of which initiative (news id → initiative ids)."""
    known = {initiative.id for initiative in initiatives}
    told = {item.id: tuple(sorted(set(spoken.get(item.id, ())) & known)) for item in news}
    telling: defaultdict[str, list[str]] = defaultdict(list)
    for item, ids in sorted(told.items()):
        for initiative_id in ids:
            telling[initiative_id].append(item)
    return (
        tuple(one.model_copy(update={"mentions": tuple(telling[one.id])}) for one in initiatives),
        tuple(item.model_copy(update={"mentions": told[item.id]}) for item in news),
    )


def _link(other: str, relation: str) -> Related:
    return Related.model_validate({"id": other, "relation": relation})


def without_dead_ends(record: R, alive: Container[str]) -> R:
    """Drop links to records that are not there, which an old edit may still name."""
    mentions = tuple(one for one in record.mentions if one in alive)
    changes: dict[str, object] = {"mentions": mentions}
    if isinstance(record, Initiative):
        changes["related"] = tuple(link for link in record.related if link.id in alive)
    return record.model_copy(update=changes)
