"""HSDS 3.0, the Human Services Data Specification of Open Referral: each initiative is a service.

The standard knows one language, so there are two sets, ``fr/`` and ``en/``, whose ids are the same. What it lacks and
we cannot do without, partners and the origin of texts, is a profile (``profile/service.json``, a JSON Merge Patch over
the standard's schema).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from passerelle.publishing.exports.hsds_objects import Set, organization, service, taxonomies, unknown_organization
from passerelle.publishing.exports.hsds_tables import tables
from passerelle.publishing.exports.jsons import Array
from passerelle.publishing.files import OutFile
from passerelle.publishing.licences import licence_file
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language

PROFILE = Path(__file__).with_name("hsds_profile")

Json = dict[str, Any]

KINDS = {
    "service": "services",
    "organization": "organizations",
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
}
"""Kind of object → the file of those."""


def hsds_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield, for each language, the JSON objects and the tabular package, then the terms by source and the profile."""
    for language in languages:
        with ExitStack() as stack:
            arrays = {kind: Array(stack.enter_context(TemporaryFile())) for kind in KINDS}
            # Tables and arrays are made of the very same objects, in one pass.
            rows = tables(view, language, _through(_objects(view, language), arrays))
            first = next(rows)  # once there is a table, all objects have passed
            for kind, name in KINDS.items():
                yield OutFile(f"{language}/{name}.json", arrays[kind].chunks())
            yield from chain([first], rows)
    yield licence_file(view.licence, view.terms)  # the standard has no place for the terms of a text
    for path in sorted(PROFILE.glob("*.json")):
        yield OutFile(f"profile/{path.name}", [path.read_bytes()])


def _new_set(view: View, language: Language) -> Set:
    return Set(language, {one.id: (one.sector, one.municipality, one.regions) for one in view.organizations})


def _organizations(view: View, made: Set) -> Iterator[Json]:
    yield from (organization(one, made) for one in view.organizations)
    if made.leaderless:
        yield unknown_organization(made.language)


def _through(objects: Iterable[tuple[str, Json]], arrays: Mapping[str, Array]) -> Iterator[tuple[str, Json]]:
    for kind, one in objects:
        arrays[kind].add(one)
        yield kind, one


def _objects(view: View, language: Language) -> Iterator[tuple[str, Json]]:
    """Yield every object after the name of its kind."""
    made = _new_set(view, language)
    yield from (("service", service(one, made)) for one in view.initiatives)
    yield from (("organization", one) for one in _organizations(view, made))
    listed, terms = taxonomies(made)
    yield from (("taxonomy", one) for one in listed)
    yield from (("taxonomy_term", one) for one in terms)
