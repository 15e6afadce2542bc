"""News items, and which initiatives they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from passerelle.matching import alignment
from passerelle.matching.gathering import Gathered
from passerelle.matching.merging import Life
from passerelle.matching.organizations import OrganizationBook
from passerelle.matching.profiles import Profile, name_forms
from passerelle.matching.reads import Member, Trail, first, read, union
from passerelle.matching.text import WEAK, fold, weight, words
from schemas.drafts import InitiativeDraft, NewsDraft
from schemas.records import NewsItem, Person

NAMED = 0.75
"""Share of a name's words that a news item's own name for an initiative must give (Dice, weak words weigh less)."""


def news_record(record_id: str, found: Sequence[Member], when: Life) -> tuple[NewsItem, Trail]:
    """Make the record of one news item from its drafts; more than one only where a curator merged them."""
    trail = Trail()
    people = union(read(found, "people"), "people", trail)
    record = NewsItem(
        id=record_id,
        title=first(read(found, "title"), "title", trail) or "",
        text=first(read(found, "text"), "text", trail) or "",
        authors=union(read(found, "authors"), "authors", trail),
        published=first(read(found, "published"), "published", trail),
        publisher=first(read(found, "publisher"), "publisher", trail),
        language=found[0].language,
        url=found[0].url,
        people=tuple(Person(**person.model_dump()) for person in people),
        awards=alignment.awards(list(read(found, "awards")), trail),
        sources=when.sources,
        first_seen=when.first_seen,
        last_seen=when.last_seen,
        last_changed=when.last_changed,
    )
    return record, trail


class Speaking:
    """Finds the initiatives that news speak of, by page, by name, and by organisation and words."""

    def __init__(self, gathered: Gathered, found: Mapping[str, Profile], book: OrganizationBook) -> None:
        self._gathered = gathered
        self._found = found
        self._book = book
        self._by_page: defaultdict[str, list[str]] = defaultdict(list)
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._by_organization: defaultdict[str, list[str]] = defaultdict(list)
        self._forms = {key: _telling_forms(gathered.initiatives[key]) for key in found}
        for key, profile in found.items():
            self._by_page[profile.page].append(key)
            for word in {word for name in profile.names for word in name}:
                self._by_word[word].append(key)
            for organization in profile.organizations:
                self._by_organization[organization].append(key)

    def initiatives(self, news: NewsDraft) -> list[str]:
        """Give the source keys of the initiative drafts that a news draft speaks of."""
        spoken = set(self._by_page[news.page])
        named = {self._book.group_of(news.page, one.value) for one in news.organizations if one.value.name.strip()}
        for name in news.initiative_names:
            spoken |= self._named(name.value, named)
        text = f" {fold(news.title.value)} {fold(news.text.value)} "
        for organization in named:
            spoken.update(key for key in self._by_organization[organization] if self._told(key, text))
        return sorted(spoken)

    def _named(self, name: str, organizations: set[str]) -> set[str]:
        """Find initiatives by the name that the news item gives; another house's namesake is not meant."""
        asked = words(name)
        candidates = {key for word in asked for key in self._by_word[word]}
        return {
            key
            for key in candidates
            if self._likeness(key, asked) >= NAMED
            and (
                not organizations
                or not self._found[key].organizations
                or organizations & self._found[key].organizations
            )
        }

    def _likeness(self, key: str, asked: Iterable[str]) -> float:
        best = 0.0
        for name in self._found[key].names:
            common = sum(telling for word, telling in name.items() if word in set(asked))
            total = sum(name.values()) + sum(name.get(word, weight(word)) for word in set(asked))
            best = max(best, 2 * common / total if total else 0.0)
        return best

    def _told(self, key: str, text: str) -> bool:
        """Tell whether a text says an initiative's whole name."""
        return any(form in text for form in self._forms[key])


def _telling_forms(draft: InitiativeDraft) -> list[str]:
    """Give the folded forms of a name that have a word of their own."""
    forms = (form for form in name_forms(draft) if any(weight(word) > WEAK for word in words(form)))
    return [f" {fold(form)} " for form in forms]
