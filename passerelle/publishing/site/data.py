"""Data files of the search page: what it lists and what it searches.

Each file is a script of one value (``safe.script``) and has one piece a record, so that the pieces of unchanged
records can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from passerelle.publishing.files import ListFile
from passerelle.publishing.site.safe import in_script, one_line, script
from passerelle.publishing.site.texts import origins, piece
from passerelle.publishing.site.words import every_label
from schemas.base import LANGUAGES, Language
from schemas.paths import language_maps
from schemas.records import Initiative, Organization, Origin
from schemas.texts import without_accents

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
    found = origins(initiative, language)
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
        "sectors": initiative.sectors,
        "groups": initiative.audience.groups,
        "genders": initiative.audience.genders,
    }
    labels = [every_label(name, code) for name, codes in coded.items() for code in codes]
    parts = {part for text in (*said, *names, *labels) if text for part in text.lower().split()}
    found = {word for part in parts for word in _fold(part).split()}
    return _json([initiative.id, " ".join(sorted(found))])


def organization_row(organization: Organization) -> bytes:
    """Give the id and name of an organisation."""
    return _json([organization.id, one_line(organization.name)])


def fold(text: str) -> str:
    """Give a text as it is searched: no accents, no capitals, words with single spaces between; as in search.js."""
    return " ".join(filter(None, map(_fold, text.lower().split())))


@lru_cache(maxsize=100_000)
def _fold(part: str) -> str:
    """Fold what stands between two spaces; a data set has far fewer distinct words than words."""
    return _NOT_A_WORD.sub(" ", without_accents(part.translate(_LIGATURES))).strip()


INITIATIVE_LISTS = (
    *(_per_record(f"list-{language}", partial(row, language=language)) for language in LANGUAGES),
    _per_record("words", search_words),
)
ORGANIZATION_LISTS = (_per_record("organizations", organization_row),)


def _cut(text: str) -> str:
    if len(text) <= SUMMARY:
        return text
    return text[:SUMMARY].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _json(value: object) -> bytes:
    """Write one value as it may stand in a script."""
    return in_script(value).encode("utf-8", errors="replace")
