"""What a release is made from: records as the stations left them, one at a time, and what stands beside them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from passerelle.store import log
from passerelle.store.records import StoredRecord, load_outcome, stored_payload, stored_records
from schemas.base import Shape
from schemas.issue import Issue
from schemas.working import Filling, Matched, RecordType


@dataclass(frozen=True)
class Material:
    """Records of each type, sorted by id, as often as they are asked for; issues as sorted lines of JSON."""

    records: Callable[[RecordType], Iterator[StoredRecord]]
    redirects: Mapping[str, str]
    withdrawn: Mapping[str, str]
    issues: Sequence[str]
    news: Callable[[str], str | None] = lambda _: None
    """Gives a news item by id, as JSON."""


def stored_material(session: Session) -> Material:
    """Give what the stations left in the store."""
    outcome = load_outcome(session, "match")
    return Material(
        records=partial(stored_records, session),
        redirects=outcome.get("redirects", {}),
        withdrawn=outcome.get("withdrawn", {}),
        issues=log.issue_lines(session, without=("publish",)),
        news=partial(stored_payload, session),
    )


def material_of(matched: Matched, fillings: Iterable[Filling] = (), issues: Iterable[Issue] = ()) -> Material:
    """Give what matching and translation made, as if it had been through the store."""
    provenance = {one.id: _written(one) for one in matched.provenance}
    offered: defaultdict[str, list[Filling]] = defaultdict(list)
    for filling in sorted(fillings, key=lambda filling: (filling.record, filling.path)):
        offered[filling.record].append(filling)
    records: dict[RecordType, Sequence[Shape]] = {
        "initiative": matched.initiatives,
        "news": matched.news,
        "organization": matched.organizations,
    }

    def rows(type_: RecordType) -> Iterator[StoredRecord]:
        for id_, record in sorted(((one.id, one) for one in records[type_]), key=lambda pair: pair[0]):  # type: ignore[attr-defined]
            gaps = tuple(_written(filling) for filling in offered[id_])
            yield StoredRecord(id_, _written(record), provenance.get(id_), gaps)

    return Material(
        records=rows,
        redirects=matched.redirects,
        withdrawn=matched.withdrawn,
        issues=sorted({issue.model_dump_json() for issue in (*matched.issues, *issues)}),
        news={item.id: item.model_dump_json() for item in matched.news}.get,
    )


def _written(shape: Shape) -> bytes:
    return shape.model_dump_json(warnings=False).encode()


def stage_of(line: str) -> str:
    """Tell the station of a line of the issue log."""
    return str(json.loads(line)["stage"])
