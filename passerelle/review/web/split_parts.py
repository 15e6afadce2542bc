"""The parts that a record was made of, called as their own pages call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from passerelle.review.help import Help
from passerelle.review.record_view import RecordView
from passerelle.review.records import merged_into, pages_named
from passerelle.review.searching import names_of
from passerelle.store.records import load_identities
from schemas.base import Language


@dataclass(frozen=True)
class Part:
    """A record that was merged into another, or one of its pages."""

    value: str
    """What ``split`` takes off: an id or a source key."""
    name: str
    """As its own page says it; empty where no page does."""
    place: str
    """Its page, or what else names it."""


def parts_of(session: Session, view: RecordView, help: Help, language: Language) -> tuple[Part, ...]:  # noqa: A002
    """Give the parts of a record; one that has both an id and a source key is given once, by its id."""
    return tuple(_parts(session, view, help, language))


def _parts(session: Session, view: RecordView, help: Help, language: Language) -> Iterator[Part]:  # noqa: A002
    merged = sorted(merged_into(session, view.id))
    keys = {identity.key: identity.id for identity in load_identities(session)}
    for one in (*merged, *(key for key in view.parts if keys.get(key) not in merged)):
        id_ = keys.get(one, one)
        recalled = help.recall(session, id_)
        names = names_of(recalled[0]) if recalled else ("", "")
        own = [key for key in view.parts if keys.get(key) == id_] or [one]
        told = names if language == "fr" else names[::-1]
        yield Part(one, next(filter(None, told), ""), ", ".join(sorted(pages_named(own))) or own[0].partition("|")[2])
