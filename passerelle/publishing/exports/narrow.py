"""A part of a release: the initiatives of a region or theme, or those that a curator approved, and all they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from passerelle.publishing.view import View
from schemas.records import Initiative, NewsItem
from schemas.release import Change

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True)
class Wanted:
    """Which initiatives; nothing said means all of them."""

    regions: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    reviewed_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.regions or self.themes or self.reviewed_only)

    def takes(self, initiative: Initiative) -> bool:
        """Say whether an initiative is of one of the regions, of one of the themes, and approved if it must be."""
        return (
            (not self.regions or not self.regions.isdisjoint(initiative.territory.regions))
            and (not self.themes or not self.themes.isdisjoint(initiative.themes))
            and (not self.reviewed_only or initiative.review.status == "approved")
        )


def narrowed(view: View, wanted: Wanted) -> View:
    """Give the part of a release that is wanted, whole in itself: no record names another that was left out.

    Organisations and news stay where an initiative that stays names them. Ids are held in memory, records never.
    """
    if not wanted:
        return view
    kept = [(one.id, _organizations(one), one.mentions) for one in view.initiatives if wanted.takes(one)]
    initiatives = {record for record, _, _ in kept}
    organizations = {one for _, named, _ in kept for one in named}
    news = {one for _, _, mentioned in kept for one in mentioned}
    return replace(
        view,
        initiatives=Each(view.initiatives, lambda one: _cut(one, initiatives) if one.id in initiatives else None),
        organizations=Each(view.organizations, lambda one: one if one.id in organizations else None),
        news=Each(view.news, lambda one: _cut_news(one, initiatives) if one.id in news else None),
        changes=Each(view.changes, lambda one: one if _stays(one, {*initiatives, *organizations, *news}) else None),
    )


class Each(Generic[A, B]):
    """What a function makes of each of some things, anew each time; what it makes nothing of is left out."""

    def __init__(self, things: Iterable[A], change: Callable[[A], B | None]) -> None:
        self._things = things
        self._change = change

    def __iter__(self) -> Iterator[B]:
        for thing in self._things:
            if (made := self._change(thing)) is not None:
                yield made


def _organizations(initiative: Initiative) -> tuple[str, ...]:
    lead = (initiative.lead_organization.id,) if initiative.lead_organization else ()
    return (*lead, *(partner.id for partner in initiative.partners))


def _cut(initiative: Initiative, kept: set[str]) -> Initiative:
    related = tuple(one for one in initiative.related if one.id in kept)
    return initiative.model_copy(update={"related": related})


def _cut_news(item: NewsItem, kept: set[str]) -> NewsItem:
    return item.model_copy(update={"mentions": tuple(one for one in item.mentions if one in kept)})


def _stays(change: Change, kept: set[str]) -> bool:
    """A record that is gone has no region or theme any more, so every tombstone stays."""
    return change.id in kept or change.change in {"merged", "withdrawn"}
