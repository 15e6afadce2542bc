"""Everything that pages say, laid out for matching: pages in order, drafts with their keys, organisations named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from passerelle.matching.identities import SourceKey, draft_key
from schemas.drafts import Evidence, Found, InitiativeDraft, NewsDraft, OrganizationMention
from schemas.issue import Issue
from schemas.records import SourceRef
from schemas.source import Source
from schemas.working import PageState

D = TypeVar("D", InitiativeDraft, NewsDraft)


@dataclass(frozen=True)
class Mention:
    """One organisation named on one page."""

    page: PageState
    organization: OrganizationMention
    evidence: tuple[Evidence, ...]
    extractor: str


@dataclass(frozen=True)
class Gathered:
    """The pages that count, in the order of their names."""

    pages: tuple[PageState, ...]
    issues: tuple[Issue, ...] = ()

    @cached_property
    def by_page(self) -> dict[str, PageState]:
        """Pages by name."""
        return {state.page: state for state in self.pages}

    @cached_property
    def initiatives(self) -> dict[str, InitiativeDraft]:
        """Initiative drafts by source key, in order."""
        drafts = (draft for state in self.pages for draft in state.extraction.initiatives)
        return _by_key(drafts)

    @cached_property
    def news(self) -> dict[str, NewsDraft]:
        """News drafts by source key, in order."""
        drafts = (draft for state in self.pages for draft in state.extraction.news)
        return _by_key(drafts)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Organisations as initiatives, news and organisation drafts name them."""
        return tuple(mention for state in self.pages for mention in _mentions(state))

    @cached_property
    def source_keys(self) -> tuple[SourceKey, ...]:
        """Keys of initiatives and news with the first time that their pages were seen."""
        return (
            *(SourceKey(key, "initiative", self.first_seen(draft.page)) for key, draft in self.initiatives.items()),
            *(SourceKey(key, "news", self.first_seen(draft.page)) for key, draft in self.news.items()),
        )

    def first_seen(self, page: str) -> datetime:
        """Give the first time that a page was seen."""
        return self.by_page[page].sightings[0].captured_at

    def last_seen(self, page: str) -> datetime:
        """Give the last time that a page was seen."""
        return self.by_page[page].sightings[-1].captured_at

    def last_changed(self, page: str) -> datetime:
        """Give the time since which a page shows its present body."""
        state = self.by_page[page]
        since = state.sightings[-1].captured_at
        for sighting in reversed(state.sightings):
            if sighting.digest != state.sightings[-1].digest:
                break
            since = sighting.captured_at
        return since

    def source_ref(self, draft: InitiativeDraft | NewsDraft) -> SourceRef:
        """Name the page that a draft was read from."""
        state = self.by_page[draft.page]
        return SourceRef(
            url=state.url,
            captured_at=self.last_changed(draft.page),
            digest=draft.digest,
            language=draft.language,
            extractor=draft.extractor,
            source=state.source,
            gone_at=state.gone_since,
        )


def gather(pages: Sequence[PageState], sources: Mapping[str, Source] | None = None) -> Gathered:
    """Put pages in order; demonstration pages step aside as soon as another source has pages."""
    ordered = tuple(sorted(pages, key=lambda state: state.page))
    shown = {name for name, source in (sources or {}).items() if source.demonstration}
    real = tuple(state for state in ordered if state.source not in shown)
    aside = len(ordered) - len(real)
    if not real or not aside:
        return Gathered(ordered)
    message = f"{aside} pages of demonstration sources left out, because other sources have pages."
    return Gathered(real, (Issue(stage="match", severity="info", code="demonstration-aside", message=message),))


def _by_key(drafts: Iterable[D]) -> dict[str, D]:
    found: dict[str, D] = {}
    for draft in drafts:
        key, again = draft_key(draft), 2
        while key in found:
            key, again = f"{draft_key(draft)}~{again}", again + 1
        found[key] = draft
    return found


def _mentions(state: PageState) -> Iterator[Mention]:
    extraction = state.extraction
    for draft in extraction.initiatives:
        lead = (draft.lead_organization,) if draft.lead_organization else ()
        yield from _each(state, (*lead, *draft.partners), draft.extractor)
    for news in extraction.news:
        yield from _each(state, news.organizations, news.extractor)
    for organization in extraction.organizations:
        yield from _each(state, (organization.organization,), organization.extractor)


def _each(state: PageState, found: Iterable[Found[OrganizationMention]], extractor: str) -> Iterator[Mention]:
    for one in found:
        if one.value.name.strip():
            yield Mention(state, one.value, one.evidence, extractor)
