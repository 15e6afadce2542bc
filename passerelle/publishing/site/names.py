"""Names of records, for the pages of others and for the lists from A to Z: gathered in one pass over a release.

Files of names are split by the last character of the id, so that a record's page reads one or two small ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from passerelle.publishing.files import OutFile
from passerelle.publishing.site.data import FOLDER, fold
from passerelle.publishing.site.safe import one_line, script, web_link
from passerelle.publishing.site.words import other
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.records import Initiative, NewsItem, Organization
from schemas.working import RecordType

Both = list[str | None]
"""A name in French and in English."""
Listed = tuple[str, Language, str]
"""A name, the language it is in, and the id."""


@dataclass
class Names:
    """What the names of a release are; about 1 kB an initiative in memory."""

    initiatives: dict[str, Both] = field(default_factory=dict)
    news: dict[str, list[Any]] = field(default_factory=dict)
    """Title, language, link, date, publisher."""
    members: defaultdict[str, list[tuple[str, bool]]] = field(default_factory=lambda: defaultdict(list))
    """The initiatives of an organisation, and whether it leads each."""
    organizations: dict[str, str] = field(default_factory=dict)
    folded: dict[str, Both] = field(default_factory=dict)
    """Names as they are searched, by which lists are sorted (``site.data.fold``)."""

    @classmethod
    def of(cls, view: View) -> Names:
        """Gather the names of a release."""
        names = cls()
        records: dict[RecordType, Iterable[Any]] = {
            "initiative": view.initiatives,
            "news": view.news,
            "organization": view.organizations,
        }
        for type_, of_type in records.items():
            for record in of_type:
                names.add(type_, record.id, SHOWN[type_](record))
        return names

    def add(self, type_: RecordType, id_: str, shown: list[Any]) -> None:
        """Add a record by what ``SHOWN`` gives of it."""
        if type_ == "initiative":
            *self.initiatives[id_], parts, self.folded[id_] = shown
            for organization, leads in parts:
                self.members[organization].append((id_, leads))
        elif type_ == "news":
            self.news[id_] = shown
        else:
            self.organizations[id_], self.folded[id_] = shown

    def listed_initiatives(self, language: Language) -> list[Listed]:
        """Give the initiatives as a list in one language shows them, from A to Z; an id stands in for a name."""
        own, stand_in = (0, 1) if language == "fr" else (1, 0)
        listed = []
        for id_, both in self.initiatives.items():
            place = own if both[own] or not both[stand_in] else stand_in
            told = both[place] or id_, language if place == own else other(language), id_
            listed.append((self.folded[id_][place] or fold(id_), told))
        return [told for _, told in sorted(listed)]

    def listed_organizations(self, language: Language) -> list[Listed]:
        """Give the organisations likewise: they have one name."""
        listed = [(self.folded[id_][0], (name, language, id_)) for id_, name in self.organizations.items()]
        return [told for _, told in sorted(listed)]

    def files(self) -> Iterator[OutFile]:
        """Yield the files that record pages read.

        ``names-X.js``: initiative id → its names; news id → as in ``news``. ``members-X.js``: organisation id → its
        initiatives, each id, names, and 1 where it leads.
        """
        told: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for id_, value in (*self.initiatives.items(), *self.news.items()):
            told[id_[-1]][id_] = value
        yield from _files("names", told)
        told.clear()
        for id_, members in sorted(self.members.items()):
            told[id_[-1]][id_] = [[one, *self.initiatives[one], int(leads)] for one, leads in members]
        yield from _files("members", told)


def _files(kind: str, shards: dict[str, dict[str, Any]]) -> Iterator[OutFile]:
    for last, values in sorted(shards.items()):
        name = f"{kind}-{last}"
        yield OutFile(f"{FOLDER}/{name}.js", [script(name, values)], len(values))


def _initiative(initiative: Initiative) -> list[Any]:
    """Give its names, then its organisations, each with whether it leads, then its names folded."""
    both = [one_line(text) if (text := initiative.name.get(language)) else None for language in LANGUAGES]
    parts = {partner.id: False for partner in initiative.partners}
    parts |= {initiative.lead_organization.id: True} if initiative.lead_organization else {}
    return [*both, [list(part) for part in parts.items()], [fold(name) if name else None for name in both]]


def _news(item: NewsItem) -> list[Any]:
    links = (web_link(item.url), *(web_link(source.url) for source in item.sources))
    return [one_line(item.title), item.language, next(filter(None, links), None), item.published, item.publisher]


def _organization(organization: Organization) -> list[Any]:
    name = one_line(organization.name)
    return [name, [fold(name)]]


SHOWN: dict[RecordType, Callable[[Any], list[Any]]] = {
    "initiative": _initiative,
    "news": _news,
    "organization": _organization,
}
"""What pages of others and the lists from A to Z show of a record, as plain data."""
