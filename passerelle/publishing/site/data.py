"""Data files of the pages: what the search page lists, what it searches, and the names that record pages fill in.

Each file is a script of one value (``safe.script``). The list and search files have one piece a record, so that the
pieces of unchanged records can be kept; files of names are split by the last character of the id, so that a record
page reads one or two small ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from passerelle.publishing.files import ListFile, OutFile
from passerelle.publishing.site.safe import one_line, script, web_link
from passerelle.publishing.site.texts import origins, piece
from passerelle.publishing.site.words import every_label
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.paths import language_maps
from schemas.records import Initiative, Organization, Origin

FOLDER = "site/data"
SUMMARY = 220
"""Characters of a summary in the list."""

_ORIGINS: tuple[Origin, ...] = ("source", "human", "memory", "machine", "pending")
_NOT_A_WORD = re.compile(r"[\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


def _per_record(name: str, render: Callable[[Any], bytes]) -> ListFile[Any]:
    opening, closing = script(name, []).split(b"]")
    return ListFile(f"{FOLDER}/{name}.js", render, opening=opening, between=b",\n", closing=b"]" + closing)


def row(initiative: Initiative, language: Language) -> bytes:
    """Give what the search page says of an initiative, as a JSON array; search.js names the places.

    Lists of codes are one string with spaces between.
    """
    name = piece(initiative, "name", initiative.name, language)
    summary = piece(initiative, "summary", initiative.summary or initiative.description, language)
    found = origins(initiative)[language]
    lead = [initiative.lead_organization.id] if initiative.lead_organization else []
    partners = [partner.id for partner in initiative.partners]
    return _json(
        [
            initiative.id,
            name.line if name else initiative.slug,
            int(bool(name and name.language != language)),
            _cut(summary.line) if summary else "",
            int(bool(summary and summary.language != language)),
            summary.told.origin if summary else "",
            initiative.kind,
            " ".join(initiative.themes),
            " ".join(initiative.activities),
            " ".join(initiative.territory.regions),
            " ".join(initiative.sectors),
            initiative.audience.min_age,
            initiative.audience.max_age,
            " ".join(dict.fromkeys(lead + partners)),
            " ".join(origin for origin in _ORIGINS if origin in found),
            initiative.last_changed.date().isoformat(),
            ", ".join(initiative.territory.municipalities),
        ]
    )


def search_words(initiative: Initiative) -> bytes:
    """Give the id of an initiative and all words to find it by: its texts in both languages, names, places, labels."""
    said = [text.get(language) for _, text in language_maps(initiative) for language in LANGUAGES]
    places = initiative.territory
    names = [initiative.id, *places.municipalities, *places.neighbourhoods]
    names += [partner.name for partner in initiative.partners]
    names += [initiative.lead_organization.name] if initiative.lead_organization else []
    coded = {
        "kinds": (initiative.kind,),
        "themes": initiative.themes,
        "activities": initiative.activities,
        "regions": places.regions,
        "groups": initiative.audience.groups,
    }
    labels = [every_label(name, code) for name, codes in coded.items() for code in codes]
    found = {word for text in (*said, *names, *labels) if text for word in fold(text).split()}
    return _json([initiative.id, " ".join(sorted(found))])


def organization_row(organization: Organization) -> bytes:
    """Give the id and name of an organisation."""
    return _json([organization.id, one_line(organization.name)])


def fold(text: str) -> str:
    """Give a text as it is searched: no accents, no capitals, words with single spaces between; as in search.js."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", letters).strip()


INITIATIVE_LISTS = (
    *(_per_record(f"list-{language}", partial(row, language=language)) for language in LANGUAGES),
    _per_record("words", search_words),
)
ORGANIZATION_LISTS = (_per_record("organizations", organization_row),)


def name_files(view: View) -> Iterator[OutFile]:
    """Yield the files that record pages fill in names from, and ``release.js``.

    ``names-X.js``: initiative id → its names in French and English; news id → title, language, link, date, publisher.
    ``members-X.js``: organisation id → its initiatives, each id, names, and whether it leads (1) or takes part (0).
    """
    names: defaultdict[str, dict[str, list[Any]]] = defaultdict(dict)
    members: defaultdict[str, defaultdict[str, list[list[Any]]]] = defaultdict(lambda: defaultdict(list))
    for initiative in view.initiatives:
        both = [one_line(text) if (text := initiative.name.get(language)) else None for language in LANGUAGES]
        names[shard(initiative.id)][initiative.id] = both
        for organization, leads in _parts(initiative).items():
            members[shard(organization)][organization].append([initiative.id, *both, int(leads)])
    for item in view.news:
        link = web_link(item.url) or next((link for source in item.sources if (link := web_link(source.url))), None)
        told = [one_line(item.title), item.language, link, item.published, item.publisher]
        names[shard(item.id)][item.id] = told
    for kind, shards in (("names", names), ("members", members)):
        for last, values in sorted(shards.items()):
            name = f"{kind}-{last}"
            yield OutFile(f"{FOLDER}/{name}.js", [script(name, values)], len(values))
    release = {"number": view.number, "as_of": view.as_of.date().isoformat()}
    yield OutFile(f"{FOLDER}/release.js", [script("release", release)])


def shard(record: str) -> str:
    """Name the file of names that a record's are in."""
    return record[-1]


def _parts(initiative: Initiative) -> dict[str, bool]:
    """Give the organisations of an initiative, and whether each leads it."""
    partners = {partner.id: False for partner in initiative.partners}
    lead = {initiative.lead_organization.id: True} if initiative.lead_organization else {}
    return partners | lead


def _cut(text: str) -> str:
    if len(text) <= SUMMARY:
        return text
    return text[:SUMMARY].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _json(value: object) -> bytes:
    """Write one value as it may stand in a script."""
    return script("", value).removeprefix(b'passerelle.put("",').removesuffix(b");\n")
