"""From pages to records: the whole of matching, as one function of its input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from passerelle.matching.clusters import Clusters, cluster, proposed_groups
from passerelle.matching.created import created_identities, with_created
from passerelle.matching.folding import Folded, R, Standing, fold, without_target
from passerelle.matching.gathering import Gathered, gather
from passerelle.matching.identities import leading_key, mint
from passerelle.matching.links import mention, relate, settle, without_dead_ends
from passerelle.matching.merging import life, merge
from passerelle.matching.news import Speaking, news_record
from passerelle.matching.organization_records import organization_provenance, organization_record
from passerelle.matching.organizations import OrganizationBook
from passerelle.matching.partition import Pair, Partition, curated_verdicts, pair
from passerelle.matching.profiles import profiles
from passerelle.matching.reads import Trail, members, news_members
from passerelle.matching.text import slug
from schemas.decision import Decision, in_force
from schemas.issue import Issue
from schemas.records import Initiative, NewsItem, Organization, Provenance
from schemas.settled import settled
from schemas.source import Source
from schemas.working import Identity, Judgement, Matched, PageState, Verdict

L = TypeVar("L", Initiative, NewsItem)

LINK_FIELDS = ("related", "mentions")
"""Fields worked out from other records: edits of them are laid on last."""


def match(
    pages: Sequence[PageState],
    *,
    identities: Sequence[Identity] = (),
    judgements: Sequence[Judgement] = (),
    decisions: Sequence[Decision] = (),
    sources: Mapping[str, Source] | None = None,
) -> Matched:
    """Make the records of all pages.

    The records depend neither on the order of the input nor, two colliding ids aside, on what was stored before.
    Every source key makes an id of its own; a merged record keeps the one of the key seen first. Ids of other keys
    redirect to it if they ever stood for a record: if they were stored, or a curator's merge names them.

    Args:
        pages: every page's newest reading; one state a page.
        identities: ids minted before; give back those of the result at the next run.
        judgements: what was said of pairs of source keys; only curators' words count.
        decisions: everything that curators did, undone or not.
        sources: the sources by name, to know which are demonstrations; none means that no page is.
    """
    standing = in_force(tuple(decisions))
    known = (*created_identities(standing), *identities)  # where both name a key, what was stored holds
    return _Matching(with_created(gather(pages, sources), standing), known, judgements, standing).result()


@dataclass
class _Out:
    """What is gathered on the way."""

    issues: list[Issue] = field(default_factory=list)
    provenance: list[Provenance] = field(default_factory=list)
    withdrawn: dict[str, str] = field(default_factory=dict)
    bases: dict[str, Initiative | NewsItem | Organization] = field(default_factory=dict)
    trails: dict[str, Provenance] = field(default_factory=dict)


class _Matching:
    """One run: clusters and ids first, then records, then what links them."""

    def __init__(
        self,
        gathered: Gathered,
        identities: Sequence[Identity],
        judgements: Sequence[Judgement],
        decisions: tuple[Decision, ...],
    ) -> None:
        self._gathered = gathered
        self._out = _Out(list(gathered.issues))
        self._book = book = OrganizationBook(gathered)
        keys = (*gathered.source_keys, *book.source_keys)
        self._first_seen = {source.key: source.first_seen for source in keys}
        self._identities = mint(keys, identities)
        self._verdicts = curated_verdicts(judgements) | self._decided_pairs(decisions)
        book.unify({place: said for place, said in self._verdicts.items() if place[0] in book.first_seen})
        self._profiles = profiles(gathered, book)
        self._clusters: Clusters = cluster(self._profiles, self._verdicts)
        self._out.issues += self._clusters.issues
        self._groups = {
            leading_key(group, self._first_seen): group for group in (*self._clusters.groups, *self._news_groups())
        } | {leader: book.keys(leader) for leader in {book.leader(key) for key in book.first_seen}}
        self._leader = {key: leader for leader, group in self._groups.items() for key in group}
        self._redirects = {
            self._id(key): self._id(leader) for key, leader in self._leader.items() if self._id(key) != self._id(leader)
        }
        self._stored = {identity.id for identity in identities}
        self._merged = {name for one in decisions if one.action == "merge" for name in (one.record, one.value)}
        self._standing = Standing.of(decisions, self._redirects, map(self._id, self._groups))

    def _id(self, key: str) -> str:
        return self._identities[key].id

    def _decided_pairs(self, decisions: Iterable[Decision]) -> dict[Pair, Verdict]:
        """Turn merges and splits into words on pairs of keys; the last word on a pair stands.

        The other part may be named by its source key too: a part that was never a record has no id that people know.
        """
        keys = {name: key for key, identity in self._identities.items() for name in (identity.id, key)}
        said: dict[Pair, Verdict] = {}
        for decision in decisions:
            if decision.action in ("merge", "split"):
                one, two = keys.get(decision.record), keys.get(str(decision.value))
                if one is None or two is None or one == two or one.split("|")[0] != two.split("|")[0]:
                    self._out.issues.append(without_target(decision, "one of the two records is not known"))
                    continue
                said.pop(pair(one, two), None)
                said[pair(one, two)] = "same" if decision.action == "merge" else "different"
        return said

    def _news_groups(self) -> list[list[str]]:
        """Every news draft is an item of its own, unless a curator merged two."""
        partition = Partition(self._gathered.news)
        for (one, two), verdict in self._verdicts.items():
            if verdict == "same" and one in self._gathered.news and two in self._gathered.news:
                partition.join(one, two)
        return partition.groups()

    def result(self) -> Matched:
        """Make the records and what goes with them."""
        gone = self._left_out()
        organizations = self._organizations(gone)
        initiatives = self._initiatives(gone, organizations)
        news = self._news(gone)
        initiatives, kept = settle(initiatives, organizations.values(), self._redirects)
        self._settle_bases(organizations)
        initiatives, news = self._linked(initiatives, news)
        published = {record.id for records in (initiatives, news, kept) for record in records}
        alive = published | self._out.withdrawn.keys()
        return Matched(
            initiatives=tuple(sorted(initiatives, key=lambda one: one.id)),
            organizations=tuple(sorted(kept, key=lambda one: one.id)),
            news=tuple(sorted(news, key=lambda one: one.id)),
            provenance=tuple(sorted((p for p in self._out.provenance if p.id in published), key=lambda p: p.id)),
            identities=tuple(
                self._identities[key]
                for key in sorted(self._identities)
                if self._id(key) in published | gone | self._stored
            ),
            redirects={
                old: new
                for old, new in sorted(self._redirects.items())
                if new in alive and (old in self._stored or old in self._merged)
            },
            withdrawn=dict(sorted(self._out.withdrawn.items())),
            judgements=self._clusters.judgements,
            issues=tuple(sorted(self._out.issues, key=lambda issue: issue.model_dump_json())),
            bases={id_: base for id_, base in sorted(self._out.bases.items()) if id_ in published},
            trails={id_: trail for id_, trail in sorted(self._out.trails.items()) if id_ in published},
            parts={
                self._id(leader): tuple(sorted(group))
                for leader, group in self._groups.items()
                if self._id(leader) in published
            },
        )

    def _left_out(self) -> set[str]:
        """Give the ids that a curator rejected or withdrew, and report the decisions that have no record."""
        gone = set()
        for record, decisions in self._standing.by_record.items():
            for decision in decisions:
                if decision.action == "withdraw":
                    self._out.withdrawn[record] = decision.reason or ""
                if decision.action in ("withdraw", "reject"):
                    gone.add(record)
        for decision in self._standing.orphans:
            if decision.action == "withdraw":
                self._out.withdrawn[decision.record] = decision.reason or ""
            elif decision.action not in ("merge", "split", "withhold", "comment", "define", "propose", "create"):
                self._out.issues.append(
                    without_target(decision, f"no page gives the record {decision.record} any more")
                )
        return gone

    def _fold(self, record: R, trail: Provenance) -> R:
        """Lay decisions over a record; evidence stays only for what the pages still say."""
        decisions = self._standing.of_record(record.id, "edit", "approve", "reopen")
        if decisions:
            self._out.bases[record.id], self._out.trails[record.id] = record, trail
        folded: Folded[R] = fold(record, decisions, skip=LINK_FIELDS)
        self._out.issues += folded.issues
        fields = {
            path: evidence
            for path, evidence in trail.fields.items()
            if not any(path == edited or path.startswith(f"{edited}.") for edited in folded.set_paths)
        }
        self._out.provenance.append(trail.model_copy(update={"fields": fields}))
        return folded.record

    def _organizations(self, gone: set[str]) -> dict[str, Organization]:
        made = {}
        for leader in sorted({self._book.leader(key) for key in self._book.first_seen}):
            record_id = self._id(leader)
            if record_id not in gone:
                record = organization_record(record_id, leader, self._book)
                made[leader] = self._fold(record, organization_provenance(record_id, leader, self._book))
        return made

    def _initiatives(self, gone: set[str], organizations: Mapping[str, Organization]) -> tuple[Initiative, ...]:
        leaders = sorted({self._leader[key] for key in self._profiles}, key=lambda key: (self._first_seen[key], key))
        used: Counter[str] = Counter()
        made = []
        for leader in leaders:
            found = members(self._groups[leader], self._gathered, self._clusters.alone)
            merged = merge(self._id(leader), found, life(found, self._gathered), self._book, organizations)
            base = slug(merged.record.name.fr or merged.record.name.en or "")
            used[base] += 1
            named = base if used[base] == 1 else f"{base}-{used[base]}"
            if merged.record.id not in gone:
                record = merged.record.model_copy(update={"slug": named})
                told = self._standing.of_record(record.id, "edit", "approve", "reopen")
                self._out.issues += (issue for issue in merged.issues if not settled(issue, told, record))
                made.append(self._fold(record, merged.trail.provenance(record.id)))
        return tuple(made)

    def _news(self, gone: set[str]) -> tuple[NewsItem, ...]:
        made = []
        for leader in sorted({self._leader[key] for key in self._gathered.news}):
            found = news_members(self._groups[leader], self._gathered)
            trail: Trail
            record, trail = news_record(self._id(leader), found, life(found, self._gathered))
            if record.id not in gone:
                made.append(self._fold(record, trail.provenance(record.id)))
        return tuple(made)

    def _linked(
        self, initiatives: tuple[Initiative, ...], news: tuple[NewsItem, ...]
    ) -> tuple[tuple[Initiative, ...], tuple[NewsItem, ...]]:
        speaking = Speaking(self._gathered, self._profiles, self._book)
        spoken: dict[str, set[str]] = {}
        for key, draft in self._gathered.news.items():
            told = {self._id(self._leader[one]) for one in speaking.initiatives(draft)}
            spoken.setdefault(self._id(self._leader[key]), set()).update(told)
        groups = proposed_groups(self._clusters, {key: self._id(self._leader[key]) for key in self._profiles})
        initiatives, news = mention(relate(initiatives, groups), news, spoken)
        alive = {one.id for one in initiatives} | {one.id for one in news}
        return (
            tuple(without_dead_ends(self._fold_links(one), alive) for one in initiatives),
            tuple(without_dead_ends(self._fold_links(one), alive) for one in news),
        )

    def _settle_bases(self, organizations: Mapping[str, Organization]) -> None:
        """Have the records before decisions name organisations as the others do."""
        bases = [base for base in self._out.bases.values() if isinstance(base, Initiative)]
        settled, _ = settle(bases, organizations.values(), self._redirects)
        self._out.bases.update({base.id: base for base in settled})

    def _fold_links(self, record: L) -> L:
        base = self._out.bases.get(record.id)
        if base is not None:
            links = {name: getattr(record, name) for name in LINK_FIELDS if name in type(record).model_fields}
            self._out.bases[record.id] = base.model_copy(update=links)
        decisions = [
            decision
            for decision in self._standing.of_record(record.id, "edit")
            if (decision.path or "").split(".")[0] in LINK_FIELDS
        ]
        folded: Folded[L] = fold(record, decisions)
        self._out.issues += folded.issues
        return folded.record
