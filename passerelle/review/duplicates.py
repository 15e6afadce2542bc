"""Records that may be one: what matching proposed, less what curators said of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from passerelle.store.decisions import decisions_of, decisions_on
from passerelle.store.records import load_outcome
from passerelle.store.review_tables import PairRow, ReviewRow
from passerelle.store.tables import JudgementRow, RecordRow
from schemas.decision import Decision, in_force
from schemas.working import Judgement

PAGE = 50
"""Pairs on a page."""


@dataclass(frozen=True)
class Pair:
    """Two records that may be one; ``left`` sorts before ``right``."""

    left: str
    right: str
    score: float
    """From 0 to 1."""
    reasons: tuple[str, ...]
    names: tuple[tuple[str, str], tuple[str, str]] = (("", ""), ("", ""))
    """French and English name of each."""


@dataclass(frozen=True)
class PairPage:
    """Pairs that nobody judged, the likeliest first."""

    items: tuple[Pair, ...]
    total: int


def duplicate_pairs(session: Session, *, record: str | None = None, start: int = 0, size: int = PAGE) -> PairPage:
    """Give the pairs that nobody judged: all, or those of one record."""
    wanted = select(PairRow).order_by(PairRow.score.desc(), PairRow.left, PairRow.right)
    if record is not None:
        wanted = wanted.where(or_(PairRow.left == record, PairRow.right == record))
    rows = session.scalars(wanted).all()
    judged = _judged(session, {id_ for row in rows for id_ in (row.left, row.right)})
    waiting = [row for row in rows if frozenset((row.left, row.right)) not in judged]
    shown = waiting[start : start + size]
    names = names_of_records(session, {id_ for row in shown for id_ in (row.left, row.right)})
    return PairPage(tuple(_pair(row, names) for row in shown), len(waiting))


def pair_of(session: Session, one: str, other: str) -> Pair | None:
    """Give what matching said of two records, judged or not."""
    row = session.get(PairRow, tuple(sorted((one, other))))
    return _pair(row, names_of_records(session, (row.left, row.right))) if row else None


def judged_pairs(session: Session) -> tuple[Decision, ...]:
    """Give the merges and splits in force, newest first; of several on one pair the last word."""
    told = decisions_of(session, actions=("merge", "split"))
    standing = {one.id for one in in_force(decisions_on(session, {one.record for one in told}))}
    last: dict[frozenset[str], Decision] = {}
    for one in told:
        if one.id in standing:
            last.setdefault(frozenset((one.record, str(one.value))), one)
    return tuple(last.values())


def open_pairs(session: Session, records: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Give record → the records that may be the same and were not judged; of some records, else of all."""
    wanted = select(PairRow)
    if records is not None:
        ids = tuple(records)
        wanted = wanted.where(or_(PairRow.left.in_(ids), PairRow.right.in_(ids)))
    rows = session.scalars(wanted).all()
    judged = _judged(session, {id_ for row in rows for id_ in (row.left, row.right)})
    found: dict[str, list[str]] = {}
    for row in rows:
        if frozenset((row.left, row.right)) not in judged:
            for one, other in ((row.left, row.right), (row.right, row.left)):
                found.setdefault(one, []).append(other)
    return {record: tuple(sorted(others)) for record, others in found.items()}


def refresh_pairs(session: Session) -> None:
    """Take over what matching now proposes, from source keys to records; of several keys the best score."""
    of_key = {
        key: id_
        for id_, parts in session.execute(select(RecordRow.id, RecordRow.parts))
        for key in json.loads(parts or "[]")
    }
    best: dict[tuple[str, str], Judgement] = {}
    for payload in session.scalars(select(JudgementRow.payload).where(JudgementRow.by == "matching")):
        told = Judgement.model_validate_json(payload)
        left, right = sorted((of_key.get(told.left, ""), of_key.get(told.right, "")))
        if told.verdict == "unsure" and left and left != right:
            known = best.get((left, right))
            best[left, right] = told if known is None or told.score > known.score else known
    wanted = {(*pair, told.score, json.dumps(told.reasons)) for pair, told in best.items()}
    columns = (PairRow.left, PairRow.right, PairRow.score, PairRow.reasons)
    if wanted == {tuple(row) for row in session.execute(select(*columns))}:
        return
    session.execute(delete(PairRow))
    if wanted:
        session.execute(
            insert(PairRow),
            [dict(zip(("left", "right", "score", "reasons"), row, strict=True)) for row in sorted(wanted)],
        )


def _judged(session: Session, records: Iterable[str]) -> set[frozenset[str]]:
    """Give the pairs of ids that a merge or split in force names."""
    redirects = load_outcome(session, "match").get("redirects", {})
    found = set()
    for one in in_force(decisions_on(session, records)):
        if one.action in ("merge", "split"):
            other = str(one.value)
            found |= {frozenset((one.record, other)), frozenset((one.record, redirects.get(other, other)))}
    return found


def names_of_records(session: Session, records: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give the French and English names of records, by id, as the queue has them."""
    rows = session.execute(
        select(ReviewRow.record, ReviewRow.name_fr, ReviewRow.name_en).where(ReviewRow.record.in_(tuple(records)))
    )
    return {record: (french, english) for record, french, english in rows}


def _pair(row: PairRow, names: dict[str, tuple[str, str]]) -> Pair:
    none = ("", "")
    both = (names.get(row.left, none), names.get(row.right, none))
    return Pair(row.left, row.right, row.score, tuple(json.loads(row.reasons)), both)
