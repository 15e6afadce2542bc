"""Names of records, for the pages of others and for the lists from A to Z.

Files of names are split by the last character of the id, so that a record's page reads one or two small ones. Where no
name changed, nothing of them is parsed: each file is known by the digest of what records show.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from pydantic_core import from_json, to_json

from passerelle.publishing.files import OutFile, Pieces, keyed
from passerelle.publishing.site.data import FOLDER, fold
from passerelle.publishing.site.safe import one_line, script, web_link
from passerelle.publishing.site.words import other
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.records import Initiative, NewsItem, Organization
from schemas.working import RecordType

Listed = tuple[str, Language, str]
"""A name, the language it is in, and the id."""
Shown = Callable[[RecordType], Iterable[tuple[str, bytes]]]
"""Gives each record of a type by its id, with what ``SHOWN`` gives of it as JSON, sorted by id."""


class Names:
    """What the names of a release are, read when a file that shows them is made; then about 1 kB an initiative."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    @classmethod
    def of(cls, view: View) -> Names:
        """Give the names of a release."""
        records: dict[RecordType, Iterable[Any]] = {
            "initiative": view.initiatives,
            "news": view.news,
            "organization": view.organizations,
        }
        return cls(lambda type_: ((record.id, to_json(SHOWN[type_](record))) for record in records[type_]))

    def digest(self, type_: RecordType) -> str:
        """Give the digest of what all records of a type show."""
        return "".join(f"{last}{digest}{count}" for last, (digest, count) in sorted(self._digests[type_].items()))

    def listed_initiatives(self, language: Language) -> list[Listed]:
        """Give the initiatives as a list in one language shows them, from A to Z; an id stands in for a name."""
        own, stand_in = (0, 1) if language == "fr" else (1, 0)
        listed = []
        for id_, (*both, _, folded) in self._initiatives.items():
            place = own if both[own] or not both[stand_in] else stand_in
            told = both[place] or id_, language if place == own else other(language), id_
            listed.append((folded[place] or fold(id_), told))
        return [told for _, told in sorted(listed)]

    def listed_organizations(self, language: Language) -> list[Listed]:
        """Give the organisations likewise: they have one name."""
        told = ((id_, from_json(shown)) for id_, shown in self._shown("organization"))
        return [one for _, one in sorted((folded, (name, language, id_)) for id_, (name, [folded]) in told)]

    def files(self, pieces: Pieces) -> Iterator[OutFile]:
        """Yield the files that record pages read.

        ``names-X.js``: initiative id → its names in French and in English; news id → title, language, link, date,
        publisher. ``members-X.js``: organisation id → its initiatives, each id, names, and 1 where it leads.

        Args:
            pieces: those of the release before.
        """
        ours, theirs, nothing = self._digests["initiative"], self._digests["news"], ("", 0)
        for last in sorted({*ours, *theirs}):
            (one, initiatives), (two, news) = ours.get(last, nothing), theirs.get(last, nothing)
            yield self._file("names", last, [one, two], initiatives + news)
        digest = self.digest("initiative")
        for last, count in pieces.piece(("members", digest), self._counts).items():
            yield self._file("members", last, digest, count)

    def _file(self, kind: str, last: str, made_from: object, count: int) -> OutFile:
        return keyed(f"{FOLDER}/{kind}-{last}.js", made_from, partial(self._script, kind, last), count)

    def _script(self, kind: str, last: str) -> bytes:
        return script(f"{kind}-{last}", (self._names if kind == "names" else self._members)[last])

    @cached_property
    def _digests(self) -> dict[RecordType, dict[str, tuple[str, int]]]:
        """Type and last character of the id → digest of what such records show, and how many there are."""
        found: dict[RecordType, dict[str, tuple[str, int]]] = {}
        for type_ in SHOWN:
            digests: defaultdict[str, Any] = defaultdict(hashlib.sha256)
            counts: defaultdict[str, int] = defaultdict(int)
            for id_, shown in self._shown(type_):
                last = id_[-1]
                digests[last].update(b"%b\t%b\n" % (id_.encode(), shown))
                counts[last] += 1
            found[type_] = {last: (digest.hexdigest(), counts[last]) for last, digest in digests.items()}
        return found

    @cached_property
    def _initiatives(self) -> dict[str, list[Any]]:
        return {id_: from_json(shown) for id_, shown in self._shown("initiative")}

    @cached_property
    def _names(self) -> defaultdict[str, dict[str, Any]]:
        told: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for id_, (*both, _, _) in self._initiatives.items():
            told[id_[-1]][id_] = both
        for id_, shown in self._shown("news"):
            told[id_[-1]][id_] = from_json(shown)
        return told

    @cached_property
    def _members(self) -> defaultdict[str, dict[str, Any]]:
        members: defaultdict[str, list[Any]] = defaultdict(list)
        for id_, (*both, parts, _) in self._initiatives.items():
            for organization, leads in parts:
                members[organization].append((id_, *both, int(leads)))
        told: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for organization, of_it in sorted(members.items()):
            told[organization[-1]][organization] = of_it
        return told

    def _counts(self) -> dict[str, int]:
        return {last: len(members) for last, members in sorted(self._members.items())}


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
