"""What was decided and has not taken effect yet: merges, splits and rejections wait for the next matching."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from passerelle.store.decisions import decisions_of, decisions_on, decisions_with
from passerelle.store.records import load_outcome, save_outcome
from schemas.decision import Decision, undone

MATCHED = ("merge", "split", "reject", "withdraw")
"""Acts that only matching carries out."""
_PLACE = "decided"


@dataclass(frozen=True)
class Waiting:
    """A decision that matching has not carried out, or not taken back."""

    decision: Decision
    stands: bool
    """Whether it is in force; else it was undone since it was carried out."""


def applied(session: Session, last: str) -> None:
    """Note the newest decision that matching knew."""
    save_outcome(session, _PLACE, {"applied": {"last": last}})


def waiting(session: Session) -> tuple[Waiting, ...]:
    """Give what the next matching will carry out or take back, newest first.

    What was decided and undone since the last one comes to nothing, and so does keeping apart what is two already.
    """
    last = load_outcome(session, _PLACE).get("applied", {}).get("last", "")
    since = decisions_of(session, actions=(*MATCHED, "undo"), after=last)
    roots = {root.id: root for root in (root_of(session, one) for one in since) if root.action in MATCHED}
    told = decisions_on(session, {one.record for one in roots.values()})
    gone, gone_then = undone(told), undone(tuple(one for one in told if one.id <= last))
    found = []
    for id_, root in sorted(roots.items(), reverse=True):
        stood, stands = id_ <= last and id_ not in gone_then, id_ not in gone
        if stood != stands and not (stands and _two_already(session, root)):
            found.append(Waiting(root, stands))
    return tuple(found)


def waiting_on(session: Session, ids: Collection[str]) -> tuple[Waiting, ...]:
    """Give what waits of that which concerns a record: its ids, those merged into it, and the keys of its parts."""
    return tuple(one for one in waiting(session) if not {one.decision.record, str(one.decision.value)}.isdisjoint(ids))


def root_of(session: Session, decision: Decision) -> Decision:
    """Give the act that an undo, or an undo of an undo, is about."""
    while decision.action == "undo" and (found := decisions_with(session, [decision.undoes or ""])):
        decision = found[0]
    return decision


def _two_already(session: Session, split: Decision) -> bool:
    redirects = load_outcome(session, "match").get("redirects", {})
    other = str(split.value)
    ids = split.action == "split" and "|" not in other
    return ids and redirects.get(split.record, split.record) != redirects.get(other, other)
