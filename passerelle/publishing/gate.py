"""The gate: refuse a release that is wrong in itself, or suspicious beside the one being served.

What is wrong (an invalid record, a reference to nothing, an id given twice) is never published. What is suspicious
(counts that fall, a source that yields too little) is published only when a person asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pydantic import ValidationError

from passerelle.publishing.contents import Contents, Json, Record, hosts_of, sources_of
from passerelle.publishing.folder import Release
from schemas.issue import Issue
from schemas.source import Source

MAX_DROP_PERCENT = 20
"""The largest fall in initiatives, of a source or in total, that is published without asking."""
MERGES_TO_NOTICE = 3
"""Fewer merges than these are never suspicious, whatever their share."""

OVERRIDE = "if this is right, publish again with --accept-drop"


def refusals(
    contents: Contents, served: Release | None, *, sources: Mapping[str, Source], accept_drop: bool = False
) -> tuple[Issue, ...]:
    """Give the reasons not to publish; none means that the release may go out.

    Args:
        contents: what the release would say.
        served: the release being served, if any.
        sources: sources by name.
        accept_drop: true when a person has seen the fall and wants it; wrong data is refused all the same.
    """
    wrong = (*_invalid(contents), *_doubles(contents), *_dangling(contents))
    suspicious = () if accept_drop else (*_floors(contents, sources), *_drops(contents, served, sources))
    return (*wrong, *suspicious)


def refusal(code: str, message: str, *, record: str | None = None, source: str | None = None) -> Issue:
    """Make the issue that says why nothing was published."""
    return Issue(stage="publish", severity="error", code=code, message=message, record=record, source=source)


def _invalid(contents: Contents) -> Iterator[Issue]:
    for record in (*contents.records, *contents.provenance):
        try:
            type(record).model_validate(record.model_dump(mode="json", warnings=False))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            yield refusal(
                "invalid-record",
                f"{record.id} does not fit the schema at {where}: {first['msg']}; correct the record or its extractor",
                record=record.id,
            )


def _doubles(contents: Contents) -> Iterator[Issue]:
    for name, values in (
        ("id", [record.id for record in contents.records]),
        ("id", [provenance.id for provenance in contents.provenance]),
        ("slug", [initiative.slug for initiative in contents.initiatives]),
    ):
        for value, times in sorted(Counter(values).items()):
            if times > 1:
                message = f"{times} records have the {name} {value}; merge them or correct the {name}"
                yield refusal(f"duplicate-{name}", message, record=value if name == "id" else None)


def _dangling(contents: Contents) -> Iterator[Issue]:
    ids = {record.id for record in contents.records}
    for holder, field, target in _references(contents):
        if target not in ids:
            message = f"{holder} names {target} in {field}, which is not in the release; match again or correct it"
            yield refusal("dangling-reference", message, record=holder)
    for old, into in contents.redirects.items():
        if old in ids or into in contents.redirects:
            message = f"{old} redirects to {into}, which leads nowhere new; take the merge back or correct it"
            yield refusal("useless-redirect", message, record=old)
    for gone in sorted(set(contents.withdrawn) & ids):
        yield refusal("withdrawn-record", f"{gone} was withdrawn and is still in the release; match again", record=gone)


def _references(contents: Contents) -> Iterator[tuple[str, str, str]]:
    """Yield each id that a record names: the record, the field, the id."""
    for initiative in contents.initiatives:
        named: tuple[tuple[str, Iterable[str]], ...] = (
            ("lead_organization", [initiative.lead_organization.id] if initiative.lead_organization else []),
            ("partners", (partner.id for partner in initiative.partners)),
            ("mentions", initiative.mentions),
            ("related", (related.id for related in initiative.related)),
        )
        yield from ((initiative.id, field, target) for field, targets in named for target in targets)
    for item in contents.news:
        yield from ((item.id, "mentions", target) for target in item.mentions)
    yield from ((f"provenance/{one.id}.json", "id", one.id) for one in contents.provenance)


def _floors(contents: Contents, sources: Mapping[str, Source]) -> Iterator[Issue]:
    """A source that has pages must yield what its file promises; one not visited yet promises nothing."""
    resting = _resting(contents, sources)
    for name, count in contents.by_source.items():
        floor = sources[name].min_initiatives if name in sources else 0
        if count.pages and count.initiatives < floor and name not in resting:
            message = f"{name} gives {count.initiatives} initiatives, its file asks for {floor} at least; {OVERRIDE}"
            yield refusal("too-few-initiatives", message, source=name)


def _drops(contents: Contents, served: Release | None, sources: Mapping[str, Source]) -> Iterator[Issue]:
    if served is None:
        return
    resting = _resting(contents, sources)
    before = _counted(served.initiatives, sources, resting)
    gone = set(contents.redirects) | set(contents.withdrawn)
    expected = _counted((r for r in served.initiatives if r["id"] not in gone), sources, resting)
    now = _counted((_references_only(record) for record in contents.initiatives), sources, resting)
    if served.initiatives and not contents.initiatives:
        message = f"the release would be empty, the one being served has {len(served.initiatives)} initiatives; "
        yield refusal("empty-release", message + OVERRIDE)
        return
    for name in sorted(expected):
        if _falls(expected[name], now[name]):
            who = f"source {name}" if name else "all sources"
            message = f"{who}: {before[name]} initiatives became {now[name]}, more than {MAX_DROP_PERCENT} % fewer; "
            yield refusal("initiatives-dropped", message + OVERRIDE, source=name or None)
    merged = sum(record["id"] in contents.redirects for record in served.initiatives)
    if merged >= MERGES_TO_NOTICE and _falls(before[""], before[""] - merged):
        message = f"{merged} of {before['']} initiatives would be merged into others; {OVERRIDE}"
        yield refusal("many-merges", message)


def _falls(before: int, now: int) -> bool:
    return (before - now) * 100 > MAX_DROP_PERCENT * before


def _resting(contents: Contents, sources: Mapping[str, Source]) -> frozenset[str]:
    """Name the demonstration sources that stepped aside because another source has pages."""
    counts = contents.by_source
    demonstrations = {name for name, source in sources.items() if source.demonstration}
    others = any(count.pages for name, count in counts.items() if name not in demonstrations)
    shown = {name for name, count in counts.items() if count.initiatives}
    return frozenset(demonstrations - shown) if others else frozenset()


def _counted(records: Iterable[Json], sources: Mapping[str, Source], resting: frozenset[str]) -> Counter[str]:
    """Count initiatives by source, and all under ''; those only of sources that stepped aside are not counted."""
    hosts = hosts_of(sources)
    counts: Counter[str] = Counter()
    for record in records:
        names = sources_of(((ref.get("source"), ref["url"]) for ref in record["sources"]), hosts)
        if not names or names - resting:
            counts.update({"", *(names - resting)})
    return counts


def _references_only(record: Record) -> Json:
    references = () if not hasattr(record, "sources") else record.sources
    return {"sources": [{"source": ref.source, "url": ref.url} for ref in references]}
