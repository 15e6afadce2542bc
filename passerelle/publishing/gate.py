"""The gate: refuse a release that is wrong in itself, or suspicious beside the one being served.

What is wrong (an invalid record, a reference to nothing, an id given twice) is never published. What is suspicious
(counts that fall, a source that yields too little) is published only when a person asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic_core import from_json

from passerelle.publishing.contents import Rules
from passerelle.publishing.facts import Line, State, filled_in, kind_of, sources_in
from passerelle.publishing.folder import Release
from passerelle.publishing.measures import ALL, Glance, Measures, kinds_of, measured
from passerelle.publishing.streams import records_of
from passerelle.publishing.survey import Survey
from schemas.completeness import KEY_FIELDS
from schemas.issue import Issue
from schemas.release import Coverage, SourceCount
from schemas.source import Source

MAX_DROP_PERCENT = 20
"""The largest fall in initiatives, of a source or in total, that is published without asking."""
MAX_GROWTH = 3
"""A source that gives more than so many times its initiatives is looked at by a person first."""
MAX_EMPTIED_POINTS = 30
"""The largest fall of a key field's fill rate, in points of percentage."""
MAX_LOST_SHARE = 0.2
"""The largest fall of what pages and people wrote in a language, of their number and of their share of all texts."""
ENOUGH_TO_COMPARE = 10
"""Initiatives (or texts) below which neither growth nor fill rates mean anything."""
MERGES_TO_NOTICE = 3
"""Fewer merges than these are never suspicious, whatever their share."""

NONE = SourceCount()
OVERRIDE = "if this is right, publish again with --accept-drop"


@dataclass(frozen=True)
class Served:
    """The release being served, with its facts where they still hold."""

    release: Release
    state: State | None
    rules: Rules
    _measures: dict[frozenset[str], Measures] = field(default_factory=dict)

    def initiatives(self) -> Iterator[Glance]:
        """Yield its initiatives."""
        if self.state:
            yield from map(_glance, map(Line.of, self.state.lines("initiative")))
        else:
            for id_, record in records_of(self.release.folder, "initiative"):
                yield Glance(id_, sources_in(record, self.rules.hosts), filled_in(record))

    def measures(self, resting: frozenset[str]) -> Measures:
        """Give its counts, without sources that stepped aside."""
        if resting not in self._measures:
            kinds = self.state.kinds if self.state else kinds_of(self.initiatives())
            self._measures[resting] = measured(kinds, resting)
        return self._measures[resting]


@dataclass(frozen=True)
class Candidate:
    """What the gate judges."""

    survey: Survey
    redirects: Mapping[str, str]
    withdrawn: Mapping[str, str]
    by_source: Mapping[str, SourceCount]
    coverage: Mapping[str, Coverage]
    sources: Mapping[str, Source]

    @cached_property
    def measures(self) -> Measures:
        """Its counts."""
        return measured(self.survey.kinds, self.resting)

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
    if accept_drop:
        return wrong
    return (
        *wrong,
        *_floors(candidate),
        *(issue for check in (_drops, _shifts, _texts) for issue in check(candidate, served)),
    )


def refusal(code: str, message: str, *, record: str | None = None, source: str | None = None) -> Issue:
    """Make the issue that says why nothing was published."""
    return Issue(stage="publish", severity="error", code=code, message=message, record=record, source=source)


def _glance(line: Line) -> Glance:
    kind = kind_of(line.kind)
    return Glance(line.name, kind.sources, kind.filled)


def _invalid(candidate: Candidate) -> Iterator[Issue]:
    for record, place, problem in candidate.survey.invalid:
        message = f"{record} does not fit the schema at {place}: {problem}; correct the record or its extractor"
        yield refusal("invalid-record", message, record=record)


def _doubles(candidate: Candidate) -> Iterator[Issue]:
    survey = candidate.survey
    ids = {id_: more + 1 for id_, more in survey.doubles.items()}
    slugs = {from_json(slug): times for slug, times in survey.slugs.items() if times > 1}
    for name, values in (("id", ids), ("slug", slugs)):
        for value, times in sorted((value, times) for value, times in values.items() if times > 1):
            message = f"{times} records have the {name} {value}; merge them or correct the {name}"
            yield refusal(f"duplicate-{name}", message, record=value if name == "id" else None)


