"""Clusters: the drafts that speak of one initiative, and the pairs that a curator should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from passerelle.matching.candidates import candidate_pairs, page_links
from passerelle.matching.partition import Pair, Partition, pair
from passerelle.matching.profiles import Profile
from passerelle.matching.scoring import (
    LINKED,
    MERGE,
    PROPOSE,
    SAME_RANK,
    TRANSLATION_MERGE,
    TRANSLATION_PROPOSE,
    Score,
    contradict,
    is_translation,
    raised,
    score,
)
from schemas.issue import Issue
from schemas.working import Judgement, Verdict

ALIGNED = 0.5
"""Two lists are translations of each other when at least half of their entries match at the same place."""

SURE = ("page link",)
"""The only reason of a pair that its pages' own link decides, whatever was read on them."""


@dataclass(frozen=True)
class Clusters:
    """Groups of source keys, with what was thought of pairs."""

    groups: list[list[str]]
    judgements: tuple[Judgement, ...] = ()
    proposals: frozenset[Pair] = field(default=frozenset())
    issues: tuple[Issue, ...] = ()
    alone: Mapping[str, str] = field(default_factory=dict)
    """Source key → the group that it would be in, had curators joined nothing; empty where they did not."""


def cluster(found: Mapping[str, Profile], verdicts: Mapping[Pair, Verdict]) -> Clusters:
    """Group drafts: curators' words first, then links between pages, then scores, best first."""
    links = page_links(found)
    scores = {place: score(found[place[0]], found[place[1]]) for place in candidate_pairs(found, links)}
    _weigh_links(scores, links, found)
    _weigh_ranks(scores, links, found)
    curated, issues = _curated(found, verdicts)
    partition = Partition(found, _apart(curated, found, verdicts))
    _join_by_score(partition, scores, found, verdicts)
    for group in curated.groups():
        for other in group[1:]:
            partition.join(group[0], other)
    proposals = _proposals(partition, scores, found, verdicts)
    judgements = _judgements(partition, scores, proposals, verdicts)
    alone = _alone(scores, _apart(curated, found, verdicts), found, verdicts)
    return Clusters(partition.groups(), judgements, proposals, issues, alone)


def _alone(
    scores: Mapping[Pair, Score], apart: Iterable[Pair], found: Mapping[str, Profile], verdicts: Mapping[Pair, Verdict]
) -> dict[str, str]:
    """Group drafts by scores alone; what curators joined stays two, however alike its pages become."""
    joined = [place for place, verdict in verdicts.items() if verdict == "same"]
    if not joined:
        return {}
    partition = Partition(found, (*apart, *joined))
    _join_by_score(partition, scores, found, verdicts)
    return {key: partition.find(key) for key in found}


def _weigh_links(scores: dict[Pair, Score], links: Iterable[Pair], found: Mapping[str, Profile]) -> None:
    """Trust a link between two pages of one initiative each; for lists it is one more reason."""
    linked = set(links)
    for place in list(scores):
        one, two = found[place[0]], found[place[1]]
        if pair(one.page, two.page) in linked:
            single = one.siblings == two.siblings == 1
            scores[place] = Score(1.0, SURE) if single else raised(scores[place], LINKED, "page link")


def _weigh_ranks(scores: dict[Pair, Score], links: Iterable[Pair], found: Mapping[str, Profile]) -> None:
    """In two lists that are translations of each other, entries at the same place belong together."""
    ranked: defaultdict[Pair, list[Pair]] = defaultdict(list)
    for place in scores:
        one, two = found[place[0]], found[place[1]]
        if is_translation(one, two) and one.siblings == two.siblings > 1 and one.position == two.position:
            ranked[pair(one.page, two.page)].append(place)
    linked = set(links)
    for pages, places in ranked.items():
        sure = [place for place in places if scores[place].value >= TRANSLATION_MERGE]
        if pages in linked or len(sure) >= ALIGNED * found[places[0][0]].siblings:
            for place in places:
                if not contradict(found[place[0]], found[place[1]]):
                    scores[place] = raised(scores[place], SAME_RANK, "same rank")


