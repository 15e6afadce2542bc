"""What the comparison of two initiative drafts needs of each, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from passerelle.matching.gathering import Gathered
from passerelle.matching.organizations import OrganizationBook
from passerelle.matching.text import (
    WEAK,
    fold,
    name_weights,
    numbers,
    parenthesised,
    proper_names,
    without_parentheses,
    words,
)
from schemas.base import Language
from schemas.drafts import InitiativeDraft
from schemas.gazetteer import regions
from schemas.urls import normal_url


@dataclass(frozen=True)
class Profile:
    """An initiative draft as matching sees it; codes and organisations do not depend on the page's language."""

    key: str
    page: str
    site: str
    language: Language
    position: int
    siblings: int
    names: tuple[dict[str, float], ...]
    lead: str | None
    organizations: frozenset[str]
    ages: tuple[int | None, int | None]
    regions: frozenset[str]
    municipalities: frozenset[str]
    themes: frozenset[str]
    anchors: frozenset[str]
    """Numbers and proper names in the texts, organisations and places aside: what a translation keeps."""
    own_forms: tuple[str, ...]
    """Folded forms of the name that have two telling words: such a form in another text means this initiative."""
    text: str
    """Folded summary and description."""
    alternates: frozenset[str]
    """Pages that this one's hreflang links name in the other language."""

    @property
    def tokens(self) -> frozenset[str]:
        """All words of all names that tell something."""
        return frozenset(word for name in self.names for word, telling in name.items() if telling > WEAK)


def profiles(gathered: Gathered, book: OrganizationBook) -> dict[str, Profile]:
    """Work out the profile of every initiative draft, by source key."""
    pages = {name: state.page for state in gathered.pages for name in (page_name(state.page), page_name(state.url))}
    made: dict[str, Profile] = {}
    for key, draft in gathered.initiatives.items():
        drafts = gathered.by_page[draft.page].extraction.initiatives
        made[key] = _profile(key, draft, (drafts.index(draft), len(drafts)), book, pages)
    return made


def page_name(url: str | None) -> str:
    """Give the part of a URL that names the page: no scheme, no www, no final slash."""
    normal = normal_url(url or "") or url or ""
    return normal.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def site_of(page: str, source: str) -> str:
    """Give the host of a page, whatever language its host name says; the source's name where it has no URL."""
    host = urlsplit(page).hostname or ""
    for prefix in ("www.", "fr.", "en."):
        host = host.removeprefix(prefix)
    return host or source


def _profile(
    key: str, draft: InitiativeDraft, place: tuple[int, int], book: OrganizationBook, pages: dict[str, str]
) -> Profile:
    mentions = [found.value for found in (draft.lead_organization, *draft.partners) if found and found.value.name]
    organizations = frozenset(book.group_of(draft.page, mention) for mention in mentions)
    targets = (page_name(url) for language, url in draft.alternates.items() if language[:2] != draft.language)
    return Profile(
        key=key,
        page=draft.page,
        site=site_of(draft.page, draft.source),
        language=draft.language,
        position=place[0],
        siblings=place[1],
        names=tuple(_names(draft)),
        lead=book.group_of(draft.page, draft.lead_organization.value) if draft.lead_organization else None,
        organizations=organizations,
        ages=(draft.min_age.value if draft.min_age else None, draft.max_age.value if draft.max_age else None),
        regions=frozenset(found.value for found in draft.regions),
        municipalities=frozenset(fold(found.value) for found in draft.municipalities),
        themes=frozenset(found.value for found in draft.themes),
        anchors=_anchors(draft),
        own_forms=tuple(f" {fold(form)} " for form in name_forms(draft) if _tells_much(form)),
        text=" ".join(["", *(fold(found.value) for found in (draft.summary, draft.description) if found), ""]),
        alternates=frozenset(pages[name] for name in targets if name in pages) - {draft.page},
    )


def name_forms(draft: InitiativeDraft) -> list[str]:
    """Give all forms of an initiative's name: with and without its acronym, and the acronym alone.

    Names that are only those of the organisations that carry it are left out, unless it has no other:
    two projects of one house are not one project.
    """
    written = dict.fromkeys((draft.name.value, *(other.value for other in draft.other_names)))
    forms: dict[str, None] = {}
    for name in written:
        forms.update(dict.fromkeys((without_parentheses(name), *parenthesised(name))))
    mentions = [found.value for found in (draft.lead_organization, *draft.partners) if found]
    carried = {fold(form) for m in mentions for form in (m.name, m.written, m.acronym or "")}
    own = [form for form in forms if fold(form) and fold(form) not in carried]
    return own or [form for form in forms if fold(form)]


def _names(draft: InitiativeDraft) -> Iterator[dict[str, float]]:
    around = [place.value for place in (*draft.municipalities, *draft.neighbourhoods)]
    around += [name for found in draft.regions for name in _region_names(found.value)]
    local = {word for place in around for word in words(place)}
    for form in name_forms(draft):
        weighed = {word: WEAK if word in local else telling for word, telling in name_weights(form).items()}
        if weighed:
            yield weighed


def _tells_much(form: str) -> bool:
    return sum(1 for telling in name_weights(form).values() if telling > WEAK) > 1


@cache
def _region_names(code: str) -> tuple[str, ...]:
    return tuple(
        name for region in regions() if region.code == code for name in (region.name.fr, region.name.en) if name
    )


def _anchors(draft: InitiativeDraft) -> frozenset[str]:
    texts = list(_texts(draft))
    mentions = [found.value for found in (draft.lead_organization, *draft.partners) if found]
    told = [form for m in mentions for form in (m.name, m.written, m.acronym or "")]
    told += [place.value for place in (*draft.municipalities, *draft.neighbourhoods)]
    return numbers(texts) | proper_names(texts) - {word for text in told for word in words(text)}


def _texts(draft: InitiativeDraft) -> Iterator[str]:
    single = (draft.summary, draft.description, draft.conclusion, *draft.impacts)
    yield from (found.value for found in single if found)
    yield from (found.value.text for found in draft.benefits)
    yield from (found.value.quote for found in draft.testimonials)


def shared(one: Iterable[str], two: Iterable[str]) -> float:
    """Give the share of the smaller set that both have; 0 where one is empty."""
    left, right = frozenset(one), frozenset(two)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0
