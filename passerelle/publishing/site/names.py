"""Names of records, for the pages of others and for the lists from A to Z: gathered in one pass over a release.

Files of names are split by the last character of the id, so that a record's page reads one or two small ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from passerelle.publishing.files import OutFile
from passerelle.publishing.site.data import FOLDER
from passerelle.publishing.site.safe import one_line, script, web_link
from passerelle.publishing.site.words import other
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.records import Initiative, NewsItem

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

    @classmethod
    def of(cls, view: View) -> Names:
        """Gather the names of a release."""
        names = cls()
        for initiative in view.initiatives:
            both = [one_line(text) if (text := initiative.name.get(language)) else None for language in LANGUAGES]
            names.initiatives[initiative.id] = both
            for organization, leads in _parts(initiative).items():
                names.members[organization].append((initiative.id, leads))
        names.news = {item.id: _news(item) for item in view.news}
        names.organizations = {one.id: one_line(one.name) for one in view.organizations}
        return names

    def listed_initiatives(self, language: Language) -> list[Listed]:
        """Give the initiatives as a list in one language shows them; an id stands in for a name."""
        own, stand_in = (0, 1) if language == "fr" else (1, 0)
        return [
            (both[own] or both[stand_in] or id_, language if both[own] or not both[stand_in] else other(language), id_)
            for id_, both in self.initiatives.items()
        ]

    def listed_organizations(self, language: Language) -> list[Listed]:
        """Give the organisations likewise: they have one name."""
        return [(name, language, id_) for id_, name in self.organizations.items()]

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


def _parts(initiative: Initiative) -> dict[str, bool]:
    """Give the organisations of an initiative, and whether each leads it."""
    partners = {partner.id: False for partner in initiative.partners}
    lead = {initiative.lead_organization.id: True} if initiative.lead_organization else {}
    return partners | lead


def _news(item: NewsItem) -> list[Any]:
    links = (web_link(item.url), *(web_link(source.url) for source in item.sources))
    return [one_line(item.title), item.language, next(filter(None, links), None), item.published, item.publisher]