def _dangling(candidate: Candidate) -> Iterator[Issue]:
    survey, ids = candidate.survey, candidate.survey.ids
    # What the release before named was there: a record that did not change names nothing else.
    suspect = survey.gone or survey.invalid or survey.named - ids
    for line in _naming(candidate) if suspect else ():
        for named, target in from_json(line.refs):
            if target not in ids:
                id_ = line.name
                message = f"{id_} names {target} in {named}, which is not in the release; match again or correct it"
                yield refusal("dangling-reference", message, record=id_)
    for old, into in candidate.redirects.items():
        if old in ids or into in candidate.redirects:
            message = f"{old} redirects to {into}, which leads nowhere new; take the merge back or correct it"
            yield refusal("useless-redirect", message, record=old)
    for gone in sorted(id_ for id_ in candidate.withdrawn if id_ in ids):
        yield refusal("withdrawn-record", f"{gone} was withdrawn and is still in the release; match again", record=gone)


def _naming(candidate: Candidate) -> Iterator[Line]:
    yield from map(Line.of, candidate.survey.lines("initiative"))
    yield from map(Line.of, candidate.survey.lines("news"))


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
    before, now = served.measures(candidate.resting), candidate.measures
    if before.initiatives[ALL] and not candidate.survey.counts["initiative"]:
        count = before.initiatives[ALL]
        yield refusal(
            "empty-release", f"the release would be empty, the one being served has {count} initiatives; {OVERRIDE}"
        )
        return
    gone = candidate.redirects.keys() | candidate.withdrawn.keys()
    ended = [one for one in served.initiatives() if one.id in gone] if gone else []
    expected = before.initiatives - measured(kinds_of(ended), candidate.resting).initiatives
    for name in sorted(expected):
        if _falls(expected[name], now.initiatives[name]):
            fell = f"{before.initiatives[name]} initiatives became {now.initiatives[name]}"
            message = f"{_who(name)}: {fell}, more than {MAX_DROP_PERCENT} % fewer; {OVERRIDE}"
            yield refusal("initiatives-dropped", message, source=name or None)
    merged = sum(one.id in candidate.redirects for one in ended)
    if merged >= MERGES_TO_NOTICE and _falls(before.initiatives[ALL], before.initiatives[ALL] - merged):
        message = f"{merged} of {before.initiatives[ALL]} initiatives would be merged into others; {OVERRIDE}"
        yield refusal("many-merges", message)


def _shifts(candidate: Candidate, served: Served | None) -> Iterator[Issue]:
    """Fields that empty and counts that leap are the marks of a page that an extractor no longer understands."""
    if served is None:
        return
    before, now = served.measures(candidate.resting), candidate.measures
    for name, count in sorted(now.initiatives.items()):
        earlier = before.initiatives[name]
        if min(count, earlier) < ENOUGH_TO_COMPARE:
            continue
        if count > MAX_GROWTH * earlier:
            message = f"{_who(name)}: {earlier} initiatives became {count}, more than {MAX_GROWTH} times; {OVERRIDE}"
            yield refusal("suspicious-growth", message, source=name or None)
        for key in KEY_FIELDS:
            old, new = before.rate(name, key), now.rate(name, key)
            if old - new > MAX_EMPTIED_POINTS:
                message = f"{_who(name)}: {key} was filled in {old} % of initiatives and is in {new} %; {OVERRIDE}"
                yield refusal("fields-emptied", message, source=name or None)


def _texts(candidate: Candidate, served: Served | None) -> Iterator[Issue]:
    """What pages and people wrote in a language must not vanish; machine texts may come and go with their engine.

    Both the number of such texts and their share must fall: a new source in one language lowers only the share, a
    withdrawal only the number. Nothing is compared with texts of a demonstration that has stepped aside.
    """
    manifest = served.release.manifest if served else None
    if manifest is None or any(manifest.by_source.get(name, NONE).initiatives for name in candidate.resting):
        return
    for language, then in manifest.coverage.items():
        (old, of_old), (new, of_new) = _written(then), _written(candidate.coverage[language])
        if of_old < ENOUGH_TO_COMPARE or not of_new or new >= (1 - MAX_LOST_SHARE) * old:
            continue
        if old / of_old - new / of_new > MAX_LOST_SHARE:
            told = f"{old} of {of_old} texts in {language} were from pages or people, and {new} of {of_new} are"
            yield refusal("texts-lost", f"{told}; {OVERRIDE}")


def _written(texts: Coverage) -> tuple[int, int]:
    """Give how many texts pages and people wrote, and how many there are."""
    return texts.source + texts.human + texts.memory, sum(texts.model_dump().values())


def _who(source: str) -> str:
    return f"source {source}" if source else "all sources"


def _falls(before: int, now: int) -> bool:
    return (before - now) * 100 > MAX_DROP_PERCENT * before
