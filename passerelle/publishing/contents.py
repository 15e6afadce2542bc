"""What a release says, before it has a number: records, texts, provenance, issues, terms of reuse.

What counts as a change is settled here: ``CONTENT_APART`` lists what may move without making a new release.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from passerelle.publishing.licences import UNKNOWN
from schemas.base import Shape
from schemas.issue import Issue
from schemas.records import SCHEMA_VERSION, Initiative, NewsItem, Organization, Provenance
from schemas.release import Licence, SourceCount
from schemas.source import Source
from schemas.working import Matched, RecordType

Record = Initiative | Organization | NewsItem
Json = dict[str, Any]

CONTENT_APART = frozenset({"first_seen", "last_seen", "last_changed", "version"})
"""Fields of a record that say when it was seen, not what it says."""
SOURCE_APART = frozenset({"captured_at", "digest", "extractor"})
"""Fields of a page reference that every new capture or extractor version moves."""
EVIDENCE_APART = frozenset({"digest", "extractor", "block"})
"""Fields of a piece of evidence that a page moves when something else on it changes."""

_TYPES: dict[str, RecordType] = {"ini": "initiative", "org": "organization", "news": "news"}


@dataclass(frozen=True)
class Contents:
    """Everything a release will say; records sorted by id, texts already laid in."""

    initiatives: tuple[Initiative, ...]
    organizations: tuple[Organization, ...]
    news: tuple[NewsItem, ...]
    provenance: tuple[Provenance, ...]
    redirects: dict[str, str]
    withdrawn: dict[str, str]
    issues: tuple[Issue, ...]
    by_source: dict[str, SourceCount]
    terms: dict[str, Licence]
    licence: Licence

    @property
    def records(self) -> Iterator[Record]:
        """All records: initiatives, organisations, news."""
        yield from self.initiatives
        yield from self.organizations
        yield from self.news


def gather(
    matched: Matched,
    initiatives: Iterable[Initiative],
    *,
    sources: Mapping[str, Source],
    captures: Mapping[str, int],
    issues: Iterable[Issue],
    licence: Licence,
) -> Contents:
    """Put together what a release says, in an order that does not depend on the order of the input.

    Args:
        matched: what matching made of all pages; its initiatives are not used, its issues are.
        initiatives: the initiatives with their texts laid in.
        sources: sources by name.
        captures: pages per source.
        issues: issues of the other stations.
        licence: terms of the data set as a whole.
    """
    by_id = tuple(sorted(initiatives, key=lambda record: record.id))
    news = tuple(sorted(matched.news, key=lambda record: record.id))
    by_source = count_by_source(by_id, news, sources, captures)
    return Contents(
        initiatives=by_id,
        organizations=tuple(sorted(matched.organizations, key=lambda record: record.id)),
        news=news,
        provenance=tuple(sorted(matched.provenance, key=lambda record: record.id)),
        redirects={old: _end_of(old, matched.redirects) for old in sorted(matched.redirects)},
        withdrawn=dict(sorted(matched.withdrawn.items())),
        issues=_in_order((*matched.issues, *issues)),
        by_source=by_source,
        terms={name: sources[name].licence if name in sources else UNKNOWN for name in by_source},
        licence=licence,
    )


def count_by_source(
    initiatives: Sequence[Initiative],
    news: Sequence[NewsItem],
    sources: Mapping[str, Source],
    captures: Mapping[str, int],
) -> dict[str, SourceCount]:
    """Count initiatives, news items and pages of each source that has any; a record counts for each of its sources."""
    hosts = hosts_of(sources)
    told = {"initiatives": _count(initiatives, hosts), "news": _count(news, hosts), "pages": Counter(dict(captures))}
    names = sorted({name for counts in told.values() for name, number in counts.items() if number})
    return {name: SourceCount(**{kind: counts[name] for kind, counts in told.items()}) for name in names}


def hosts_of(sources: Mapping[str, Source]) -> dict[str, str]:
    """Give the source of each host name."""
    return {host.casefold(): name for name, source in sorted(sources.items()) for host in source.hosts}


def sources_of(references: Iterable[tuple[str | None, str | None]], hosts: Mapping[str, str]) -> set[str]:
    """Name the sources of a record from its page references, each a source name and a URL, either may be missing."""
    found = (source or hosts.get((urlsplit(url or "").hostname or "").casefold()) for source, url in references)
    return {name for name in found if name}


def record_type(record: str) -> RecordType | None:
    """Tell a record's type from its id."""
    return _TYPES.get(record.partition("-")[0])


def content_of(record: Json) -> Json:
    """Give the part of a written record that decides whether it changed."""
    content = {name: value for name, value in record.items() if name not in CONTENT_APART}
    if "sources" in content:
        content["sources"] = [_without(reference, SOURCE_APART) for reference in content["sources"]]
    return content


def content_digest(contents: Contents, fixed_files: Mapping[str, bytes]) -> str:
    """Compute the digest that tells whether there is anything new to publish.

    It covers what records say, what was merged or withdrawn, evidence, terms, issues and the files that are the same
    in every release. Crawl issues stay out: they come and go with the network, not with the pages.
    """
    total = hashlib.sha256()
    for part in _parts(contents):
        total.update(json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    for path, body in sorted(fixed_files.items()):
        total.update(path.encode() + b"\0" + hashlib.sha256(body).digest())
    return f"sha256:{total.hexdigest()}"


def _parts(contents: Contents) -> Iterator[object]:
    yield {"schema": SCHEMA_VERSION, "redirects": contents.redirects, "withdrawn": contents.withdrawn}
    yield [contents.licence.model_dump(mode="json"), _plain(contents.terms)]
    for record in contents.records:
        yield content_of(record.model_dump(mode="json"))
    for provenance in contents.provenance:
        fields = provenance.model_dump(mode="json")["fields"]
        yield [provenance.id, {path: [_without(one, EVIDENCE_APART) for one in fields[path]] for path in fields}]
    yield [issue.model_dump(mode="json") for issue in contents.issues if issue.stage != "crawl"]


def _plain(shapes: Mapping[str, Shape]) -> Json:
    return {name: shape.model_dump(mode="json") for name, shape in shapes.items()}


def _without(fields: Json, apart: frozenset[str]) -> Json:
    return {name: value for name, value in fields.items() if name not in apart}


def _count(records: Sequence[Initiative] | Sequence[NewsItem], hosts: Mapping[str, str]) -> Counter[str]:
    return Counter(
        name for record in records for name in sources_of(((ref.source, ref.url) for ref in record.sources), hosts)
    )


def _end_of(record: str, redirects: Mapping[str, str]) -> str:
    """Follow redirects to the id that lives on; a loop ends where it began."""
    seen = {record}
    here = redirects[record]
    while here in redirects and here not in seen:
        seen.add(here)
        here = redirects[here]
    return here


def _in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(Issue.model_validate_json(line) for line in sorted({issue.model_dump_json() for issue in issues}))
