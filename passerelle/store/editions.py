"""What curators changed in the vocabularies and the termbase, as their decisions say."""

from __future__ import annotations

from sqlalchemy.orm import Session

from passerelle.store.decisions import decisions_of, decisions_on
from schemas.decision import Decision, in_force
from schemas.edition import Edition


def load_edition(session: Session) -> Edition:
    """Give the edition of the project's lists that this data set works with."""
    return Edition.of(standing_words(session))


def changes_of_word(session: Session, record: str, path: str) -> tuple[Decision, ...]:
    """Give the changes in force of one word, oldest first."""
    found = (one for one in standing_words(session) if one.action == "define")
    return tuple(one for one in found if (one.record, one.path) == (record, path))


def standing_words(session: Session) -> tuple[Decision, ...]:
    """Give the decisions in force on words, proposals among them, oldest first."""
    told = decisions_of(session, actions=("define", "propose"))
    return in_force(decisions_on(session, {one.record for one in told})) if told else ()
