"""What people said of two records, that they are one or are not: the last word, and words since somebody looked."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from passerelle.review.waiting import root_of
from passerelle.store.decisions import decisions_of, decisions_on
from passerelle.store.records import load_outcome
from schemas.decision import Decision, in_force

JUDGEMENTS = ("merge", "split")


def newest_judgement(session: Session) -> str:
    """Give the id of the newest judgement, or undo, that there is; to be handed back as ``Act.judged``."""
    newest = decisions_of(session, actions=(*JUDGEMENTS, "undo"), limit=1)
    return newest[0].id if newest else ""


def judged_since(session: Session, records: Collection[str], last: str) -> tuple[Decision, ...]:
    """Give what was said, or taken back, since a decision of whether some records are one with any other."""
    redirects = load_outcome(session, "match").get("redirects", {})
    told = decisions_of(session, actions=(*JUDGEMENTS, "undo"), after=last)

    def about(decision: Decision) -> bool:
        root = root_of(session, decision)
        named = {redirects.get(one, one) for one in (root.record, str(root.value))}
        return root.action in JUDGEMENTS and not named.isdisjoint(records)

    return tuple(sorted(filter(about, told), key=lambda one: one.id))


def last_word(session: Session, one: str, other: str) -> Decision | None:
    """Give the judgement in force of two records, the newest where there are several."""
    pair = {one, other}
    told = (each for each in in_force(decisions_on(session, pair)) if each.action in JUDGEMENTS)
    return max(
        (each for each in told if {each.record, str(each.value)} == pair), key=lambda each: each.id, default=None
    )
