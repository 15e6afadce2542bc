"""Links between records: initiatives of one house, likely duplicates, and the news that speak of an initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from passerelle.matching.partition import Pair
from schemas.records import Initiative, NewsItem, Related


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