def _curated(found: Mapping[str, Profile], verdicts: Mapping[Pair, Verdict]) -> tuple[Partition, tuple[Issue, ...]]:
    apart = [place for place, verdict in verdicts.items() if verdict == "different"]
    partition = Partition(found, apart)
    issues = []
    for (one, two), verdict in verdicts.items():
        if verdict == "same" and one in found and two in found and not partition.join(one, two):
            message = "Two drafts are called the same here and different elsewhere; they stay apart. Withdraw one word."
            issues.append(
                Issue(
                    stage="match", severity="warning", code="judgement-conflict", message=message, detail=f"{one} {two}"
                )
            )
    return partition, tuple(issues)


def _apart(curated: Partition, found: Mapping[str, Profile], verdicts: Mapping[Pair, Verdict]) -> list[Pair]:
    """Give the pairs kept apart: what curators call the same stays apart from all that one of it stays apart from."""
    return [
        (left, right)
        for (one, two), verdict in verdicts.items()
        if verdict == "different" and one in found and two in found
        for left in curated.members(one)
        for right in curated.members(two)
    ]


def _join_by_score(
    partition: Partition, scores: Mapping[Pair, Score], found: Mapping[str, Profile], verdicts: Mapping[Pair, Verdict]
) -> None:
    taken: set[tuple[str, bool]] = set()
    for place in sorted(scores, key=lambda p: (-scores[p].value, p)):
        one, two = found[place[0]], found[place[1]]
        translated = is_translation(one, two)
        if scores[place].value < (TRANSLATION_MERGE if translated else MERGE) or verdicts.get(place) == "unsure":
            continue
        # One page has one translation, and at most one entry in the other language's list.
        seats = {(one.key, two.siblings == 1), (two.key, one.siblings == 1)} if translated else set()
        if not seats & taken and _may_join(partition, one, two, found, sure=scores[place].reasons == SURE):
            partition.join(one.key, two.key)
            taken |= seats


def _may_join(partition: Partition, one: Profile, two: Profile, found: Mapping[str, Profile], *, sure: bool) -> bool:
    left = [found[key] for key in partition.members(one.key)]
    right = [found[key] for key in partition.members(two.key)]
    if {profile.page for profile in left} & {profile.page for profile in right}:
        return partition.find(one.key) == partition.find(two.key)
    return sure or not any(contradict(a, b) for a in left for b in right)


def _proposals(
    partition: Partition, scores: Mapping[Pair, Score], found: Mapping[str, Profile], verdicts: Mapping[Pair, Verdict]
) -> frozenset[Pair]:
    """Give the pairs that look alike and are not merged; lists' neighbours and pairs judged different aside."""
    kept = set()
    for place, scored in scores.items():
        one, two = place
        floor = TRANSLATION_PROPOSE if is_translation(found[one], found[two]) else PROPOSE
        if scored.value < floor or partition.find(one) == partition.find(two) or partition.kept_apart(one, two):
            continue
        pages = [{found[key].page for key in partition.members(key)} for key in place]
        if not pages[0] & pages[1] and verdicts.get(place) != "different":
            kept.add(place)
    return frozenset(kept)


def _judgements(
    partition: Partition, scores: Mapping[Pair, Score], proposals: Iterable[Pair], verdicts: Mapping[Pair, Verdict]
) -> tuple[Judgement, ...]:
    wanted = set(proposals)
    made = []
    for place in sorted(scores):
        one, two = place
        scored = scores[place]
        merged = partition.find(one) == partition.find(two) and scored.value >= PROPOSE
        if place not in verdicts and (merged or place in wanted):
            verdict: Verdict = "same" if merged else "unsure"
            made.append(Judgement(left=one, right=two, verdict=verdict, score=scored.value, reasons=scored.reasons))
    return tuple(made)


def proposed_groups(clusters: Clusters, group_of: Mapping[str, str]) -> set[Pair]:
    """Give the pairs of groups between which something is proposed."""
    return {pair(group_of[one], group_of[two]) for one, two in clusters.proposals}
