"""The gate: refuse a release that is wrong in itself, or suspicious beside the one being served.

What is wrong (an invalid record, a reference to nothing, an id given twice) is never published. What is suspicious
(counts that fall, a source that yields too little) is published only when a person asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from passerelle.publishing.contents import Rules
from passerelle.publishing.facts import Facts, State, filled_in, sources_in
from passerelle.publishing.folder import Release
from passerelle.publishing.streams import records_of
from passerelle.publishing.survey import Survey
from schemas.issue import Issue
from schemas.release import SourceCount
from schemas.source import Source

MAX_DROP_PERCENT = 20
"""The largest fall in initiatives, of a source or in total, that is published without asking."""
MERGES_TO_NOTICE = 3
"""Fewer merges than these are never suspicious, whatever their share."""

OVERRIDE = "if this is right, publish again with --accept-drop"


@dataclass(frozen=True)
class Glance:
    """What the gate compares of an initiative."""

    id: str
    sources: list[str]
    filled: int


@dataclass(frozen=True)
class Served:
    """The release being served, with its facts where they still hold."""

    release: Release
    state: State | None
    rules: Rules

    def initiatives(self) -> Iterator[Glance]:
        """Yield its initiatives."""
        if self.state:
            yield from map(_glance, self.state.facts("initiative"))
        else:
            for id_, record in records_of(self.release.folder, "initiative"):
                yield Glance(id_, sources_in(record, self.rules.hosts), filled_in(record))


@dataclass(frozen=True)
class Candidate:
    """What the gate judges."""

    survey: Survey
    redirects: Mapping[str, str]
    withdrawn: Mapping[str, str]
    by_source: Mapping[str, SourceCount]
    sources: Mapping[str, Source]

    @cached_property
    def resting(self) -> frozenset[str]:
        """Demonstration sources that stepped aside because another source has pages."""
        demonstrations = {name for name, source in self.sources.items() if source.demonstration}
        others = any(count.pages for name, count in self.by_source.items() if name not in demonstrations)
        shown = {name for name, count in self.by_source.items() if count.initiatives}
        return frozenset(demonstrations - shown) if others else frozenset()


def refusals(candidate: Candidate, served: Served | None, *, accept_drop: bool = False) -> tuple[Issue, ...]:
    """Give the reasons not to publish; none means that the release may go out.

    Args:
        candidate: what the release would say.
        served: the release being served, if any.
        accept_drop: true when a person has seen the fall and wants it; wrong data is refused all the same.
    """
    wrong = (*_invalid(candidate), *_doubles(candidate), *_dangling(candidate))
    suspicious = () if accept_drop else (*_floors(candidate), *_drops(candidate, served))
    return (*wrong, *suspicious)


def refusal(code: str, message: str, *, record: str | None = None, source: str | None = None) -> Issue:
    """Make the issue that says why nothing was published."""
    return Issue(stage="publish", severity="error", code=code, message=message, record=record, source=source)


def _glance(facts: Facts) -> Glance:
    return Glance(facts.id, facts.sources, facts.filled)


def _invalid(candidate: Candidate) -> Iterator[Issue]:
    for record, place, problem in candidate.survey.invalid:
        message = f"{record} does not fit the schema at {place}: {problem}; correct the record or its extractor"
        yield refusal("invalid-record", message, record=record)


def _doubles(candidate: Candidate) -> Iterator[Issue]:
    survey = candidate.survey
    ids = {id_: more + 1 for id_, more in survey.doubles.items()}
    for name, values in (("id", ids), ("slug", survey.slugs)):
        for value, times in sorted((value, times) for value, times in values.items() if times > 1):
            message = f"{times} records have the {name} {value}; merge them or correct the {name}"
            yield refusal(f"duplicate-{name}", message, record=value if name == "id" else None)


def _dangling(candidate: Candidate) -> Iterator[Issue]:
    ids = candidate.survey.ids
    for facts in _naming(candidate):
        for field, target in facts.refs:
            if target not in ids:
                message = (
                    f"{facts.id} names {target} in {field}, which is not in the release; match again or correct it"
                )
                yield refusal("dangling-reference", message, record=facts.id)
    for old, into in candidate.redirects.items():
        if old in ids or into in candidate.redirects:
            message = f"{old} redirects to {into}, which leads nowhere new; take the merge back or correct it"
            yield refusal("useless-redirect", message, record=old)
    for gone in sorted(id_ for id_ in candidate.withdrawn if id_ in ids):
        yield refusal("withdrawn-record", f"{gone} was withdrawn and is still in the release; match again", record=gone)


def _naming(candidate: Candidate) -> Iterator[Facts]:
    yield from candidate.survey.facts("initiative")
    yield from candidate.survey.facts("news")


def _floors(candidate: Candidate) -> Iterator[Issue]:
    """A source that has pages must yield what its file promises; one not visited yet promises nothing."""
    for name, count in candidate.by_source.items():
        floor = candidate.sources[name].min_initiatives if name in candidate.sources else 0
        if count.pages and count.initiatives < floor and name not in candidate.resting:
            message = f"{name} gives {count.initiatives} initiatives, its file asks for {floor} at least; {OVERRIDE}"
            yield refusal("too-few-initiatives", message, source=name)


def _drops(candidate: Candidate, served: Served | None) -> Iterator[Issue]:
    if served is None:
        return
    gone = candidate.redirects.keys() | candidate.withdrawn.keys()
    before = _counted(served.initiatives(), candidate.resting)
    expected = _counted((one for one in served.initiatives() if one.id not in gone), candidate.resting)
    now = _counted(map(_glance, candidate.survey.facts("initiative")), candidate.resting)
    if served.release.manifest.counts.get("initiatives") and not candidate.survey.counts["initiative"]:
        count = served.release.manifest.counts["initiatives"]
        yield refusal(
            "empty-release", f"the release would be empty, the one being served has {count} initiatives; {OVERRIDE}"
        )
        return
    for name in sorted(expected):
        if _falls(expected[name], now[name]):
            who = f"source {name}" if name else "all sources"
            message = f"{who}: {before[name]} initiatives became {now[name]}, more than {MAX_DROP_PERCENT} % fewer; "
            yield refusal("initiatives-dropped", message + OVERRIDE, source=name or None)
    merged = sum(one.id in candidate.redirects for one in served.initiatives())
    if merged >= MERGES_TO_NOTICE and _falls(before[""], before[""] - merged):
        message = f"{merged} of {before['']} initiatives would be merged into others; {OVERRIDE}"
        yield refusal("many-merges", message)


def _falls(before: int, now: int) -> bool:
    return (before - now) * 100 > MAX_DROP_PERCENT * before


def _counted(initiatives: Iterable[Glance], resting: frozenset[str]) -> Counter[str]:
    """Count initiatives by source, and all under ''; those only of sources that stepped aside are not counted."""
    counts: Counter[str] = Counter()
    for one in initiatives:
        names = set(one.sources) - resting
        if names or not one.sources:
            counts.update({"", *names})
    return counts
