"""HSDS 3.0, the Human Services Data Specification of Open Referral: each initiative is a service.

The standard knows one language, so there are two sets, ``fr/`` and ``en/``, whose ids are the same. What it lacks and
we cannot do without, partners and the origin of texts, is a profile (``profile/service.json``, a JSON Merge Patch over
the standard's schema).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from passerelle.publishing.exports.hsds_objects import Set, organization, service, taxonomies, unknown_organization
from passerelle.publishing.exports.hsds_tables import tables
from passerelle.publishing.exports.jsons import array
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language

PROFILE = Path(__file__).with_name("hsds_profile")

Json = dict[str, Any]


def hsds_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield, for each language, the JSON objects and the tabular package, then the profile."""
    for language in languages:
        made = _new_set(view, language)
        yield OutFile(f"{language}/services.json", array(service(one, made) for one in view.initiatives))
        yield OutFile(f"{language}/organizations.json", array(_organizations(view, made)))
        listed, terms = taxonomies(made)
        yield OutFile(f"{language}/taxonomies.json", array(listed))
        yield OutFile(f"{language}/taxonomy_terms.json", array(terms))
        yield from tables(view, language, _objects(view, language))
    for path in sorted(PROFILE.glob("*.json")):
        yield OutFile(f"profile/{path.name}", [path.read_bytes()])


def _new_set(view: View, language: Language) -> Set:
    return Set(language, {one.id: (one.sector, one.municipality, one.regions) for one in view.organizations})


def _organizations(view: View, made: Set) -> Iterator[Json]:
    yield from (organization(one, made) for one in view.organizations)
    if made.leaderless:
        yield unknown_organization(made.language)


def _objects(view: View, language: Language) -> Iterator[tuple[str, Json]]:
    """Yield every object after the name of its kind, once more: the tables are made of the very same objects."""
    made = _new_set(view, language)
    yield from (("service", service(one, made)) for one in view.initiatives)
    yield from (("organization", one) for one in _organizations(view, made))
    listed, terms = taxonomies(made)
    yield from (("taxonomy", one) for one in listed)
    yield from (("taxonomy_term", one) for one in terms)
