"""Changes of what is read from pages that come from a word of the vocabularies, and not from the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review.codes import codes
from passerelle.review.help import Record
from passerelle.review.proposals import Proposal
from passerelle.review.proposals import proposals as proposals_of
from passerelle.review.records import hold_named
from passerelle.store.decisions import decisions_of, decisions_with
from schemas.decision import Decision
from schemas.edition import VOCABULARY
from schemas.records import Organization


def words_behind(
    session: Session, record: Record, proposals: Iterable[Proposal], told: Iterable[Decision]
) -> dict[str, Decision]:
    """Give, by the path of a proposal, the change of a word that it comes from.

    That is the newest change, made or undone, of a code that came or went, where the pages have not changed since a
    person last looked.

    Args:
        session: the transaction.
        record: the record, with the moment when its pages last changed.
        proposals: what is open.
        told: the decisions in force on it.
    """
    changed = {one.path: _codes(one.was) ^ _codes(one.is_now) for one in proposals if codes(one.path)}
    looked = max((one.at for one in told if one.action in ("approve", "edit")), default=None)
    if not changed or isinstance(record, Organization) or looked is None or looked < record.last_changed:
        return {}
    found: dict[str, Decision] = {}
    for one in decisions_of(session, actions=("define", "undo")):
        if one.at < record.last_changed:
            break
        word = one if one.action == "define" else next(iter(decisions_with(session, [one.undoes or ""])), one)
        if word.action == "define" and word.record.startswith(VOCABULARY):
            found |= {path: word for path, came in changed.items() if word.path in came and path not in found}
    return found


def changed_by_words(session: Session, records: Collection[str]) -> frozenset[str]:
    """Give those of some records whose open changes all come from words: their pages say what they said."""
    if not records or not decisions_of(session, actions=("define",), limit=1):
        return frozenset()
    told = {name: (one, proposals_of(one)) for name, one in hold_named(session, records).items()}
    return frozenset(
        name
        for name, (one, found) in told.items()
        if found and len(words_behind(session, one.record, found, one.standing)) == len(found)
    )


def _codes(value: JsonValue) -> set[str]:
    return set(map(str, value)) if isinstance(value, list) else {str(value)} if value else set()
